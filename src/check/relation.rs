//! `relation`: a claim that conflicts with a fact as its relation declares, or that a stated `not` rules out.

use super::cited::cite_rivals;
use super::held::Held;
use super::verdict::Found;
use super::wording::in_place_of;
use super::{Check, Draft};
use crate::claim::Claim;
use crate::diagnostic::{Diagnostic, Label, Safety};
use crate::fact::{Base, BaseError};
use crate::pack::{Rule, RuleKind};
use crate::text::Span;

/// The check.
pub(super) struct Relation;

impl Check for Relation {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let RuleKind::Relation(relation) = rule.kind else { return Ok(Vec::new()) };
        // A near-miss of a name is the business of `name`.
        let near =
            |claim: &Claim| claim.slots.iter().any(|fill| fill.values.iter().any(|value| !value.near().is_empty()));
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
    let proof = cite_rivals(&found.rivals, found.differ, found.against, found.support)?;
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
