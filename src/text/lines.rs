//! What reStructuredText and AsciiDoc share: lines in blocks, and inline markup that is taken out of the prose.

use super::Prose;

/// A line with where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Without its line break.
    pub(super) text: &'a str,
    /// Byte offset of its start.
    pub(super) at: usize,
}

impl Line<'_> {
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

/// What a piece of inline markup at a place comes to: how many bytes of marks before the words, how many of words, how
/// many behind them. Nothing where there is no markup.
pub(super) type Inline = fn(&str, usize) -> Option<(usize, usize, usize)>;

/// The words of lines without inline markup.
pub(super) fn prose(lines: &[Line<'_>], inline: Inline) -> Prose {
    let mut prose = Prose::default();
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            prose.push_break(line.at.saturating_sub(1));
        }
        push(&mut prose, line.text, line.at, inline, 0);
    }
    prose
}

/// Markup inside markup is no deeper than this.
const DEPTH: usize = 4;

fn push(prose: &mut Prose, text: &str, base: usize, inline: Inline, depth: usize) {
    let (mut done, mut at) = (0, 0);
    while at < text.len() {
        let found = if text.is_char_boundary(at) && depth < DEPTH { inline(text, at) } else { None };
        let Some((before, words, behind)) = found else {
            at += 1;
            continue;
        };
        prose.push(text.get(done..at).unwrap_or_default(), base + done);
        let start = at + before;
        push(prose, text.get(start..start + words).unwrap_or_default(), base + start, inline, depth + 1);
        at = start + words + behind;
        done = at;
    }
    prose.push(text.get(done..).unwrap_or_default(), base + done);
}

/// Words between a pair of marks: `*so*`, where the words touch the marks and nothing touches them from outside.
pub(super) fn between(text: &str, at: usize, mark: &str) -> Option<(usize, usize, usize)> {
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
    let end = inside.match_indices(mark).map(|(at, _)| at).find(closes)?;
    Some((mark.len(), end, mark.len()))
}
