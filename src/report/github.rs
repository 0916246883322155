//! `github`: workflow commands, which GitHub Actions shows beside the lines of a change
//! (docs.github.com, "Workflow commands for GitHub Actions").

use super::{Report, proof, shown};
use crate::diagnostic::Severity;
use std::fmt::Write as _;

/// Writes a report as one workflow command a finding.
pub(super) fn github(report: &Report<'_>) -> String {
    let mut text = String::new();
    for checked in report.checked {
        for diagnostic in &checked.diagnostics {
            let span = diagnostic.primary().span;
            let (from, to) = (checked.source.position(span.start), checked.source.position(span.end));
            let mut message = shown(diagnostic.message()).into_owned();
            for line in proof::lines(diagnostic) {
                message.push('\n');
                message.push_str(&shown(&line));
            }
            let _ = writeln!(
                text,
                "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
                command(diagnostic.severity()),
                property(&shown(checked.source.path())),
                from.line,
                from.column,
                to.line,
                to.column,
                property(&shown(&format!("factlint[{}]", diagnostic.rule()))),
                data(&message),
            );
        }
    }
    text
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
