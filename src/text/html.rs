//! HTML: the article of a page. Headings are headlines, alt texts and figure captions captions; navigation, scripts, forms
//! and what stands beside the article are left out.

use super::element::{BESIDE, HIDDEN, INLINE, KEPT, NOT_NESTED, VOID, is_closed, is_element};
use super::entity::push_decoded;
use super::front;
use super::loose::Loose;
use super::markup::{Piece, Tag, pieces};
use super::{
    Article, Block, Date, Document, Field, Language, Prose, Source, Span, Unread, date, shortcode, span::offset,
};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Reads a page, which may have front matter.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let text = source.text();
    let mut article = Article { span: Span::new(0, offset(text.len())), ..Article::default() };
    let body = front::take(text, language, &mut article);
    let mut whole = Prose::default();
    whole.push(text.get(body..).unwrap_or_default(), body);
    let page = page(&whole, language);
    let unread = page.give(&mut article, language);
    article.date = article.date.or_else(|| date::file_name_date(source.path()));
    Document::of(source, article, unread)
}

/// A page, or a piece of HTML inside another format.
#[derive(Default)]
pub(super) struct Page {
    /// The words, with the part of the article that they belong to.
    pub(super) blocks: Vec<(Field, Prose)>,
    pub(super) date: Option<Date>,
    pub(super) outlet: Option<String>,
    /// What could not be read.
    pub(super) unread: Vec<Unread>,
}

impl Page {
    /// Adds what the page says to an article, which knows its own date and outlet better; what could not be read is
    /// handed back.
    pub(super) fn give(self, article: &mut Article, language: &Language) -> Vec<Unread> {
        article.date = article.date.or(self.date);
        article.outlet = article.outlet.take().or(self.outlet);
        let blocks = self.blocks.into_iter().map(|(field, prose)| Block::new(field, prose, language));
        article.blocks.extend(blocks);
        self.unread
    }
}

/// Reads a page that stands in a source as `of` says.
pub(super) fn page(of: &Prose, language: &Language) -> Page {
    let mut loose = Loose::default();
    let mut page = fragment(of, &mut loose, language);
    page.unread.extend(loose.unread());
    page
}

/// Reads pieces of markup that stand in other text, where what is open may be closed further down: it is `loose` there.
pub(super) fn fragment(of: &Prose, loose: &mut Loose, language: &Language) -> Page {
    let bare = shortcode::without(of);
    let of = bare.as_ref().unwrap_or(of);
    let pieces = pieces(of.text());
    let starts = |name: &str| pieces.iter().any(|piece| matches!(piece, Piece::Start(tag) if tag.name == name));
    // Where a page says which part is the article, the rest is left out.
    let root = ["article", "main"].into_iter().find(|name| starts(name));
    let heading = starts("h1");
    let (open, prose, page) = (Open::default(), Prose::default(), Page::default());
    let mut reader = Reader { of, language, root, heading, loose, open, prose, page };
    for piece in pieces {
        reader.take(piece);
    }
    reader.finish();
    reader.page
}

/// An element that is open.
struct Element {
    name: String,
    /// Where its tag stands.
    at: Range<usize>,
    /// Whether its words are left out.
    left_out: bool,
    /// Whether there were any, other than those of an element in it that has its end.
    words: bool,
    /// The part of the article that its words belong to, where it says so.
    field: Option<Field>,
}

/// The elements that are open, from the outside in.
#[derive(Default)]
struct Open {
    elements: Vec<Element>,
    /// How many of each name are open, so that a stray end tag costs nothing.
    names: HashMap<String, usize>,
    /// The numbers of those whose words are left out.
    left_out: Vec<usize>,
}

impl Open {
    fn push(&mut self, element: Element) {
        *self.names.entry(element.name.clone()).or_default() += 1;
        self.left_out.extend(element.left_out.then_some(self.elements.len()));
        self.elements.push(element);
    }

    fn pop(&mut self) -> Option<Element> {
        let element = self.elements.pop()?;
        self.names.entry(element.name.clone()).and_modify(|count| *count -= 1);
        self.left_out.pop_if(|number| *number == self.elements.len());
        Some(element)
    }

    fn has(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|count| *count > 0)
    }

    /// The innermost of those whose words are left out.
    fn leaving_out(&mut self) -> Option<&mut Element> {
        self.elements.get_mut(*self.left_out.last()?)
    }

    fn is_inmost(&self, name: &str) -> bool {
        self.elements.last().is_some_and(|element| element.name == name)
    }

    fn field(&self) -> Field {
        self.elements.iter().rev().take(FIELD_DEPTH).find_map(|element| element.field).unwrap_or(Field::Body)
    }
}

/// The element that says which part of the article a text is stands at most so far outside of it.
const FIELD_DEPTH: usize = 16;

struct Reader<'a> {
    of: &'a Prose,
    language: &'a Language,
    root: Option<&'static str>,
    /// Whether the page has a heading of its own, so that its title is none.
    heading: bool,
    /// What is open where something that holds it ends.
    loose: &'a mut Loose,
    open: Open,
    prose: Prose,
    page: Page,
}

