//! A fact base that remembers the names that it was asked for.
//!
//! Somebody called John is looked for among all Johns, and a draft names few people often: while it is written, the
//! same ones at each keystroke.

use super::base::{Base, Extent, Revision};
use super::error::BaseError;
use super::model::{Fact, KnownName};
use crate::pattern::{RelationId, SlotId};
use rustc_hash::FxHashMap as HashMap;
use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Answers that were given, the latest of them: those that were not wanted while `MOST` others were are forgotten, since
/// a name that is typed is a new one with each letter. At most twice as many are kept.
pub(super) struct Kept<K, V, const MOST: usize = 512> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K, V, const MOST: usize> Default for Kept<K, V, MOST> {
    fn default() -> Self {
        Kept { young: HashMap::default(), old: HashMap::default() }
    }
}

impl<K: Eq + Hash, V: Clone, const MOST: usize> Kept<K, V, MOST> {
    /// An answer that was given.
    pub(super) fn get<Q: Eq + Hash + ?Sized>(&mut self, asked: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(known) = self.young.get(asked) {
            return Some(known.clone());
        }
        let (asked, known) = self.old.remove_entry(asked)?;
        Some(self.keep(asked, known))
    }

    /// Keeps an answer.
    pub(super) fn keep(&mut self, asked: K, answer: V) -> V {
        if self.young.len() >= MOST {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(asked, answer.clone());
        answer
    }
}

/// A fact base that remembers the names that it was asked for.
pub struct Remembering<B> {
    base: B,
    alike: Answers<(RelationId, SlotId, String), Fact>,
    holding: Answers<(RelationId, SlotId, String), Fact>,
    near: Answers<String, KnownName>,
}

/// Answers that a base gave in one of its states.
struct Answers<K, T>(Mutex<(Revision, Answered<K, T>)>);

type Answered<K, T> = Kept<K, Arc<[Arc<T>]>>;

impl<B> Remembering<B> {
    /// A base that knows what `base` knows.
    pub fn new(base: B) -> Remembering<B> {
        Remembering { base, alike: Answers::default(), holding: Answers::default(), near: Answers::default() }
    }
}

impl<K, T> Default for Answers<K, T> {
    fn default() -> Self {
        Answers(Mutex::default())
    }
}

impl<K: Eq + Hash, T> Answers<K, T> {
    /// What was answered before in this state, or is now; that a base cannot answer is not remembered.
    fn remember(
        &self,
        revision: Revision,
        asked: K,
        ask: impl FnOnce(&K) -> Result<Arc<[Arc<T>]>, BaseError>,
    ) -> Result<Arc<[Arc<T>]>, BaseError> {
        if let Some(known) = self.of(revision).1.get(&asked) {
            return Ok(known);
        }
        let answer = ask(&asked)?;
        Ok(self.of(revision).1.keep(asked, answer))
    }

    /// The answers in a state; those of another one are forgotten.
    fn of(&self, revision: Revision) -> MutexGuard<'_, (Revision, Answered<K, T>)> {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.0 != revision {
            *answers = (revision, Kept::default());
        }
        answers
    }
}

impl<B: Base> Base for Remembering<B> {
    fn facts(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Vec<Arc<Fact>>, BaseError> {
        self.base.facts(relation, slot, key)
    }

    fn names(&self, word: &str) -> Result<Vec<Arc<KnownName>>, BaseError> {
        self.base.names(word)
    }

    fn alike(&self, relation: RelationId, slot: SlotId, name: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        let asked = (relation, slot, name.to_owned());
        self.alike.remember(self.revision(), asked, |_| self.base.alike(relation, slot, name))
    }

    fn holding(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        let asked = (relation, slot, key.to_owned());
        self.holding.remember(self.revision(), asked, |_| self.base.holding(relation, slot, key))
    }

    fn count(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<usize, BaseError> {
        self.base.count(relation, slot, key)
    }

    fn near_names(&self, name: &str) -> Result<Arc<[Arc<KnownName>]>, BaseError> {
        self.near.remember(self.revision(), name.to_owned(), |name| self.base.near_names(name))
    }

    fn all(&self) -> Result<Vec<Arc<Fact>>, BaseError> {
        self.base.all()
    }

    fn holds(&self, words: u64) -> Result<bool, BaseError> {
        self.base.holds(words)
    }

    fn extent(&self) -> Extent {
        self.base.extent()
    }

    fn revision(&self) -> Revision {
        self.base.revision()
    }
}
