//! The words of a block without its markup, and the exact way back to the source.

use super::{Span, span::offset};
use std::ops::Range;

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
        self.pieces.push(Piece { start: offset(self.text.len()), source: offset(at), spelled: 0 });
        self.text.push_str(text);
    }

    /// Adds text that the source spells otherwise, at a span of the source.
    pub fn push_spelled(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece { start: offset(self.text.len()), source: span.start, spelled: span.len().max(1) });
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
            at = end.max(at + 1);
        }
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
