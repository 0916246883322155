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
    Document { source, articles, unread }
}

/// An element that is open.
struct Element {
    name: String,
    /// Where its tag stands.
    at: Range<usize>,
    /// Whether what is inside of it is markup itself, as in `<content type="xhtml">`.
    markup: bool,
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
}

impl Feed<'_> {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(name, at) => self.close(&name, at.start),
            Piece::Text(range) => self.text(range, push_decoded),
            Piece::Raw(range) => self.text(range, Prose::push_part),
            Piece::Broken(at, why) => self.unread.push(Unread { at: offset(at), why }),
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
            });
        }
        if self.open.is_empty() && matches!(local(&tag.name), "feed" | "rss" | "RDF") {
            self.prefix = tag.name.strip_suffix(local(&tag.name)).unwrap_or_default().to_owned();
        }
        let kind = tag.value("type").and_then(|at| self.of.text().get(at));
        let markup = inside_markup || kind == Some("xhtml");
        self.open.push(Element { name: tag.name, at: tag.at, markup, inside: Prose::default() });
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
        let name = element.name.strip_prefix(&self.prefix).unwrap_or(&element.name).to_ascii_lowercase();
        match &mut self.item {
            Some(item) if item.depth == depth => item.take(&name, inside, self.language),
            None if name == "title" && self.outlet.is_none() => {
                self.outlet = Some(inside.text().trim().to_owned()).filter(|title| !title.is_empty());
            }
            _ => {}
        }
    }

    fn finish(&mut self) {
        let Some(mut item) = self.item.take().filter(|item| item.is_article) else { return };
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
        let cut = self.item.as_ref().map(|item| item.at);
        while let Some(element) = self.open.pop() {
            self.read(element, self.of.text().len());
        }
        self.finish();
        if let Some(at) = cut.filter(|_| self.unread.is_empty()) {
            self.unread.push(Unread { at: offset(at), why: unclosed("item") });
        }
    }
}

impl Item {
    /// Takes what an element of the item says.
    fn take(&mut self, name: &str, inside: Prose, language: &Language) {
        let words = inside.text().trim();
        if words.is_empty() {
            return;
        }
        match name {
            "title" => {
                let title = embedded::lines(&inside, language).into_iter();
                self.article.blocks.extend(title.map(|prose| Block::new(Field::Headline, prose, language)));
            }
            "pubdate" | "published" | "date" | "dc:date" | "wp:post_date" | "updated" => {
                let read = date::parse_iso(words).or_else(|| date::parse_date(words, language));
                self.article.date = self.article.date.or(read);
            }
            // Content of RSS and WXR is `content:encoded`, and an excerpt is `excerpt:encoded`.
            "content:encoded" | "content" if self.content.is_none() => self.content = Some(inside),
            "description" | "summary" => self.description = Some(inside),
            // WordPress exports its pictures and menus too.
            "wp:post_type" => self.is_article = matches!(words, "post" | "page"),
            _ => {}
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
