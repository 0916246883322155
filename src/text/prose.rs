//! The words of a block without its markup, and the exact way back to the source.

use super::{Span, span::offset};

/// Text pieced together from runs of a source. Each piece remembers where it came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    text: String,
    /// Start of each piece in `text` and in the source, ascending.
    pieces: Vec<(u32, u32)>,
}

impl Prose {
    /// Adds the source's `text` that starts at byte offset `at` of the source.
    pub fn push(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        self.pieces.push((offset(self.text.len()), offset(at)));
        self.text.push_str(text);
    }

    /// Adds a space that stands for a break in the source at byte offset `at`.
    pub fn push_break(&mut self, at: usize) {
        self.push(" ", at);
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the prose bytes `start..end` stand in the source. An end at a seam belongs to the piece before it.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let from = self.source_offset(offset(start));
        let to = match end.checked_sub(1) {
            Some(last) if end > start => self.source_offset(offset(last)) + 1,
            _ => from,
        };
        Span::new(from, to)
    }

    fn source_offset(&self, at: u32) -> u32 {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let (start, source) = self.pieces.get(piece).copied().unwrap_or_default();
        source + at.saturating_sub(start)
    }
}
