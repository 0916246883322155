//! What checking asks of a fact base.

use super::error::BaseError;
use super::model::{Fact, KnownName};
use crate::claim::{Likeness, Parts, compare, handles, slips};
use crate::pattern::{RelationId, SlotId};
use crate::text::Date;
use rustc_hash::FxHashSet as HashSet;
use std::ops::Deref;
use std::sync::Arc;

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

/// A state of a fact base: while it is the same, so are its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Revision(pub u64);

/// A fact base: it is asked by claim, and answers or says why it cannot. That nothing is known is an answer.
pub trait Base: Send + Sync {
    /// The facts of a relation whose slot holds this value. A person's name is asked for by any word of it that begins
    /// or ends it, or by the skeleton of its last word.
    ///
    /// # Errors
    /// A base that cannot be asked says why, as in every look-up.
    fn facts(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Vec<Arc<Fact>>, BaseError>;
    /// The names that begin or end with this folded word.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    fn names(&self, word: &str) -> Result<Vec<Arc<KnownName>>, BaseError>;
    /// The facts of a relation whose slot holds a person's name that may be this one (see [`compare`]).
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    fn alike(&self, relation: RelationId, slot: SlotId, name: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        let mut seen: HashSet<*const Fact> = HashSet::default();
        let same = |fact: &Fact| fact.value(slot).is_some_and(|value| compare(name, &value.key) != Likeness::Different);
        let mut alike = Vec::new();
        for handle in handles(name) {
            let found = self.facts(relation, slot, &handle)?.into_iter();
            alike.extend(found.filter(|fact| same(fact) && seen.insert(Arc::as_ptr(fact))));
        }
        Ok(alike.into())
    }
    /// The facts of a relation whose slot holds an entity.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    fn holding(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        Ok(self.facts(relation, slot, key)?.into())
    }
    /// How many facts of a relation hold an entity in a slot.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    fn count(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<usize, BaseError> {
        Ok(self.facts(relation, slot, key)?.len())
    }
    /// The names that share the first or the last word with this one and are no more than a slip away (a letter more,
    /// less, other, or two letters swapped), itself among them.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    fn near_names(&self, name: &str) -> Result<Arc<[Arc<KnownName>]>, BaseError> {
        let mut near = Vec::new();
        for word in ends(name) {
            near.extend(self.names(word)?.into_iter().filter(|known| is_near(&known.key, name)));
        }
        Ok(near.into())
    }
    /// Every fact, in the order of relation and values.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    fn all(&self) -> Result<Vec<Arc<Fact>>, BaseError>;
    /// Whether it holds an article of just these words, by [`ArticleReading::hash`](crate::claim::ArticleReading::hash).
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    fn holds(&self, words: u64) -> Result<bool, BaseError>;
    /// How much it holds, which is known since it was opened or last asked.
    fn extent(&self) -> Extent;
    /// Its state, for those who remember its answers. Most bases never change.
    fn revision(&self) -> Revision {
        Revision::default()
    }
}

/// The last and the first word of a name, by which those near it are found.
pub(super) fn ends(name: &str) -> [&str; 2] {
    let parts = Parts::of(name);
    [parts.surname, parts.first()]
}

/// Two names may be spellings or slips of one where they are so many slips apart at most.
const NEAR: usize = 1;

/// Whether two names are at most a slip apart.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    slips(a, b, NEAR).is_some()
}

/// Two fact bases asked as one: what packs state and what a corpus says.
pub struct Both<A, B>(pub A, pub B);

fn both<T>(a: &[Arc<T>], b: &[Arc<T>]) -> Arc<[Arc<T>]> {
    a.iter().chain(b).cloned().collect()
}

impl<A: Base, B: Base> Base for Both<A, B> {
    fn facts(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Vec<Arc<Fact>>, BaseError> {
        let mut all = self.0.facts(relation, slot, key)?;
        all.extend(self.1.facts(relation, slot, key)?);
        Ok(all)
    }

    fn names(&self, word: &str) -> Result<Vec<Arc<KnownName>>, BaseError> {
        let mut all = self.0.names(word)?;
        all.extend(self.1.names(word)?);
        Ok(all)
    }

    fn alike(&self, relation: RelationId, slot: SlotId, name: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        Ok(both(&self.0.alike(relation, slot, name)?, &self.1.alike(relation, slot, name)?))
    }

    fn holding(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        Ok(both(&self.0.holding(relation, slot, key)?, &self.1.holding(relation, slot, key)?))
    }

    fn count(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<usize, BaseError> {
        Ok(self.0.count(relation, slot, key)? + self.1.count(relation, slot, key)?)
    }

    fn near_names(&self, name: &str) -> Result<Arc<[Arc<KnownName>]>, BaseError> {
        Ok(both(&self.0.near_names(name)?, &self.1.near_names(name)?))
    }

    fn all(&self) -> Result<Vec<Arc<Fact>>, BaseError> {
        let mut all = self.0.all()?;
        all.extend(self.1.all()?);
        Ok(all)
    }

    fn holds(&self, words: u64) -> Result<bool, BaseError> {
        Ok(self.0.holds(words)? || self.1.holds(words)?)
    }

    fn extent(&self) -> Extent {
        let (a, b) = (self.0.extent(), self.1.extent());
        Extent { articles: a.articles + b.articles, stated: a.stated + b.stated, newest: a.newest.max(b.newest) }
    }

    fn revision(&self) -> Revision {
        // Neither ever goes back, so that the sum is another one when either is.
        Revision(self.0.revision().0.wrapping_add(self.1.revision().0))
    }
}

/// What points at a base is one: a box, a shared one, a reference.
impl<P: Deref<Target: Base> + Send + Sync> Base for P {
    fn facts(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Vec<Arc<Fact>>, BaseError> {
        (**self).facts(relation, slot, key)
    }

    fn names(&self, word: &str) -> Result<Vec<Arc<KnownName>>, BaseError> {
        (**self).names(word)
    }

    fn alike(&self, relation: RelationId, slot: SlotId, name: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        (**self).alike(relation, slot, name)
    }

    fn holding(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        (**self).holding(relation, slot, key)
    }

    fn count(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<usize, BaseError> {
        (**self).count(relation, slot, key)
    }

    fn near_names(&self, name: &str) -> Result<Arc<[Arc<KnownName>]>, BaseError> {
        (**self).near_names(name)
    }

    fn all(&self) -> Result<Vec<Arc<Fact>>, BaseError> {
        (**self).all()
    }

    fn holds(&self, words: u64) -> Result<bool, BaseError> {
        (**self).holds(words)
    }

    fn extent(&self) -> Extent {
        (**self).extent()
    }

    fn revision(&self) -> Revision {
        (**self).revision()
    }
}
