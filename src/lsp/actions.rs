//! What can be done at a place: mend it here or everywhere, mark a role as past, let it stand, write it down.

use super::commands;
use super::marks::{Marks, Page};
use super::{convert, hover};
use crate::check::{Judgement, Verdict};
use crate::claim::Claim;
use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::fact::{BaseError, say};
use crate::fix;
use crate::pack::Frame;
use crate::report::shown;
use crate::suppress;
use crate::text::Span;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Position, TextEdit, Url, WorkspaceEdit,
};
use std::collections::HashMap;

/// What can be done where the cursor is.
pub(super) fn actions(marks: &mut Marks, params: CodeActionParams) -> Result<Vec<CodeActionOrCommand>, BaseError> {
    let Some(page) = marks.page(&params.text_document.uri) else { return Ok(Vec::new()) };
    let offset = |position: Position| u32::try_from(page.lines.offset(&page.text, position)).unwrap_or(u32::MAX);
    let asked = Span::new(offset(params.range.start), offset(params.range.end));
    let near = |span: Span| span.start <= asked.end && asked.start <= span.end;
    let mut all = Vec::new();
    let findings = &page.found()?.diagnostics;
    for found in findings.iter().filter(|found| near(found.primary().span)) {
        all.extend(replace(marks, &page, found, findings));
        all.extend(former(marks, &page, found));
        all.extend(allow(marks, &page, found));
    }
    all.extend(state(marks, &page, asked)?);
    Ok(all.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

fn edit(uri: &Url, edits: Vec<TextEdit>) -> WorkspaceEdit {
    WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..WorkspaceEdit::default() }
}

fn quick_fix(
    title: String,
    marks: &Marks,
    page: &Page,
    found: &Diagnostic,
    edits: Vec<TextEdit>,
) -> Option<CodeAction> {
    let world = marks.world.as_ref()?;
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![convert::diagnostic(world, page.source()?, &page.lines, marks.client.unit, found)]),
        edit: Some(edit(&page.uri, edits)),
        ..CodeAction::default()
    })
}

/// Edits that change the words of these fixes and nothing else; none where they would, or cannot be told apart.
fn edits(marks: &Marks, page: &Page, fixes: &[&Fix]) -> Option<Vec<TextEdit>> {
    let (world, reading) = (marks.world.as_ref()?, page.analysis.reading.as_ref()?);
    let edit = |fix: &&Fix| TextEdit::new(page.lines.range(&page.text, fix.span), fix.replacement.clone());
    let refused = fix::refused(&reading.document, fixes, &world.desk.packs().language);
    refused.is_none().then(|| fixes.iter().map(edit).collect())
}

/// The fix of a finding, here and at every place of the same mistake.
fn replace(marks: &Marks, page: &Page, found: &Diagnostic, all: &[Diagnostic]) -> Vec<CodeAction> {
    let Some(fix) = &found.fix else { return Vec::new() };
    let words = page.source().map(|source| source.slice(fix.span)).unwrap_or_default();
    let title = shown(&format!("Replace “{words}” by “{}”", fix.replacement)).into_owned();
    let here = edits(marks, page, &[fix]).and_then(|edits| quick_fix(title.clone(), marks, page, found, edits));
    let here = here.map(|action| CodeAction { is_preferred: Some(fix.safety == Safety::Safe), ..action });
    let everywhere = everywhere(marks, page, found, all).and_then(|edits| {
        let title = format!("{title} at all {} places", edits.len());
        quick_fix(title, marks, page, found, edits)
    });
    here.into_iter().chain(everywhere).collect()
}

