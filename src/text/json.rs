//! JSON and JSON Lines with named fields, as content systems and agencies write them (ninjs, schema.org, JSON Feed): every
//! object with a text of its own is an article.
//!
//! The scanner is our own since words must lead back to the bytes they were escaped in.

use super::{Article, Block, Document, Field, Language, Prose, Source, Span, date, html, span::offset};
use std::ops::Range;
use std::sync::Arc;

/// Deeper than this no article is nested.
const DEPTH: usize = 64;

const HEADLINE: [&str; 4] = ["headline", "title", "name", "alternativeheadline"];
const STANDFIRST: [&str; 7] =
    ["standfirst", "description_text", "description", "summary", "abstract", "subtitle", "subheadline"];
const HTML: [&str; 4] = ["body_html", "body_xhtml", "content_html", "html"];
const TEXT: [&str; 7] = ["body_text", "content_text", "articlebody", "body", "text", "content", "article"];
const CAPTION: [&str; 4] = ["caption", "description_caption", "alt", "body_caption"];
const DATE: [&str; 9] = [
    "versioncreated",
    "firstcreated",
    "date",
    "published",
    "datepublished",
    "date_published",
    "pubdate",
    "published_at",
    "contentcreated",
];
const OUTLET: [&str; 6] = ["outlet", "provider", "publisher", "source", "publication", "copyrightholder"];

/// Reads JSON, or one value a line.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let mut scanner = Scanner { text: source.text(), at: 0, language, articles: Vec::new() };
    while scanner.skip().is_some() {
        let before = scanner.at;
        if scanner.value(0, None).is_none() || scanner.at == before {
            // What is no JSON ends the reading of its line.
            let rest = source.text().get(scanner.at..).unwrap_or_default();
            scanner.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
        }
    }
    let mut articles = scanner.articles;
    articles.sort_by_key(|article| article.span);
    Document { source, articles }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    language: &'a Language,
    articles: Vec<Article>,
}

/// What an object says of itself.
#[derive(Default)]
struct Found {
    blocks: Vec<(Field, Prose)>,
    body: Vec<Prose>,
    html: Option<Prose>,
    date: Option<super::Date>,
    outlet: Option<String>,
    captions: Vec<Prose>,
}

impl Scanner<'_> {
    fn skip(&mut self) -> Option<u8> {
        let rest = self.text.get(self.at..)?;
        self.at +=
            rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | ',')).len();
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads a value. Captions inside an article belong to it.
    fn value(&mut self, depth: usize, captions: Option<&mut Vec<Prose>>) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        match self.skip()? {
            b'{' => self.object(depth, captions),
            b'[' => self.list(depth, captions),
            b'"' => self.string().map(|_| ()),
            _ => {
                let rest = self.text.get(self.at..)?;
                let length =
                    rest.find(|c: char| matches!(c, ',' | '}' | ']') || c.is_whitespace()).unwrap_or(rest.len());
                self.at += length;
                (length > 0).then_some(())
            }
        }
    }

    fn list(&mut self, depth: usize, mut captions: Option<&mut Vec<Prose>>) -> Option<()> {
        self.at += 1;
        while self.skip()? != b']' {
            self.value(depth + 1, captions.as_deref_mut())?;
        }
        self.at += 1;
        Some(())
    }

    fn object(&mut self, depth: usize, captions: Option<&mut Vec<Prose>>) -> Option<()> {
        let start = self.at;
        let mut found = Found::default();
        self.at += 1;
        while self.skip()? != b'}' {
            let key = self.string()?;
            let key = self.text.get(key)?.to_ascii_lowercase();
            (self.skip()? == b':').then_some(())?;
            self.at += 1;
            if self.skip()? == b'"' {
                let value = self.string()?;
                found.take(&key, unescaped(self.text, value), self.language);
            } else if TEXT.contains(&key.as_str()) && self.skip()? == b'[' {
                self.paragraphs(depth, &mut found)?;
            } else {
                self.value(depth + 1, Some(&mut found.captions))?;
            }
        }
        self.at += 1;
        let span = Span::new(offset(start), offset(self.at));
        if found.body.is_empty() && found.html.is_none() {
            if let Some(captions) = captions {
                captions.extend(found.captions);
            }
            return Some(());
        }
        self.articles.push(found.article(span, self.language));
        Some(())
    }

    /// A body that is a list of paragraphs.
    fn paragraphs(&mut self, depth: usize, found: &mut Found) -> Option<()> {
        self.at += 1;
        while self.skip()? != b']' {
            if self.skip()? == b'"' {
                let value = self.string()?;
                found.body.push(unescaped(self.text, value));
            } else {
                self.value(depth + 2, Some(&mut found.captions))?;
            }
        }
        self.at += 1;
        Some(())
    }

    /// The inside of the string that starts here.
    fn string(&mut self) -> Option<Range<usize>> {
        (self.skip()? == b'"').then_some(())?;
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            match bytes.get(at)? {
                b'"' => break,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        self.at = at + 1;
        Some(start..at)
    }
}

