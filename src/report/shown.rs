//! Text as people are shown it: nothing in it acts on what shows it.
//!
//! In goes a text of anybody: of a draft, a pack, a file name, an error. Out comes the same on one row, in which each
//! character that moves a cursor, breaks a line, turns the direction of writing or hides is replaced by a picture of
//! itself. Every output for people goes through here; machine formats keep what stands there, escaped as they escape.

use std::borrow::Cow;
use std::fmt;

/// A text with a picture in the place of each character that acts: `␛`, `␊`, `<U+202E>`.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) || !pieces(text).any(|(.., picture)| picture.is_some()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (_, c, picture) in pieces(text) {
        match picture {
            Some(picture) => shown.push_str(&picture),
            None => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Adds a row to a text for people.
pub(crate) fn row(text: &mut String, row: fmt::Arguments<'_>) {
    text.push_str(&shown(&row.to_string()));
    text.push('\n');
}

/// The rows of a text, each as people are shown it.
pub(crate) fn rows(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

/// A value as pretty JSON with a line break at its end, in which what acts is escaped: programs read the same, and nothing acts
/// on who looks at it.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut inert = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        // Inside of texts line breaks and their like are escaped already; others lay out the JSON.
        match c < ' ' || picture(c).is_none() {
            true => inert.push(c),
            false => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| inert.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    inert.push('\n');
    inert
}

/// The characters of a text with where they stand, and a picture of those that act.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (usize, char, Option<String>)> {
    let mut before = ' ';
    text.char_indices().map(move |(at, c)| {
        let behind = || text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        // In emoji and in many scripts they are part of what is written; between Latin letters they only hide.
        let hides = matches!(c, '\u{200c}' | '\u{200d}')
            && before.is_ascii_alphanumeric()
            && behind().is_some_and(|behind| behind.is_ascii_alphanumeric());
        // As the first character it is the mark of the file's encoding.
        let marks = c == '\u{feff}' && at == 0;
        before = c;
        (at, c, if marks { Some(String::new()) } else { picture(c).or_else(|| hides.then(|| named(c))) })
    })
}

/// The picture of a character that acts wherever it stands.
pub(crate) fn picture(c: char) -> Option<String> {
    match c {
        // Unicode has pictures of these, in their order.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).map(String::from),
        '\x7f' => Some('\u{2421}'.to_string()),
        // Controls of the second set; the arabic letter mark; the vowel separator without a width.
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{180e}'
        // Without a width, marks of direction, separators of lines and paragraphs, embeddings and overrides.
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        // Joiners and operators that are not seen, isolates, and what is deprecated.
        | '\u{2060}'..='\u{206f}' | '\u{feff}'
        // Annotations, tags, which spell text that nobody sees, and what is no character.
        | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}' => Some(named(c)),
        _ => None,
    }
}

fn named(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_pictured_and_what_is_written_stays() {
        for (text, expected) in [
            ("plain – “words”, Zelenskyy é 中文", "plain – “words”, Zelenskyy é 中文"),
            ("\u{1b}[2J\u{7}", "␛[2J␇"),
            ("a\nb\r\tc\u{7f}", "a␊b␍␉c␡"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("user\u{202e}gnp.exe", "user<U+202E>gnp.exe"),
            ("\u{2066}a\u{2069}\u{200f}\u{61c}", "<U+2066>a<U+2069><U+200F><U+061C>"),
            ("Ste\u{200d}ve W\u{200b}itkoff", "Ste<U+200D>ve W<U+200B>itkoff"),
            ("👩\u{200d}🚀 می\u{200c}خواهم", "👩\u{200d}🚀 می\u{200c}خواهم"),
            ("\u{feff}a\u{feff}", "a<U+FEFF>"),
            ("a\u{2028}b\u{e0041}", "a<U+2028>b<U+E0041>"),
        ] {
            assert_eq!(shown(text), expected);
            assert_eq!(shown(&shown(text)), shown(text));
        }
    }

    #[test]
    fn json_holds_the_same_and_nothing_that_acts() {
        let text = "a\nb\u{202e}\u{9b}\u{7f}\u{2028}é\u{e0041}";
        let written = json(&text);
        assert_eq!(written, "\"a\\nb\\u202e\\u009b\\u007f\\u2028é\\udb40\\udc41\"\n");
        assert_eq!(serde_json::from_str::<String>(&written).ok().as_deref(), Some(text));
    }
}
