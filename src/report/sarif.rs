//! `sarif`: SARIF 2.1.0, the complete machine format (OASIS, "Static Analysis Results Interchange Format", 2.1.0).

use super::{Checked, Report, message, proof_json, shown_json};
use crate::diagnostic::{Diagnostic, Proof, Severity};
use crate::pack::{Rule, is_built_in};
use crate::text::{Source, Span};
use serde_json::{Value, json};

/// What factlint is known by: the home that its manifest names, else a name that claims no address.
const INFORMATION: &str =
    if env!("CARGO_PKG_REPOSITORY").is_empty() { "urn:factlint" } else { env!("CARGO_PKG_REPOSITORY") };
/// The base of the packs that come with factlint.
const BUILT_IN: &str = "FACTLINT";
const BUILT_IN_PACKS: &str = "the packs that come with factlint; `factlint rules --pack leaders` prints rules/leaders.toml with its line numbers";

/// A result names at most so many places of proofs.
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
                "informationUri": INFORMATION,
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { BUILT_IN: { "description": { "text": BUILT_IN_PACKS } } },
            "artifacts": artifacts,
            "results": results,
        }],
    });
    shown_json(&log)
}

fn described(rule: &Rule) -> Value {
    let mut properties = json!({ "kind": rule.kind.name() });
    if let Some(object) = properties.as_object_mut() {
        object.extend(rule.upkeep.entries().into_iter().map(|(word, value)| (word.to_owned(), json!(value))));
    }
    json!({
        "id": rule.id,
        "name": name(&rule.id),
        "help": { "text": format!("`factlint rules {}` explains this rule with its examples", rule.id) },
        "shortDescription": { "text": if rule.description.is_empty() { rule.id.as_str() } else { rule.description.as_str() } },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": properties,
    })
}

/// `event-day` as SARIF names rules: `EventDay`.
fn name(id: &str) -> String {
    let parts = id.split(|c: char| !c.is_alphanumeric()).filter_map(|part| {
        let first = part.chars().next()?;
        Some(first.to_uppercase().chain(part.chars().skip(1)).collect::<String>())
    });
    parts.collect()
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
    let (mut placed, unplaced): (Vec<&Proof>, Vec<&Proof>) =
        diagnostic.proofs().iter().partition(|proof| proof.evidence().is_some());
    placed.sort_by_key(|proof| !matches!(proof, Proof::Passage(_)));
    let related: Vec<Value> =
        placed.iter().take(RELATED).enumerate().filter_map(|(number, proof)| related(number + 1, proof)).collect();
    let mut value = json!({
        "ruleId": diagnostic.rule(),
        "level": level(diagnostic.severity()),
        "message": { "text": message(diagnostic).join("\n") },
        "locations": [{ "physicalLocation": place(source, diagnostic.primary().span) }],
        "relatedLocations": related,
        "partialFingerprints": { "factlint/v1": diagnostic.fingerprint },
        "properties": {
            "group": diagnostic.group,
            "notes": diagnostic.notes,
            "proofs": unplaced.into_iter().map(proof_json).collect::<Vec<_>>(),
        },
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

fn related(id: usize, proof: &Proof) -> Option<Value> {
    let evidence = proof.evidence()?;
    let (start, end) = evidence.chars;
    Some(json!({
        "id": id,
        "message": { "text": proof.words() },
        "properties": { "kind": proof.name() },
        "physicalLocation": {
            "artifactLocation": artifact(&evidence.path),
            "region": {
                "startLine": evidence.position.line,
                "startColumn": evidence.position.column,
                "charOffset": start,
                "charLength": end.saturating_sub(start),
            },
        },
    }))
}

/// Where a file is. A pack that comes with factlint is in no folder, and so has a base of which no address is given.
fn artifact(path: &str) -> Value {
    match is_built_in(path) {
        true => json!({ "uri": uri(path), "uriBaseId": BUILT_IN }),
        false => json!({ "uri": uri(path) }),
    }
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
