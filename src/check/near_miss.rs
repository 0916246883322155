//! A name of a closed kind that nobody knows, one slip away from a known one and standing in its slot.

use super::Draft;
use super::cited::{cite_entity, cite_rivals};
use super::held::{Held, weight};
use super::verdict::Found;
use crate::claim::{Claim, Likeness, Near, SlotFill, Value, compare};
use crate::diagnostic::{Proof, Severity};
use crate::fact::{Base, BaseError, Fact, say};
use crate::pack::Frame;
use crate::pattern::SlotId;
use std::cmp::Reverse;
use std::sync::Arc;

/// A near-miss in a claim.
pub(super) struct NearMiss {
    /// What was found; `differ` is the slot.
    pub(super) found: Found,
    /// What proves it.
    pub(super) proof: Vec<Proof>,
    /// The known name that is meant.
    pub(super) form: Arc<str>,
    /// Whether no other known name is as near.
    pub(super) sure: bool,
}

/// Judges the near-miss of a claim, if it has one.
pub(super) fn near_miss(draft: &Draft<'_>, claim: &Claim, base: &dyn Base) -> Result<Option<NearMiss>, BaseError> {
    let missed = claim.slots.iter().find(|fill| fill.values.iter().any(|value| !value.near().is_empty()));
    let Some((fill, written)) = missed.and_then(|fill| Some((fill, fill.sure()?))) else { return Ok(None) };
    let tried = tried(draft, claim, fill.slot, written.near(), base)?;
    let meant = tried.first().filter(|(near, rivals)| !rivals.is_empty() || !near.loose);
    let meant = meant.and_then(|(near, rivals)| Some((near, rivals, draft.packs.entity(near.entity)?)));
    let Some((near, rivals, entity)) = meant else { return Ok(None) };
    let same = saying(draft, claim, fill.slot, &written.key, base)?;
    // What was told to whom does not age, nor how a name is spelled.
    let (against, support) = (weight(rivals, None), weight(&same, None));
    let severity = match rivals.is_empty() {
        true => support.is_nothing().then_some(Severity::Warning),
        false => against.severity(support),
    };
    let Some(severity) = severity else { return Ok(None) };
    let severity = if near.loose { severity.min(Severity::Warning) } else { severity };
    let mut proof = cite_rivals(rivals, Some(fill.slot), against, support)?;
    if proof.is_empty() {
        proof.push(cite_entity(entity, draft.packs));
    }
    let others: Vec<&str> = tried
        .iter()
        .skip(1)
        .filter(|(other, _)| rivals.is_empty() && !other.loose)
        .map(|(other, _)| &*other.form)
        .collect();
    let either = [&[&*near.form], others.as_slice()].concat().join(" or ");
    let right = Value::entity_of(near.entity, entity.key.as_str(), either);
    let message = format!("{}, not {}", sentence(draft, claim, fill.slot, right.clone()), written.label);
    let found = Found {
        differ: Some(fill.slot),
        right: Some(right),
        message,
        severity,
        rivals: rivals.clone(),
        supporters: same,
        against,
        support,
        others: Vec::new(),
        outdated: false,
    };
    Ok(Some(NearMiss { found, proof, form: Arc::clone(&near.form), sure: others.is_empty() }))
}

/// The known names that may be meant, each with the facts that say so of it, the likeliest first: the one that witnesses
/// name, else the one that the corpus speaks of most, if the slip says enough.
fn tried<'n>(
    draft: &Draft<'_>,
    claim: &Claim,
    slot: SlotId,
    near: &'n [Near],
    base: &dyn Base,
) -> Result<Vec<(&'n Near, Vec<Held>)>, BaseError> {
    let mut tried = Vec::with_capacity(near.len());
    for near in near {
        let key = draft.packs.entity(near.entity).map(|entity| entity.key.clone()).unwrap_or_default();
        let rivals = saying(draft, claim, slot, &key, base)?;
        let known = base.count(claim.relation, slot, &key)?;
        tried.push(((rivals.is_empty(), near.loose, Reverse(known)), (near, rivals)));
    }
    tried.sort_by_key(|(rank, _)| *rank);
    Ok(tried.into_iter().map(|(_, tried)| tried).collect())
}

/// The claim as a sentence, with another value in a slot.
fn sentence(draft: &Draft<'_>, claim: &Claim, slot: SlotId, value: Value) -> String {
    let Some(relation) = draft.packs.relation(claim.relation) else { return value.label.to_string() };
    let mut values = claim.values(draft.packs);
    let complete = values.each().all(|value| value.is_some());
    let label = value.label.to_string();
    values.set(slot, value);
    if complete && relation.says.is_some() { say(draft.packs, claim.relation, &values, Frame::Present) } else { label }
}

/// Facts that say of the same others what the claim says, with an entity in the slot. They are asked for by a name, if
/// there is one: it tells most.
fn saying(draft: &Draft<'_>, claim: &Claim, slot: SlotId, key: &str, base: &dyn Base) -> Result<Vec<Held>, BaseError> {
    let others: Vec<&SlotFill> = claim.slots.iter().filter(|fill| fill.slot != slot).collect();
    let named = others.iter().find(|fill| draft.packs.is_named(claim.relation, fill.slot));
    let found = match named.and_then(|fill| Some((fill.slot, fill.sure()?))) {
        Some((named, value)) => base.alike(claim.relation, named, &value.key)?,
        None => base.holding(claim.relation, slot, key)?,
    };
    let agrees = |fact: &&Arc<Fact>| {
        fact.ruled_out.is_none()
            && fact.year.is_none()
            && fact.value(slot).is_some_and(|value| *value.key == *key)
            && others.iter().all(|fill| {
                let Some(known) = fact.value(fill.slot) else { return false };
                fill.values.iter().any(|value| compare(&value.key, &known.key) != Likeness::Different)
            })
    };
    Held::each(found.iter().filter(agrees), |witness| witness.may_judge(&draft.key))
}
