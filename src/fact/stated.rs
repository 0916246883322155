//! Facts that packs state, read by the same patterns that read drafts.

use super::memory::Stated;
use super::model::{Authority, Fact, KnownName, Right, Witness, Witnesses, Words};
use crate::claim::{self, Claim, Value};
use crate::diagnostic::{Evidence, Origin};
use crate::pack::{Frame, Like, Packs, Place, Problem, Problems, StatedFact, StatedSlots, suggest};
use crate::text::{self, Date, Source, Span, fold};
use std::sync::Arc;

/// Reads the facts of all packs. A sentence that yields no claim or several is a problem of the pack.
pub fn stated(packs: &Packs) -> (Stated, Problems) {
    read_facts(&packs.facts, packs)
}

/// Reads facts, of packs or of an example.
pub fn read_facts(facts: &[StatedFact], packs: &Packs) -> (Stated, Problems) {
    let mut stated = Stated::default();
    let mut problems = Problems::default();
    for fact in facts {
        let read = read_fact(fact, packs, &mut problems);
        stated.names.extend(read.iter().filter(|fact| fact.ruled_out.is_none()).flat_map(|fact| names(fact, packs)));
        stated.facts.extend(read);
    }
    (stated, problems)
}

fn read_fact(fact: &StatedFact, packs: &Packs, problems: &mut Problems) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut read = |sentence: &(String, Span)| match read_sentence(&sentence.0, packs) {
        Ok(claim) => Some(claim),
        Err(reason) => {
            problems.all.push(problem(&fact.place, sentence.1, &reason, packs));
            None
        }
    };
    let mut right = Right::default();
    if let Some(says) = &fact.says
        && let Some(claim) = read(says)
    {
        right = Right { says: says.0.trim_end_matches('.').to_owned(), values: values(&claim, packs) };
        facts.push(held(fact, claim.relation, right.values.clone(), claim.frame, says.1));
    }
    if let Some(not) = &fact.not
        && let Some(claim) = read(not)
    {
        let mut ruled = held(fact, claim.relation, values(&claim, packs), claim.frame, not.1);
        ruled.ruled_out = Some(right);
        facts.push(ruled);
    }
    if let Some(StatedSlots { relation, slots }) = &fact.slots {
        let values = structured(fact, *relation, slots, packs, problems);
        facts.push(held(fact, *relation, values, Frame::Present, fact.place.span));
    }
    facts
}

/// Reads a sentence that states one fact.
///
/// # Errors
/// A sentence that is read as no claim, as several, or as one with a doubtful slot is refused with the reason.
pub fn read_sentence(sentence: &str, packs: &Packs) -> Result<Claim, String> {
    let sentence = sentence.trim();
    let full = if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") };
    let source = Source::read("fact.txt", full.into_bytes()).map_err(|_| "this sentence is empty".to_owned())?;
    let reading = claim::read(Arc::new(text::read(Arc::new(source), &packs.language)), packs);
    let claims: Vec<&Claim> = reading.articles.iter().flat_map(|article| &article.claims).collect();
    match claims.as_slice() {
        [] => Err("no pattern reads this sentence".to_owned()),
        [one] => match one.slots.iter().find(|fill| fill.sure().is_none()) {
            Some(fill) => Err(format!(
                "this sentence leaves open which of {} is meant",
                fill.values.iter().map(|value| value.label.to_string()).collect::<Vec<_>>().join(", ")
            )),
            None => Ok((*one).clone()),
        },
        several => Err(format!("this sentence makes {} claims; a fact is one", several.len())),
    }
}

fn values(claim: &Claim, packs: &Packs) -> Vec<Option<Value>> {
    let slots = packs.relations.get(claim.relation).map_or(0, |relation| relation.slots.len());
    (0..slots).map(|slot| claim.slot(slot).and_then(|fill| fill.sure().cloned())).collect()
}

