//! A fact base in memory.

use super::base::{Extent, Facts};
use super::fold::Folded;
use super::observation::{NameRecord, Observation};
use crate::claim::skeleton;
use crate::pack::{Like, Packs};
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Observations and names, found by value.
#[derive(Debug, Default)]
pub struct Memory {
    observations: HashMap<(usize, usize, String), Vec<Arc<Observation>>>,
    names: HashMap<String, Vec<Arc<NameRecord>>>,
    extent: Extent,
}

impl Memory {
    /// Indexes what a corpus or packs say.
    pub fn new(mut folded: Folded, packs: &Packs) -> Memory {
        // Sorted by where they stand, so that the order of the corpus changes nothing.
        folded
            .observations
            .sort_by(|a, b| order(&a.evidence).cmp(&order(&b.evidence)).then(a.relation.cmp(&b.relation)));
        folded.names.sort_by(|a, b| order(&a.evidence).cmp(&order(&b.evidence)));
        let mut memory = Memory::default();
        memory.extent.articles = folded.articles;
        for observation in folded.observations {
            memory.extent.newest = memory.extent.newest.max(observation.date());
            memory.extent.stated += usize::from(observation.is_stated());
            memory.insert(Arc::new(observation), packs);
        }
        for record in folded.names {
            memory.extent.newest = memory.extent.newest.max(record.evidence.date);
            let record = Arc::new(record);
            for word in handles(&record.key) {
                memory.names.entry(word).or_default().push(Arc::clone(&record));
            }
        }
        memory
    }

    fn insert(&mut self, observation: Arc<Observation>, packs: &Packs) {
        for (slot, value) in observation.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let kinds = packs
                .relations
                .get(observation.relation)
                .and_then(|relation| relation.slots.get(slot))
                .map(|slot| slot.kinds.as_slice())
                .unwrap_or_default();
            let named = kinds.iter().any(|kind| packs.kind(*kind).is_some_and(|kind| matches!(kind.like, Like::Name)));
            let keys = if named { handles(&value.key) } else { BTreeSet::from([value.key.to_string()]) };
            for key in keys {
                self.observations.entry((observation.relation, slot, key)).or_default().push(Arc::clone(&observation));
            }
        }
    }
}

/// Where evidence stands, for sorting.
fn order(evidence: &crate::diagnostic::Evidence) -> (&str, u32, u32) {
    (&evidence.path, evidence.span.start, evidence.span.end)
}

/// The words by which a name is found: its first, its last, and the skeleton of its last.
pub(crate) fn handles(key: &str) -> BTreeSet<String> {
    let first = key.split(' ').next().unwrap_or(key);
    let last = key.rsplit(' ').next().unwrap_or(key);
    BTreeSet::from([first.to_owned(), last.to_owned(), skeleton(last)])
}

impl Facts for Memory {
    fn observations(&self, relation: usize, slot: usize, key: &str) -> Vec<Arc<Observation>> {
        self.observations.get(&(relation, slot, key.to_owned())).cloned().unwrap_or_default()
    }

    fn names(&self, word: &str) -> Vec<Arc<NameRecord>> {
        self.names.get(word).cloned().unwrap_or_default()
    }

    fn extent(&self) -> Extent {
        self.extent
    }
}
