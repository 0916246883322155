//! Edits that repair a finding.

use crate::text::Span;

/// How safe an edit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// A slip of spelling in words that are the writer's own: it can be applied unseen.
    Safe,
    /// The fact may be the other way round: a person decides.
    Unsafe,
}

impl Safety {
    /// The word for outputs.
    pub fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Byte span in the draft that is replaced.
    pub span: Span,
    /// What stands there: where something else does, the draft is another one by now.
    pub words: String,
    /// What takes its place.
    pub replacement: String,
    /// How safe that is.
    pub safety: Safety,
}
