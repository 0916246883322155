//! `relation`: a claim that conflicts with a fact as its relation declares, or that a stated `not` rules out.

use super::held::Held;
use super::judge::Found;
use super::wording::in_place_of;
use super::{Check, Draft};
use crate::claim::Claim;
use crate::diagnostic::{Diagnostic, Evidence, Label, Safety};
use crate::fact::{Base, BaseError, Weight, Witness};
use crate::pack::{Rule, RuleKind};
use crate::text::Span;

/// The check.
pub(super) struct Relation;

impl Check for Relation {
    fn kind(&self) -> &'static str {
        "relation"
    }

    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let RuleKind::Relation(relation) = rule.kind else { return Ok(Vec::new()) };
        // A near-miss of a name is the business of `name`.
        let near =
            |claim: &Claim| claim.slots.iter().any(|fill| fill.values.iter().any(|value| !value.near.is_empty()));
        let own = |claim: &Claim| claim.relation == relation && claim.voice.is_own() && !near(claim);
        let mut all = Vec::new();
        for (number, claim) in draft.reading.claims.iter().enumerate().filter(|(_, claim)| own(claim)) {
            if let Some(found) = draft.judged(number, base)?.and_then(|judged| judged.found.clone()) {
                all.extend(diagnose(draft, rule, claim, found)?);
            }
        }
        Ok(all)
    }
}

fn diagnose(draft: &Draft<'_>, rule: &Rule, claim: &Claim, found: Found) -> Result<Option<Diagnostic>, BaseError> {
    let span = primary(claim, &found);
    let proof = evidence(&found.rivals, found.differ, found.against, found.support)?;
    let Some(mut diagnostic) = draft.finding(rule, found.severity, found.message.clone(), span, proof) else {
        return Ok(None);
    };
    if span != claim.span {
        diagnostic.secondary.push(Label { span: claim.span, text: "the claim".to_owned() });
    }
    if let (Some(fill), Some(right)) = (found.differ.and_then(|slot| claim.slot(slot)), &found.right)
        && let Some(replacement) = in_place_of(
            draft.source.slice(span),
            fill,
            right,
            draft.is_determined(claim.block, fill.tokens.start),
            draft.packs,
        )
    {
        diagnostic.fix = Some(draft.fix(span, replacement, Safety::Unsafe));
    }
    diagnostic.notes.extend(claim.year.map(|year| format!("judged in {year}, which the sentence names")));
    diagnostic.outdated = found.outdated;
    diagnostic.notes.extend(found.others);
    for supporter in found.supporters.iter().flat_map(Held::witnesses).take(2) {
        let sentence = supporter.evidence(None)?.sentence;
        diagnostic.notes.push(format!("but {} has: {}", supporter.place(), sentence.trim()));
    }
    Ok(Some(diagnostic))
}

/// The slot that the evidence determines; the mood is shown by the whole claim, which is a description as a rule.
fn primary(claim: &Claim, found: &Found) -> Span {
    found.differ.and_then(|slot| claim.slot(slot)).map_or(claim.span, |fill| fill.span)
}

/// Rivals as evidence, the slot that differs marked: what is stated, then the sentence of the corpus that is nearest in
/// time, with how many say the same.
pub(super) fn evidence(
    rivals: &[Held],
    differ: Option<usize>,
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
    slot: Option<(usize, usize)>,
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
