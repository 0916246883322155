//! HTML: the article of a page. Headings are headlines, alt texts and figure captions captions; navigation, scripts, forms
//! and what stands beside the article are left out.

use super::markup::{Piece, pieces, push_decoded};
use super::{Article, Block, Date, Document, Field, Language, Prose, Source, Span, date, plain, span::offset};
use std::ops::Range;
use std::sync::Arc;

/// Elements that hold no words of the article.
const LEFT_OUT: [&str; 15] = [
    "script", "style", "nav", "footer", "aside", "form", "button", "select", "svg", "iframe", "noscript", "template",
    "menu", "code", "pre",
];
/// Elements that stand inside a paragraph.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
];
/// Elements without an end tag.
const VOID: [&str; 9] = ["br", "img", "meta", "link", "hr", "input", "source", "wbr", "area"];

/// Reads a page.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let whole = Prose::whole(source.text());
    let mut page = page(&whole, language);
    page.article.span = Span::new(0, offset(source.text().len()));
    page.article.date = page.article.date.or_else(|| plain::file_name_date(source.path()));
    let articles = if page.article.blocks.is_empty() { Vec::new() } else { vec![page.article] };
    Document { source, articles }
}

/// A page, or a piece of HTML inside another format.
#[derive(Default)]
pub(super) struct Page {
    pub(super) article: Article,
}

/// Reads markup that stands in a source as `of` says.
pub(super) fn page(of: &Prose, language: &Language) -> Page {
    let pieces = pieces(of.text(), true);
    let starts = |name: &str| pieces.iter().any(|piece| matches!(piece, Piece::Start(found, _) if found == name));
    // Where a page says which part is the article, the rest is left out.
    let root = ["article", "main"].into_iter().find(|name| starts(name));
    let heading = starts("h1");
    let mut reader = Reader {
        of,
        language,
        root,
        heading,
        inside: 0,
        left_out: 0,
        open: Vec::new(),
        field: Field::Body,
        title: false,
        prose: Prose::default(),
        page: Page::default(),
    };
    for piece in pieces {
        reader.take(piece);
    }
    reader.close();
    reader.page
}

struct Reader<'a> {
    of: &'a Prose,
    language: &'a Language,
    root: Option<&'static str>,
    /// Whether the page has a heading of its own, so that its title is none.
    heading: bool,
    /// How many roots are open.
    inside: usize,
    /// How many elements that are left out are open.
    left_out: usize,
    /// Names of open elements that are left out, so that a stray end tag closes nothing.
    open: Vec<String>,
    field: Field,
    title: bool,
    prose: Prose,
    page: Page,
}

impl Reader<'_> {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Start(name, attributes) => self.start(&name, &attributes),
            Piece::End(name) => self.end(&name),
            Piece::Text(range) => self.text(range, true),
            Piece::Raw(range) => self.text(range, false),
        }
    }

    fn reads(&self) -> bool {
        self.left_out == 0 && (self.root.is_none() || self.inside > 0) || self.title
    }

    fn text(&mut self, range: Range<usize>, references: bool) {
        if !self.reads() {
            return;
        }
        if references {
            push_decoded(&mut self.prose, self.of, range);
        } else {
            self.prose.push_part(self.of, range);
        }
    }

    fn start(&mut self, name: &str, attributes: &[(&str, Range<usize>)]) {
        let value =
            |key: &str| attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, at)| at.clone());
        if name == "meta" {
            return self.meta(value("property").or(value("name")), value("content"));
        }
        if name == "time" && self.page.article.date.is_none() {
            let date = value("datetime").and_then(|at| self.of.text().get(at)).and_then(date::parse_iso);
            self.page.article.date = date;
        }
        if name == "img" && self.reads() {
            if let Some(alt) = value("alt") {
                let mut prose = Prose::default();
                push_decoded(&mut prose, self.of, alt);
                self.add(Field::Caption, prose);
            }
            return;
        }
        if name == "br" {
            let at = self.prose.text().len();
            let seam = self.prose.span(at.saturating_sub(1), at).end;
            return self.prose.push_break(seam as usize);
        }
        if !INLINE.contains(&name) {
            self.close();
        }
        match name {
            "title" => self.title = !self.heading,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.field = Field::Headline,
            "figcaption" | "caption" => self.field = Field::Caption,
            _ => {}
        }
        self.inside += usize::from(self.root == Some(name));
        // The header of a page is navigation; that of an article holds its headline.
        let header = name == "header" && self.inside == 0;
        if (LEFT_OUT.contains(&name) || header) && !VOID.contains(&name) {
            self.left_out += 1;
            self.open.push(name.to_owned());
        }
    }

    fn end(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.close();
        }
        self.title &= name != "title";
        if self.root == Some(name) {
            self.inside = self.inside.saturating_sub(1);
        }
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(at);
            self.left_out = self.open.len();
        }
    }

    fn meta(&mut self, key: Option<Range<usize>>, content: Option<Range<usize>>) {
        let word = |range: Option<Range<usize>>| range.and_then(|range| self.of.text().get(range));
        let (Some(key), Some(content)) = (word(key), word(content)) else { return };
        match key.to_ascii_lowercase().as_str() {
            "article:published_time" | "date" | "dc.date" | "pubdate" | "datepublished" | "og:published_time" => {
                let date: Option<Date> = date::parse_iso(content).or_else(|| date::parse_date(content, self.language));
                self.page.article.date = date.or(self.page.article.date);
            }
            "og:site_name" | "application-name" | "dc.publisher" => self.page.article.outlet = Some(content.to_owned()),
            _ => {}
        }
    }

    fn close(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        let field = std::mem::replace(&mut self.field, Field::Body);
        self.add(if self.title { Field::Headline } else { field }, prose);
    }

    fn add(&mut self, field: Field, prose: Prose) {
        if prose.text().trim().is_empty() {
            return;
        }
        let field = match self.language.line_field(prose.text().trim()) {
            Some(line) if field == Field::Body => line,
            _ => field,
        };
        self.page.article.blocks.push(Block::new(field, prose, self.language));
    }
}
