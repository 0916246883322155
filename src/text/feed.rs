//! RSS, Atom and the export of WordPress (WXR): each item is an article.

use super::entity::push_decoded;
use super::markup::{Piece, Tag, unclosed};
use super::xml::pieces;
use super::{
    Article, Block, Document, Field, Language, Prose, Source, Span, Unread, date, embedded, html, span::offset,
};
use std::ops::Range;
use std::sync::Arc;

/// Elements that hold one article.
const ITEMS: [&str; 2] = ["item", "entry"];
/// Elements of an item that hold its words.
const WORDS: [&str; 5] = ["title", "content:encoded", "content", "description", "summary"];
/// Elements of an item that say when it was published.
const DATES: [&str; 6] = ["pubdate", "published", "date", "dc:date", "wp:post_date", "updated"];
/// With one of these a sentence ends.
const ENDS: [char; 7] = ['.', '!', '?', '…', '”', '"', '»'];
/// An end tag closes one of so many open elements.
const NEAR: usize = 64;

/// Reads a feed. What is none yields no article, and says so.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let whole = Prose::whole(source.text());
    let mut feed = Feed {
        of: &whole,
        prefix: String::new(),
        language,
        outlet: None,
        item: None,
        open: Vec::new(),
        articles: Vec::new(),
        unread: Vec::new(),
        broken: false,
    };
    for piece in pieces(source.text()) {
        feed.take(piece);
    }
    feed.end();
    let (articles, mut unread) = (feed.articles, feed.unread);
    if articles.is_empty() && unread.is_empty() {
        let why = "no item of RSS, Atom or a WordPress export with a text was found; other XML is not read".to_owned();
        unread.push(Unread { at: 0, why });
    }
    unread.sort();
    Document { source, articles, unread }
}

/// An element that is open.
struct Element {
    name: String,
    /// Where its tag stands.
    at: Range<usize>,
    /// Whether what is inside of it is markup itself, as in `<content type="xhtml">`.
    markup: bool,
    /// Whether text without references stands in it, which is no markup.
    raw: bool,
    /// Its text so far.
    inside: Prose,
}

struct Feed<'a> {
    of: &'a Prose,
    /// The prefix that the names of the feed itself have, with its colon, as in `<atom:feed>`.
    prefix: String,
    language: &'a Language,
    /// The title of the feed.
    outlet: Option<String>,
    item: Option<Item>,
    /// The elements that are open, from the outside in.
    open: Vec<Element>,
    articles: Vec<Article>,
    unread: Vec<Unread>,
    /// Whether the file was not read to its end.
    broken: bool,
}

struct Item {
    /// Where it begins, and how many elements are open in it at its own text.
    at: usize,
    depth: usize,
    article: Article,
    /// The whole text; the description repeats it as a rule.
    content: Option<Prose>,
    description: Option<Prose>,
    is_article: bool,
    /// Words of an element that nobody knows.
    missed: Option<Missed>,
}

/// Words of an item that stand in no field that is known.
struct Missed {
    name: String,
    at: usize,
    /// Whether they are a text, and no label, name or category.
    is_text: bool,
}

