//! The target that edits texts as an editor does.

use factlint::lsp::{Unit, apply};
use lsp_types::{Position, Range, TextDocumentContentChangeEvent};

/// An edit at any range gives what the same edit gives on a list of lines. Four bytes are a range, and what is behind the
/// first line break of the input is the text.
pub fn edit(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (edits, text) = text.split_once('\n').unwrap_or(("", &text));
    let numbers: Vec<u32> = edits.bytes().map(u32::from).collect();
    for unit in [Unit::Utf8, Unit::Utf16] {
        let mut edited = text.to_owned();
        let mut model = text.to_owned();
        for chunk in numbers.chunks(4) {
            let [line, character, lines, width] =
                [0, 1, 2, 3].map(|at| chunk.get(at).copied().unwrap_or_default() % 16);
            let start = Position::new(line, character);
            let end = Position::new(line + lines % 3, width);
            let range = Range::new(start, end);
            let change =
                TextDocumentContentChangeEvent {
                    range: Some(range), range_length: None, text: "é\r\n😀".to_owned()
                };
            let (from, to) = (offset(&model, start, unit), offset(&model, end, unit));
            model.replace_range(from..to.max(from), &change.text);
            apply(&mut edited, vec![change], unit);
            assert_eq!(edited, model, "an edit at {range:?} in {unit:?} differs");
        }
    }
}

/// The byte of a position, counted letter by letter.
fn offset(text: &str, position: Position, unit: Unit) -> usize {
    let (mut line, mut units, mut at) = (0, 0, 0);
    while at < text.len() {
        let c = text[at..].chars().next().unwrap_or_default();
        let breaks = c == '\n' || c == '\r';
        let width = if unit == Unit::Utf8 { c.len_utf8() } else { c.len_utf16() };
        if line == position.line && (breaks || units + width > position.character as usize) {
            return at;
        }
        at += c.len_utf8();
        units += width;
        if breaks {
            at += usize::from(c == '\r' && text[at..].starts_with('\n'));
            line += 1;
            units = 0;
        }
    }
    text.len()
}
