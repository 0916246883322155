//! Facts as packs state them, found by their words.

use super::place::Place;
use crate::image::{Names, Numbers, Table};
use crate::pattern::{RelationId, SlotId};
use crate::text::{Date, Language, Span, fold};
use std::collections::BTreeSet;

/// A fact that is stated slot by slot.
#[derive(Debug, Clone)]
pub struct StatedSlots {
    /// The number of the relation.
    pub relation: RelationId,
    /// Slot numbers with their text and its place.
    pub slots: Vec<(SlotId, String, Span)>,
}

/// A fact as a pack states it; reading it is the business of extraction.
#[derive(Debug, Clone)]
pub struct StatedFact {
    /// The sentence, or the slots of a relation.
    pub says: Option<(String, Span)>,
    /// The sentence that it rules out.
    pub not: Option<(String, Span)>,
    /// The form without a sentence.
    pub slots: Option<StatedSlots>,
    /// From when it holds.
    pub since: Option<Date>,
    /// Until when it holds.
    pub until: Option<Date>,
    /// Where it is from.
    pub from: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// Facts in the order of their packs, which know the words that each holds.
#[derive(Debug, Default)]
pub struct Facts {
    pub(super) all: Table<StatedFact>,
    /// By each word of a fact, and its bones, the numbers of the facts that hold it.
    pub(super) words: Names,
    /// So many of them were read before and are free of mistakes.
    pub(super) sound: usize,
}

impl Facts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A fact by its number.
    pub fn get(&self, number: usize) -> Option<&StatedFact> {
        self.all.get(number)
    }

    /// Every fact.
    pub fn iter(&self) -> impl Iterator<Item = &StatedFact> {
        self.all.iter()
    }

    /// The facts that nobody has read yet to see whether they can be, with their numbers.
    pub fn untried(&self) -> impl Iterator<Item = (usize, &StatedFact)> {
        (self.sound..).zip(self.all.from(self.sound))
    }

    /// The numbers of the facts that hold a word, or its bones.
    pub fn with(&self, word: &str) -> Numbers<'_> {
        self.words.get(word)
    }

    /// Adds a fact.
    pub(super) fn add(&mut self, fact: StatedFact, language: &Language) {
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let slots = fact.slots.iter().flat_map(|slots| slots.slots.iter().map(|(_, text, _)| text));
        let texts = fact.says.iter().chain(&fact.not).map(|(text, _)| text).chain(slots);
        let words = texts.flat_map(|text| language.words(text));
        let words = words.map(|word| fold::fold(word.trim_matches(|c: char| !c.is_alphanumeric())));
        let words: BTreeSet<String> = words.flat_map(|word| [fold::skeleton(&word), word]).collect();
        words.iter().for_each(|word| self.words.add(word, number));
        self.all.push(fact);
    }
}
