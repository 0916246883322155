//! Completion of names: their spelling, and who they are.

use super::hover::{escape, support};
use super::marks::Marks;
use super::navigate::{named, place};
use crate::fact::{BaseError, cards};
use crate::pack::Like;
use crate::report::shown;
use crate::text::fold;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionTextEdit, Documentation, MarkupContent, MarkupKind,
    Range, TextEdit,
};
use std::collections::BTreeSet;

/// So many names are offered.
const OFFERED: usize = 50;
/// A name is offered from so many letters on.
const LETTERS: usize = 2;

/// Names that begin, or go on, with the word at the cursor.
pub(super) fn complete(marks: &mut Marks, params: CompletionParams) -> Result<Vec<CompletionItem>, BaseError> {
    let Some((page, offset)) = place(marks, &params.text_document_position) else { return Ok(Vec::new()) };
    let before = page.text.get(..offset as usize).unwrap_or_default();
    let start = before
        .rfind(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let typed = before.get(start..).unwrap_or_default();
    if typed.chars().count() < LETTERS || !typed.starts_with(char::is_uppercase) {
        return Ok(Vec::new());
    }
    let folded = fold::fold(typed);
    let range = Range::new(page.lines.position(&page.text, start), params.text_document_position.position);
    let Some(world) = &marks.world else { return Ok(Vec::new()) };
    let language = &world.desk.packs().language;
    let fits = |name: &str| language.words(name).iter().any(|word| fold::fold(word).starts_with(&folded));
    let declared = world.desk.packs().entities.iter().filter(|entity| {
        let kind = world.desk.packs().kind(entity.kind);
        kind.is_some_and(|kind| matches!(kind.like, Like::Entity) && !kind.free_case)
    });
    let mut names: BTreeSet<String> = declared.map(|entity| entity.name.clone()).filter(|name| fits(name)).collect();
    let here = named(marks, &page)
        .into_iter()
        .filter(|named| (named.span.end as usize) < start || (named.span.start as usize) > offset as usize);
    names.extend(here.flat_map(|named| named.values).map(|value| value.label.to_string()).filter(|name| fits(name)));
    names.extend(world.desk.base().all()?.iter().flat_map(|fact| {
        let values = fact.values.filled().map(|(_, value)| value).filter(|value| fits(&value.label));
        values
            .filter(|value| value.label.starts_with(char::is_uppercase))
            .map(|value| value.label.to_string())
            .collect::<Vec<_>>()
    }));
    let item = |name: String| CompletionItem {
        filter_text: Some(typed.to_owned()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, name.clone()))),
        kind: Some(CompletionItemKind::REFERENCE),
        label: name,
        ..CompletionItem::default()
    };
    Ok(names.into_iter().take(OFFERED).map(item).collect())
}

/// What is known of an offered name: the current title, and the card.
pub(super) fn resolve(marks: &mut Marks, mut item: CompletionItem) -> Result<CompletionItem, BaseError> {
    let Some(world) = &marks.world else { return Ok(item) };
    let found = cards(&item.label, world.desk.packs(), world.desk.base())?;
    let facts: Vec<_> = found.iter().flat_map(|card| &card.facts).filter(|entry| !entry.slip).collect();
    let current = facts.iter().find(|entry| entry.stated.iter().any(|(_, until)| until.is_none())).or(facts.first());
    item.detail = current.map(|entry| shown(&entry.text).into_owned());
    let lines = facts.iter().take(5).map(|entry| format!("- {} ({})", escape(&entry.text), support(entry)));
    let value = lines.collect::<Vec<_>>().join("\n");
    let shown = MarkupContent { kind: MarkupKind::Markdown, value };
    item.documentation = (!shown.value.is_empty()).then_some(Documentation::MarkupContent(shown));
    Ok(item)
}
