//! A fact base that remembers the names that it was asked for.
//!
//! Somebody called John is looked for among all Johns, and a draft names few people often: while it is written, the
//! same ones at each keystroke.

use super::base::{Extent, Facts};
use super::model::{Fact, KnownName};
use rustc_hash::FxHashMap as HashMap;
use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

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
pub struct Remembering<F> {
    base: F,
    alike: Answers<(usize, usize, String), Fact>,
    holding: Answers<(usize, usize, String), Fact>,
    near: Answers<String, KnownName>,
}

/// Answers that were given.
type Answers<K, T> = Mutex<Kept<K, Arc<[Arc<T>]>>>;

impl<F> Remembering<F> {
    /// A base that knows what `base` knows.
    pub fn new(base: F) -> Remembering<F> {
        Remembering { base, alike: Mutex::default(), holding: Mutex::default(), near: Mutex::default() }
    }
}

fn remember<K: Eq + Hash, T>(
    answers: &Answers<K, T>,
    asked: K,
    ask: impl FnOnce(&K) -> Arc<[Arc<T>]>,
) -> Arc<[Arc<T>]> {
    let lock = || answers.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().get(&asked) {
        return known;
    }
    let answer = ask(&asked);
    lock().keep(asked, answer)
}

impl<F: Facts> Facts for Remembering<F> {
    fn facts(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Fact>> {
        self.base.facts(relation, slot, key)
    }

    fn names(&self, word: &str) -> Vec<Arc<KnownName>> {
        self.base.names(word)
    }

    fn alike(&self, relation: usize, slot: usize, name: &str) -> Arc<[Arc<Fact>]> {
        remember(&self.alike, (relation, slot, name.to_owned()), |_| self.base.alike(relation, slot, name))
    }

    fn holding(&self, relation: usize, slot: usize, key: &str) -> Arc<[Arc<Fact>]> {
        remember(&self.holding, (relation, slot, key.to_owned()), |_| self.base.holding(relation, slot, key))
    }

    fn count(&self, relation: usize, slot: usize, key: &str) -> usize {
        self.base.count(relation, slot, key)
    }

    fn near_names(&self, name: &str) -> Arc<[Arc<KnownName>]> {
        remember(&self.near, name.to_owned(), |name| self.base.near_names(name))
    }

    fn all(&self) -> Vec<Arc<Fact>> {
        self.base.all()
    }

    fn extent(&self) -> Extent {
        self.base.extent()
    }

    fn failure(&self) -> Option<String> {
        self.base.failure()
    }
}
