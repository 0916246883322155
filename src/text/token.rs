//! Words, numbers and marks. The tokenizer is the one place where prose offsets become spans of the source.

use super::{
    Language, Prose, Span,
    fold::{fold, is_apostrophe, is_hyphen, is_word},
    prose::LEFT_OUT,
    span::offset,
};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, or one part of a hyphenated word.
    Word,
    /// Digits, with their separators.
    Number,
    /// The `'s` of a possessive.
    Possessive,
    /// A punctuation mark, one character each.
    Mark,
    /// An account name, an address: nothing that prose rules read.
    Opaque,
}

/// How a word is cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// No capital letter.
    Lower,
    /// A capital letter somewhere.
    Capital,
    /// Two capital letters or more and nothing else.
    Upper,
    /// One capital letter, with or without its dot.
    Initial,
}

/// A token of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the source.
    pub span: Span,
    /// First byte in the block's prose.
    pub start: u32,
    /// Byte after the last in the block's prose.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// How it is cased.
    pub shape: Shape,
    /// Whether white space or the start of the block stands before it.
    pub spaced: bool,
    /// Whether a hyphen ties it to the token before ("Secretary-General" is two tokens, the second joined).
    pub joined: bool,
}

impl Token {
    /// Whether it is a word with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.kind == TokenKind::Word && self.shape != Shape::Lower
    }

    /// Its words in the block's prose.
    pub fn text<'a>(&self, prose: &'a Prose) -> &'a str {
        prose.text().get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Cuts a block's prose into tokens.
pub(crate) fn tokenize(prose: &Prose, language: &Language) -> Vec<Token> {
    let mut cutter = Cutter { prose, language, at: 0, tokens: Vec::with_capacity(prose.text().len() / 5) };
    let mut spaced = true;
    let mut joined = false;
    while let Some(c) = cutter.peek(0) {
        if c.is_whitespace() {
            cutter.at += c.len_utf8();
            (spaced, joined) = (true, false);
            continue;
        }
        let start = cutter.at;
        let kind = cutter.cut(c);
        if is_hyphen(c) && !spaced && cutter.peek(0).is_some_and(char::is_alphanumeric) {
            joined = true;
            continue;
        }
        cutter.push(start, kind, spaced, joined);
        (spaced, joined) = (false, false);
    }
    cutter.tokens
}