/// The edits at every place of the same mistake where nothing but the words changes, if there is more than one.
fn everywhere(marks: &Marks, page: &Page, found: &Diagnostic, all: &[Diagnostic]) -> Option<Vec<TextEdit>> {
    let (world, reading) = (marks.world.as_ref()?, page.analysis.reading.as_ref()?);
    // Where the words are somebody else's, a person looks at each place.
    let is_own = |other: &&Diagnostic| other.fix.as_ref().is_some_and(|fix| reading.document.is_own(fix.span));
    let same = all.iter().filter(|other| other.group == found.group).filter(is_own);
    let mut group: Vec<Diagnostic> = same.cloned().collect();
    if group.len() < 2 || !is_own(&found) {
        return None;
    }
    fix::keep_sound(&reading.document, &mut group, &world.desk.packs().language);
    let mut fixes: Vec<&Fix> = group.iter().filter_map(|other| other.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| fix.span);
    fixes.dedup_by(|next, one| one.span.overlaps(next.span));
    if fixes.len() < 2 { None } else { edits(marks, page, &fixes) }
}

/// The language's first word for what was once, before a role that is outdated.
fn former(marks: &Marks, page: &Page, found: &Diagnostic) -> Option<CodeAction> {
    if !found.outdated {
        return None;
    }
    let packs = marks.world.as_ref()?.desk.packs();
    let word = packs.grammar.moods.iter().find(|mood| mood.frame == Frame::Former)?.written.first()?;
    let at = found.primary().span.start;
    let insert =
        Fix { span: Span::new(at, at), words: String::new(), replacement: format!("{word} "), safety: Safety::Unsafe };
    quick_fix(format!("Insert “{word}”"), marks, page, found, edits(marks, page, &[&insert])?)
}

/// Lets a finding stand: by a comment in the text, where its format has one, or in the file of the project.
fn allow(marks: &Marks, page: &Page, found: &Diagnostic) -> Vec<CodeAction> {
    let here = comment(marks, page, found).and_then(|edit| {
        let title = format!("Allow `{}` here, with a comment", found.rule());
        quick_fix(title, marks, page, found, vec![edit])
    });
    let at = page.source().map(|source| source.position(found.primary().span.start));
    let kept = at.map(|at| {
        let title = format!("Allow `{}` here, in factlint.allow.toml", found.rule());
        let place = format!("{}:{}:{}", page.path, at.line, at.column);
        let arguments = [place.as_str(), found.rule()].map(serde_json::Value::from).to_vec();
        let command = Command { title: title.clone(), command: commands::ALLOW.to_owned(), arguments: Some(arguments) };
        CodeAction { title, kind: Some(CodeActionKind::QUICKFIX), command: Some(command), ..CodeAction::default() }
    });
    here.into_iter().chain(kept).collect()
}

/// The comment that lets a finding stand, where nothing else of the text changes by it.
fn comment(marks: &Marks, page: &Page, found: &Diagnostic) -> Option<TextEdit> {
    let (world, reading) = (marks.world.as_ref()?, page.analysis.reading.as_ref()?);
    let (at, comment) =
        suppress::comment(&reading.document, found.rule(), found.primary().span, &world.desk.packs().language)?;
    Some(TextEdit::new(page.lines.range(&page.text, Span::new(at, at)), comment))
}

/// Writes a claim that nobody knows into the pack of the project.
fn state(marks: &Marks, page: &Page, asked: Span) -> Result<Vec<CodeAction>, BaseError> {
    let Some(world) = &marks.world else { return Ok(Vec::new()) };
    let add = |claim: &Claim, judged: &Judgement| {
        let near = claim.span.start <= asked.end && asked.start <= claim.span.end;
        let open = claim.slots.iter().any(|fill| fill.sure().is_none());
        if !near || judged.verdict != Verdict::Unknown || open || !claim.affirmed {
            return None;
        }
        let sentence = say(world.desk.packs(), claim.relation, &claim.values(world.desk.packs()), claim.frame);
        let title = shown(&format!("Add to the project's facts: {sentence}")).into_owned();
        let arguments = Some(vec![sentence.into()]);
        let command = Command { title: title.clone(), command: commands::ADD.to_owned(), arguments };
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::REFACTOR),
            command: Some(command),
            ..CodeAction::default()
        })
    };
    hover::judged(marks, page, |claim, judged| Ok(add(claim, judged)))
}
