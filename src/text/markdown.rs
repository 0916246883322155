//! Markdown with front matter. Headings are headlines, alt texts captions, code is left out, HTML is read as HTML.
//!
//! A block of front matter further down begins another article in the same file.

use super::front::{self, Part};
use super::loose::Loose;
use super::markup::{Piece, pieces, unclosed};
use super::{
    Article, Block, Document, Field, Language, Prose, Source, Span, Unread, date, element, html, shortcode,
    span::offset, target,
};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Reads a Markdown source.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let mut articles = Vec::new();
    let mut unread = Vec::new();
    for part in front::parts(source.text()) {
        let mut article = article(source.text(), &part, language, &mut unread);
        if articles.is_empty() && article.date.is_none() {
            article.date = date::file_name_date(source.path());
        }
        if !article.blocks.is_empty() {
            articles.push(article);
        }
    }
    unread.sort();
    Document { source, articles, unread }
}

fn article(text: &str, part: &Part, language: &Language, unread: &mut Vec<Unread>) -> Article {
    let mut article = Article { span: Span::from(part.body.clone()), ..Article::default() };
    if !part.front.is_empty() {
        article.span = Span::from(part.front.start..part.body.end);
        front::read(text, part, language, &mut article);
    }
    let body = text.get(part.body.clone()).unwrap_or_default();
    let blanked = shortcode::blanked(body);
    let body = blanked.as_deref().unwrap_or(body);
    let mut open = Open {
        at: part.body.start,
        body,
        language,
        article: &mut article,
        unread,
        prose: Prose::default(),
        field: Field::Body,
        code: false,
        fence: None,
        alt: None,
        html: None,
        hidden: None,
        loose: Loose::default(),
        foreign: 0,
        wiki: false,
        kept: 0,
        anchors: target::anchors(body),
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_GFM;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        open.take(event, range);
    }
    open.close();
    open.unread.extend(open.loose.unread());
    article
}

/// The block that is being read.
struct Open<'a> {
    at: usize,
    body: &'a str,
    language: &'a Language,
    article: &'a mut Article,
    unread: &'a mut Vec<Unread>,
    prose: Prose,
    field: Field,
    /// Whether a block of code is open.
    code: bool,
    /// The fence around it, where it has one.
    fence: Option<Fence>,
    alt: Option<Prose>,
    /// The block of HTML that is open.
    html: Option<Prose>,
    /// The element of HTML inside a paragraph whose words are left out.
    hidden: Option<Hidden>,
    /// The elements whose words are left out and that are to end further down.
    loose: Loose,
    /// How many elements of HTML are open in this block whose words are not the writer's own.
    foreign: usize,
    /// Whether a link is open whose words are the name of what it leads to.
    wiki: bool,
    /// How many quotations, and links to what their own words name, are open.
    kept: usize,
    /// The headings that links lead to.
    anchors: HashSet<String>,
}

/// A fence of code that is open.
struct Fence {
    at: usize,
    /// Its marks; so many or more end it.
    marks: String,
    /// Where what was left out so far ends, and whether there were words in it.
    inside: usize,
    words: bool,
}

/// An element inside a paragraph whose words are left out.
struct Hidden {
    name: String,
    at: usize,
    /// Whether there were any.
    words: bool,
}

