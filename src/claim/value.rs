//! What a slot holds, typed: nothing of it is read again from its words.

use super::figure::Measure;
use crate::pack::EntityId;
use crate::pattern::SlotId;
use crate::text::Date;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A known entity of which an unknown name may be a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The entity that is a slip away.
    pub entity: EntityId,
    /// Its form that is a slip away.
    pub form: Arc<str>,
    /// Whether the slip alone says too little, as with another letter in a short acronym.
    pub loose: bool,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A declared entity.
    Entity(EntityId),
    /// A name or term that no pack declares.
    Name,
    /// A surname alone, which the article never gives in full.
    Surname,
    /// A name of a closed kind that nobody knows, one slip away from these.
    Near(Vec<Near>),
    /// A figure.
    Figure(Measure),
    /// A day.
    Day(Date),
    /// Words in quotation marks.
    Words,
}

/// What fills a slot, as claims and facts know it. The numbers of a figure are finite, so that each value equals itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// By which values are looked up and compared: a folded name, folded words, a figure or a day written in one way.
    pub key: Arc<str>,
    /// As it is shown.
    pub label: Arc<str>,
    /// What it is.
    pub meaning: Meaning,
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.key, &self.label).hash(state);
    }
}

impl Value {
    /// A name that is no declared entity.
    pub fn named(key: impl Into<Arc<str>>, label: impl Into<Arc<str>>) -> Value {
        Value { key: key.into(), label: label.into(), meaning: Meaning::Name }
    }

    /// A declared entity, by its key and a name to show.
    pub fn entity_of(id: EntityId, key: impl Into<Arc<str>>, label: impl Into<Arc<str>>) -> Value {
        Value { meaning: Meaning::Entity(id), ..Value::named(key, label) }
    }

    /// Words in quotation marks, by their folded form.
    pub fn words_of(key: impl Into<Arc<str>>, label: impl Into<Arc<str>>) -> Value {
        Value { meaning: Meaning::Words, ..Value::named(key, label) }
    }

    /// A figure, shown as it is written.
    pub fn figure_of(measure: Measure, label: impl Into<Arc<str>>) -> Value {
        Value { key: measure.key().into(), label: label.into(), meaning: Meaning::Figure(measure) }
    }

    /// A day, shown as it is written.
    pub fn day_of(day: Date, label: impl Into<Arc<str>>) -> Value {
        Value { key: day.to_string().into(), label: label.into(), meaning: Meaning::Day(day) }
    }

    /// The declared entity, where it is one.
    pub fn entity(&self) -> Option<EntityId> {
        match self.meaning {
            Meaning::Entity(id) => Some(id),
            _ => None,
        }
    }

    /// The known entities that an unknown name may be a slip of.
    pub fn near(&self) -> &[Near] {
        match &self.meaning {
            Meaning::Near(near) => near,
            _ => &[],
        }
    }

    /// A surname alone.
    pub fn surname_of(key: impl Into<Arc<str>>, label: impl Into<Arc<str>>) -> Value {
        Value { meaning: Meaning::Surname, ..Value::named(key, label) }
    }

    /// Whether it is a surname alone.
    pub fn is_surname(&self) -> bool {
        self.meaning == Meaning::Surname
    }

    /// The figure, where it is one.
    pub fn figure(&self) -> Option<&Measure> {
        match &self.meaning {
            Meaning::Figure(measure) => Some(measure),
            _ => None,
        }
    }

    /// The day, where it is one.
    pub fn day(&self) -> Option<Date> {
        match self.meaning {
            Meaning::Day(day) => Some(day),
            _ => None,
        }
    }
}

/// The values of a relation's slots.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values(Vec<Option<Value>>);

impl Values {
    /// Those that a function gives for the slots of a relation that has so many.
    pub fn of(slots: usize, value: impl Fn(SlotId) -> Option<Value>) -> Values {
        Values((0..slots).map(SlotId::at).map(value).collect())
    }

    /// The value of a slot.
    pub fn get(&self, slot: SlotId) -> Option<&Value> {
        self.0.get(usize::from(slot.0)).and_then(Option::as_ref)
    }

    /// Sets the value of a slot; a relation has no others than those it was made for.
    pub fn set(&mut self, slot: SlotId, value: Value) {
        if let Some(place) = self.0.get_mut(usize::from(slot.0)) {
            *place = Some(value);
        }
    }

    /// The slots that hold a value, in order.
    pub fn filled(&self) -> impl Iterator<Item = (SlotId, &Value)> {
        (0..).map(SlotId).zip(&self.0).filter_map(|(slot, value)| Some((slot, value.as_ref()?)))
    }

    /// The value of each slot, in order.
    pub fn each(&self) -> impl Iterator<Item = Option<&Value>> {
        self.0.iter().map(Option::as_ref)
    }
}
