//! Examples of rules, which are their tests.

use crate::text::{Date, Span};

/// What an example expects.
#[derive(Debug, Clone)]
pub enum Expect {
    /// The rule fires exactly at these byte ranges of the text, and the fix gives `good`.
    Bad {
        /// Byte ranges in the text, brackets taken out.
        marks: Vec<Span>,
        /// The text that the fix gives.
        good: Option<String>,
    },
    /// The rule is silent.
    Ok,
    /// From the text this fact is learned.
    Learns(String),
}

/// An example.
#[derive(Debug, Clone)]
pub struct Example {
    /// The text, brackets taken out.
    pub text: String,
    /// What is expected.
    pub expect: Expect,
    /// The texts of the sources, in grounded mode.
    pub sources: Vec<String>,
    /// Sentences that are known.
    pub given: Vec<(String, Span)>,
    /// Sentences that are ruled out, each beside the known one of the same place.
    pub not: Vec<(String, Span)>,
    /// The date of the text.
    pub date: Option<Date>,
    /// Where the text stands in the pack.
    pub span: Span,
    /// Why it is so.
    pub why: Option<String>,
}

/// Takes the square brackets out of a text and gives the ranges that they held, in bytes of the text without them.
pub(super) fn marks(text: &str) -> (String, Vec<Span>) {
    let mut plain = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut open = None;
    for c in text.chars() {
        match c {
            '[' => open = Some(plain.len()),
            ']' => marks.extend(open.take().map(|start| Span::from(start..plain.len()))),
            _ => plain.push(c),
        }
    }
    (plain, marks)
}
