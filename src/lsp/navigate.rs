//! From a place in a draft to others: the evidence, the mentions of an entity, the parts of an article.

use super::convert;
use super::marks::{Marks, Page};
use crate::claim::{MentionForm, Value, surname};
use crate::diagnostic::{Diagnostic, Evidence, Proof};
use crate::fact::{BaseError, Card, Witness, cards};
use crate::pack::Like;
use crate::report::shown;
use crate::text::{Field, Span};
use lsp_types::{
    DocumentHighlight, DocumentHighlightParams, DocumentSymbol, DocumentSymbolParams, GotoDefinitionParams, Location,
    ReferenceParams, SymbolKind, TextDocumentPositionParams,
};
use std::cmp::Reverse;

/// So many places of the corpus are listed for an entity.
const PLACES: usize = 200;

/// What is named at a place.
pub(super) struct Named {
    pub(super) span: Span,
    pub(super) values: Vec<Value>,
}

/// Everything that a text names, in its order; pronouns stand for whom they mean.
pub(super) fn named(marks: &Marks, page: &Page) -> Vec<Named> {
    let (Some(world), Some(reading)) = (&marks.world, &page.analysis.reading) else { return Vec::new() };
    let mut all: Vec<Named> = Vec::new();
    for (article, read) in reading.document.articles.iter().zip(&reading.articles) {
        for (block, read) in article.blocks.iter().zip(&read.blocks) {
            for mention in read.mentions() {
                let kind = world.desk.packs().kind(mention.kind);
                let entity = kind.is_some_and(|kind| matches!(kind.like, Like::Name | Like::Entity));
                let sure = mention.form != MentionForm::Pronoun || mention.values.len() == 1;
                let span = block.span(mention.core.clone());
                if entity && sure && all.last().is_none_or(|last| last.span != span) {
                    all.push(Named { span, values: mention.values.clone() });
                }
            }
        }
    }
    all
}

/// What is named at a byte offset: the shortest mention around it.
pub(super) fn named_at(marks: &Marks, page: &Page, offset: u32) -> Option<Named> {
    let around = named(marks, page).into_iter().filter(|named| named.span.start <= offset && offset <= named.span.end);
    around.min_by_key(|named| named.span.len())
}

/// The findings at a byte offset.
pub(super) fn found_at(page: &Page, offset: u32) -> Result<impl Iterator<Item = &Diagnostic>, BaseError> {
    Ok(page.found()?.diagnostics.iter().filter(move |found| {
        let span = found.primary().span;
        span.start <= offset && offset <= span.end
    }))
}

/// The page and byte offset of a position.
pub(super) fn place(marks: &mut Marks, at: &TextDocumentPositionParams) -> Option<(Page, u32)> {
    let page = marks.page(&at.text_document.uri)?;
    let offset = u32::try_from(page.lines.offset(&page.text, at.position)).ok()?;
    Some((page, offset))
}

/// The cards of what is named.
pub(super) fn cards_of(marks: &Marks, named: &Named) -> Result<Vec<Card>, BaseError> {
    let mut all = Vec::new();
    if let Some(world) = &marks.world {
        for value in &named.values {
            all.extend(cards(&value.label, world.desk.packs(), world.desk.base())?);
        }
    }
    Ok(all)
}

/// Who says what stands on cards.
fn sayers(cards: &[Card]) -> Result<Vec<&Witness>, BaseError> {
    let facts = cards.iter().flat_map(|card| &card.facts);
    let read = facts.map(|entry| entry.fact.witnesses.read()).collect::<Result<Vec<_>, _>>()?;
    Ok(read.into_iter().flatten().collect())
}

/// What proves a finding, or the newest sentence about what is named.
pub(super) fn definition(marks: &mut Marks, params: GotoDefinitionParams) -> Result<Vec<Location>, BaseError> {
    let Some((page, offset)) = place(marks, &params.text_document_position_params) else { return Ok(Vec::new()) };
    let mut proofs: Vec<&Proof> = found_at(&page, offset)?.flat_map(|found| found.proofs()).collect();
    proofs.sort_by_key(|proof| !matches!(proof, Proof::Passage(_)));
    let mut evidence: Vec<Evidence> = proofs.into_iter().filter_map(Proof::evidence).cloned().collect();
    if evidence.is_empty()
        && let Some(named) = named_at(marks, &page, offset)
    {
        let cards = cards_of(marks, &named)?;
        let newest = sayers(&cards)?.into_iter().max_by_key(|witness| witness.date());
        evidence.extend(newest.map(|witness| witness.evidence(None)).transpose()?);
    }
    Ok(locations(marks, &page, &evidence))
}

