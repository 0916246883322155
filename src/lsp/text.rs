//! Texts as editors send them: lines and columns in UTF-8 or UTF-16 units, and edits in those terms.

use lsp_types::{Position, Range, TextDocumentContentChangeEvent};

/// In what columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, which every client knows.
    Utf16,
}

/// Where the lines of a text start. Lines end at LF, CR LF or CR, as the protocol says.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
    unit: Unit,
}

impl Lines {
    pub(super) fn new(text: &str, unit: Unit) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let carriage = *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
            if *byte == b'\n' || carriage {
                starts.push(at + 1);
            }
        }
        Lines { starts, unit }
    }

    /// The byte offset of a position; one behind the end of its line is that end.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else { return text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(text.len());
        let line = text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let mut left = position.character as usize;
        for (at, c) in line.char_indices() {
            let width = self.width(c);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }

    /// The position of a byte offset.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = text.get(start..offset.min(text.len())).unwrap_or_default();
        let character: usize = before.chars().map(|c| self.width(c)).sum();
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(character).unwrap_or(u32::MAX))
    }

    /// The range of a byte span.
    pub(super) fn range(&self, text: &str, span: crate::text::Span) -> Range {
        Range::new(self.position(text, span.start as usize), self.position(text, span.end as usize))
    }

    fn width(&self, c: char) -> usize {
        match self.unit {
            Unit::Utf8 => c.len_utf8(),
            Unit::Utf16 => c.len_utf16(),
        }
    }
}

/// Applies the edits of a client to a text, in their order.
pub fn apply(text: &mut String, changes: Vec<TextDocumentContentChangeEvent>, unit: Unit) {
    for change in changes {
        let Some(range) = change.range else {
            *text = change.text;
            continue;
        };
        let lines = Lines::new(text, unit);
        let (start, end) = (lines.offset(text, range.start), lines.offset(text, range.end));
        text.replace_range(start..end.max(start), &change.text);
    }
}
