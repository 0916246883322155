//! Character references of HTML and XML: `&eacute;`, `&#233;`, `&#xe9;`.

use super::Prose;
use entities::ENTITIES;
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// No name of a reference is longer than this, in bytes.
const LONGEST: usize = 32;

/// Names with and without their semicolon, as the standard lists them (HTML, 13.5, "Named character references").
static NAMED: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| ENTITIES.iter().map(|entity| (entity.entity, entity.characters)).collect());

/// Adds a part of other prose with its character references read.
pub(super) fn push_decoded(prose: &mut Prose, of: &Prose, range: Range<usize>) {
    let text = of.text().get(range.clone()).unwrap_or_default();
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        let Some((read, length)) = text.get(at..).filter(|_| at >= done).and_then(reference) else { continue };
        prose.push_part(of, range.start + done..range.start + at);
        done = at + length;
        prose.push_spelled(&read, of.span(range.start + at, range.start + done));
    }
    prose.push_part(of, range.start + done..range.end);
}

/// The characters of the reference that a text starts with, and its length.
fn reference(text: &str) -> Option<(String, usize)> {
    if let Some(number) = text.strip_prefix("&#") {
        return numeric(number).map(|(c, length)| (c.to_string(), length + 2));
    }
    let name = text.bytes().skip(1).take(LONGEST).take_while(u8::is_ascii_alphanumeric).count() + 1;
    let closed = text.as_bytes().get(name) == Some(&b';');
    // Some may stand without their semicolon, even with letters behind them: the longest counts.
    let ends = (closed.then_some(name + 1)).into_iter().chain((3..=name).rev());
    ends.filter_map(|end| Some((text.get(..end)?, end)))
        .find_map(|(found, end)| NAMED.get(found).map(|read| ((*read).to_owned(), end)))
}

/// The character of a number, and how long it is with its semicolon.
fn numeric(text: &str) -> Option<(char, usize)> {
    let hex = text.starts_with(['x', 'X']);
    let digits: &str = text.get(usize::from(hex)..)?;
    let length =
        digits.bytes().take(LONGEST).take_while(|byte| char::from(*byte).is_digit(if hex { 16 } else { 10 })).count();
    let code = u32::from_str_radix(digits.get(..length)?, if hex { 16 } else { 10 });
    let end = usize::from(hex) + length;
    let closed = usize::from(text.as_bytes().get(end) == Some(&b';'));
    let read = code.ok().map(windows).and_then(char::from_u32).filter(|c| *c != '\0');
    (length > 0).then(|| (read.unwrap_or('\u{fffd}'), end + closed))
}

/// Numbers of control characters mean what they are in Windows-1252 (HTML, 13.2.5.80).
fn windows(code: u32) -> u32 {
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => {
            super::windows::decoded(&[byte]).and_then(|text| text.chars().next()).map_or(code, u32::from)
        }
        _ => code,
    }
}
