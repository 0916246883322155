//! What checking asks of a fact base.

use super::memory::handles;
use super::model::{Fact, KnownName};
use crate::claim::{Likeness, compare, may_be_slip};
use crate::text::Date;
use rustc_hash::FxHashSet as HashSet;
use std::sync::Arc;
use strsim::osa_distance;

/// How much a fact base holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// How many articles it was made of.
    pub articles: usize,
    /// How many facts packs state.
    pub stated: usize,
    /// The date of its newest article.
    pub newest: Option<Date>,
}

/// A fact base: it is asked by claim.
pub trait Facts: Send + Sync {
    /// The facts of a relation whose slot holds this value. A person's name is asked for by any word of it that begins
    /// or ends it, or by the skeleton of its last word.
    fn facts(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Fact>>;
    /// The names that begin or end with this folded word.
    fn names(&self, word: &str) -> Vec<Arc<KnownName>>;
    /// The facts of a relation whose slot holds a person's name that may be this one (see [`compare`]).
    fn alike(&self, relation: usize, slot: usize, name: &str) -> Arc<[Arc<Fact>]> {
        let mut seen: HashSet<*const Fact> = HashSet::default();
        let handles = handles(name);
        let found = handles.iter().flat_map(|handle| self.facts(relation, slot, handle));
        let same = |fact: &Fact| fact.value(slot).is_some_and(|value| compare(name, &value.key) != Likeness::Different);
        found.filter(|fact| same(fact) && seen.insert(Arc::as_ptr(fact))).collect()
    }
    /// The facts of a relation whose slot holds an entity.
    fn holding(&self, relation: usize, slot: usize, key: &str) -> Arc<[Arc<Fact>]> {
        self.facts(relation, slot, key).into()
    }
    /// How many facts of a relation hold an entity in a slot.
    fn count(&self, relation: usize, slot: usize, key: &str) -> usize {
        self.facts(relation, slot, key).len()
    }
    /// The names that share the first or the last word with this one and are no more than a slip away (a letter more,
    /// less, other, or two letters swapped), itself among them.
    fn near_names(&self, name: &str) -> Arc<[Arc<KnownName>]> {
        let (first, last) = (name.split(' ').next().unwrap_or(name), name.rsplit(' ').next().unwrap_or(name));
        let found = [last, first].into_iter().flat_map(|word| self.names(word));
        found.filter(|known| is_near(&known.key, name)).collect()
    }
    /// Every fact, in the order of relation and values.
    fn all(&self) -> Vec<Arc<Fact>>;
    /// How much it holds.
    fn extent(&self) -> Extent;
    /// What went wrong in a look-up, if anything ever did: then answers were left out, and what was asked means nothing.
    fn failure(&self) -> Option<String> {
        None
    }
}

/// Whether two names are at most a slip apart.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    may_be_slip(a, b) && osa_distance(a, b) <= 1
}

/// Two fact bases asked as one: what packs state and what a corpus says.
pub struct Both<A, B>(pub A, pub B);

fn both<T>(a: &[Arc<T>], b: &[Arc<T>]) -> Arc<[Arc<T>]> {
    a.iter().chain(b).cloned().collect()
}

impl<A: Facts, B: Facts> Facts for Both<A, B> {
    fn facts(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Fact>> {
        let mut all = self.0.facts(relation, slot, key);
        all.extend(self.1.facts(relation, slot, key));
        all
    }

    fn names(&self, word: &str) -> Vec<Arc<KnownName>> {
        let mut all = self.0.names(word);
        all.extend(self.1.names(word));
        all
    }

    fn alike(&self, relation: usize, slot: usize, name: &str) -> Arc<[Arc<Fact>]> {
        both(&self.0.alike(relation, slot, name), &self.1.alike(relation, slot, name))
    }

    fn holding(&self, relation: usize, slot: usize, key: &str) -> Arc<[Arc<Fact>]> {
        both(&self.0.holding(relation, slot, key), &self.1.holding(relation, slot, key))
    }

    fn count(&self, relation: usize, slot: usize, key: &str) -> usize {
        self.0.count(relation, slot, key) + self.1.count(relation, slot, key)
    }

    fn near_names(&self, name: &str) -> Arc<[Arc<KnownName>]> {
        both(&self.0.near_names(name), &self.1.near_names(name))
    }

    fn all(&self) -> Vec<Arc<Fact>> {
        let mut all = self.0.all();
        all.extend(self.1.all());
        all
    }

    fn extent(&self) -> Extent {
        let (a, b) = (self.0.extent(), self.1.extent());
        Extent { articles: a.articles + b.articles, stated: a.stated + b.stated, newest: a.newest.max(b.newest) }
    }

    fn failure(&self) -> Option<String> {
        self.0.failure().or_else(|| self.1.failure())
    }
}

impl<T: Facts + ?Sized> Facts for Arc<T> {
    fn facts(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Fact>> {
        (**self).facts(relation, slot, key)
    }

    fn names(&self, word: &str) -> Vec<Arc<KnownName>> {
        (**self).names(word)
    }

    fn alike(&self, relation: usize, slot: usize, name: &str) -> Arc<[Arc<Fact>]> {
        (**self).alike(relation, slot, name)
    }

    fn holding(&self, relation: usize, slot: usize, key: &str) -> Arc<[Arc<Fact>]> {
        (**self).holding(relation, slot, key)
    }

    fn count(&self, relation: usize, slot: usize, key: &str) -> usize {
        (**self).count(relation, slot, key)
    }

    fn near_names(&self, name: &str) -> Arc<[Arc<KnownName>]> {
        (**self).near_names(name)
    }

    fn all(&self) -> Vec<Arc<Fact>> {
        (**self).all()
    }

    fn extent(&self) -> Extent {
        (**self).extent()
    }

    fn failure(&self) -> Option<String> {
        (**self).failure()
    }
}

impl<T: Facts + ?Sized> Facts for Box<T> {
    fn facts(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Fact>> {
        (**self).facts(relation, slot, key)
    }

    fn names(&self, word: &str) -> Vec<Arc<KnownName>> {
        (**self).names(word)
    }

    fn alike(&self, relation: usize, slot: usize, name: &str) -> Arc<[Arc<Fact>]> {
        (**self).alike(relation, slot, name)
    }

    fn holding(&self, relation: usize, slot: usize, key: &str) -> Arc<[Arc<Fact>]> {
        (**self).holding(relation, slot, key)
    }

    fn count(&self, relation: usize, slot: usize, key: &str) -> usize {
        (**self).count(relation, slot, key)
    }

    fn near_names(&self, name: &str) -> Arc<[Arc<KnownName>]> {
        (**self).near_names(name)
    }

    fn all(&self) -> Vec<Arc<Fact>> {
        (**self).all()
    }

    fn extent(&self) -> Extent {
        (**self).extent()
    }

    fn failure(&self) -> Option<String> {
        (**self).failure()
    }
}

/// Why a base cannot be asked.
#[derive(Debug, Clone)]
pub struct BaseError(pub String);

impl std::fmt::Display for BaseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BaseError {}
