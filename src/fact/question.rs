//! The questions that a claim answers. Two answers to one question cannot both hold at one time.

use crate::claim::{Value, Values, skeleton};
use crate::pack::{Conflict, Entity, Frame, Packs, When};
use crate::pattern::{RelationId, SlotId};

/// A question with the answer that a claim gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// "office: which office? person a stubb, place finland".
    pub question: String,
    /// The folded value.
    pub answer: String,
}

/// The questions that the values of a relation answer; two values of one year may have held one after the other.
pub fn answers(packs: &Packs, relation: RelationId, values: &Values, frame: Frame, year: Option<i16>) -> Vec<Answer> {
    let Some(declared) = packs.relation(relation) else { return Vec::new() };
    if frame != Frame::Present || year.is_some() {
        return Vec::new();
    }
    declared.conflicts.iter().filter_map(|conflict| answer(packs, relation, conflict, values)).collect()
}

fn answer(packs: &Packs, relation: RelationId, conflict: &Conflict, values: &Values) -> Option<Answer> {
    let declared = packs.relation(relation)?;
    let differ = conflict.differ?;
    let value = |slot: SlotId| values.get(slot);
    let entity = |value: &Value| value.entity().and_then(|id| packs.entity(id));
    let given = value(differ)?;
    let group = match conflict.when {
        When::Always => String::new(),
        When::Exclusive => format!(" ({})", entity(given)?.exclusive.as_ref()?),
        When::Unique if is_unique(packs, conflict, values) => String::new(),
        When::Unique | When::Growing => return None,
    };
    let said = |slot: SlotId| {
        let key = &value(slot)?.key;
        Some(if packs.is_named(relation, slot) { short(packs, key) } else { key.to_string() })
    };
    let name = |slot: SlotId| declared.slot(slot).map(|slot| slot.name.as_str());
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
pub(crate) fn is_unique(packs: &Packs, conflict: &Conflict, values: &Values) -> bool {
    conflict.same.iter().chain(&conflict.differ).filter_map(|slot| values.get(*slot)).any(|value| {
        value.entity().and_then(|id| packs.entity(id)).is_some_and(|entity| {
            let here = values.filled().any(|(_, value)| entity.unique_in.iter().any(|key| **key == *value.key));
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
