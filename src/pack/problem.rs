//! Mistakes in packs, each at its place in the TOML.

use crate::text::{Source, Span};
use std::fmt;
use std::sync::Arc;

/// A mistake in a pack: what, where, and what to do next.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The pack's source.
    pub source: Arc<Source>,
    /// Byte span in it.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What is said at the place.
    pub label: String,
    /// What to do next.
    pub help: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.source.position(self.span.start);
        write!(f, "{}:{}:{}: {}", self.source.path(), place.line, place.column, self.message)?;
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}

/// Collects problems, so that one look reports all of them.
#[derive(Debug, Default)]
pub struct Problems {
    /// In the order found.
    pub all: Vec<Problem>,
}

impl Problems {
    /// Adds a problem at a place.
    pub fn add(&mut self, source: &Arc<Source>, span: Span, message: impl Into<String>, help: Option<String>) {
        self.all.push(Problem {
            source: Arc::clone(source),
            span,
            message: message.into(),
            label: "here".to_owned(),
            help,
        });
    }
}

/// "did you mean …?" or the list of what there is, when it is short.
pub fn suggest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&name.to_lowercase(), &written.to_lowercase()), *name))
        .filter(|(distance, name)| *distance <= 1 + name.len().min(written.len()) / 4)
        .min();
    match near {
        Some((_, name)) => Some(format!("did you mean `{name}`?")),
        None if known.is_empty() || known.len() > 24 => None,
        None => Some(format!("there are: {}", known.join(", "))),
    }
}
