//! That something is missing where it was looked for.

use super::Evidence;

/// What was looked for and not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// What it is: "name “Lindberg”".
    pub sought: String,
    /// In how much it was looked for.
    pub among: Among,
    /// What comes nearest to it there.
    pub nearest: Option<Evidence>,
}

/// In how much something was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// So many sources.
    Sources(usize),
    /// The packs.
    Packs,
    /// The paragraph of the claim.
    Paragraph,
    /// A comment for factlint.
    Comment,
    /// Where such a comment holds.
    Scope,
}

impl Among {
    fn words(self) -> String {
        match self {
            Among::Sources(1) => "the source".to_owned(),
            Among::Sources(number) => format!("{number} sources"),
            Among::Packs => "the packs".to_owned(),
            Among::Paragraph => "its paragraph".to_owned(),
            Among::Comment => "this comment".to_owned(),
            Among::Scope => "the reach of this comment".to_owned(),
        }
    }
}

impl Absent {
    /// It in words: "no name “Lindberg” in 3 sources".
    pub fn words(&self) -> String {
        format!("no {} in {}", self.sought, self.among.words())
    }
}