impl Found {
    fn take(&mut self, key: &str, value: Prose, language: &Language) {
        let is = |keys: &[&str]| keys.contains(&key);
        let words = value.text().trim();
        if words.is_empty() {
            return;
        }
        if is(&HTML) {
            self.html = Some(value);
        } else if is(&TEXT) {
            // Some call it a body and mean HTML.
            if words.starts_with('<') { self.html = Some(value) } else { self.body.push(value) }
        } else if is(&HEADLINE) {
            self.blocks.push((Field::Headline, value));
        } else if is(&STANDFIRST) {
            self.blocks.push((Field::Standfirst, value));
        } else if is(&CAPTION) {
            self.captions.push(value);
        } else if is(&DATE) {
            self.date = self.date.or_else(|| date::parse_iso(words).or_else(|| date::parse_date(words, language)));
        } else if is(&OUTLET) {
            self.outlet = Some(words.to_owned());
        }
    }

    fn article(self, span: Span, language: &Language) -> Article {
        let mut article = Article { span, date: self.date, outlet: self.outlet, ..Article::default() };
        let mut add = |field: Field, prose: Prose| article.blocks.push(Block::new(field, prose, language));
        self.blocks.into_iter().for_each(|(field, prose)| add(field, prose));
        // The HTML and the text of one article say the same.
        match self.html {
            Some(html) => article.blocks.extend(html::page(&html, language).article.blocks),
            None => self.body.iter().flat_map(paragraphs).for_each(|prose| add(Field::Body, prose)),
        }
        let captions = self.captions.into_iter().filter(|caption| !caption.text().trim().is_empty());
        article.blocks.extend(captions.map(|caption| Block::new(Field::Caption, caption, language)));
        article
    }
}

/// The lines of a text, each a paragraph.
fn paragraphs(prose: &Prose) -> Vec<Prose> {
    let mut all = Vec::new();
    let mut at = 0;
    for line in prose.text().split_inclusive('\n') {
        let mut part = Prose::default();
        part.push_part(prose, at..at + line.trim_end().len());
        at += line.len();
        if !part.text().trim().is_empty() {
            all.push(part);
        }
    }
    all
}

/// A string without its escapes.
fn unescaped(text: &str, range: Range<usize>) -> Prose {
    let mut prose = Prose::default();
    let inside = text.get(range.clone()).unwrap_or_default();
    let mut at = 0;
    while let Some(next) = inside.get(at..).and_then(|rest| rest.find('\\')) {
        let escape = at + next;
        prose.push(inside.get(at..escape).unwrap_or_default(), range.start + at);
        let (c, length) = escaped(inside.get(escape..).unwrap_or_default());
        let span = Span::from(range.start + escape..range.start + escape + length);
        prose.push_spelled(c.encode_utf8(&mut [0; 4]), span);
        at = escape + length;
    }
    prose.push(inside.get(at..).unwrap_or_default(), range.start + at);
    prose
}

/// The character of the escape that a text starts with, and its length.
fn escaped(text: &str) -> (char, usize) {
    let unit = |at: usize| text.get(at..at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    match text.as_bytes().get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'u') => match (unit(2), text.get(6..8), unit(8)) {
            // Two units of UTF-16 are one character.
            (Some(high @ 0xd800..=0xdbff), Some("\\u"), Some(low @ 0xdc00..=0xdfff)) => {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                (char::from_u32(code).unwrap_or('\u{fffd}'), 12)
            }
            (Some(code), ..) => (char::from_u32(code).unwrap_or('\u{fffd}'), 6),
            _ => ('\u{fffd}', 2),
        },
        Some(_) => {
            let c = text.chars().nth(1).unwrap_or('\u{fffd}');
            (if matches!(c, 'b' | 'f') { ' ' } else { c }, 1 + c.len_utf8())
        }
        None => ('\\', 1),
    }
}
