//! What formats without places for proofs say of them: lines of words.

use crate::diagnostic::{Diagnostic, Proof};

/// What a finding rests on, its fix and its notes, a line each.
pub(super) fn lines(diagnostic: &Diagnostic) -> Vec<String> {
    let mut lines: Vec<String> = diagnostic.proofs().iter().map(Proof::line).collect();
    lines.extend(diagnostic.fix.as_ref().map(|fix| format!("fix ({}): {}", fix.safety.name(), fix.replacement)));
    lines.extend(diagnostic.notes.iter().cloned());
    lines
}

/// What proves a finding and has no place that a format could point at.
pub(crate) fn unplaced(diagnostic: &Diagnostic) -> impl Iterator<Item = String> {
    diagnostic.proofs().iter().filter(|proof| proof.evidence().is_none()).map(Proof::words)
}

/// The message of a finding, and a line for each proof that has no place.
pub(crate) fn message(diagnostic: &Diagnostic) -> Vec<String> {
    std::iter::once(diagnostic.message().to_owned()).chain(unplaced(diagnostic)).collect()
}
