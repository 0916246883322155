//! `sarif`: SARIF 2.1.0, the complete machine format (OASIS, "Static Analysis Results Interchange Format", 2.1.0).

use super::{Checked, Report};
use crate::diagnostic::{Diagnostic, Evidence, Origin, Severity};
use crate::pack::Rule;
use crate::text::{Source, Span};
use serde_json::{Value, json};

/// A result names at most so many places of evidence.
const RELATED: usize = 3;

/// Writes a report as one SARIF log with one run.
pub(super) fn sarif(report: &Report<'_>) -> String {
    let rules: Vec<&Rule> = report.packs.rules.iter().collect();
    let mut results: Vec<(std::cmp::Reverse<Severity>, Value)> = report
        .checked
        .iter()
        .flat_map(|checked| {
            let loud = |diagnostic: &Diagnostic| std::cmp::Reverse(diagnostic.severity());
            let rules = &rules;
            let standing = checked.diagnostics.iter().map(move |found| (loud(found), result(checked, found, rules)));
            let allowed = checked.allowed.iter();
            standing.chain(allowed.map(move |found| (loud(found), suppressed(result(checked, found, rules)))))
        })
        .collect();
    // Viewers show the first so many.
    results.sort_by_key(|(severity, _)| *severity);
    let results: Vec<Value> = results.into_iter().map(|(_, result)| result).collect();
    let artifacts: Vec<Value> =
        report.checked.iter().map(|checked| json!({ "location": { "uri": uri(checked.source.path()) } })).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "factlint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "artifacts": artifacts,
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn described(rule: &Rule) -> Value {
    let mut properties = json!({ "kind": rule.kind.name() });
    if let Some(object) = properties.as_object_mut() {
        object.extend(rule.upkeep.entries().into_iter().map(|(word, value)| (word.to_owned(), json!(value))));
    }
    json!({
        "id": rule.id,
        "name": rule.id,
        "shortDescription": { "text": if rule.description.is_empty() { rule.id.as_str() } else { rule.description.as_str() } },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": properties,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(checked: &Checked, diagnostic: &Diagnostic, rules: &[&Rule]) -> Value {
    let source = &checked.source;
    let index = rules.iter().position(|rule| rule.id == diagnostic.rule());
    let mut evidence: Vec<&Evidence> = diagnostic.evidence().iter().collect();
    evidence.sort_by_key(|evidence| evidence.origin != Origin::Corpus);
    let related: Vec<Value> =
        evidence.iter().take(RELATED).enumerate().map(|(number, evidence)| related(number + 1, evidence)).collect();
    let mut value = json!({
        "ruleId": diagnostic.rule(),
        "level": level(diagnostic.severity()),
        "message": { "text": diagnostic.message() },
        "locations": [{ "physicalLocation": place(source, diagnostic.primary().span) }],
        "relatedLocations": related,
        "partialFingerprints": { "factlint/v1": diagnostic.fingerprint },
        "properties": { "group": diagnostic.group, "notes": diagnostic.notes },
    });
    let properties = value.get_mut("properties").filter(|_| diagnostic.is_trial()).and_then(Value::as_object_mut);
    if let Some(properties) = properties {
        properties.insert("trial".to_owned(), json!(true));
    }
    if let (Some(object), Some(index)) = (value.as_object_mut(), index) {
        object.insert("ruleIndex".to_owned(), json!(index));
    }
    if let (Some(object), Some(fix)) = (value.as_object_mut(), &diagnostic.fix) {
        let replacement = json!({
            "deletedRegion": region(source, fix.span),
            "insertedContent": { "text": fix.replacement },
        });
        let change = json!({ "artifactLocation": { "uri": uri(source.path()) }, "replacements": [replacement] });
        let text = format!("{} → {} ({})", source.slice(fix.span), fix.replacement, fix.safety.name());
        object.insert("fixes".to_owned(), json!([{ "description": { "text": text }, "artifactChanges": [change] }]));
    }
    value
}

/// A result that somebody let stand.
fn suppressed(mut result: Value) -> Value {
    if let Some(object) = result.as_object_mut() {
        object.insert("suppressions".to_owned(), json!([{ "kind": "external" }]));
    }
    result
}

fn related(id: usize, evidence: &Evidence) -> Value {
    let (start, end) = evidence.chars;
    let mut said = evidence.sentence.trim().to_owned();
    for part in [Some(evidence.note.clone()), evidence.date.map(|date| date.to_string())]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
    {
        said.push_str(" · ");
        said.push_str(&part);
    }
    json!({
        "id": id,
        "message": { "text": said },
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&evidence.path) },
            "region": {
                "startLine": evidence.position.line,
                "startColumn": evidence.position.column,
                "charOffset": start,
                "charLength": end.saturating_sub(start),
            },
        },
    })
}

fn place(source: &Source, span: Span) -> Value {
    json!({ "artifactLocation": { "uri": uri(source.path()) }, "region": region(source, span) })
}

fn region(source: &Source, span: Span) -> Value {
    let (from, to) = (source.position(span.start), source.position(span.end));
    let (start, end) = source.code_points(span);
    json!({
        "startLine": from.line,
        "startColumn": from.column,
        "endLine": to.line,
        "endColumn": to.column,
        "charOffset": start,
        "charLength": end - start,
        "snippet": { "text": source.slice(span) },
    })
}

/// A path as a relative URI reference (RFC 3986): what is not unreserved is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    if path.starts_with('/') { format!("file://{uri}") } else { uri }
}