impl Feed<'_> {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(name, at) => self.close(&name, at.start),
            Piece::Text(range) => self.text(range, push_decoded),
            Piece::Raw(range) => {
                self.open.last_mut().into_iter().for_each(|element| element.raw = true);
                self.text(range, Prose::push_part);
            }
            Piece::Broken(at, why) => {
                self.broken = true;
                self.unread.push(Unread { at: offset(at), why });
            }
        }
    }

    fn text(&mut self, range: Range<usize>, push: fn(&mut Prose, &Prose, Range<usize>)) {
        if let Some(element) = self.open.last_mut() {
            push(&mut element.inside, self.of, range);
        }
    }

    fn start(&mut self, tag: Tag) {
        if tag.empty {
            return;
        }
        self.mark_up();
        let inside_markup = self.open.last().is_some_and(|element| element.markup);
        if !inside_markup && ITEMS.contains(&local(&tag.name)) {
            self.finish();
            self.item = Some(Item {
                at: tag.at.start,
                depth: self.open.len() + 1,
                article: Article::default(),
                content: None,
                description: None,
                is_article: true,
                missed: None,
            });
        }
        if self.open.is_empty() && matches!(local(&tag.name), "feed" | "rss" | "RDF") {
            self.prefix = tag.name.strip_suffix(local(&tag.name)).unwrap_or_default().to_owned();
        }
        let kind = tag.value("type").and_then(|at| self.of.text().get(at));
        let markup = inside_markup || kind == Some("xhtml");
        self.open.push(Element { name: tag.name, at: tag.at, markup, raw: false, inside: Prose::default() });
    }

    /// A text of an item in which an element begins is markup, whether it says so or not.
    fn mark_up(&mut self) {
        let depth = self.open.len();
        let Some(holder) = self.open.last_mut().filter(|holder| !holder.raw) else { return };
        let name = plain(&holder.name, &self.prefix);
        if self.item.as_ref().is_some_and(|item| item.depth + 1 == depth) && WORDS.contains(&name.as_str()) {
            holder.markup = true;
        }
    }

    /// Closes the innermost element of a name, before byte offset `at`; an end without a start closes nothing.
    fn close(&mut self, name: &str, at: usize) {
        let near = self.open.iter().rev().take(NEAR).position(|element| element.name == name);
        for above in (0..=near.unwrap_or_default()).rev().filter(|_| near.is_some()) {
            let Some(element) = self.open.pop() else { return };
            if above > 0 && !element.markup {
                self.unread
                    .push(Unread { at: offset(element.at.start), why: unclosed(&format!("<{}>", element.name)) });
            }
            self.read(element, at);
        }
    }

    /// Reads an element that ends before byte offset `end`.
    fn read(&mut self, element: Element, end: usize) {
        let depth = self.open.len();
        if ITEMS.contains(&local(&element.name)) && self.item.as_ref().is_some_and(|item| item.depth == depth + 1) {
            return self.finish();
        }
        let outer_markup = self.open.last().is_some_and(|outer| outer.markup);
        let inside = match element.markup && !outer_markup {
            true => {
                let mut inside = Prose::default();
                inside.push_part(self.of, element.at.end..end);
                inside
            }
            false => element.inside,
        };
        let name = plain(&element.name, &self.prefix);
        match &mut self.item {
            Some(item) if item.depth == depth => {
                self.unread.extend(item.take(&name, element.at.start, inside, self.language));
            }
            Some(item) => {
                let holder =
                    self.open.get(item.depth).map(|holder| (plain(&holder.name, &self.prefix), holder.at.start));
                holder.into_iter().for_each(|(name, at)| item.miss(&name, at, inside.text()));
            }
            None if name == "title" && self.outlet.is_none() => {
                self.outlet = Some(inside.text().trim().to_owned()).filter(|title| !title.is_empty());
            }
            _ => {}
        }
    }

    fn finish(&mut self) {
        let Some(mut item) = self.item.take().filter(|item| item.is_article) else { return };
        self.unread.extend(item.missed());
        if let Some(content) = item.content.or(item.description) {
            let page = html::page(&content, self.language);
            self.unread.extend(page.give(&mut item.article, self.language));
        }
        item.article.outlet = item.article.outlet.or_else(|| self.outlet.clone());
        let spans = item.article.blocks.iter().map(|block| block.prose.span(0, block.prose.text().len()));
        item.article.span = spans.reduce(Span::cover).unwrap_or(Span::new(0, offset(0)));
        if !item.article.blocks.is_empty() {
            self.articles.push(item.article);
        }
    }

    /// Ends the feed. What is still open was cut off; what is there of it is read.
    fn end(&mut self) {
        let item = self.item.as_ref().map(|item| (item.at, "item".to_owned()));
        let cut = item.or_else(|| self.open.first().map(|root| (root.at.start, format!("<{}>", root.name))));
        while let Some(element) = self.open.pop() {
            self.read(element, self.of.text().len());
        }
        self.finish();
        if let Some((at, what)) = cut.filter(|_| !self.broken) {
            self.unread.push(Unread { at: offset(at), why: unclosed(&what) });
        }
    }
}

impl Item {
    /// Takes what an element of the item says; what of it could not be read is handed back.
    fn take(&mut self, name: &str, at: usize, inside: Prose, language: &Language) -> Vec<Unread> {
        let words = inside.text().trim();
        if words.is_empty() {
            return Vec::new();
        }
        match name {
            "title" => {
                let (title, unread) = embedded::lines(&inside, language);
                let title = title.into_iter().map(|prose| Block::new(Field::Headline, prose, language));
                self.article.blocks.extend(title);
                return unread;
            }
            name if DATES.contains(&name) => {
                let read = date::parse_iso(words).or_else(|| date::parse_date(words, language));
                self.article.date = self.article.date.or(read);
            }
            // Content of RSS and WXR is `content:encoded`, and an excerpt is `excerpt:encoded`.
            "content:encoded" | "content" if self.content.is_none() => self.content = Some(inside),
            "description" | "summary" => self.description = Some(inside),
            // WordPress exports its pictures and menus too.
            "wp:post_type" => self.is_article = matches!(words, "post" | "page"),
            _ => self.miss(name, at, words),
        }
        Vec::new()
    }

    /// Notes the words of an element of the item that are not read, a text before a label. What has a prefix extends the
    /// format, and repeats or describes.
    fn miss(&mut self, name: &str, at: usize, words: &str) {
        let words = words.trim();
        if WORDS.contains(&name) || DATES.contains(&name) || !words.contains(char::is_whitespace) {
            return;
        }
        let is_text = words.ends_with(ENDS) && !name.contains(':');
        if self.missed.as_ref().is_none_or(|missed| is_text && !missed.is_text) {
            self.missed = Some(Missed { name: name.to_owned(), at, is_text });
        }
    }

    /// That the item has words, and none of them where a text is looked for.
    fn missed(&mut self) -> Option<Unread> {
        let has_text = self.content.is_some() || self.description.is_some();
        let missed = self.missed.take().filter(|_| !has_text)?;
        let why = format!(
            "<{}> is not read: an item has its text in {}",
            missed.name,
            WORDS.get(1..).unwrap_or_default().join(", ")
        );
        (missed.is_text || self.article.blocks.is_empty()).then(|| Unread { at: offset(missed.at), why })
    }
}

/// The name of an element in lower case, without the prefix that the feed's own have.
fn plain(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix).unwrap_or(name).to_ascii_lowercase()
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
