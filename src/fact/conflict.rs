//! What cannot both hold. The one algebra of it: the judge, the cards of entities and the questions of a base ask here.
//!
//! In go the values that two claims or facts give to the slots of a relation, out comes whether they agree, whether one is a
//! sort of the other, and whether they contradict each other at one time.

use crate::claim::{Likeness, Measure, Value, Values, compare};
use crate::pack::{Conflict, Entity, Frame, Like, Packs, Relation, When};
use crate::pattern::{RelationId, SlotId};
use crate::text::Date;

/// How what is known bears on what is claimed, where they are about the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bearing {
    /// They cannot both hold at one time.
    Contradicts,
    /// They say the same, or one says it more broadly.
    Supports,
}

/// What cannot both hold of a relation.
#[derive(Clone, Copy)]
pub(crate) struct Conflicts<'a> {
    pub(crate) packs: &'a Packs,
    pub(crate) id: RelationId,
    pub(crate) relation: &'a Relation,
}

impl<'a> Conflicts<'a> {
    /// Those of a relation.
    pub(crate) fn of(packs: &'a Packs, id: RelationId) -> Option<Conflicts<'a>> {
        Some(Conflicts { packs, id, relation: packs.relation(id)? })
    }

    /// Whether a slot holds names of people.
    pub(crate) fn is_named(&self, slot: SlotId) -> bool {
        self.packs.is_named(self.id, slot)
    }

    /// How values of a slot are read.
    pub(crate) fn like(&self, slot: SlotId) -> Option<&'a Like> {
        let kind = self.relation.slot(slot)?.kinds.first()?;
        Some(&self.packs.kind(*kind)?.like)
    }

