//! Front matter: what stands about an article above it, between lines of `---` (YAML) or `+++` (TOML).

use super::{Article, Block, Field, Language, Prose, Span, date};
use std::ops::Range;

/// The lines around front matter, and the mark between a key and its value.
const FENCES: [(&str, char); 2] = [("---", ':'), ("+++", '=')];

/// Front matter and text of one article, as byte ranges of the source.
pub(super) struct Part {
    /// The lines between the fences; empty where there are none.
    pub(super) front: Range<usize>,
    /// The mark between a key and its value.
    mark: char,
    /// What stands behind.
    pub(super) body: Range<usize>,
}

/// Cuts a source at its blocks of front matter: a fence, lines of `key: value`, a fence. One further down begins another
/// article.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = vec![Part { front: 0..0, mark: ':', body: 0..text.len() }];
    let mut open: Option<(usize, usize, &str, char)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_start_matches('\u{feff}').trim_end();
        match open {
            Some((from, inside, fence, mark)) if line == fence => {
                open = None;
                if inside < start {
                    if let Some(last) = parts.last_mut() {
                        last.body.end = from;
                    }
                    parts.push(Part { front: inside..start, mark, body: at..text.len() });
                }
            }
            // A key of front matter, or the continuation of one; anything else means that the fence was a rule.
            Some((.., mark)) if !is_front_matter(line, mark) => open = None,
            None => {
                let fence = FENCES.iter().find(|(fence, _)| line == *fence);
                open = fence.map(|(fence, mark)| (start, at, *fence, *mark));
            }
            _ => {}
        }
    }
    parts
}

/// The front matter that a source begins with.
pub(super) fn head(text: &str) -> Option<Part> {
    let first = text.trim_start_matches('\u{feff}').lines().next()?.trim_end();
    FENCES.iter().any(|(fence, _)| first == *fence).then(|| parts(text).into_iter().nth(1)).flatten()
}

/// Gives an article what the front matter says that a source begins with, and hands back where its text begins.
pub(super) fn take(text: &str, language: &Language, article: &mut Article) -> usize {
    let Some(part) = head(text) else { return 0 };
    read(text, &part, language, article);
    part.body.start
}

fn is_front_matter(line: &str, mark: char) -> bool {
    let continued = line.starts_with([' ', '\t', '-', '#', '[', ']']) || line.is_empty() && mark == '=';
    let key = line.split_once(mark).is_some_and(|(key, _)| {
        let key = key.trim_end();
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    });
    continued || key
}

/// How the value of a line is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    /// Between single or double quotation marks, where they may be escaped.
    Single,
    Double,
    /// As a list, an alias, a text of several lines, or not as it should be.
    Other,
}

/// The value of a line, which stands so many bytes behind its mark: its words, with where they begin, and how they are
/// written. What stands behind it is a comment.
fn value(text: &str, mark: char) -> (&str, usize, Style) {
    let bare = text.trim();
    let at = text.len() - text.trim_start().len();
    for (quote, style) in [('\'', Style::Single), ('"', Style::Double)] {
        let Some(inside) = bare.strip_prefix(quote) else { continue };
        let escaped = |at: usize| {
            let before = inside.get(..at).unwrap_or_default();
            style == Style::Double && before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
        };
        let ends = |at: &usize| {
            let behind = inside.get(at + 1..).unwrap_or_default().trim_start();
            !escaped(*at) && (behind.is_empty() || behind.starts_with('#'))
        };
        if let Some(end) = inside.match_indices(quote).map(|(at, _)| at).find(ends) {
            return (inside.get(..end).unwrap_or_default(), at + 1, style);
        }
    }
    if bare.starts_with(SPECIAL) {
        let inner = bare.trim_matches(['"', '\'']);
        return (inner, at + bare.find(inner).unwrap_or_default(), Style::Other);
    }
    let words = bare.find(" #").map_or(bare, |comment| bare.get(..comment).unwrap_or_default().trim_end());
    // Of the two TOML has no words without quotation marks.
    (words, at, if mark == ':' { Style::Plain } else { Style::Other })
}

/// A value as it reads, without the escapes of marks.
fn words(value: &str, at: usize, style: Style) -> Prose {
    let escapes: &[&str] = match style {
        Style::Double => &["\\\"", "\\\\", "\\/"],
        Style::Single => &["''"],
        Style::Plain | Style::Other => &[],
    };
    let mut prose = Prose::default();
    let mut done = 0;
    while let Some(rest) = value.get(done..).filter(|rest| !rest.is_empty()) {
        let next = escapes.iter().filter_map(|escape| Some((rest.find(escape)?, *escape))).min();
        let (length, escape) = next.unwrap_or((rest.len(), ""));
        prose.push(rest.get(..length).unwrap_or_default(), at + done);
        let spelled = at + done + length;
        prose.push_spelled(escape.get(1..).unwrap_or_default(), Span::from(spelled..spelled + escape.len()));
        done += length + escape.len();
    }
    prose
}

/// What a plain value of YAML does not begin with (YAML 1.2, 7.3.3).
const SPECIAL: [char; 19] =
    ['-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`'];
/// Plain values of YAML that are no words (YAML 1.1 and 1.2).
const NO_WORDS: [&str; 11] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", "="];

/// Whether words may stand in front matter in the place of others, so that the value is read as they are and all else as
/// before.
pub(super) fn admits(text: &str, part: &Part, place: &Range<usize>, words: &str) -> bool {
    let start = text.get(..place.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(place.start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| place.start + end);
    let Some((key, rest)) = text.get(start..end).and_then(|line| line.split_once(part.mark)) else { return false };
    let (known, at, style) = value(rest, part.mark);
    let from = start + key.len() + part.mark.len_utf8() + at;
    let known = from..from + known.len();
    if place.start < known.start || known.end < place.end {
        return false;
    }
    match style {
        Style::Single => !words.contains('\''),
        Style::Double => !words.contains(['"', '\\']),
        Style::Plain => {
            let part = |range: Range<usize>| text.get(range).unwrap_or_default();
            let whole = [part(known.start..place.start), words, part(place.end..known.end)].concat();
            let is_word = whole.contains(char::is_whitespace) || whole.starts_with(char::is_alphabetic);
            let whole = whole.trim();
            is_word
                && !words.contains([':', '#'])
                && !whole.is_empty()
                && !whole.starts_with(SPECIAL)
                && !NO_WORDS.iter().any(|word| whole.eq_ignore_ascii_case(word))
        }
        Style::Other => false,
    }
}

/// Gives an article what its front matter says.
pub(super) fn read(text: &str, part: &Part, language: &Language, article: &mut Article) {
    let mut at = part.front.start;
    for line in text.get(part.front.clone()).unwrap_or_default().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, rest)) = line.split_once(part.mark) else { continue };
        let (inner, behind, style) = value(rest, part.mark);
        let value_at = start + key.len() + part.mark.len_utf8() + behind;
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
        article.blocks.push(Block::new(field, words(inner, value_at, style), language));
    }
}
