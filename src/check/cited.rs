//! Witnesses as evidence of a finding.

use super::held::Held;
use crate::diagnostic::Evidence;
use crate::fact::{BaseError, Weight, Witness};
use crate::pattern::{RelationId, SlotId};

/// Rivals as evidence, the slot that differs marked: what is stated, then the sentence of the corpus that is nearest in
/// time, with how many say the same.
pub(super) fn evidence(
    rivals: &[Held],
    differ: Option<SlotId>,
    against: Weight,
    support: Weight,
) -> Result<Vec<Evidence>, BaseError> {
    let (stated, corpus): (Vec<&Witness>, Vec<&Witness>) =
        rivals.iter().flat_map(Held::witnesses).partition(|witness| witness.is_stated());
    let slot = rivals.first().map(|held| held.fact.relation).zip(differ);
    let mut all: Vec<Evidence> = Vec::new();
    if let Some(witness) = stated.first() {
        all.push(witness.evidence(slot)?);
    }
    all.extend(cite_corpus(&corpus, slot, against, support)?);
    Ok(all)
}

/// The first witness with how many there are, and where the others stand.
pub(super) fn cite_corpus(
    witnesses: &[&Witness],
    slot: Option<(RelationId, SlotId)>,
    against: Weight,
    support: Weight,
) -> Result<Option<Evidence>, BaseError> {
    let Some((first, others)) = witnesses.split_first() else { return Ok(None) };
    let mut evidence = first.evidence(slot)?;
    if evidence.note.is_empty() {
        evidence.note = count(against, support);
    }
    evidence.also = others.iter().map(|witness| witness.place()).collect();
    evidence.also.dedup();
    Ok(Some(evidence))
}

/// "2 independent articles, none against".
pub(super) fn count(against: Weight, support: Weight) -> String {
    let articles = match against.witnesses {
        1 => "1 article".to_owned(),
        more => format!("{more} independent articles"),
    };
    match support.witnesses {
        0 => format!("{articles}, none against"),
        some => format!("{articles}, {some} against"),
    }
}
