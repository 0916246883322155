//! JSON and JSON Lines with named fields, as content systems and agencies write them (ninjs, schema.org, JSON Feed, the
//! interfaces of WordPress and of systems that keep a text as blocks): every object with a text of its own is an article.

use super::json_tree::{Json, parse, unescaped};
use super::{
    Article, Block, Document, Field, Language, Prose, Source, Span, Unread, date, embedded, html, plain, span::offset,
};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;
use std::sync::Arc;

const HEADLINE: [&str; 4] = ["headline", "title", "name", "alternativeheadline"];
const STANDFIRST: [&str; 8] =
    ["standfirst", "description_text", "description", "summary", "abstract", "subtitle", "subheadline", "excerpt"];
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
/// Types of blocks that hold no prose.
const CODE: [&str; 5] = ["code", "codeblock", "code_block", "code-block", "preformatted"];
/// What says of which sort an object is.
const SORT: [&str; 4] = ["@type", "_type", "type", "nodetype"];
/// What holds the words of a value that is an object: `{"rendered": "…"}`, `{"text": "…"}`.
const WORDS: [&str; 4] = ["rendered", "text", "value", "html"];

/// Reads JSON, or one value a line.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let text = source.text();
    let lines = matches!(super::extension(source.path()).as_str(), "jsonl" | "ndjson");
    let (values, unread) = parse(text, lines);
    let mut reader = Reader { text, language, articles: Vec::new(), unread };
    for value in &values {
        if !reader.gives(value, None) {
            reader.miss(value);
        }
    }
    let Reader { mut articles, mut unread, .. } = reader;
    articles.sort_by_key(|article| article.span);
    if articles.is_empty() && unread.is_empty() {
        unread.push(Unread { at: 0, why: unknown() });
    }
    unread.sort();
    Document { source, articles, unread }
}

/// That something has words, and no article was found in it.
fn unknown() -> String {
    let known: Vec<String> = TEXT.iter().chain(&HTML).map(|name| format!("`{name}`")).collect();
    format!("no object has a text in a field that is known: {}", known.join(", "))
}

struct Reader<'a> {
    text: &'a str,
    language: &'a Language,
    articles: Vec<Article>,
    unread: Vec<Unread>,
}

/// What an object says of itself.
#[derive(Default)]
struct Found {
    heads: Vec<(Field, Prose)>,
    body: Vec<Prose>,
    html: Option<Prose>,
    date: Option<super::Date>,
    outlet: Option<String>,
    captions: Vec<Prose>,
}

impl<'a> Reader<'a> {
    /// Reads the articles of a value. Captions inside an article belong to it.
    fn value(&mut self, value: &Json, captions: Option<&mut Vec<Prose>>) {
        match value {
            Json::Object(members, at) => self.object(members, at, captions),
            Json::List(values, _) => self.list(values, captions),
            Json::String(_) | Json::Other => {}
        }
    }

    /// Reads the articles of a list. Among articles what gives none is another form of one, unless it says that it is of
    /// another sort.
    fn list(&mut self, values: &[Json], mut captions: Option<&mut Vec<Prose>>) {
        let (mut sorts, mut others) = (HashSet::default(), Vec::new());
        for value in values {
            if self.gives(value, captions.as_deref_mut()) {
                sorts.insert(self.sort(value));
            } else {
                others.push(value);
            }
        }
        let is_kin = |sort| sorts.contains(&sort) || sort.is_none() && !sorts.is_empty();
        others.retain(|value| is_kin(self.sort(value)));
        others.into_iter().for_each(|value| self.miss(value));
    }

    /// Reads the articles of a value; whether there are any.
    fn gives(&mut self, value: &Json, captions: Option<&mut Vec<Prose>>) -> bool {
        let before = self.articles.len();
        self.value(value, captions);
        self.articles.len() > before
    }

