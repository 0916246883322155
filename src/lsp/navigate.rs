//! From a place in a draft to others: the evidence, the mentions of an entity, the parts of an article.

use super::convert;
use super::marks::{Marks, Page};
use crate::claim::{MentionForm, Value};
use crate::diagnostic::{Diagnostic, Evidence, Origin};
use crate::fact::{Card, Witness, cards};
use crate::pack::Like;
use crate::report::shown;
use crate::text::{Field, Span};
use lsp_types::{
    DocumentHighlight, DocumentHighlightParams, DocumentSymbol, DocumentSymbolParams, GotoDefinitionParams, Location,
    ReferenceParams, SymbolKind, TextDocumentPositionParams, Url,
};
use std::cmp::Reverse;

/// So many places of the corpus are listed for an entity.
const PLACES: usize = 200;

/// Whether a document is a pack or a configuration.
pub(super) fn is_toml(uri: &Url) -> bool {
    uri.path().ends_with(".toml")
}

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
            for mention in &read.mentions {
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
pub(super) fn found_at(page: &Page, offset: u32) -> impl Iterator<Item = &Diagnostic> {
    page.analysis.diagnostics.iter().filter(move |found| {
        let span = found.primary().span;
        span.start <= offset && offset <= span.end
    })
}

/// The page and byte offset of a position.
pub(super) fn place(marks: &mut Marks, at: &TextDocumentPositionParams) -> Option<(Page, u32)> {
    let page = marks.page(&at.text_document.uri)?;
    let offset = u32::try_from(page.lines.offset(&page.text, at.position)).ok()?;
    Some((page, offset))
}

/// The cards of what is named.
pub(super) fn cards_of(marks: &Marks, named: &Named) -> Vec<Card> {
    let Some(world) = &marks.world else { return Vec::new() };
    named.values.iter().flat_map(|value| cards(&value.label, world.desk.packs(), world.desk.base())).collect()
}

/// The evidence of a finding, or the newest sentence about what is named.
pub(super) fn definition(marks: &mut Marks, params: GotoDefinitionParams) -> Vec<Location> {
    let Some((page, offset)) = place(marks, &params.text_document_position_params) else { return Vec::new() };
    let mut evidence: Vec<Evidence> = found_at(&page, offset).flat_map(|found| found.evidence().to_vec()).collect();
    evidence.sort_by_key(|evidence| evidence.origin != Origin::Corpus);
    if evidence.is_empty()
        && let Some(named) = named_at(marks, &page, offset)
    {
        let cards = cards_of(marks, &named);
        let witnesses = cards.iter().flat_map(|card| &card.facts).flat_map(|entry| entry.fact.witnesses.iter());
        let newest = witnesses.max_by_key(|witness| witness.date());
        evidence.extend(newest.and_then(|witness| witness.evidence(None)));
    }
    locations(marks, &page, &evidence)
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
pub(super) fn references(marks: &mut Marks, params: ReferenceParams) -> Vec<Location> {
    let Some((page, offset)) = place(marks, &params.text_document_position) else { return Vec::new() };
    let Some(named) = named_at(marks, &page, offset) else { return Vec::new() };
    let own = same(marks, &page, &named).into_iter();
    let mut found: Vec<Location> =
        own.map(|span| Location::new(page.uri.clone(), page.lines.range(&page.text, span))).collect();
    let Some(world) = &marks.world else { return found };
    let words = named.values.iter().flat_map(|value| value.key.rsplit(' ').next());
    let names: Vec<_> = words.flat_map(|word| world.desk.base().names(word)).collect();
    let meant = |key: &str| named.values.iter().any(|value| *value.key == *key);
    let of_names = names.iter().filter(|name| meant(&name.key)).flat_map(|name| name.witnesses.iter());
    let cards = cards_of(marks, &named);
    let of_facts = cards.iter().flat_map(|card| &card.facts).flat_map(|entry| entry.fact.witnesses.iter());
    let mut witnesses: Vec<&Witness> = of_names.chain(of_facts).collect();
    witnesses.sort_by_key(|witness| Reverse(witness.date()));
    let evidence: Vec<Evidence> =
        witnesses.into_iter().take(PLACES).filter_map(|witness| witness.evidence(None)).collect();
    found.extend(locations(marks, &page, &evidence));
    found
}

/// The places of the draft that name the same.
pub(super) fn same(marks: &Marks, page: &Page, named: &Named) -> Vec<Span> {
    let meant = |other: &Named| other.values.iter().any(|value| named.values.iter().any(|own| own.key == value.key));
    self::named(marks, page).into_iter().filter(meant).map(|named| named.span).collect()
}

/// The places of the draft that name the same.
pub(super) fn highlight(marks: &mut Marks, params: DocumentHighlightParams) -> Vec<DocumentHighlight> {
    let Some((page, offset)) = place(marks, &params.text_document_position_params) else { return Vec::new() };
    let Some(named) = named_at(marks, &page, offset) else { return Vec::new() };
    let spans = same(marks, &page, &named).into_iter();
    spans.map(|span| DocumentHighlight { range: page.lines.range(&page.text, span), kind: None }).collect()
}

/// The articles of a file by their headlines, with their captions.
pub(super) fn symbols(marks: &mut Marks, params: DocumentSymbolParams) -> Vec<DocumentSymbol> {
    let Some(page) = marks.page(&params.text_document.uri) else { return Vec::new() };
    let Some(reading) = &page.analysis.reading else { return Vec::new() };
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
    symbols
}
