//! RSS 2.0, Atom and the export of WordPress (WXR): each item is an article.

use super::markup::{Piece, pieces, push_decoded};
use super::{Article, Block, Document, Field, Language, Prose, Source, Span, date, html, span::offset};
use std::ops::Range;
use std::sync::Arc;

/// Reads a feed. What is none yields no article.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let whole = Prose::whole(source.text());
    let mut feed = Feed {
        of: &whole,
        language,
        outlet: None,
        item: None,
        element: None,
        inside: Prose::default(),
        articles: Vec::new(),
    };
    for piece in pieces(source.text(), false) {
        feed.take(piece);
    }
    let articles = feed.articles;
    Document { source, articles }
}

struct Feed<'a> {
    of: &'a Prose,
    language: &'a Language,
    /// The title of the feed.
    outlet: Option<String>,
    item: Option<Item>,
    /// The element whose text is being read.
    element: Option<String>,
    inside: Prose,
    articles: Vec<Article>,
}

#[derive(Default)]
struct Item {
    article: Article,
    /// The whole text; the description repeats it as a rule.
    content: Option<Prose>,
    description: Option<Prose>,
    is_article: bool,
}

impl Feed<'_> {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Start(name, _) if matches!(name.as_str(), "item" | "entry") => {
                self.item = Some(Item { is_article: true, ..Item::default() });
            }
            Piece::End(name) if matches!(name.as_str(), "item" | "entry") => self.finish(),
            Piece::Start(name, _) => {
                self.inside = Prose::default();
                self.element = Some(name);
            }
            Piece::End(name) => {
                if self.element.as_deref() == Some(name.as_str()) {
                    let inside = std::mem::take(&mut self.inside);
                    self.read(&name, inside);
                }
                self.element = None;
            }
            Piece::Text(range) => self.text(range, true),
            Piece::Raw(range) => self.text(range, false),
        }
    }

    fn text(&mut self, range: Range<usize>, references: bool) {
        if self.element.is_none() {
            return;
        }
        if references {
            push_decoded(&mut self.inside, self.of, range);
        } else {
            self.inside.push_part(self.of, range);
        }
    }

    fn read(&mut self, name: &str, inside: Prose) {
        let words = inside.text().trim();
        let Some(item) = &mut self.item else {
            if name == "title" && self.outlet.is_none() && !words.is_empty() {
                self.outlet = Some(words.to_owned());
            }
            return;
        };
        match name {
            "title" if !words.is_empty() => {
                item.article.blocks.push(Block::new(Field::Headline, inside, self.language));
            }
            "pubdate" | "published" | "date" | "post_date" | "updated" => {
                let read = date::parse_iso(words).or_else(|| date::parse_date(words, self.language));
                item.article.date = item.article.date.or(read);
            }
            // Content of RSS and WXR is `content:encoded`, and an excerpt is `excerpt:encoded`.
            "encoded" | "content" if item.content.is_none() && !words.is_empty() => item.content = Some(inside),
            "description" | "summary" if !words.is_empty() => item.description = Some(inside),
            // WordPress exports its pictures and menus too.
            "post_type" => item.is_article = matches!(words, "post" | "page"),
            _ => {}
        }
    }

    fn finish(&mut self) {
        let Some(mut item) = self.item.take().filter(|item| item.is_article) else { return };
        if let Some(content) = item.content.or(item.description) {
            let page = html::page(&content, self.language);
            item.article.blocks.extend(page.article.blocks);
            item.article.date = item.article.date.or(page.article.date);
        }
        item.article.outlet = item.article.outlet.or_else(|| self.outlet.clone());
        let spans = item.article.blocks.iter().map(|block| block.prose.span(0, block.prose.text().len()));
        item.article.span = spans.reduce(Span::cover).unwrap_or(Span::new(0, offset(0)));
        if !item.article.blocks.is_empty() {
            self.articles.push(item.article);
        }
    }
}
