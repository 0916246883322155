//! What was found out of a draft, for its next version: while somebody types, most claims and names stay as they are, and
//! what is known of them is looked for once.
//!
//! The invariant: with a memory and without one a check comes to the same. What is kept hangs on nothing but its key, the
//! article that it is about (see [`about`]), the packs and the base.

use crate::fact::{ArticleKey, Base, BaseError, Revision};
use crate::text::{Date, fold};
use rustc_hash::FxHashMap as HashMap;
use std::any::{Any, TypeId};
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What one desk found out of the versions of one text.
#[derive(Default)]
pub struct Memory(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    /// The state of the base.
    of: Revision,
    /// Answers by what was asked, a list for each kind of question.
    lists: HashMap<TypeId, Box<dyn Turning>>,
}

/// Answers that the last check or this one asked for, with the article that they are about.
struct Lasting<K, V> {
    now: HashMap<(u64, K), V>,
    last: HashMap<(u64, K), V>,
}

/// Answers of which those are forgotten that two checks did not ask for.
trait Turning: Any + Send {
    fn turn(&mut self);
}

impl<K: Eq + Hash + Send + 'static, V: Send + 'static> Turning for Lasting<K, V> {
    fn turn(&mut self) {
        self.last = std::mem::take(&mut self.now);
    }
}

impl Memory {
    /// Begins a check against a base.
    pub(crate) fn turn(&self, base: &dyn Base) {
        let mut remembered = self.open();
        let revision = base.revision();
        if remembered.of != revision {
            *remembered = Remembered { of: revision, ..Remembered::default() };
        }
        remembered.lists.values_mut().for_each(|list| list.turn());
    }

    /// What was found out for a key, or is now; that a base cannot answer is not remembered.
    pub(super) fn recall<K, V>(
        &self,
        about: u64,
        key: K,
        find: impl FnOnce(&K) -> Result<V, BaseError>,
    ) -> Result<V, BaseError>
    where
        K: Eq + Hash + Send + 'static,
        V: Clone + Send + 'static,
    {
        let key = (about, key);
        if let Some(known) = self.open().list::<K, V>().and_then(|list| list.get(&key)) {
            return Ok(known);
        }
        let found = find(&key.1)?;
        if let Some(list) = self.open().list::<K, V>() {
            list.now.insert(key, found.clone());
        }
        Ok(found)
    }

    fn open(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Remembered {
    /// The answers to one kind of question. Its key has one kind of answer.
    fn list<K, V>(&mut self) -> Option<&mut Lasting<K, V>>
    where
        K: Eq + Hash + Send + 'static,
        V: Send + 'static,
    {
        let new = || Box::new(Lasting::<K, V> { now: HashMap::default(), last: HashMap::default() });
        let list: &mut dyn Any = &mut **self.lists.entry(TypeId::of::<K>()).or_insert_with(|| new());
        list.downcast_mut()
    }
}

impl<K: Eq + Hash, V: Clone> Lasting<K, V> {
    fn get(&mut self, key: &(u64, K)) -> Option<V> {
        if let Some(known) = self.now.get(key) {
            return Some(known.clone());
        }
        let (key, known) = self.last.remove_entry(key)?;
        self.now.insert(key, known.clone());
        Some(known)
    }
}

/// What answers about an article hang on beside its words: which one it is, and its date. Its words count only where the
/// base holds an article of the same, which is barred from judging it.
///
/// # Errors
/// A base that cannot be asked says why.
pub(crate) fn about(key: &ArticleKey, date: Option<Date>, base: &dyn Base) -> Result<u64, BaseError> {
    let copied = if base.holds(key.hash)? { key.hash } else { 0 };
    let date = date.map(|date| date.to_string()).unwrap_or_default();
    let place = fold::stable_hash(&[&key.path, &key.number.to_string(), &date]);
    Ok(fold::mix([place, copied]))
}