    /// The declared entity that a value is.
    pub(crate) fn entity(&self, value: &Value) -> Option<&'a Entity> {
        value.entity().and_then(|id| self.packs.entity(id))
    }

    /// Whether two values of a slot are one.
    pub(crate) fn agree(&self, slot: SlotId, a: &Value, b: &Value) -> bool {
        if self.is_named(slot) { compare(&a.key, &b.key) != Likeness::Different } else { a.key == b.key }
    }

    /// Whether two values of a slot agree in a wider sense: one is a sort of the other, or a figure leaves room for it.
    pub(crate) fn are_compatible(&self, slot: SlotId, a: &Value, b: &Value) -> bool {
        if self.is_named(slot) {
            return self.agree(slot, a, b);
        }
        if let Some(Like::Quantity) = self.like(slot) {
            return figures(a, b).is_some_and(|(a, b)| a.agrees(b));
        }
        if a.key == b.key {
            return true;
        }
        let (own, other) = (self.entity(a), self.entity(b));
        let is_a = |entity: Option<&Entity>, key: &str| {
            entity.is_some_and(|entity| entity.is_a.iter().any(|broader| broader == key))
        };
        // A premier and a taoiseach are prime ministers both.
        let same_sort =
            || own.zip(other).is_some_and(|(a, b)| self.exclude(a, b) && self.sort(slot, a) == self.sort(slot, b));
        is_a(own, &b.key) || is_a(other, &a.key) || same_sort()
    }

    /// Whether two entities are of one group of which nobody is two at a time, unless one is a sort of the other.
    fn exclude(&self, a: &Entity, b: &Entity) -> bool {
        a.exclusive.is_some() && a.exclusive == b.exclusive
    }

    /// The key of the broadest entity that one in a slot is a sort of within its group: a taoiseach is a prime minister.
    pub(crate) fn sort<'e>(&self, slot: SlotId, entity: &'e Entity) -> &'e str {
        let kin = |key: &&String| self.declared(slot, key).is_some_and(|broader| self.exclude(entity, broader));
        // The broader ones stand behind the narrower ones.
        entity.is_a.iter().rfind(kin).unwrap_or(&entity.key)
    }

    /// The key of what an entity in a slot is a sort or a part of, all the way up.
    pub(crate) fn whole<'e>(&self, slot: SlotId, entity: &'e Entity) -> &'e str {
        let is_top = |key: &&String| self.declared(slot, key).is_some_and(|broader| broader.is_a.is_empty());
        entity.is_a.iter().find(is_top).unwrap_or(&entity.key)
    }

    /// The entity of a key that a slot may hold.
    fn declared(&self, slot: SlotId, key: &str) -> Option<&'a Entity> {
        let kinds = self.relation.slot(slot).map(|slot| slot.kinds.as_slice()).unwrap_or_default();
        self.packs.entity_by_key(kinds, key)
    }

    /// Whether values say enough for a conflict: all that must be the same, each beyond doubt.
    pub(crate) fn are_enough(&self, conflict: &Conflict, values: &Values) -> bool {
        conflict.same.iter().all(|slot| values.get(*slot).is_some_and(|value| value.near().is_empty()))
    }

    /// Whether the condition of a conflict can be met by values.
    pub(crate) fn applies(&self, conflict: &Conflict, values: &Values) -> bool {
        match conflict.when {
            When::Always | When::Growing => true,
            When::Exclusive => {
                let given = conflict.differ.and_then(|slot| values.get(slot));
                given.and_then(|value| self.entity(value)).is_some_and(|entity| entity.exclusive.is_some())
            }
            When::Unique => self.is_unique(conflict, values),
        }
    }

    /// Whether an entity among the values that a conflict speaks of has one holder, in the place that is among them.
    fn is_unique(&self, conflict: &Conflict, values: &Values) -> bool {
        conflict.same.iter().chain(&conflict.differ).filter_map(|slot| values.get(*slot)).any(|value| {
            self.entity(value).is_some_and(|entity| {
                let here = values.filled().any(|(_, value)| entity.unique_in.iter().any(|key| **key == *value.key));
                entity.unique && (entity.unique_in.is_empty() || here)
            })
        })
    }

    /// How known values bear on claimed ones that meet the condition of a conflict and agree with them where they must.
    pub(crate) fn bear(&self, conflict: &Conflict, claimed: &Values, known: &Values) -> Option<Bearing> {
        let slot = conflict.differ?;
        let (own, other) = (claimed.get(slot)?, known.get(slot)?);
        if self.are_compatible(slot, own, other) {
            return Some(Bearing::Supports);
        }
        let counts = match conflict.when {
            When::Always | When::Growing => self.are_comparable(conflict, slot, own, other),
            When::Exclusive => self.entity(own).zip(self.entity(other)).is_some_and(|(a, b)| self.exclude(a, b)),
            When::Unique => self.is_unique(conflict, known),
        };
        counts.then_some(Bearing::Contradicts)
    }

    /// The same of a conflict in which only the time differs at which something is said to hold.
    pub(crate) fn bear_in_time(
        &self,
        conflict: &Conflict,
        (claimed, here): (&Values, Frame),
        (known, there): (&Values, Frame),
    ) -> Option<Bearing> {
        let elsewhere = |slot: SlotId| {
            let both = claimed.get(slot).zip(known.get(slot));
            both.is_some_and(|(own, other)| !self.are_compatible(slot, own, other))
        };
        if self.relation.ids().any(elsewhere) {
            return None;
        }
        if here == there {
            return Some(Bearing::Supports);
        }
        let says_all = conflict.needs.iter().all(|slot| known.get(*slot).is_some());
        says_all.then_some(Bearing::Contradicts)
    }

    /// Whether two values can be held against each other: figures count the same, and days are so near that they are
    /// of one event.
    fn are_comparable(&self, conflict: &Conflict, slot: SlotId, a: &Value, b: &Value) -> bool {
        match self.like(slot) {
            Some(Like::Quantity) => figures(a, b).is_some(),
            Some(Like::Date) => a.day().zip(b.day()).is_some_and(|(a, b)| is_within(conflict, a, b)),
            _ => true,
        }
    }

    /// Whether two facts cannot both hold now, whoever says so and when. Of what may become more that is nothing to be said
    /// without the days on which it is counted.
    pub(crate) fn contradict(&self, a: &Values, b: &Values) -> bool {
        let same = |conflict: &Conflict| {
            let mut both = conflict.same.iter().map(|slot| (*slot, a.get(*slot).zip(b.get(*slot))));
            both.all(|(slot, both)| both.is_some_and(|(a, b)| self.agree(slot, a, b)))
        };
        let rival = |conflict: &Conflict| {
            self.are_enough(conflict, a)
                && self.are_enough(conflict, b)
                && self.applies(conflict, a)
                && same(conflict)
                && self.bear(conflict, a, b) == Some(Bearing::Contradicts)
        };
        self.relation.conflicts.iter().any(|conflict| conflict.when != When::Growing && rival(conflict))
    }
}

/// Two values as figures, if they count the same.
pub(crate) fn figures<'v>(a: &'v Value, b: &'v Value) -> Option<(&'v Measure, &'v Measure)> {
    a.figure().zip(b.figure()).filter(|(a, b)| a.counted == b.counted)
}

/// Whether two days lie no further apart than a conflict lets them.
pub(crate) fn is_within(conflict: &Conflict, a: Date, b: Date) -> bool {
    conflict.within.is_none_or(|within| (a - b).get_days().unsigned_abs() <= within)
}