impl Reader<'_> {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(name, _) => self.end(&name),
            Piece::Text(range) if self.reads() => {
                let from = self.prose.text().len();
                push_decoded(&mut self.prose, self.of, range);
                self.keep(from);
            }
            Piece::Raw(range) if self.reads() => self.prose.push_part(self.of, range),
            Piece::Broken(at, why) => self.page.unread.push(Unread { at: self.place(at), why }),
            Piece::Text(range) | Piece::Raw(range) => {
                if let Some(element) = self.open.leaving_out() {
                    element.words |= !self.of.text().get(range).unwrap_or_default().trim().is_empty();
                }
            }
        }
    }

    /// Keeps the words from a byte on where they are not the writer's own.
    fn keep(&mut self, from: usize) {
        if KEPT.iter().any(|name| self.open.has(name)) {
            self.prose.keep(from);
        }
    }

    fn reads(&self) -> bool {
        self.open.left_out.is_empty() && (self.root.is_none_or(|root| self.open.has(root)) || self.open.has("title"))
    }

    /// Where in the source something stands.
    fn place(&self, at: usize) -> u32 {
        self.of.span(at, at + 1).start
    }

    fn start(&mut self, tag: Tag) {
        match tag.name.as_str() {
            "meta" => return self.meta(&tag),
            "img" | "amp-img" => {
                if let Some(alt) = tag.value("alt").filter(|_| self.reads()) {
                    let mut prose = Prose::default();
                    push_decoded(&mut prose, self.of, alt);
                    self.add(Field::Caption, prose);
                }
            }
            "br" => {
                let seam = self.place(tag.at.start);
                self.prose.push_break(seam as usize);
            }
            "time" if self.page.date.is_none() => {
                self.page.date = tag.value("datetime").and_then(|at| self.of.text().get(at)).and_then(date::parse_iso);
            }
            "code" if self.reads() && !self.open.has("pre") => {
                self.prose.push_left_out(self.of.span(tag.at.start, tag.at.end))
            }
            _ => {}
        }
        let is_closed = is_closed(&tag);
        let name = tag.name;
        let hidden = HIDDEN.contains(&name.as_str());
        // An element that nobody knows stands inside a paragraph, as browsers have it.
        let inline = hidden || INLINE.contains(&name.as_str()) || VOID.contains(&name.as_str()) || !is_element(&name);
        if !inline || name == "hr" {
            self.close();
        }
        if is_closed {
            return;
        }
        // A paragraph that is not closed ends where the next block begins; items and cells end at their next like.
        if !inline {
            self.end_of("p");
            if NOT_NESTED.contains(&name.as_str()) && self.open.is_inmost(&name) {
                self.open.pop();
            }
        }
        let title = name == "title" && self.heading;
        let field = match name.as_str() {
            "title" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Field::Headline),
            "figcaption" | "caption" => Some(Field::Caption),
            _ => None,
        };
        let left_out = hidden || title || BESIDE.contains(&name.as_str());
        self.open.push(Element { name, at: tag.at, left_out, words: false, field });
    }

    fn end(&mut self, name: &str) {
        let inline = INLINE.contains(&name) || HIDDEN.contains(&name) || !is_element(name);
        if !inline || name == "title" {
            self.close();
        }
        if self.open.has(name) {
            self.end_of(name);
        } else {
            self.loose.close(name);
        }
    }

    /// Ends the innermost element of a name, if there is one, and what is open inside of it.
    fn end_of(&mut self, name: &str) {
        while self.open.has(name) {
            match self.open.pop() {
                Some(element) if element.name != name => self.loosen(element),
                _ => return,
            }
        }
    }

    /// Takes an element that ends without its own end. What it left out counts as words of what it stands in, where that is
    /// left out as well.
    fn loosen(&mut self, element: Element) {
        if !element.left_out || !element.words {
            return;
        }
        match self.open.leaving_out() {
            Some(outer) => outer.words = true,
            None => self.loose.open(&element.name, self.place(element.at.start)),
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let word = |name: &str| tag.value(name).and_then(|at| self.of.text().get(at));
        let Some((key, content)) = word("property").or(word("name")).or(word("itemprop")).zip(word("content")) else {
            return;
        };
        match key.to_ascii_lowercase().as_str() {
            "article:published_time" | "date" | "dc.date" | "pubdate" | "datepublished" | "og:published_time" => {
                let date: Option<Date> = date::parse_iso(content).or_else(|| date::parse_date(content, self.language));
                self.page.date = date.or(self.page.date);
            }
            "og:site_name" | "application-name" | "dc.publisher" => self.page.outlet = Some(content.to_owned()),
            _ => {}
        }
    }

    /// Ends the block that is being read.
    fn close(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        self.add(self.open.field(), prose);
    }

    fn add(&mut self, field: Field, prose: Prose) {
        if prose.text().trim().is_empty() {
            return;
        }
        let field = match self.language.line_field(prose.text().trim()) {
            Some(line) if field == Field::Body => line,
            _ => field,
        };
        self.page.blocks.push((field, prose));
    }

    /// Ends the page, and all that is open in it.
    fn finish(&mut self) {
        self.close();
        while let Some(element) = self.open.pop() {
            self.loosen(element);
        }
    }
}
