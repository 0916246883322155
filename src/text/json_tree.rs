//! JSON as a tree whose words lead back to the bytes that they were escaped in. The parser is our own, since words of an
//! article that is cut off or broken are read as far as they go, and every character knows its escape.

use super::{Prose, Span, Unread, span::offset};
use std::ops::Range;

/// What is nested deeper than this is passed over.
const DEPTH: usize = 64;

/// A value, with what is needed to read articles from it.
#[derive(Debug)]
pub(super) enum Json {
    /// The inside of a string, escapes as they stand.
    String(Range<usize>),
    /// The values of an array, and where it begins.
    List(Vec<Json>, usize),
    /// The members of an object, in their order, and where it stands.
    Object(Vec<(Range<usize>, Json)>, Range<usize>),
    /// A number, `true`, `false`, `null`, or what is nested too deep.
    Other,
}

/// Reads a text that holds one value or, in `lines`, one a line. What cannot be read is named, and the next line is read.
pub(super) fn parse(text: &str, lines: bool) -> (Vec<Json>, Vec<Unread>) {
    let mut parser = Parser { text, at: 0, lines, unread: Vec::new() };
    let mut values = Vec::new();
    while parser.skip().is_some() {
        let (start, faults) = (parser.at, parser.unread.len());
        values.extend(parser.value(0));
        if parser.unread.len() > faults || parser.at == start {
            if parser.unread.len() == faults {
                parser.fault("a value");
            }
            parser.next_line();
        } else if parser.behind_value() {
            parser.fault("a comma or the end");
            parser.next_line();
        }
    }
    (values, parser.unread)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// Whether a value ends with its line.
    lines: bool,
    unread: Vec<Unread>,
}

impl Parser<'_> {
    fn skip(&mut self) -> Option<u8> {
        let rest = self.text.get(self.at..)?;
        self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
        self.text.as_bytes().get(self.at).copied()
    }

    /// Says that something else was expected here. A value is cut off once.
    fn fault(&mut self, expected: &str) {
        let why = match self.text.get(self.at..).is_none_or(|rest| rest.trim_start().is_empty()) {
            true => format!("the JSON is cut off here, where {expected} was to follow"),
            false => format!("the JSON is broken here, where {expected} was to follow"),
        };
        self.unread.push(Unread { at: offset(self.at), why });
    }

    fn next_line(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
    }

    /// Whether something else stands in the line behind a value.
    fn behind_value(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        // The end of the line is not looked for: a file may be one line, with a value behind every other byte.
        let blank = |c: char| c != '\n' && c.is_whitespace();
        let behind = rest.trim_start_matches(blank).trim_start_matches(',').trim_start_matches(blank);
        let more = !behind.is_empty() && !behind.starts_with(['\n', '{', '[']);
        if !more {
            self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        }
        more
    }

    /// Reads a value as far as it goes; where it is broken there is a fault, and what was read of it is handed on.
    fn value(&mut self, depth: usize) -> Option<Json> {
        match self.skip()? {
            b'{' | b'[' if depth > DEPTH => Some(self.too_deep()),
            b'{' => Some(self.object(depth)),
            b'[' => Some(self.list(depth)),
            b'"' => Some(Json::String(self.string())),
            _ => {
                let rest = self.text.get(self.at..)?;
                let ends = |c: char| matches!(c, ',' | '}' | ']' | ':' | '"' | '{' | '[') || c.is_whitespace();
                let word = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
                let is_value = matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok();
                is_value.then(|| self.at += word.len())?;
                Some(Json::Other)
            }
        }
    }

    fn list(&mut self, depth: usize) -> Json {
        let start = self.at;
        let mut values = Vec::new();
        self.members(b']', |parser| {
            values.push(parser.value(depth + 1)?);
            Some(())
        });
        Json::List(values, start)
    }

    fn object(&mut self, depth: usize) -> Json {
        let start = self.at;
        let mut members = Vec::new();
        self.members(b'}', |parser| {
            (parser.skip()? == b'"').then_some(())?;
            let key = parser.string();
            (parser.skip()? == b':').then_some(())?;
            parser.at += 1;
            members.push((key, parser.value(depth + 1)?));
            Some(())
        });
        Json::Object(members, start..self.at)
    }

    /// Reads what stands between brackets, parted by commas, up to the first fault.
    fn members(&mut self, close: u8, mut member: impl FnMut(&mut Self) -> Option<()>) {
        let expected = if close == b'}' { "a member of an object, a comma or `}`" } else { "a value, a comma or `]`" };
        self.at += 1;
        let faults = self.unread.len();
        let mut first = true;
        loop {
            match self.skip() {
                Some(byte) if byte == close => {
                    self.at += 1;
                    return;
                }
                Some(b',') if !first => self.at += 1,
                Some(_) if first => {}
                _ => return self.fault(expected),
            }
            // Some write a comma behind the last member too.
            if !first && self.skip() == Some(close) {
                continue;
            }
            first = false;
            let read = member(self);
            if self.unread.len() > faults {
                return;
            }
            if read.is_none() {
                return self.fault(expected);
            }
        }
    }

    /// The inside of the string that starts here. One without an end goes on to the end of the text or its line.
    fn string(&mut self) -> Range<usize> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            match bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return start..at;
                }
                Some(b'\\') => at = (at + 2).min(bytes.len()),
                Some(b'\n') if self.lines => break,
                Some(_) => at += 1,
                None => break,
            }
        }
        // An escape may be cut in the middle of a character.
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.at = at;
        self.unread.push(Unread { at: offset(start - 1), why: "the string that begins here is not closed".to_owned() });
        start..at
    }

    /// Passes over what is nested too deep, without going down.
    fn too_deep(&mut self) -> Json {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.skip() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            let c = self.text.get(self.at..).and_then(|rest| rest.chars().next());
            self.at += c.map_or(1, char::len_utf8);
            if depth == 0 {
                break;
            }
        }
        let why = format!("what begins here is nested deeper than {DEPTH} levels");
        self.unread.push(Unread { at: offset(start), why });
        Json::Other
    }
}

