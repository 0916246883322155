//! What packs mean, all of them together.

use super::expression::Expression;
use super::facts::Facts;
use super::grammar::{Class, Grammar};
use super::lexicon::{EntityId, Lexicon, parts};
use super::place::Place;
use super::rules::{HouseForm, Rules};
use crate::image::{Names, Table};
use crate::pattern::{ClassId, KindId, Pattern, Program, RelationId, SlotId, Vocabulary, WordId};
use crate::text::{Language, Source, Span, fold};
use std::sync::Arc;

/// The name that a conflict uses for the mood of a claim, in the place of a slot.
pub const ANY_MOOD: &str = "mood";

/// Every pack that is loaded, linked and compiled. Immutable; shared between threads.
#[derive(Debug, Default)]
pub struct Packs {
    /// The sources of the packs, in the order of loading.
    pub sources: Vec<Arc<Source>>,
    /// The tables of facts that packs name, in their order.
    pub tables: Vec<Arc<Source>>,
    /// Those of the sources that decide how articles are read; the others hold facts and rules alone.
    pub reading: Vec<Arc<Source>>,
    /// What reading needs of the language.
    pub language: Language,
    /// What extraction needs of the language.
    pub grammar: Grammar,
    /// The words that matter.
    pub vocabulary: Vocabulary,
    /// The names of entities.
    pub lexicon: Lexicon,
    /// The patterns of all relations.
    pub program: Program,
    /// Kinds; a [`KindId`] is an index.
    pub kinds: Vec<Kind>,
    /// Known entities; an [`EntityId`] is an index.
    pub entities: Table<Entity>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Facts as they are stated.
    pub facts: Facts,
    /// Rules.
    pub rules: Rules,
    /// Spellings that the project has chosen, for the rules of the kind `consistency`.
    pub house: Vec<HouseForm>,
    /// The names of closed kinds, for near-misses.
    pub closed: Table<ClosedName>,
    /// Declared names of kinds that are read as names: the folded form, with the entities that declare it, the last one
    /// being the one to use.
    pub aliases: Names,
}

/// A name of a closed kind.
#[derive(Debug, Clone)]
pub struct ClosedName {
    /// The entity that bears it.
    pub entity: EntityId,
    /// Its kind.
    pub kind: KindId,
    /// The name.
    pub form: Arc<str>,
    /// The folded name.
    pub key: String,
    /// Whether it is a short one in capitals.
    pub acronym: bool,
}

/// How a kind is read.
#[derive(Debug, Clone)]
pub enum Like {
    /// Names of people: capitalised runs, resolved inside the article.
    Name,
    /// Entities of the packs.
    Entity,
    /// What a regular expression matches from the start of a token.
    Regex(Expression),
    /// Dates.
    Date,
    /// Figures with their unit.
    Quantity,
    /// Quotations.
    Quotation,
}

impl Like {
    /// The word that packs use.
    pub fn word(&self) -> &'static str {
        match self {
            Like::Name => "name",
            Like::Entity => "entity",
            Like::Regex(_) => "regex",
            Like::Date => "date",
            Like::Quantity => "quantity",
            Like::Quotation => "quotation",
        }
    }
}

/// A kind of entity.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// How it is read.
    pub like: Like,
    /// Whether all its names are known.
    pub closed: bool,
    /// Whether its names are written without capitals too.
    pub free_case: bool,
    /// How many entities of it there are.
    pub entities: usize,
}

/// A known entity.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its kind.
    pub kind: KindId,
    /// What it is called in messages.
    pub name: String,
    /// The folded name, by which facts know it.
    pub key: String,
    /// Every spelled form, the name first.
    pub forms: Vec<String>,
    /// Adjectives that stand for it.
    pub adjectives: Vec<String>,
    /// The group of which a person holds one in one place.
    pub exclusive: Option<String>,
    /// Whether one person holds it in one place.
    pub unique: bool,
    /// The keys of places where that is so, when not everywhere.
    pub unique_in: Vec<String>,
    /// Keys of broader entities, all the way up.
    pub is_a: Vec<String>,
    /// Where it is declared.
    pub place: Place,
}

impl Entity {
    /// Whether these words are an adjective that stands for it.
    pub fn is_adjective(&self, written: &str) -> bool {
        let folded = fold::fold_phrase(written);
        self.adjectives.iter().any(|adjective| fold::fold_phrase(adjective) == folded)
    }
}

/// A sort of claim.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// Whether it happens once; else it is a state that holds in time.
    pub event: bool,
    /// Whether its claims are quotations with those who say them.
    pub speech: bool,
    /// How a claim of it is said as a sentence, with slots in braces.
    pub says: Option<String>,
    /// Its slots, in the order of their names.
    pub slots: Vec<Slot>,
    /// Its patterns, then its descriptions.
    pub patterns: Vec<Pattern>,
    /// Where each of its patterns stands, in their order.
    pub pattern_places: Vec<(Arc<Source>, Span)>,
    /// Its conflicts, in the order of the pack.
    pub conflicts: Vec<Conflict>,
}

impl Relation {
    /// The slot of a name.
    pub fn slot_named(&self, name: &str) -> Option<SlotId> {
        self.slots.iter().position(|slot| slot.name == name).map(SlotId::at)
    }

    /// A slot.
    pub fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.slots.get(usize::from(id.0))
    }

    /// The ids of its slots, in order.
    pub fn ids(&self) -> impl Iterator<Item = SlotId> + use<> {
        (0..self.slots.len()).map(SlotId::at)
    }

    /// Its slots with their ids.
    pub fn numbered(&self) -> impl Iterator<Item = (SlotId, &Slot)> {
        (0..).map(SlotId).zip(&self.slots)
    }
}

