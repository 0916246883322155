//! The questions that a claim answers: the form in which a base in a file knows what cannot both hold. Two answers to one
//! question contradict each other, if both are of one time.
//!
//! A question is a key, and so are its answers. What no key can say is no question: figures agree where one leaves room for
//! the other, days contradict each other where they are so near that they are of one event, and a mood is of another time.
//! People who may be one are asked for by their initial and the bones of their surname.

use super::conflict::Conflicts;
use crate::claim::{Parts, Values, skeleton, surname};
use crate::pack::{Conflict, Frame, Like, Packs, When};
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
    let Some(conflicts) = Conflicts::of(packs, relation) else { return Vec::new() };
    if frame != Frame::Present || year.is_some() {
        return Vec::new();
    }
    conflicts.relation.conflicts.iter().filter_map(|conflict| answer(conflicts, conflict, values)).collect()
}

fn answer(conflicts: Conflicts<'_>, conflict: &Conflict, values: &Values) -> Option<Answer> {
    let differ = conflict.differ.filter(|slot| has_keys(conflicts, conflict, *slot))?;
    let given = values.get(differ)?;
    if !conflicts.are_enough(conflict, values) || !conflicts.applies(conflict, values) {
        return None;
    }
    let said = |slot: SlotId| {
        let key = &values.get(slot)?.key;
        Some(if conflicts.is_named(slot) { short(conflicts.packs, key) } else { key.to_string() })
    };
    let entity = conflicts.entity(given);
    let (group, answer) = match (conflict.when, entity) {
        (When::Exclusive, Some(entity)) => {
            (format!(" ({})", entity.exclusive.as_ref()?), conflicts.sort(differ, entity).to_owned())
        }
        (_, Some(entity)) => (String::new(), conflicts.whole(differ, entity).to_owned()),
        (_, None) => (String::new(), said(differ)?),
    };
    let name = |slot: SlotId| conflicts.relation.slot(slot).map(|slot| slot.name.as_str());
    let known: Option<Vec<String>> =
        conflict.same.iter().map(|slot| Some(format!("{} {}", name(*slot)?, said(*slot)?))).collect();
    let question = format!("{}: which {}{group}? {}", conflicts.relation.name, name(differ)?, known?.join(", "));
    Some(Answer { question, answer })
}

/// Whether two values of a slot contradict each other just where their keys differ.
fn has_keys(conflicts: Conflicts<'_>, conflict: &Conflict, slot: SlotId) -> bool {
    match conflicts.like(slot) {
        Some(Like::Quantity) => false,
        Some(Like::Date) => conflict.within.is_none(),
        _ => true,
    }
}

/// An initial and the bones of the surname, so that spellings of one name are one.
fn short(packs: &Packs, key: &str) -> String {
    let suffix =
        |word: &&str| packs.vocabulary.get(word).is_some_and(|word| packs.grammar.name_suffixes.contains(&word));
    let last = skeleton(key.rsplit(' ').find(|word| !suffix(word)).unwrap_or_else(|| surname(key)));
    match Parts::of(key).given.and_then(|given| given.chars().next()) {
        Some(initial) => format!("{initial} {last}"),
        None => last,
    }
}
