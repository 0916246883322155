//! `rdjson`: the Reviewdog Diagnostic Format (github.com/reviewdog/reviewdog, `proto/rdf`). Columns are bytes, from 1.

use super::{Report, proof, shown_json};
use crate::diagnostic::{Diagnostic, Proof, Severity};
use crate::text::{Source, Span};
use serde_json::{Value, json};

/// Writes a report as one `DiagnosticResult`.
pub(super) fn rdjson(report: &Report<'_>) -> String {
    let diagnostics: Vec<Value> = report
        .checked
        .iter()
        .flat_map(|checked| checked.diagnostics.iter().map(|diagnostic| one(&checked.source, diagnostic)))
        .collect();
    let value = json!({
        "source": { "name": "factlint" },
        "diagnostics": diagnostics,
    });
    shown_json(&value)
}

fn one(source: &Source, diagnostic: &Diagnostic) -> Value {
    let mut message = diagnostic.message().to_owned();
    for line in proof::lines(diagnostic) {
        message.push('\n');
        message.push_str(&line);
    }
    let suggestions: Vec<Value> =
        diagnostic.fix.iter().map(|fix| json!({ "range": range(source, fix.span), "text": fix.replacement })).collect();
    json!({
        "message": message,
        "location": { "path": source.path(), "range": range(source, diagnostic.primary().span) },
        "severity": severity(diagnostic.severity()),
        "code": { "value": diagnostic.rule() },
        "suggestions": suggestions,
        "relatedLocations": diagnostic.proofs().iter().filter_map(related).collect::<Vec<_>>(),
    })
}

fn related(proof: &Proof) -> Option<Value> {
    let evidence = proof.evidence()?;
    let start = json!({ "line": evidence.position.line });
    let location = json!({ "path": evidence.path, "range": { "start": start } });
    Some(json!({ "message": proof.words(), "location": location }))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}

fn range(source: &Source, span: Span) -> Value {
    json!({ "start": position(source, span.start), "end": position(source, span.end) })
}

/// A place with its column in bytes.
fn position(source: &Source, at: u32) -> Value {
    let line = source.position(at).line;
    let start = source.line(line).map_or(at, |line| line.start);
    json!({ "line": line, "column": at - start + 1 })
}
