//! Markdown with front matter. Headings are headlines, alt texts captions, code is left out.
//!
//! A block of front matter further down begins another article in the same file.

use super::{Article, Block, Document, Field, Language, Prose, Source, Span, date, plain};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// Reads a Markdown source.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let mut articles = Vec::new();
    for part in parts(source.text()) {
        let mut article = article(source.text(), &part, language);
        if articles.is_empty() && article.date.is_none() {
            article.date = plain::file_name_date(source.path());
        }
        if !article.blocks.is_empty() {
            articles.push(article);
        }
    }
    Document { source, articles }
}

/// Front matter and text of one article, as byte ranges of the source.
struct Part {
    front: Range<usize>,
    body: Range<usize>,
}

/// Cuts a source at its blocks of front matter: `---`, lines of `key: value`, `---`.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = vec![Part { front: 0..0, body: 0..text.len() }];
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let fence = line.trim_start_matches('\u{feff}').trim_end() == "---";
        match open {
            Some((from, inside)) if fence => {
                open = None;
                if inside < start {
                    if let Some(last) = parts.last_mut() {
                        last.body.end = from;
                    }
                    parts.push(Part { front: inside..start, body: at..text.len() });
                }
            }
            // A key of front matter, or the continuation of one; anything else means that `---` was a rule.
            Some(_) if !is_front_matter(line) => open = None,
            None if fence => open = Some((start, at)),
            _ => {}
        }
    }
    parts
}

fn is_front_matter(line: &str) -> bool {
    let continued = line.starts_with([' ', '\t', '-', '#']);
    let key = line
        .split_once(':')
        .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-'));
    continued || key
}

fn article(text: &str, part: &Part, language: &Language) -> Article {
    let mut article = Article { span: Span::from(part.body.clone()), ..Article::default() };
    if !part.front.is_empty() {
        article.span = Span::from(part.front.start..part.body.end);
        front_matter(text, part.front.clone(), language, &mut article);
    }
    let body = text.get(part.body.clone()).unwrap_or_default();
    let mut open = Open {
        at: part.body.start,
        body,
        language,
        blocks: &mut article.blocks,
        prose: Prose::default(),
        field: Field::Body,
        skip: 0,
        alt: None,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        open.take(event, range);
    }
    open.close();
    article
}

fn front_matter(text: &str, range: Range<usize>, language: &Language, article: &mut Article) {
    let mut at = range.start;
    for line in text.get(range).unwrap_or_default().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.split_once(':') else { continue };
        let inner = value.trim().trim_matches(['"', '\'']);
        let value_at = start + key.len() + 1 + value.find(inner).unwrap_or_default();
        let field = match key.trim() {
            "date" | "published" | "pubdate" | "publishDate" => {
                article.date =
                    article.date.or_else(|| date::parse_date(inner, language).or_else(|| date::parse_iso(inner)));
                continue;
            }
            "outlet" | "publisher" | "publication" | "source" => {
                article.outlet = Some(inner.to_owned());
                continue;
            }
            "title" | "headline" => Field::Headline,
            "description" | "summary" | "standfirst" | "subtitle" => Field::Standfirst,
            _ => continue,
        };
        let mut prose = Prose::default();
        prose.push(inner, value_at);
        article.blocks.push(Block::new(field, prose, language));
    }
}

/// The block that is being read.
struct Open<'a> {
    at: usize,
    body: &'a str,
    language: &'a Language,
    blocks: &'a mut Vec<Block>,
    prose: Prose,
    field: Field,
    /// How many open elements hold no prose: code blocks, HTML.
    skip: usize,
    alt: Option<Prose>,
}

impl Open<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => {
                self.close();
                self.skip += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => {
                self.skip = self.skip.saturating_sub(1)
            }
            Event::Start(Tag::Heading { .. }) => {
                self.close();
                self.field = Field::Headline;
            }
            Event::Start(Tag::Image { .. }) => self.alt = Some(Prose::default()),
            Event::End(TagEnd::Image) => {
                if let Some(alt) = self.alt.take() {
                    self.push_block(Field::Caption, alt);
                }
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::BlockQuote(_))
            | Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => self.close(),
            Event::Text(text) if self.skip == 0 => self.text(&text, range),
            Event::Code(text) if self.skip == 0 => {
                let ticks = range.len().saturating_sub(text.len()) / 2;
                self.text(&text, range.start + ticks..range.end.saturating_sub(ticks));
            }
            Event::SoftBreak | Event::HardBreak => {
                let at = self.at + range.start;
                self.current().push_break(at);
            }
            _ => {}
        }
    }

    fn current(&mut self) -> &mut Prose {
        self.alt.as_mut().unwrap_or(&mut self.prose)
    }

    /// Adds words; those that the source spells otherwise (entities) stand at the start of their spelling.
    fn text(&mut self, text: &str, range: Range<usize>) {
        let at = self.at + range.start;
        let source = self.body.get(range).unwrap_or_default();
        if source == text {
            self.current().push(text, at);
        } else {
            for c in text.chars() {
                self.current().push(c.encode_utf8(&mut [0; 4]), at);
            }
        }
    }

    fn close(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        let field = std::mem::replace(&mut self.field, Field::Body);
        self.push_block(field, prose);
    }

    fn push_block(&mut self, field: Field, prose: Prose) {
        if prose.text().trim().is_empty() {
            return;
        }
        let field = match self.language.line_field(prose.text()) {
            Some(line) if field == Field::Body => line,
            _ => field,
        };
        self.blocks.push(Block::new(field, prose, self.language));
    }
}
