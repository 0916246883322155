//! What a slot holds.

use crate::pack::EntityId;
use std::sync::Arc;

/// A name of a closed kind that nobody knows, one slip away from a known one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The entity that is a slip away.
    pub entity: EntityId,
    /// Its form that is a slip away.
    pub form: Arc<str>,
    /// Whether the slip alone says too little, as with another letter in a short acronym.
    pub loose: bool,
}

/// An entity as claims and facts know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The folded name, by which values are compared.
    pub key: Arc<str>,
    /// The name to show.
    pub label: Arc<str>,
    /// The declared entity, where it is one.
    pub entity: Option<EntityId>,
    /// The known entities that an unknown name may be a slip of.
    pub near: Vec<Near>,
    /// Whether this is a surname alone, which the article never gives in full.
    pub partial: bool,
}

impl Value {
    /// A value of a name that is no declared entity.
    pub fn named(key: impl Into<Arc<str>>, label: impl Into<Arc<str>>) -> Value {
        Value { key: key.into(), label: label.into(), entity: None, near: Vec::new(), partial: false }
    }
}
