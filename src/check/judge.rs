//! The verdict on a claim: does it agree with what is known, conflict with it, or does nobody know?

use super::Draft;
use super::case::Case;
use super::held::Held;
use super::near_miss::near_miss;
use super::verdict::{Found, Judgement, Verdict};
use super::wording::Said;
use crate::claim::{Claim, Likeness, Value, Values, compare, ends_with, handles};
use crate::fact::{Base, BaseError, Conflicts};
use crate::pack::{Frame, Relation};
use crate::pattern::{RelationId, SlotId};
use std::sync::Arc;

/// A claim whose slots leave more readings open than this is not judged.
const MAX_READINGS: usize = 12;

impl Draft<'_> {
    /// The judgement on a claim by its number, by one fact base throughout.
    ///
    /// # Errors
    /// A base that cannot be asked says why, each time.
    pub fn judged(&self, number: usize, base: &dyn Base) -> Result<Option<&Judgement>, BaseError> {
        let (Some(claim), Some(judged)) = (self.reading.claims.get(number), self.judged.get(number)) else {
            return Ok(None);
        };
        if judged.get().is_none() {
            let found = self.recall(Asked::of(claim), |_| Ok(Arc::new(judge(self, claim, base)?)))?;
            return Ok(Some(&**judged.get_or_init(|| found)));
        }
        Ok(judged.get().map(Arc::as_ref))
    }
}

/// What a claim says, wherever it stands: by which its judgement is remembered.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    relation: RelationId,
    slots: Vec<(SlotId, Vec<Value>)>,
    frame: Frame,
    year: Option<i16>,
    mood: Option<String>,
    affirmed: bool,
    title_case: bool,
}

impl Asked {
    fn of(claim: &Claim) -> Asked {
        Asked {
            relation: claim.relation,
            slots: claim.slots.iter().map(|fill| (fill.slot, fill.values.clone())).collect(),
            frame: claim.frame,
            year: claim.year,
            mood: claim.mood.clone(),
            affirmed: claim.affirmed,
            title_case: claim.title_case,
        }
    }
}

/// Judges a claim of a draft. What may refer to several conflicts only if every reading of it conflicts.
///
/// # Errors
/// Where the base cannot be asked, there is no verdict.
pub fn judge(draft: &Draft<'_>, claim: &Claim, base: &dyn Base) -> Result<Judgement, BaseError> {
    let unknown = Judgement { verdict: Verdict::Unknown, disputed: false, found: None, supporters: Vec::new() };
    let Some(relation) = draft.packs.relation(claim.relation) else { return Ok(unknown) };
    if claim.frame == Frame::Other || !claim.affirmed {
        return Ok(unknown);
    }
    if claim.title_case && !names_are_known(draft, claim, base)? {
        return Ok(unknown);
    }
    if let Some(miss) = near_miss(draft, claim, base)? {
        return Ok(Judgement { verdict: Verdict::Conflict, found: Some(miss.found), ..unknown });
    }
    let readings = readings(claim, relation, draft, base)?;
    let mut last: Option<Judgement> = None;
    let mut others = Vec::new();
    for values in &readings {
        let judged = judge_reading(draft, claim, relation, values, base)?;
        if judged.verdict != Verdict::Conflict {
            let doubtful = readings.len() > 1;
            return Ok(if doubtful {
                Judgement { verdict: judged.verdict.min(Verdict::Supported), found: None, ..judged }
            } else {
                judged
            });
        }
        others.extend(last.take().and_then(|judged| judged.found).map(|found| format!("otherwise: {}", found.message)));
        last = Some(judged);
    }
    let mut judged = last.unwrap_or(unknown);
    if let Some(found) = &mut judged.found {
        found.others.extend(others);
    }
    Ok(judged)
}

/// Whether every name of a claim is known: in the article's own text, or from elsewhere.
fn names_are_known(draft: &Draft<'_>, claim: &Claim, base: &dyn Base) -> Result<bool, BaseError> {
    let named = claim.slots.iter().filter(|fill| draft.packs.is_named(claim.relation, fill.slot));
    for value in named.flat_map(|fill| &fill.values).filter(|value| value.entity().is_none()) {
        if !is_written(value, base)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a base has a name, or one that ends with it.
fn is_written(value: &Value, base: &dyn Base) -> Result<bool, BaseError> {
    for handle in handles(&value.key) {
        let names = base.names(&handle)?;
        if names.iter().any(|record| record.key == *value.key || ends_with(&record.key, &value.key)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every way to read a claim: one value a slot.
fn readings(claim: &Claim, relation: &Relation, draft: &Draft<'_>, base: &dyn Base) -> Result<Vec<Values>, BaseError> {
    let mut all: Vec<Values> = vec![Values::of(relation.slots.len(), |_| None)];
    for fill in &claim.slots {
        let mut values: Vec<Value> = Vec::new();
        for value in &fill.values {
            values.extend(full_names(value, draft, base)?);
        }
        if all.len() * values.len() > MAX_READINGS {
            return Ok(Vec::new());
        }
        all = values
            .iter()
            .flat_map(|value| {
                all.iter().map(move |reading| {
                    let mut reading = reading.clone();
                    reading.set(fill.slot, value.clone());
                    reading
                })
            })
            .collect();
    }
    Ok(all)
}

/// Everybody known who bears a surname that the article never gives in full.
fn full_names(value: &Value, draft: &Draft<'_>, base: &dyn Base) -> Result<Vec<Value>, BaseError> {
    if !value.is_surname() {
        return Ok(vec![value.clone()]);
    }
    let mut full: Vec<Value> = Vec::new();
    for record in base.names(&value.key)? {
        let bears = ends_with(&record.key, &value.key);
        let known = full.iter().any(|other| compare(&other.key, &record.key) != Likeness::Different);
        if bears && !known && record.witnesses.read()?.iter().any(|witness| witness.may_judge(&draft.key)) {
            full.push(Value::named(record.key.as_str(), record.written.as_str()));
        }
    }
    Ok(if full.is_empty() { vec![value.clone()] } else { full })
}

fn judge_reading(
    draft: &Draft<'_>,
    claim: &Claim,
    relation: &Relation,
    values: &Values,
    base: &dyn Base,
) -> Result<Judgement, BaseError> {
    let said = Said { values, frame: claim.frame, mood: claim.mood.as_deref() };
    let conflicts = Conflicts { packs: draft.packs, id: claim.relation, relation };
    let case = Case { draft, conflicts, said, year: claim.year, base };
    let mut supported: Vec<Held> = Vec::new();
    let mut disputed = false;
    let mut found: Option<Found> = case.ruled_out()?;
    for conflict in &relation.conflicts {
        let Some(parted) = case.part(conflict)? else { continue };
        disputed |= !parted.rivals.is_empty() && !parted.supporters.is_empty();
        for supporter in &parted.supporters {
            if !supported.iter().any(|known| Arc::ptr_eq(&known.fact, &supporter.fact)) {
                supported.push(supporter.clone());
            }
        }
        match (&mut found, case.find(conflict, parted)?) {
            (Some(found), Some(other)) => found.others.push(format!("or: {}", other.message)),
            (None, other) => found = other,
            _ => {}
        }
    }
    if relation.conflicts.is_empty() {
        supported = case.agreeing()?;
    }
    let verdict = match &found {
        Some(_) => Verdict::Conflict,
        None if supported.is_empty() => Verdict::Unknown,
        None => Verdict::Supported,
    };
    Ok(Judgement { verdict, disputed, found, supporters: supported })
}
