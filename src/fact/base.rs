//! What checking asks of a fact base.

use super::model::{Fact, KnownName};
use crate::text::Date;
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

/// A fact base: it is asked by claim.
pub trait Facts: Send + Sync {
    /// The facts of a relation whose slot holds this value. A person's name is asked for by any word of it that begins
    /// or ends it, or by the skeleton of its last word.
    fn facts(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Fact>>;
    /// The names that begin or end with this folded word.
    fn names(&self, word: &str) -> Vec<Arc<KnownName>>;
    /// Every fact, in the order of relation and values.
    fn all(&self) -> Vec<Arc<Fact>>;
    /// How much it holds.
    fn extent(&self) -> Extent;
}

/// Two fact bases asked as one: what packs state and what a corpus says.
pub struct Both<A, B>(pub A, pub B);

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

    fn all(&self) -> Vec<Arc<Fact>> {
        let mut all = self.0.all();
        all.extend(self.1.all());
        all
    }

    fn extent(&self) -> Extent {
        let (a, b) = (self.0.extent(), self.1.extent());
        Extent { articles: a.articles + b.articles, stated: a.stated + b.stated, newest: a.newest.max(b.newest) }
    }
}

impl<T: Facts + ?Sized> Facts for Arc<T> {
    fn facts(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Fact>> {
        (**self).facts(relation, slot, key)
    }

    fn names(&self, word: &str) -> Vec<Arc<KnownName>> {
        (**self).names(word)
    }

    fn all(&self) -> Vec<Arc<Fact>> {
        (**self).all()
    }

    fn extent(&self) -> Extent {
        (**self).extent()
    }
}

impl<T: Facts + ?Sized> Facts for Box<T> {
    fn facts(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Fact>> {
        (**self).facts(relation, slot, key)
    }

    fn names(&self, word: &str) -> Vec<Arc<KnownName>> {
        (**self).names(word)
    }

    fn all(&self) -> Vec<Arc<Fact>> {
        (**self).all()
    }

    fn extent(&self) -> Extent {
        (**self).extent()
    }
}