/// A string without its escapes.
pub(super) fn unescaped(text: &str, range: Range<usize>) -> Prose {
    let mut prose = Prose::default();
    let inside = text.get(range.clone()).unwrap_or_default();
    let mut at = 0;
    while let Some(next) = inside.get(at..).and_then(|rest| rest.find('\\')) {
        let escape = at + next;
        prose.push(inside.get(at..escape).unwrap_or_default(), range.start + at);
        let (c, length) = escaped(inside.get(escape..).unwrap_or_default());
        let span = Span::from(range.start + escape..range.start + escape + length);
        prose.push_spelled(c.encode_utf8(&mut [0; 4]), span);
        at = escape + length;
    }
    prose.push(inside.get(at..).unwrap_or_default(), range.start + at);
    prose
}

/// The character of the escape that a text starts with, and its length.
fn escaped(text: &str) -> (char, usize) {
    let unit = |at: usize| text.get(at..at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    match text.as_bytes().get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'u') => match (unit(2), text.get(6..8), unit(8)) {
            // Two units of UTF-16 are one character.
            (Some(high @ 0xd800..=0xdbff), Some("\\u"), Some(low @ 0xdc00..=0xdfff)) => {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                (char::from_u32(code).unwrap_or('\u{fffd}'), 12)
            }
            (Some(code), ..) => (char::from_u32(code).unwrap_or('\u{fffd}'), 6),
            _ => ('\u{fffd}', 2),
        },
        Some(_) => {
            let c = text.chars().nth(1).unwrap_or('\u{fffd}');
            (if matches!(c, 'b' | 'f') { ' ' } else { c }, 1 + c.len_utf8())
        }
        None => ('\\', 1),
    }
}