fn structured(
    fact: &StatedFact,
    relation: usize,
    slots: &[(usize, String, Span)],
    packs: &Packs,
    problems: &mut Problems,
) -> Vec<Option<Value>> {
    let Some(relation) = packs.relations.get(relation) else { return Vec::new() };
    let mut values: Vec<Option<Value>> = vec![None; relation.slots.len()];
    for (number, text, span) in slots {
        let kinds = relation.slots.get(*number).map(|slot| slot.kinds.as_slice()).unwrap_or_default();
        let key = fold::fold_phrase(text);
        let declared = kinds.iter().any(|kind| packs.kind(*kind).is_some_and(|kind| matches!(kind.like, Like::Entity)));
        let entity = packs.entities.iter().zip(0..).find(|(entity, _)| {
            kinds.contains(&entity.kind) && entity.forms.iter().any(|form| fold::fold_phrase(form) == key)
        });
        let value = match entity {
            Some((entity, id)) => Value {
                entity: Some(crate::pack::EntityId(id)),
                ..Value::named(entity.key.as_str(), entity.name.as_str())
            },
            None if declared => {
                let known: Vec<&str> = packs
                    .entities
                    .iter()
                    .filter(|entity| kinds.contains(&entity.kind))
                    .map(|entity| entity.name.as_str())
                    .collect();
                let mut unknown =
                    problem(&fact.place, *span, &format!("`{text}` is no known entity of this slot"), packs);
                unknown.help = suggest(text, known).or(Some("declare it as an [[entity]]".to_owned()));
                problems.all.push(unknown);
                continue;
            }
            None => Value::named(key, text.as_str()),
        };
        if let Some(slot) = values.get_mut(*number) {
            *slot = Some(value);
        }
    }
    values
}

fn held(fact: &StatedFact, relation: usize, values: Vec<Option<Value>>, frame: Frame, span: Span) -> Fact {
    let mut evidence = cite(&fact.place, span);
    let mut notes = vec!["stated".to_owned()];
    notes.extend(fact.since.map(|since| format!("since {since}")));
    notes.extend(fact.until.map(|until| format!("until {until}")));
    notes.extend(fact.place.checked.map(|checked| format!("checked {checked}")));
    notes.extend(fact.from.clone());
    evidence.note = notes.join(" · ");
    let authority = Authority::Stated { since: fact.since, until: fact.until, fresh_until: fresh_until(&fact.place) };
    let line = evidence.position.line;
    let witness = Witness { authority, line, words: Words::Here(Box::new(evidence), Vec::new()) };
    Fact { relation, values, frame, ruled_out: None, witnesses: Witnesses::here(vec![witness]) }
}

fn fresh_until(place: &Place) -> Option<Date> {
    let days = jiff::Span::new().days(i64::from(place.horizon).min(36_500));
    place.checked.and_then(|checked| checked.checked_add(days).ok())
}

/// A line of a pack as evidence.
pub(crate) fn cite(place: &Place, span: Span) -> Evidence {
    let line = place.source.position(span.start).line;
    let row = place.source.line(line).unwrap_or(span);
    Evidence::at(Origin::Stated, &place.source, span, row)
}

fn names(fact: &Fact, packs: &Packs) -> Vec<KnownName> {
    let named = fact.values.iter().enumerate().filter(|(slot, _)| packs.is_named(fact.relation, *slot));
    named
        .filter_map(|(_, value)| value.as_ref())
        .map(|value| KnownName {
            key: value.key.to_string(),
            written: value.label.to_string(),
            witnesses: fact.witnesses.clone(),
        })
        .collect()
}

fn problem(place: &Place, span: Span, reason: &str, packs: &Packs) -> Problem {
    let forms: Vec<String> = packs
        .relations
        .iter()
        .filter_map(|relation| relation.patterns.first().map(|pattern| format!("{pattern} ({})", relation.name)))
        .take(4)
        .collect();
    let help = if forms.is_empty() {
        "declare a relation with patterns first".to_owned()
    } else {
        format!("facts are read as, for example: {}", forms.join("; "))
    };
    Problem {
        source: Arc::clone(&place.source),
        span,
        message: reason.to_owned(),
        label: "this fact".to_owned(),
        help: Some(help),
    }
}
