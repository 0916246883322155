//! The words of a block without its markup, and the exact way back to the source.

use super::fold::is_invisible;
use super::{Span, span::offset};
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Stands where words of code were left out of a sentence, so that those around them do not become one phrase: the
/// character of Unicode for what is no text.
pub(super) const LEFT_OUT: char = '\u{fffc}';

/// Text pieced together from runs of a source. Each piece remembers where it came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    text: String,
    /// In order of the text and without gaps.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Where it starts in the text.
    start: u32,
    /// Where it starts in the source.
    source: u32,
    /// How long the source's spelling is where it is another one (`&amp;`); such a piece is not cut. Else 0.
    spelled: u32,
    /// Whether the words are kept as they are; see [`Prose::keep`].
    kept: bool,
}

impl Prose {
    /// Prose that is a whole source.
    pub fn whole(text: &str) -> Prose {
        let mut prose = Prose::default();
        prose.push(text, 0);
        prose
    }

    /// Adds the source's `text` that starts at byte offset `at` of the source.
    pub fn push(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece { start: offset(self.text.len()), source: offset(at), spelled: 0, kept: false });
        self.text.push_str(text);
    }

    /// Adds text that the source spells otherwise, at a span of the source.
    pub fn push_spelled(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let spelled = span.len().max(1);
        self.pieces.push(Piece { start: offset(self.text.len()), source: span.start, spelled, kept: false });
        self.text.push_str(text);
    }

    /// Adds a space that stands for a break in the source at byte offset `at`.
    pub fn push_break(&mut self, at: usize) {
        self.push(" ", at);
    }

    /// Adds a part of other prose of the same source: where markup is spelled in markup, as HTML in JSON.
    pub fn push_part(&mut self, of: &Prose, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let number = of.piece(offset(at));
            let Some(piece) = of.pieces.get(number).copied() else { break };
            let end = of.pieces.get(number + 1).map_or(of.text.len(), |next| next.start as usize).min(range.end);
            let text = of.text.get(at..end).unwrap_or_default();
            if piece.spelled > 0 {
                self.push_spelled(text, Span::new(piece.source, piece.source + piece.spelled));
            } else {
                self.push(text, piece.source as usize + at - piece.start as usize);
            }
            if let Some(last) = self.pieces.last_mut().filter(|_| piece.kept) {
                last.kept = true;
            }
            at = end.max(at + 1);
        }
    }

    /// Keeps what was added from a byte of the text on as it is: words of somebody else, and those by which another place
    /// finds this one. They are read as all others are, and none of them is changed unseen.
    pub(super) fn keep(&mut self, from: usize) {
        let first = self.pieces.partition_point(|piece| (piece.start as usize) < from);
        self.pieces.iter_mut().skip(first).for_each(|piece| piece.kept = true);
    }

    /// Whether some of the bytes of a range are kept as they are.
    pub(crate) fn is_kept(&self, range: Range<usize>) -> bool {
        let first = self.piece(offset(range.start));
        let pieces = self.pieces.iter().skip(first).take_while(|piece| (piece.start as usize) < range.end);
        pieces.into_iter().any(|piece| piece.kept)
    }

    /// Adds the mark of something that was left out, which stands at a span of the source.
    pub(super) fn push_left_out(&mut self, span: Span) {
        self.push_spelled(LEFT_OUT.encode_utf8(&mut [0; 4]), span);
    }

    /// The same as it is seen: without soft hyphens and what else is invisible, with letters and their marks composed,
    /// and every space the plain one. What differs from the source is spelled there.
    pub(crate) fn into_seen(self) -> Prose {
        let is_plain = |c: char| !is_invisible(c) && !is_odd_space(c) && !is_combining_mark(c);
        if self.text.is_ascii() || self.text.chars().all(is_plain) {
            return self;
        }
        let mut seen = Prose::default();
        let mut done = 0;
        let mut characters = self.text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let mut end = at + c.len_utf8();
            while let Some((mark_at, mark)) = characters.next_if(|(_, mark)| is_combining_mark(*mark)) {
                end = mark_at + mark.len_utf8();
            }
            let whole = self.text.get(at..end).unwrap_or_default();
            let shown = match c {
                c if is_invisible(c) => String::new(),
                c if is_odd_space(c) => " ".to_owned(),
                _ if whole.len() == c.len_utf8() => continue,
                _ => whole.nfc().collect(),
            };
            if shown != whole {
                seen.push_part(&self, done..at);
                let kept = self.is_kept(at..end);
                let from = seen.text.len();
                seen.push_spelled(&shown, self.span(at, end));
                if kept {
                    seen.keep(from);
                }
                done = end;
            }
        }
        seen.push_part(&self, done..self.text.len());
        seen
    }

    /// Gives back the room that nothing more is pushed into.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.pieces.shrink_to_fit();
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the prose bytes `start..end` stand in the source. An end at a seam belongs to the piece before it.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let (from, _) = self.source_offset(offset(start));
        let to = match end.checked_sub(1) {
            Some(last) if end > start => self.source_offset(offset(last)).1,
            _ => from,
        };
        Span::new(from, to)
    }

    fn piece(&self, at: u32) -> usize {
        self.pieces.partition_point(|piece| piece.start <= at).saturating_sub(1)
    }

    /// Where the source spells a byte: its first byte, and the one behind its last.
    fn source_offset(&self, at: u32) -> (u32, u32) {
        let Some(piece) = self.pieces.get(self.piece(at)) else { return (0, 0) };
        if piece.spelled > 0 {
            return (piece.source, piece.source + piece.spelled);
        }
        let source = piece.source + at.saturating_sub(piece.start);
        (source, source + 1)
    }
}

/// A space that is not the plain one, nor a break of lines.
fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}
