//! From text to a pattern. The parser recovers, so that one look reports every mistake of a pattern.

use super::syntax::{Item, Pattern, Place};
use std::fmt;
use std::ops::Range;

/// Patterns nest no deeper than this.
const MAX_DEPTH: usize = 16;

/// A pattern is no longer than this, in bytes.
const MAX_BYTES: usize = 2_000;

/// A mistake in a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Byte range in the pattern.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

/// Parses a pattern. What could be read is returned together with every error, their ranges in bytes of `text`.
pub fn parse(text: &str) -> (Pattern, Vec<PatternError>) {
    if text.len() > MAX_BYTES {
        let message = format!("the pattern is longer than {MAX_BYTES} bytes");
        let error = PatternError { range: 0..text.len(), message, help: "write several patterns" };
        return (Pattern::default(), vec![error]);
    }
    let mut parser = Parser { text, at: 0, errors: Vec::new() };
    let pattern = parser.sequence(None, 0);
    if pattern.items.is_empty() && parser.errors.is_empty() {
        parser.error(0..text.len(), "the pattern is empty", "write words and slots such as {person}");
    }
    (pattern, parser.errors)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    errors: Vec<PatternError>,
}

impl Parser<'_> {
    fn error(&mut self, range: Range<usize>, message: impl Into<String>, help: &'static str) {
        self.errors.push(PatternError { range, message: message.into(), help });
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn sequence(&mut self, close: Option<char>, depth: usize) -> Pattern {
        let open = self.at.saturating_sub(1);
        let mut items = Vec::new();
        loop {
            while self.peek().is_some_and(char::is_whitespace) {
                self.at += self.peek().map_or(0, char::len_utf8);
            }
            let start = self.at;
            let Some(c) = self.peek() else {
                if let Some(close) = close {
                    self.error(open..self.text.len(), format!("no `{close}` closes this"), "close the bracket");
                }
                break;
            };
            if Some(c) == close {
                self.at += 1;
                break;
            }
            if matches!(c, ')' | ']' | '}' | '>') {
                self.at += 1;
                self.error(start..self.at, format!("`{c}` closes nothing"), "take it out or open it before");
                continue;
            }
            match self.alternatives(depth) {
                Some(item) => items.push(item),
                None => self.at = self.at.max(start + c.len_utf8()),
            }
        }
        Pattern { items }
    }

    fn alternatives(&mut self, depth: usize) -> Option<Item> {
        let first = self.atom(depth)?;
        let mut all = vec![first];
        while self.peek() == Some('|') {
            self.at += 1;
            let bar = self.at;
            match self.peek() {
                Some(c) if !c.is_whitespace() && !matches!(c, '|' | ')' | ']') => all.extend(self.atom(depth)),
                _ => self.error(bar - 1..bar, "nothing stands behind `|`", "write the other choice directly behind it"),
            }
        }
        if all.len() == 1 { all.pop() } else { Some(Item::Either(all)) }
    }

    fn atom(&mut self, depth: usize) -> Option<Item> {
        let start = self.at;
        let c = self.peek()?;
        if depth >= MAX_DEPTH {
            self.at = self.text.len();
            self.error(start..start + c.len_utf8(), "brackets are nested too deeply", "write several patterns instead");
            return None;
        }
        match c {
            '{' => self.slot(),
            '<' => {
                let (name, range) = self.name('<', '>')?;
                Some(Item::Class { name, at: Place(range) })
            }
            '(' | '[' => {
                self.at += 1;
                let pattern = self.sequence(Some(if c == '(' { ')' } else { ']' }), depth + 1);
                if pattern.items.is_empty() {
                    self.error(start..self.at, "these brackets hold nothing", "put words or slots inside");
                    return None;
                }
                Some(if c == '(' { Item::Optional(pattern) } else { Item::Group(pattern) })
            }
            '|' => {
                self.at += 1;
                self.error(start..self.at, "nothing stands before `|`", "write the first choice directly before it");
                None
            }
            '.' if self.text.get(self.at..).is_some_and(|rest| rest.starts_with("..")) => {
                self.at += 2;
                Some(Item::Gap)
            }
            _ if is_word(c) => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                self.at += end;
                Some(Item::Word(rest.get(..end).unwrap_or_default().to_owned()))
            }
            _ => {
                self.at += c.len_utf8();
                Some(Item::Mark(c))
            }
        }
    }

    fn slot(&mut self) -> Option<Item> {
        let (inner, range) = self.name('{', '}')?;
        let (name, form) = match inner.split_once(':') {
            Some((name, form)) => (name.to_owned(), Some(form.to_owned())),
            None => (inner, None),
        };
        Some(Item::Slot { name, form, at: Place(range) })
    }

    fn name(&mut self, open: char, close: char) -> Option<(String, Range<usize>)> {
        let start = self.at;
        self.at += open.len_utf8();
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '-'))).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default().to_owned();
        self.at += end;
        let range = start..self.at + 1;
        if self.peek() == Some(close) {
            self.at += 1;
        } else {
            self.error(start..self.at, format!("no `{close}` closes this"), "a name is letters, digits, `_` and `-`");
            return None;
        }
        if name.is_empty() || name.starts_with(':') || name.ends_with(':') {
            self.error(range.clone(), "a name is missing here", "a slot is {name} or {name:form}, a word class <name>");
            return None;
        }
        Some((name, range))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_gives_what_was_parsed() {
        for text in [
            "{place} {office} {person}",
            "{person}, (the) {place:adjective} {office}",
            "{person} <be> (not) (the) {office} of {place}",
            "in|at {place} .. [a b]|c",
        ] {
            let (pattern, errors) = parse(text);
            assert_eq!(errors, vec![]);
            assert_eq!(pattern.to_string(), text);
        }
    }

    #[test]
    fn every_mistake_of_a_pattern_is_reported() {
        let (_, errors) = parse("{person ) told| {} (the");
        let ranges: Vec<_> = errors.iter().map(|error| error.range.clone()).collect();
        assert_eq!(ranges, vec![0..7, 8..9, 14..15, 16..18, 19..23]);
    }
}
