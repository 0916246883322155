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
    /// Puts them in the order of the sources and of the places in each.
    pub fn sort(&mut self, sources: &[Arc<Source>]) {
        let order = |problem: &Problem| sources.iter().position(|source| Arc::ptr_eq(source, &problem.source));
        self.all.sort_by_key(|problem| (order(problem), problem.span));
    }

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

/// Whether a written name may be a slip of a known one.
pub(super) fn is_near(written: &str, known: &str) -> bool {
    let distance = strsim::damerau_levenshtein(&known.to_lowercase(), &written.to_lowercase());
    distance <= 1 + known.len().min(written.len()) / 4
}

/// "did you mean …?" or the list of what there is, when it is short.
pub fn suggest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(written, known.iter().copied()) {
        Some(near) => Some(near),
        None if known.is_empty() || known.len() > 24 => None,
        None => Some(format!("there are: {}", known.join(", "))),
    }
}

/// "did you mean …?"
pub(super) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&name.to_lowercase(), &written.to_lowercase()), name))
        .filter(|(_, name)| is_near(written, name))
        .min();
    near.map(|(_, name)| format!("did you mean `{name}`?"))
}
