//! What reStructuredText and AsciiDoc share: lines in blocks, and inline markup that is taken out of the prose.

use super::Prose;
use std::ops::Range;

/// A line with where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Without its line break.
    pub(super) text: &'a str,
    /// Byte offset of its start.
    pub(super) at: usize,
}

impl<'a> Line<'a> {
    /// What stands from a byte of it on.
    pub(super) fn from(&self, byte: usize) -> Line<'a> {
        Line { text: self.text.get(byte..).unwrap_or_default(), at: self.at + byte }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it is one mark again and again, at least `least` times.
    pub(super) fn is_rule(&self, least: usize) -> bool {
        let text = self.text.trim_end();
        let mark = text.chars().next().filter(char::is_ascii_punctuation);
        mark.is_some_and(|mark| text.len() >= least && text.chars().all(|c| c == mark))
    }
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let line = |line: &'_ str| {
        let start = at;
        at += line.len();
        (start, line.len())
    };
    let places: Vec<(usize, usize)> = text.split_inclusive('\n').map(line).collect();
    let read = |(start, length): (usize, usize)| {
        let text = text.get(start..start + length).unwrap_or_default().trim_end_matches(['\n', '\r']);
        Line { text, at: start }
    };
    places.into_iter().map(read).collect()
}

/// A piece of inline markup, in bytes.
pub(super) struct Markup {
    /// The marks before its words.
    pub(super) before: usize,
    /// Its words.
    pub(super) words: usize,
    /// The marks behind them.
    pub(super) behind: usize,
    /// How its words are read.
    pub(super) read: Words,
}

/// How the words inside markup are read.
pub(super) enum Words {
    /// As text that may hold more markup.
    Text,
    /// As text that is kept as it is, since it names something.
    Name,
    /// Not: they are code.
    Code,
    /// As these characters, which they stand for.
    As(&'static str),
}

/// The markup that begins at a byte offset of a text, if there is one.
pub(super) type Inline = fn(&str, usize) -> Option<Markup>;

/// The words of lines, each after the other, without inline markup.
pub(super) fn prose(lines: &[Line<'_>], inline: Inline) -> Prose {
    let mut joined = Prose::default();
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            joined.push_break(line.at.saturating_sub(1));
        }
        joined.push(line.text, line.at);
    }
    let mut prose = Prose::default();
    let whole = 0..joined.text().len();
    push(&mut prose, &joined, whole, inline, 0);
    prose
}

/// Markup inside markup is no deeper than this.
const DEPTH: usize = 4;

fn push(prose: &mut Prose, of: &Prose, range: Range<usize>, inline: Inline, depth: usize) {
    let (start, text) = (range.start, of.text().get(range.clone()).unwrap_or_default());
    let (mut done, mut at) = (0, 0);
    while at < text.len() {
        let found = if text.is_char_boundary(at) && depth < DEPTH { inline(text, at) } else { None };
        let Some(Markup { before, words, behind, read }) = found else {
            at += 1;
            continue;
        };
        prose.push_part(of, start + done..start + at);
        let inside = at + before..at + before + words;
        done = inside.end + behind;
        match read {
            Words::Text => push(prose, of, start + inside.start..start + inside.end, inline, depth + 1),
            Words::Name => {
                let from = prose.text().len();
                prose.push_part(of, start + inside.start..start + inside.end);
                prose.keep(from);
            }
            Words::Code => prose.push_left_out(of.span(start + at, start + done)),
            Words::As(shown) => prose.push_spelled(shown, of.span(start + at, start + done)),
        }
        at = done;
    }
    prose.push_part(of, start + done..range.end);
}

/// Markup is no longer than this, in bytes, so that a mark without its pair costs little.
const LONGEST: usize = 1000;

/// The part of a text in which markup that begins there ends.
pub(super) fn near(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}

/// Words between a pair of marks: `*so*`, where the words touch the marks and nothing touches them from outside.
pub(super) fn between(text: &str, at: usize, mark: &str, read: Words) -> Option<Markup> {
    let inside = text.get(at..)?.strip_prefix(mark)?;
    let before = text.get(..at)?.chars().next_back();
    let opens = before.is_none_or(|c| !c.is_alphanumeric()) && inside.starts_with(|c: char| !c.is_whitespace());
    if !opens {
        return None;
    }
    let closes = |at: &usize| {
        let words = inside.get(..*at).unwrap_or_default();
        let behind = inside.get(*at + mark.len()..).and_then(|rest| rest.chars().next());
        !words.is_empty() && !words.ends_with(char::is_whitespace) && behind.is_none_or(|c| !c.is_alphanumeric())
    };
    let words = near(inside).match_indices(mark).map(|(at, _)| at).find(closes)?;
    Some(Markup { before: mark.len(), words, behind: mark.len(), read })
}