/// A slot of a relation.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// The kinds it takes.
    pub kinds: Vec<KindId>,
}

/// When values that differ conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// When both are of one exclusive group.
    Exclusive,
    /// When one person holds it at a time.
    Unique,
    /// When the later figure is lower, or both are of one date: what is counted may become more.
    Growing,
}

/// A functional dependency of a relation.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Numbers of the slots in which claim and fact agree.
    pub same: Vec<SlotId>,
    /// Number of the slot in which they differ; nothing means the mood.
    pub differ: Option<SlotId>,
    /// When it counts.
    pub when: When,
    /// So many days may lie between two days that differ, or between the texts that give two figures; nothing means that
    /// time is of no account.
    pub within: Option<u32>,
    /// Numbers of the slots that the message names of the fact: one that lacks them is no rival.
    pub needs: Vec<SlotId>,
    /// What is said.
    pub message: String,
}

impl Packs {
    /// The words of a phrase, which are known from here on.
    pub fn intern(&mut self, phrase: &str) -> Vec<WordId> {
        self.language.words(phrase).into_iter().map(|word| self.vocabulary.intern(&fold::fold(word))).collect()
    }

    /// A kind.
    pub fn kind(&self, id: KindId) -> Option<&Kind> {
        self.kinds.get(usize::from(id.0))
    }

    /// A relation.
    pub fn relation(&self, id: RelationId) -> Option<&Relation> {
        self.relations.get(usize::from(id.0))
    }

    pub(super) fn relation_mut(&mut self, id: RelationId) -> Option<&mut Relation> {
        self.relations.get_mut(usize::from(id.0))
    }

    /// The relation of a name.
    pub fn relation_named(&self, name: &str) -> Option<RelationId> {
        self.relations.iter().position(|relation| relation.name == name).map(RelationId::at)
    }

    /// The relations with their ids.
    pub fn numbered_relations(&self) -> impl Iterator<Item = (RelationId, &Relation)> {
        (0..).map(RelationId).zip(&self.relations)
    }

    /// A slot of a relation.
    pub fn slot(&self, relation: RelationId, slot: SlotId) -> Option<&Slot> {
        self.relation(relation)?.slot(slot)
    }

    /// An entity.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }

    /// An entity of one of the kinds by its folded name.
    pub fn entity_by_key(&self, kinds: &[KindId], key: &str) -> Option<&Entity> {
        self.entity(self.entity_id(kinds, key)?)
    }

    /// The same by its number.
    pub(super) fn entity_id(&self, kinds: &[KindId], key: &str) -> Option<EntityId> {
        let of_kinds = |id: &EntityId| self.entity(*id).is_some_and(|entity| kinds.contains(&entity.kind));
        self.lexicon.by_key(key).find(of_kinds)
    }

    /// The entities that a form may stand for, in order: those of whose forms or adjectives one has the same words.
    pub fn called(&self, form: &str) -> Vec<EntityId> {
        let word = |(part, mark): (&str, Option<char>)| match mark {
            Some(_) => Some(None),
            None => self.vocabulary.get(&fold::fold(part)).map(Some),
        };
        let words: Option<Vec<Option<WordId>>> = parts(form, &self.language).into_iter().map(word).collect();
        let words = words.unwrap_or_default();
        let terms = words.first().copied().flatten().map(|first| self.lexicon.starting(first)).unwrap_or_default();
        let declared = terms.iter().filter(|term| term.words == words).map(|term| term.entity);
        let mut called: Vec<EntityId> =
            declared.chain(self.aliases.get(&fold::fold_phrase(form)).map(EntityId)).collect();
        called.sort_unstable();
        called.dedup();
        called
    }

    /// The entity that a declared name of somebody stands for, by the folded name.
    pub fn alias(&self, key: &str) -> Option<EntityId> {
        self.aliases.get(key).last().map(EntityId)
    }

    /// A hash of everything that decides how articles are read.
    pub fn reading_hash(&self) -> u64 {
        fold::mix(self.reading.iter().map(|source| fold::stable_hash(&[source.text()])))
    }

    /// Whether all names that a slot of a relation may hold are known.
    pub fn is_closed(&self, relation: RelationId, slot: SlotId) -> bool {
        let slot = self.slot(relation, slot);
        slot.is_some_and(|slot| slot.kinds.iter().filter_map(|kind| self.kind(*kind)).all(|kind| kind.closed))
    }

    /// How many entities a slot of a relation may hold.
    pub fn count_of(&self, relation: RelationId, slot: SlotId) -> usize {
        let slot = self.slot(relation, slot);
        let kinds = slot.map(|slot| slot.kinds.as_slice()).unwrap_or_default();
        kinds.iter().filter_map(|kind| self.kind(*kind)).map(|kind| kind.entities).sum()
    }

    /// The first mood word of a time; the present needs none.
    pub fn mood(&self, frame: super::Frame) -> &str {
        let first = self.grammar.moods.iter().find(|mood| mood.frame == frame);
        first.filter(|_| frame != super::Frame::Present).map_or("", |mood| &mood.name)
    }

    /// Whether a slot of a relation holds names of people.
    pub fn is_named(&self, relation: RelationId, slot: SlotId) -> bool {
        let slot = self.slot(relation, slot);
        slot.is_some_and(|slot| {
            slot.kinds.iter().any(|kind| self.kind(*kind).is_some_and(|kind| matches!(kind.like, Like::Name)))
        })
    }

    /// The name of a word class.
    pub fn class(&self, id: ClassId) -> Option<&Class> {
        self.grammar.classes.get(usize::from(id.0))
    }
}
