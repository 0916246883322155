//! What is known as proof of a finding: witnesses, entities and rules of packs.

use super::held::Held;
use crate::diagnostic::Proof;
use crate::fact::{BaseError, Weight, Witness, cite};
use crate::pack::{Entity, Packs, Place};
use crate::pattern::{RelationId, SlotId};

/// Rivals as proof, the slot that differs marked: what is stated, then the sentence of the corpus that is nearest in
/// time, with how many say the same.
pub(super) fn cite_rivals(
    rivals: &[Held],
    differ: Option<SlotId>,
    against: Weight,
    support: Weight,
) -> Result<Vec<Proof>, BaseError> {
    let (stated, corpus): (Vec<&Witness>, Vec<&Witness>) =
        rivals.iter().flat_map(Held::witnesses).partition(|witness| witness.is_stated());
    let slot = rivals.first().map(|held| held.fact.relation).zip(differ);
    let mut all: Vec<Proof> = Vec::new();
    if let Some(witness) = stated.first() {
        all.push(witness.proof(slot)?);
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
) -> Result<Option<Proof>, BaseError> {
    let Some((first, others)) = witnesses.split_first() else { return Ok(None) };
    let mut evidence = first.evidence(slot)?;
    if evidence.note.is_empty() {
        evidence.note = count(against, support);
    }
    evidence.also = others.iter().map(|witness| witness.place()).collect();
    evidence.also.dedup();
    Ok(Some(first.prove(evidence)))
}

/// An entity that a pack declares.
pub(super) fn cite_entity(entity: &Entity, packs: &Packs) -> Proof {
    let kind = packs.kind(entity.kind).map_or("name", |kind| kind.name.as_str());
    Proof::Stated(cite(&entity.place, entity.place.span).noted(format!("the known {kind}")))
}

/// A rule that says so itself, or a form of the house style; and which of the two.
pub(super) fn cite_rule(place: &Place, what: &str) -> Proof {
    Proof::Rule(cite(place, place.span).noted(what))
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
