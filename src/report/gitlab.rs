//! `gitlab`: a Code Quality report (docs.gitlab.com, "Code Quality", "Import Code Quality results").

use super::{Report, proof, shown, shown_json};
use crate::diagnostic::Severity;
use serde_json::{Value, json};

/// Writes a report as one JSON array, one object a finding.
pub(super) fn gitlab(report: &Report<'_>) -> String {
    let mut findings: Vec<Value> = Vec::new();
    for checked in report.checked {
        for diagnostic in &checked.diagnostics {
            let span = diagnostic.primary().span;
            let (from, to) = (checked.source.position(span.start), checked.source.position(span.end));
            findings.push(json!({
                "description": shown(diagnostic.message()),
                "content": { "body": proof::lines(diagnostic).iter().map(|line| shown(line)).collect::<Vec<_>>().join("\n") },
                "check_name": diagnostic.rule(),
                // One paragraph may stand in two files.
                "fingerprint": format!("{}-{}", diagnostic.fingerprint, checked.source.path()),
                "severity": severity(diagnostic.severity()),
                "location": {
                    "path": checked.source.path(),
                    "positions": {
                        "begin": { "line": from.line, "column": from.column },
                        "end": { "line": to.line, "column": to.column },
                    },
                    "lines": { "begin": from.line, "end": to.line },
                },
            }));
        }
    }
    shown_json(&findings)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
