//! The questions that a claim answers. Two answers to one question cannot both hold at one time.

use crate::claim::{Value, skeleton};
use crate::pack::{Conflict, Entity, Frame, Packs, When};

/// A question with the answer that a claim gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// "office: which office? person a stubb, place finland".
    pub question: String,
    /// The folded value.
    pub answer: String,
}

/// The questions that the values of a relation answer; two values of one year may have held one after the other.
pub fn answers(
    packs: &Packs,
    relation: usize,
    values: &[Option<Value>],
    frame: Frame,
    year: Option<i16>,
) -> Vec<Answer> {
    let Some(declared) = packs.relations.get(relation) else { return Vec::new() };
    if frame != Frame::Present || year.is_some() {
        return Vec::new();
    }
    declared.conflicts.iter().filter_map(|conflict| answer(packs, relation, conflict, values)).collect()
}

fn answer(packs: &Packs, relation: usize, conflict: &Conflict, values: &[Option<Value>]) -> Option<Answer> {
    let declared = packs.relations.get(relation)?;
    let differ = conflict.differ?;
    let value = |slot: usize| values.get(slot).and_then(Option::as_ref);
    let entity = |value: &Value| value.entity.and_then(|id| packs.entity(id));
    let given = value(differ)?;
    let group = match conflict.when {
        When::Always => String::new(),
        When::Exclusive => format!(" ({})", entity(given)?.exclusive.as_ref()?),
        When::Unique if is_unique(packs, conflict, values) => String::new(),
        When::Unique | When::Growing => return None,
    };
    let said = |slot: usize| {
        let key = &value(slot)?.key;
        Some(if packs.is_named(relation, slot) { short(packs, key) } else { key.to_string() })
    };
    let name = |slot: usize| declared.slots.get(slot).map(|slot| slot.name.as_str());
    let known: Option<Vec<String>> =
        conflict.same.iter().map(|slot| Some(format!("{} {}", name(*slot)?, said(*slot)?))).collect();
    let question = format!("{}: which {}{group}? {}", declared.name, name(differ)?, known?.join(", "));
    let answer = match entity(given) {
        Some(entity) => broadest(packs, entity).to_owned(),
        None => said(differ)?,
    };
    Some(Answer { question, answer })
}

/// Whether an entity among the values that a conflict speaks of has one holder, in the place that is among them.
pub(crate) fn is_unique(packs: &Packs, conflict: &Conflict, values: &[Option<Value>]) -> bool {
    conflict.same.iter().chain(&conflict.differ).filter_map(|slot| values.get(*slot)?.as_ref()).any(|value| {
        value.entity.and_then(|id| packs.entity(id)).is_some_and(|entity| {
            let here = values.iter().flatten().any(|value| entity.unique_in.iter().any(|key| **key == *value.key));
            entity.unique && (entity.unique_in.is_empty() || here)
        })
    })
}

/// What an entity is a sort of, all the way up: a taoiseach is a prime minister.
fn broadest<'a>(packs: &'a Packs, entity: &'a Entity) -> &'a str {
    let top =
        entity.is_a.iter().find(|key| packs.entity_by_key(&[entity.kind], key).is_some_and(|up| up.is_a.is_empty()));
    top.unwrap_or(&entity.key)
}

/// An initial and the bones of the surname, so that spellings of one name are one.
fn short(packs: &Packs, key: &str) -> String {
    let suffix =
        |word: &&str| packs.vocabulary.get(word).is_some_and(|word| packs.grammar.name_suffixes.contains(&word));
    let last = skeleton(key.rsplit(' ').find(|word| !suffix(word)).unwrap_or(key));
    match key.split_once(' ').and_then(|(given, _)| given.chars().next()) {
        Some(initial) => format!("{initial} {last}"),
        None => last,
    }
}
