//! Regular expressions of packs, each of which is built when a text is first held against it.

use crate::image::{Reader, Stored, Writer};
use regex::{Regex, RegexBuilder};
use std::sync::OnceLock;

/// A compiled regular expression takes at most so many bytes.
const REGEX_BYTES: usize = 1 << 20;

/// A regular expression of a pack.
#[derive(Debug, Clone)]
pub struct Expression {
    text: String,
    built: OnceLock<Option<Regex>>,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// What is no expression, or would be too large a one.
    pub(super) fn parse(text: String) -> Result<Expression, regex::Error> {
        let built = build(&text)?;
        Ok(Expression { text, built: OnceLock::from(Some(built)) })
    }

    /// The expression as it searches.
    pub fn regex(&self) -> Option<&Regex> {
        self.built.get_or_init(|| build(&self.text).ok()).as_ref()
    }
}

fn build(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(REGEX_BYTES).build()
}

impl Stored for Expression {
    fn store(&self, to: &mut Writer<'_>) {
        self.text.store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<Expression> {
        Some(Expression { text: String::load(from)?, built: OnceLock::new() })
    }
}