    /// Says that a value was not read, if it holds words.
    fn miss(&mut self, value: &Json) {
        let at = match value {
            Json::Object(_, at) => at.start,
            Json::List(_, at) => *at,
            Json::String(range) => range.start.saturating_sub(1),
            Json::Other => return,
        };
        if self.has_words(value) {
            self.unread.push(Unread { at: offset(at), why: unknown() });
        }
    }

    /// Whether a value holds more than marks, numbers, addresses and single words.
    fn has_words(&self, value: &Json) -> bool {
        match value {
            Json::Object(members, _) => members.iter().any(|(_, value)| self.has_words(value)),
            Json::List(values, _) => values.iter().any(|value| self.has_words(value)),
            Json::String(range) => {
                let words = self.text.get(range.clone()).unwrap_or_default().trim();
                words.contains(|c: char| c.is_whitespace() || !c.is_ascii())
            }
            Json::Other => false,
        }
    }

    /// What an object says that it is.
    fn sort(&self, value: &Json) -> Option<&'a str> {
        let Json::Object(members, _) = value else { return None };
        members.iter().find_map(|(key, value)| match value {
            Json::String(range) if SORT.contains(&self.key(key).as_str()) => self.text.get(range.clone()),
            _ => None,
        })
    }

    fn object(&mut self, members: &[(Range<usize>, Json)], at: &Range<usize>, captions: Option<&mut Vec<Prose>>) {
        let mut found = Found::default();
        for (key, value) in members {
            let key = self.key(key);
            if let Json::Object(inner, _) = value
                && self.is_article(inner)
            {
                self.value(value, Some(&mut found.captions));
                continue;
            }
            let words = match value {
                Json::String(range) => Some(unescaped(self.text, range.clone())),
                Json::Object(inner, _) if found.knows(&key) => self.words(inner),
                _ => None,
            };
            match (words, value) {
                (Some(words), _) => found.take(&key, words, self.language),
                (None, Json::List(..) | Json::Object(..)) if TEXT.contains(&key.as_str()) => {
                    let mut paragraphs = Vec::new();
                    self.paragraphs(value, &mut paragraphs, &mut found.captions);
                    if paragraphs.is_empty() {
                        self.value(value, Some(&mut found.captions));
                    }
                    found.body.extend(paragraphs);
                }
                (None, value) => self.value(value, Some(&mut found.captions)),
            }
        }
        if found.body.is_empty() && found.html.is_none() {
            if let Some(captions) = captions {
                captions.extend(found.captions);
            }
            return;
        }
        let (article, unread) = found.article(Span::from(at.clone()), self.language);
        self.articles.push(article);
        self.unread.extend(unread);
    }

    /// Whether an object has a headline or a date of its own beside its text.
    fn is_article(&self, members: &[(Range<usize>, Json)]) -> bool {
        let has = |names: &[&str]| members.iter().any(|(key, _)| names.contains(&self.key(key).as_str()));
        (has(&HEADLINE) || has(&DATE)) && (has(&TEXT) || has(&HTML))
    }

    fn key(&self, key: &Range<usize>) -> String {
        self.text.get(key.clone()).unwrap_or_default().to_ascii_lowercase()
    }

    /// The words of an object that wraps a string.
    fn words(&self, members: &[(Range<usize>, Json)]) -> Option<Prose> {
        let wrapped = |name: &&str| {
            members.iter().find_map(|(key, value)| match value {
                Json::String(range) if self.key(key) == **name => Some(unescaped(self.text, range.clone())),
                _ => None,
            })
        };
        WORDS.iter().find_map(wrapped)
    }

    /// A body that is a list of paragraphs: strings, or blocks whose words stand in their spans.
    fn paragraphs(&self, value: &Json, all: &mut Vec<Prose>, captions: &mut Vec<Prose>) {
        match value {
            Json::String(range) => all.push(unescaped(self.text, range.clone())),
            Json::List(values, _) if values.iter().any(|value| self.is_span(value)) => {
                let mut line = Prose::default();
                values.iter().for_each(|value| self.spans(value, &mut line));
                all.push(line);
            }
            Json::List(values, _) => values.iter().for_each(|value| self.paragraphs(value, all, captions)),
            Json::Object(members, _) if self.is_typed(members, &CODE) => {}
            Json::Object(members, _) => {
                if !self.has_blocks(members)
                    && let Some(words) = self.words(members)
                {
                    return all.push(words);
                }
                for (key, value) in members {
                    match value {
                        Json::String(range) if CAPTION.contains(&self.key(key).as_str()) => {
                            captions.push(unescaped(self.text, range.clone()));
                        }
                        Json::List(..) | Json::Object(..) => self.paragraphs(value, all, captions),
                        Json::String(_) | Json::Other => {}
                    }
                }
            }
            Json::Other => {}
        }
    }

    /// Whether an object holds others in a list.
    fn has_blocks(&self, members: &[(Range<usize>, Json)]) -> bool {
        members.iter().any(|(_, value)| match value {
            Json::List(values, _) => values.iter().any(|value| matches!(value, Json::Object(..))),
            _ => false,
        })
    }

    /// Whether a value is a run of words inside a paragraph.
    fn is_span(&self, value: &Json) -> bool {
        let Json::Object(members, _) = value else { return false };
        self.is_typed(members, &["span", "text"]) && self.words(members).is_some()
    }

    /// Whether an object says that it is of one of some types.
    fn is_typed(&self, members: &[(Range<usize>, Json)], types: &[&str]) -> bool {
        members.iter().any(|(key, value)| match value {
            Json::String(range) if SORT.contains(&self.key(key).as_str()) => types.contains(&self.key(range).as_str()),
            _ => false,
        })
    }

    fn spans(&self, value: &Json, line: &mut Prose) {
        match value {
            Json::Object(members, _) => match self.words(members) {
                Some(words) => line.push_part(&words, 0..words.text().len()),
                None => members.iter().for_each(|(_, value)| self.spans(value, line)),
            },
            Json::List(values, _) => values.iter().for_each(|value| self.spans(value, line)),
            Json::String(_) | Json::Other => {}
        }
    }
}