fn locations(marks: &Marks, page: &Page, evidence: &[Evidence]) -> Vec<Location> {
    let (Some(world), Some(source)) = (&marks.world, page.source()) else { return Vec::new() };
    let mut found: Vec<Location> = Vec::new();
    for location in evidence.iter().filter_map(|one| convert::location(world, source, one, marks.client.unit)) {
        if !found.contains(&location) {
            found.push(location);
        }
    }
    found
}

/// Every mention of what is named, in the draft and in the corpus.
pub(super) fn references(marks: &mut Marks, params: ReferenceParams) -> Result<Vec<Location>, BaseError> {
    let Some((page, offset)) = place(marks, &params.text_document_position) else { return Ok(Vec::new()) };
    let Some(named) = named_at(marks, &page, offset) else { return Ok(Vec::new()) };
    let own = same(marks, &page, &named).into_iter();
    let mut found: Vec<Location> =
        own.map(|span| Location::new(page.uri.clone(), page.lines.range(&page.text, span))).collect();
    let Some(world) = &marks.world else { return Ok(found) };
    let mut names = Vec::new();
    for word in named.values.iter().map(|value| surname(&value.key)) {
        names.extend(world.desk.base().names(word)?);
    }
    let meant = |key: &str| named.values.iter().any(|value| *value.key == *key);
    let mut witnesses: Vec<&Witness> = Vec::new();
    for name in names.iter().filter(|name| meant(&name.key)) {
        witnesses.extend(name.witnesses.read()?);
    }
    let cards = cards_of(marks, &named)?;
    witnesses.extend(sayers(&cards)?);
    witnesses.sort_by_key(|witness| Reverse(witness.date()));
    let evidence = witnesses.into_iter().take(PLACES).map(|witness| witness.evidence(None));
    let evidence: Vec<Evidence> = evidence.collect::<Result<_, _>>()?;
    found.extend(locations(marks, &page, &evidence));
    Ok(found)
}

/// The places of the draft that name the same.
pub(super) fn same(marks: &Marks, page: &Page, named: &Named) -> Vec<Span> {
    let meant = |other: &Named| other.values.iter().any(|value| named.values.iter().any(|own| own.key == value.key));
    self::named(marks, page).into_iter().filter(meant).map(|named| named.span).collect()
}

/// The places of the draft that name the same.
pub(super) fn highlight(
    marks: &mut Marks,
    params: DocumentHighlightParams,
) -> Result<Vec<DocumentHighlight>, BaseError> {
    let Some((page, offset)) = place(marks, &params.text_document_position_params) else { return Ok(Vec::new()) };
    let Some(named) = named_at(marks, &page, offset) else { return Ok(Vec::new()) };
    let spans = same(marks, &page, &named).into_iter();
    Ok(spans.map(|span| DocumentHighlight { range: page.lines.range(&page.text, span), kind: None }).collect())
}

/// The articles of a file by their headlines, with their captions.
pub(super) fn symbols(marks: &mut Marks, params: DocumentSymbolParams) -> Result<Vec<DocumentSymbol>, BaseError> {
    let Some(page) = marks.page(&params.text_document.uri) else { return Ok(Vec::new()) };
    let Some(reading) = &page.analysis.reading else { return Ok(Vec::new()) };
    let mut symbols = Vec::new();
    for article in &reading.document.articles {
        for block in &article.blocks {
            let kind = match block.field {
                Field::Headline => SymbolKind::STRING,
                Field::Standfirst => SymbolKind::KEY,
                Field::Caption => SymbolKind::FIELD,
                _ => continue,
            };
            let range = page.lines.range(&page.text, block.span(0..block.tokens.len()));
            let name: String = block.prose.text().trim().chars().take(80).collect();
            if name.is_empty() {
                continue;
            }
            #[expect(deprecated, reason = "the type has the field still")]
            symbols.push(DocumentSymbol {
                name: shown(&name).into_owned(),
                detail: Some(block.field.name().to_owned()),
                kind,
                tags: None,
                deprecated: None,
                range,
                selection_range: range,
                children: None,
            });
        }
    }
    Ok(symbols)
}
