//! Between our values and those of the protocol.

use super::text::{Lines, Unit};
use super::world::World;
use crate::diagnostic::{Diagnostic, Evidence, Proof, Severity};
use crate::fact::BaseError;
use crate::report::{message, shown};
use crate::text::{Source, Span, Unread};
use lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString, Url,
};
use std::path::{Path, PathBuf};

/// Whether a document is a pack or a configuration.
pub(super) fn is_toml(uri: &Url) -> bool {
    uri.path().ends_with(".toml")
}

/// A diagnostic names at most so many places of proofs.
const RELATED: usize = 3;

/// The file that a document is; nothing for one that is no file, whatever its path says.
pub(super) fn file(uri: &Url) -> Option<PathBuf> {
    uri.to_file_path().ok().filter(|_| uri.scheme() == "file")
}

/// The path of a document as it is shown, from the working folder.
pub(super) fn path(uri: &Url) -> String {
    file(uri).map_or_else(|| uri.path().to_owned(), |path| crate::corpus::display(&path))
}

/// The address of a path as it is seen from the working folder.
pub(super) fn uri(path: &Path) -> Option<Url> {
    Url::from_file_path(crate::corpus::absolute(path)).ok()
}

/// A finding as the protocol has it.
pub(super) fn diagnostic(
    world: &World,
    source: &Source,
    lines: &Lines,
    unit: Unit,
    found: &Diagnostic,
) -> lsp_types::Diagnostic {
    let mut proofs: Vec<&Proof> = found.proofs().iter().collect();
    proofs.sort_by_key(|proof| matches!(proof, Proof::Stated(_)));
    let related: Vec<DiagnosticRelatedInformation> = proofs
        .into_iter()
        .filter_map(|proof| Some((proof, location(world, source, proof.evidence()?, unit)?)))
        .take(RELATED)
        .map(|(proof, location)| DiagnosticRelatedInformation { location, message: said(proof) })
        .collect();
    lsp_types::Diagnostic {
        range: lines.range(source.text(), found.primary().span),
        severity: Some(severity(found.severity())),
        code: Some(NumberOrString::String(found.rule().to_owned())),
        code_description: described(world, found.rule()),
        source: Some("factlint".to_owned()),
        message: message(found).iter().map(|line| shown(line)).collect::<Vec<_>>().join("\n"),
        related_information: Some(related),
        tags: found.outdated.then(|| vec![DiagnosticTag::DEPRECATED]),
        data: Some(serde_json::json!({ "fingerprint": found.fingerprint, "group": found.group })),
    }
}

/// What could not be read, so that silence about it is not taken for a finding of nothing.
pub(super) fn unread(source: &Source, lines: &Lines, unread: &Unread) -> lsp_types::Diagnostic {
    let line = source.line(source.position(unread.at).line).unwrap_or_default();
    lsp_types::Diagnostic {
        range: lines.range(source.text(), Span::new(unread.at, line.end.max(unread.at))),
        severity: Some(DiagnosticSeverity::WARNING),
        source: Some("factlint".to_owned()),
        message: format!("not read: {}", unread.why),
        ..lsp_types::Diagnostic::default()
    }
}

/// That the base could not be asked, at the head of a document: it was not checked.
pub(super) fn unchecked(error: &BaseError) -> lsp_types::Diagnostic {
    lsp_types::Diagnostic {
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some("factlint".to_owned()),
        message: shown(&format!("not checked: {error}")).into_owned(),
        ..lsp_types::Diagnostic::default()
    }
}

/// The page of a rule: a chapter of the reference that the project wrote down.
fn described(world: &World, rule: &str) -> Option<CodeDescription> {
    let mut href = uri(world.reference.as_deref()?)?;
    href.set_fragment(Some(rule));
    world.desk.packs().rules.get(rule).is_some().then_some(CodeDescription { href })
}

pub(super) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    }
}

/// A proof in words.
pub(super) fn said(proof: &Proof) -> String {
    shown(&proof.words()).into_owned()
}

/// Where evidence stands; nothing where it has no file, as a pack that is built in.
pub(super) fn location(world: &World, draft: &Source, evidence: &Evidence, unit: Unit) -> Option<Location> {
    if evidence.path == draft.path() {
        let lines = Lines::new(draft.text(), unit);
        return Some(Location::new(uri(Path::new(&evidence.path))?, lines.range(draft.text(), evidence.span)));
    }
    let path: PathBuf =
        [PathBuf::from(&evidence.path), world.folder.join(&evidence.path)].into_iter().find(|path| path.is_file())?;
    // The file may have changed since it was learned.
    let range = std::fs::read(&path)
        .ok()
        .and_then(|bytes| Source::read(evidence.path.clone(), bytes).ok())
        .map(|source| Lines::new(source.text(), unit).range(source.text(), evidence.span));
    Some(Location::new(uri(&path)?, range.unwrap_or_default()))
}