impl Found {
    fn knows(&self, key: &str) -> bool {
        [HTML.as_slice(), &TEXT, &HEADLINE, &STANDFIRST, &CAPTION].iter().any(|keys| keys.contains(&key))
    }

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
            if words.starts_with('<') && embedded::has_tag(words) {
                self.html = Some(value)
            } else {
                self.body.push(value)
            }
        } else if is(&HEADLINE) {
            self.heads.push((Field::Headline, value));
        } else if is(&STANDFIRST) {
            self.heads.push((Field::Standfirst, value));
        } else if is(&CAPTION) {
            self.captions.push(value);
        } else if is(&DATE) {
            self.date = self.date.or_else(|| date::parse_iso(words).or_else(|| date::parse_date(words, language)));
        } else if is(&OUTLET) {
            self.outlet = Some(words.to_owned());
        }
    }

    fn article(self, span: Span, language: &Language) -> (Article, Vec<Unread>) {
        let mut article = Article { span, date: self.date, outlet: self.outlet, ..Article::default() };
        let mut unread = Vec::new();
        let headed = self.heads.iter().any(|(field, _)| *field == Field::Headline);
        for (field, prose) in self.heads {
            let (lines, damaged) = embedded::lines(&prose, language);
            article.blocks.extend(lines.into_iter().map(|prose| Block::new(field, prose, language)));
            unread.extend(damaged);
        }
        // The HTML and the text of one article say the same.
        match self.html {
            Some(html) => unread.extend(html::page(&html, language).give(&mut article, language)),
            None => {
                let read = self.body.iter().flat_map(|body| plain::body(body, headed, language, &mut article));
                unread.extend(read.collect::<Vec<_>>());
            }
        }
        let captions = self.captions.into_iter().filter(|caption| !caption.text().trim().is_empty());
        article.blocks.extend(captions.map(|caption| Block::new(Field::Caption, caption, language)));
        (article, unread)
    }
}