struct Cutter<'a> {
    prose: &'a Prose,
    language: &'a Language,
    at: usize,
    tokens: Vec<Token>,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        self.prose.text().get(self.at..).unwrap_or_default()
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest().chars().nth(ahead)
    }

    /// Moves behind the token that starts with `first`.
    fn cut(&mut self, first: char) -> TokenKind {
        if first == LEFT_OUT {
            self.at += first.len_utf8();
            return TokenKind::Opaque;
        }
        if first == '@' || first == '#' || self.rest().starts_with("http://") || self.rest().starts_with("https://") {
            let opaque = self
                .rest()
                .find(|c: char| c.is_whitespace() || c == ')' || self.closes(c))
                .unwrap_or(self.rest().len());
            self.at += opaque;
            return TokenKind::Opaque;
        }
        if is_apostrophe(first) {
            return self.apostrophe(first);
        }
        if !is_word(first) {
            self.at += first.len_utf8();
            return TokenKind::Mark;
        }
        self.word();
        if first.is_ascii_digit() { TokenKind::Number } else { TokenKind::Word }
    }

    /// Whether a character is a mark that closes quotations, and no apostrophe.
    fn closes(&self, c: char) -> bool {
        !is_apostrophe(c) && self.language.quotation_marks.iter().any(|(_, close)| *close == c)
    }

    /// `'s` behind a word is a possessive, whatever the word; any other apostrophe here is a mark.
    fn apostrophe(&mut self, first: char) -> TokenKind {
        let behind_word =
            self.prose.text().get(..self.at).and_then(|text| text.chars().next_back()).is_some_and(is_word);
        let letters = self.possessive_follows().filter(|_| behind_word);
        self.at += first.len_utf8() + letters.unwrap_or_default();
        if letters.is_some() { TokenKind::Possessive } else { TokenKind::Mark }
    }

    fn word(&mut self) {
        let start = self.at;
        let mut dotted = false;
        while let Some(c) = self.peek(0) {
            if is_word(c) {
                self.at += c.len_utf8();
                continue;
            }
            let next = self.peek(1);
            let inside = match c {
                '.' => next.is_some_and(is_word) && self.dot_inside(start, next.unwrap_or(' ')),
                '&' => next.is_some_and(is_word),
                _ if is_apostrophe(c) && next.is_some_and(char::is_alphabetic) => self.possessive_follows().is_none(),
                _ => self.mark_inside(start, c),
            };
            if !inside {
                break;
            }
            dotted |= c == '.';
            self.at += c.len_utf8();
        }
        if self.peek(0) == Some('.') && self.dot_belongs(start, dotted) {
            self.at += 1;
        }
    }

    /// How many bytes behind the apostrophe here make a possessive.
    fn possessive_follows(&self) -> Option<usize> {
        let mut behind = self.rest().chars();
        behind.next()?;
        self.language.possessive_behind(behind.as_str())
    }

    /// A dot stays inside a number or version ("3.5", "v1.2.0") and between the letters of an acronym ("U.S").
    fn dot_inside(&self, start: usize, next: char) -> bool {
        let word = self.prose.text().get(start..self.at).unwrap_or_default();
        let part = word.rsplit('.').next().unwrap_or_default();
        let digits = part.ends_with(|c: char| c.is_ascii_digit()) && next.is_ascii_digit();
        let letters = part.chars().count() == 1 && part.chars().all(char::is_alphabetic) && {
            let after = self.peek(2);
            next.is_alphabetic() && !after.is_some_and(char::is_alphabetic)
        };
        digits || letters
    }

    /// A mark that the language writes inside of numbers.
    fn mark_inside(&self, start: usize, mark: char) -> bool {
        let text = self.prose.text();
        let before = text.get(start..self.at).unwrap_or_default();
        let behind = text.get(self.at + mark.len_utf8()..).unwrap_or_default();
        self.language.digits.joins(before, mark, behind)
    }

    /// A dot belongs to an abbreviation, an acronym with dots, an initial and, where a language writes it so, to the day
    /// before its month.
    fn dot_belongs(&self, start: usize, dotted: bool) -> bool {
        let word = self.prose.text().get(start..self.at).unwrap_or_default();
        if self.language.digits.ordinal_dot && word.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.month_follows();
        }
        let mut chars = word.chars();
        let initial = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
        let letters = word.chars().any(char::is_alphabetic);
        initial
            || (dotted && letters && !word.contains(|c: char| c.is_ascii_digit()))
            || self.language.is_abbreviation(&fold(word))
    }

    /// Whether a month stands behind the dot here: "17. August".
    fn month_follows(&self) -> bool {
        let behind = self.rest().get(1..).unwrap_or_default().trim_start();
        self.language.month(behind.split(|c| !is_word(c)).next().unwrap_or_default()).is_some()
    }

    fn push(&mut self, start: usize, kind: TokenKind, spaced: bool, joined: bool) {
        let text = self.prose.text().get(start..self.at).unwrap_or_default();
        let token = Token {
            span: self.prose.span(start, self.at),
            start: offset(start),
            end: offset(self.at),
            kind,
            shape: shape(text),
            spaced,
            joined,
        };
        self.tokens.push(token);
    }
}

fn shape(text: &str) -> Shape {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    match (letters, capitals) {
        (_, 0) => Shape::Lower,
        (1, 1) => Shape::Initial,
        (all, upper) if all == upper => Shape::Upper,
        _ => Shape::Capital,
    }
}
