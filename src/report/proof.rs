//! What formats without places for evidence say of it: one line of words.

use crate::diagnostic::{Diagnostic, Evidence};

/// "a.txt:3: “The sentence.” (2025-08-17)"
pub(super) fn line(evidence: &Evidence) -> String {
    let sentence = evidence.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let more = [Some(evidence.note.clone()), evidence.date.map(|date| date.to_string())];
    let more: Vec<String> = more.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    format!("{}:{}: “{sentence}”{more}", evidence.path, evidence.position.line)
}

/// All evidence of a finding, its fix and its notes, a line each.
pub(super) fn lines(diagnostic: &Diagnostic) -> Vec<String> {
    let mut lines: Vec<String> = diagnostic.evidence().iter().map(line).collect();
    lines.extend(diagnostic.fix.as_ref().map(|fix| format!("fix ({}): {}", fix.safety.name(), fix.replacement)));
    lines.extend(diagnostic.notes.iter().cloned());
    lines
}