impl Open<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                self.close();
                self.code = true;
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.fence(range);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                self.code = false;
                self.fence_ends(range);
            }
            Event::Start(Tag::HtmlBlock) => {
                self.close();
                self.html = Some(Prose::default());
            }
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(html) = self.html.take() {
                    // A quotation in HTML may hold paragraphs of Markdown.
                    let count = |tag: &str| html.text().to_ascii_lowercase().matches(tag).count();
                    self.kept = (self.kept + count("<blockquote")).saturating_sub(count("</blockquote"));
                    self.unread.extend(
                        html::fragment(&html, &mut self.loose, self.language).give(self.article, self.language),
                    );
                }
            }
            // One of a kind is a remark of the writer: a note, a warning.
            Event::Start(Tag::BlockQuote(None)) => {
                self.close();
                self.kept += 1;
            }
            Event::End(TagEnd::BlockQuote(None)) => {
                self.close();
                self.kept = self.kept.saturating_sub(1);
            }
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. }) => {
                self.wiki = true;
                self.kept += 1;
            }
            Event::End(TagEnd::Link) if std::mem::take(&mut self.wiki) => self.kept = self.kept.saturating_sub(1),
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
            Event::Start(
                Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_),
            )
            | Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => self.close(),
            Event::Html(_) => {
                let (at, text) = (self.at + range.start, self.body.get(range).unwrap_or_default());
                self.html.iter_mut().for_each(|html| html.push(text, at));
            }
            Event::InlineHtml(_) => self.inline_html(range),
            Event::Text(text) if self.reads() => self.text(&text, range),
            Event::Text(text) => self.leave_out(&text, range),
            Event::Code(_) if self.reads() => {
                let span = Span::from(self.at + range.start..self.at + range.end);
                self.current().push_left_out(span);
            }
            Event::SoftBreak | Event::HardBreak => {
                let at = self.at + range.start;
                self.current().push_break(at);
            }
            _ => {}
        }
    }

    fn reads(&self) -> bool {
        !self.code && self.hidden.is_none()
    }

    fn current(&mut self) -> &mut Prose {
        self.alt.as_mut().unwrap_or(&mut self.prose)
    }

    fn fence(&mut self, range: Range<usize>) {
        let text = self.body.get(range.clone()).unwrap_or_default();
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        let mark = first.trim_start().chars().next().unwrap_or('`');
        let marks = first.trim_start().chars().take_while(|c| *c == mark).collect();
        self.fence = Some(Fence { at: range.start, marks, inside: range.start + first.len(), words: false });
    }

    /// Says so where a fence has no end and took the rest of the text, or of the quotation or the list that it stands in.
    fn fence_ends(&mut self, range: Range<usize>) {
        let Some(fence) = self.fence.take() else { return };
        // What ends it stands behind the last line of code; the marks of what it stands in may be around.
        let behind = self.body.get(fence.inside..range.end).unwrap_or_default();
        if fence.words && !behind.contains(&fence.marks) {
            self.unread.push(Unread { at: offset(self.at + fence.at), why: unclosed("block of code") });
        }
    }

    /// Notes that words were left out.
    fn leave_out(&mut self, text: &str, range: Range<usize>) {
        let words = !text.trim().is_empty();
        if let Some(fence) = &mut self.fence {
            fence.inside = range.end;
            fence.words |= words;
        } else if let Some(hidden) = &mut self.hidden {
            hidden.words |= words;
        }
    }

    /// A tag inside a paragraph: it is no words, and those of some elements are left out.
    fn inline_html(&mut self, range: Range<usize>) {
        let span = Span::from(self.at + range.start..self.at + range.end);
        for piece in pieces(self.body.get(range).unwrap_or_default()) {
            match (piece, &self.hidden) {
                (Piece::Start(tag), None) if element::is_hidden(&tag.name) && !element::is_closed(&tag) => {
                    if tag.name == "code" {
                        self.current().push_left_out(span);
                    }
                    self.hidden = Some(Hidden { name: tag.name, at: span.start as usize, words: false });
                }
                (Piece::Start(tag), None) if element::is_kept(&tag.name) => self.foreign += 1,
                (Piece::End(name, _), None) if element::is_kept(&name) => self.foreign = self.foreign.saturating_sub(1),
                (Piece::Start(tag), None) if tag.name == "br" => self.current().push_break(span.start as usize),
                (Piece::End(name, _), Some(open)) if open.name == name => self.hidden = None,
                (Piece::End(name, _), _) => self.loose.close(&name),
                _ => {}
            }
        }
    }

    /// Adds words; those that the source spells otherwise (entities) are spelled there.
    fn text(&mut self, text: &str, range: Range<usize>) {
        let at = self.at + range.start;
        let source = self.body.get(range.clone()).unwrap_or_default();
        let from = self.current().text().len();
        if source == text {
            self.current().push(text, at);
        } else {
            let span = Span::from(at..self.at + range.end);
            self.current().push_spelled(text, span);
        }
        if self.kept + self.foreign > 0 {
            self.current().keep(from);
        }
    }

    fn close(&mut self) {
        if let Some(hidden) = self.hidden.take().filter(|hidden| hidden.words) {
            self.loose.open(&hidden.name, offset(hidden.at));
        }
        self.foreign = 0;
        let prose = std::mem::take(&mut self.prose);
        let field = std::mem::replace(&mut self.field, Field::Body);
        self.push_block(field, prose);
    }

    fn push_block(&mut self, field: Field, prose: Prose) {
        if prose.text().trim().is_empty() {
            return;
        }
        let mut prose = prose;
        if field == Field::Headline && self.anchors.contains(&target::anchor(prose.text())) {
            prose.keep(0);
        }
        let field = match self.language.line_field(prose.text()) {
            Some(line) if field == Field::Body => line,
            _ => field,
        };
        self.article.blocks.push(Block::new(field, prose, self.language));
    }
}
