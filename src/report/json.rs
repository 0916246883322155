//! `json`: findings for programs. Offsets are code points of the file; a byte offset is beside each.

use super::{Checked, Report, shown_json};
use crate::diagnostic::{Diagnostic, Evidence, Label, Proof};
use crate::text::{Source, Span};
use serde_json::{Value, json};

/// Writes a report as one JSON object.
pub(super) fn json(report: &Report<'_>) -> String {
    let diagnostics: Vec<Value> = report
        .checked
        .iter()
        .flat_map(|checked| checked.diagnostics.iter().map(|diagnostic| one(checked, diagnostic)))
        .collect();
    let counts = report.counts;
    let value = json!({
        "diagnostics": diagnostics,
        "unread": report.unread,
        "counts": {
            "files": report.checked.len(),
            "claims": counts.claims,
            "conflict": counts.conflict,
            "supported": counts.supported,
            "unknown": counts.unknown,
            "disputed": counts.disputed,
        },
        "base": {
            "articles": report.extent.articles,
            "stated": report.extent.stated,
            "newest": report.extent.newest.map(|date| date.to_string()),
        },
    });
    shown_json(&value)
}

fn one(checked: &Checked, diagnostic: &Diagnostic) -> Value {
    let source = &checked.source;
    let mut value = json!({
        "path": source.path(),
        "rule": diagnostic.rule(),
        "severity": diagnostic.severity().name(),
        "message": diagnostic.message(),
        "span": span(source, diagnostic.primary().span),
        "labels": diagnostic.secondary.iter().map(|label| labelled(source, label)).collect::<Vec<_>>(),
        "evidence": diagnostic.proofs().iter().map(proof).collect::<Vec<_>>(),
        "fix": diagnostic.fix.as_ref().map(|fix| json!({
            "span": span(source, fix.span),
            "replacement": fix.replacement,
            "safety": fix.safety.name(),
        })),
        "notes": diagnostic.notes,
        "group": diagnostic.group,
        "fingerprint": diagnostic.fingerprint,
    });
    if let (Some(object), true) = (value.as_object_mut(), diagnostic.is_trial()) {
        object.insert("trial".to_owned(), json!(true));
    }
    value
}

fn labelled(source: &Source, label: &Label) -> Value {
    json!({ "span": span(source, label.span), "text": label.text })
}

/// A place: code points, bytes, line and column.
pub(crate) fn span(source: &Source, span: Span) -> Value {
    let (start, end) = source.code_points(span);
    let at = source.position(span.start);
    json!({
        "start": start,
        "end": end,
        "byte_start": span.start,
        "byte_end": span.end,
        "line": at.line,
        "column": at.column,
        "text": source.slice(span),
    })
}

/// A proof, as every JSON output has it: a sentence with its place, or what is reckoned, with such a sentence beside it.
pub(crate) fn proof(proof: &Proof) -> Value {
    let origin = if matches!(proof, Proof::Passage(_)) { "corpus" } else { proof.name() };
    let (mut value, beside) = match (proof.reckoned(), proof.evidence()) {
        (Some(text), beside) => (json!({ "text": text }), beside.map(|beside| ("place", place(beside)))),
        (None, cited) => (cited.map(place).unwrap_or_default(), Some(("origin", json!(origin)))),
    };
    if let Some(object) = value.as_object_mut() {
        let kind = ("kind", json!(proof.name()));
        object.extend([kind].into_iter().chain(beside).map(|(key, value)| (key.to_owned(), value)));
    }
    value
}

/// A sentence that is cited, and where it stands.
fn place(evidence: &Evidence) -> Value {
    json!({
        "path": evidence.path,
        "start": evidence.chars.0,
        "end": evidence.chars.1,
        "line": evidence.position.line,
        "column": evidence.position.column,
        "text": evidence.sentence,
        "date": evidence.date.map(|date| date.to_string()),
        "outlet": evidence.outlet,
        "note": evidence.note,
        "also": evidence.also,
    })
}
