//! How loudly a finding is said.

use std::fmt;

/// From a hint to an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Sources differ, or the evidence is old: for whoever looks.
    Info,
    /// One unopposed witness, or a clear majority.
    Warning,
    /// Stated, or two or more witnesses and no opposition.
    Error,
}

impl Severity {
    /// Every severity with its word, from quiet to loud.
    pub const ALL: [(Severity, &'static str); 3] =
        [(Severity::Info, "info"), (Severity::Warning, "warning"), (Severity::Error, "error")];

    /// The severity's word.
    pub fn name(self) -> &'static str {
        Severity::ALL.iter().find(|(severity, _)| *severity == self).map_or("info", |(_, name)| name)
    }

    /// The severity of a word.
    pub fn parse(name: &str) -> Option<Severity> {
        Severity::ALL.iter().find(|(_, word)| *word == name).map(|(severity, _)| *severity)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
