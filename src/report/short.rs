//! `short`: one line a finding, for grep and for editors' error lists.

use super::{Report, row};
use std::fmt::Write as _;

/// Writes a report as `path:line:column: severity[rule]: message (path:line of the proof, or what is reckoned)`.
pub(super) fn short(report: &Report<'_>) -> String {
    let mut text = String::new();
    for checked in report.checked {
        for diagnostic in &checked.diagnostics {
            let at = checked.source.position(diagnostic.primary().span.start);
            let (path, severity) = (checked.source.path(), diagnostic.severity());
            let mut line = format!(
                "{path}:{}:{}: {severity}[{}]: {}",
                at.line,
                at.column,
                diagnostic.rule(),
                diagnostic.message()
            );
            if let Some(proof) = diagnostic.proofs().first() {
                let _ = write!(line, " ({})", proof.short());
            }
            row(&mut text, format_args!("{line}"));
        }
    }
    text
}
