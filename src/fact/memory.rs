//! A fact base in memory.

use super::base::{Base, Extent};
use super::error::BaseError;
use super::model::{Authority, Fact, KnownName, Printed, Witness, Witnesses, Words};
use super::near_duplicate::{Sketched, groups};
use super::observe::Observed;
use crate::claim::{Value, handles};
use crate::pack::Packs;
use crate::pattern::{RelationId, SlotId};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Facts and names, found by value.
#[derive(Debug, Default)]
pub struct Memory {
    facts: HashMap<(RelationId, SlotId, String), Vec<Arc<Fact>>>,
    names: HashMap<String, Vec<Arc<KnownName>>>,
    /// The hashes of the words of its articles.
    articles: HashSet<u64>,
    extent: Extent,
}

/// Facts and names that are not yet indexed.
#[derive(Debug, Default)]
pub struct Folded {
    /// The facts.
    pub facts: Vec<Fact>,
    /// The names in them.
    pub names: Vec<KnownName>,
}

impl Memory {
    /// Folds what the articles of a corpus say. Their order changes nothing.
    pub fn new(mut corpus: Vec<Observed>, packs: &Packs) -> Memory {
        corpus.sort_by(|a, b| a.article.cmp(&b.article));
        let sketched: Vec<Sketched<'_>> = corpus
            .iter()
            .map(|observed| Sketched { hash: observed.article.hash, sketch: &observed.sketch, group: None })
            .collect();
        let groups = groups(&sketched, &[]);
        let mut folded = Folded::default();
        let articles = corpus.len();
        let hashes: HashSet<u64> = corpus.iter().map(|observed| observed.article.hash).collect();
        let newest = corpus.iter().filter_map(|article| article.date).max();
        for (observed, group) in corpus.into_iter().zip(groups) {
            let article = Arc::new(Printed { key: observed.article, group, date: observed.date });
            let authority = |sentence: u64, year| Authority::Corpus { article: Arc::clone(&article), sentence, year };
            folded.facts.extend(observed.claims.into_iter().map(|claim| Fact {
                relation: claim.relation,
                values: claim.values,
                frame: claim.frame,
                year: claim.year,
                ruled_out: None,
                witnesses: Witnesses::here(vec![Witness {
                    authority: authority(claim.sentence, claim.year),
                    line: claim.evidence.position.line,
                    words: Words::Here(Box::new(claim.evidence), claim.spans),
                }]),
            }));
            folded.names.extend(observed.names.into_iter().map(|name| KnownName {
                key: name.key,
                written: name.written,
                witnesses: Witnesses::here(vec![Witness {
                    authority: authority(name.sentence, None),
                    line: name.evidence.position.line,
                    words: Words::Here(Box::new(name.evidence), Vec::new()),
                }]),
            }));
        }
        let mut memory = Memory::of(folded, packs);
        memory.articles = hashes;
        memory.extent = Extent { articles, stated: 0, newest };
        memory
    }

    /// Keeps facts and names.
    pub fn of(folded: Folded, packs: &Packs) -> Memory {
        let mut memory = Memory::default();
        memory.extent.stated = folded.facts.len();
        for fact in merged_facts(folded.facts) {
            memory.insert(Arc::new(fact), packs);
        }
        for name in merged_names(folded.names) {
            let name = Arc::new(name);
            for word in handles(&name.key) {
                memory.names.entry(word).or_default().push(Arc::clone(&name));
            }
        }
        memory
    }

    fn insert(&mut self, fact: Arc<Fact>, packs: &Packs) {
        for (slot, value) in fact.values.filled() {
            for key in keys(packs, fact.relation, slot, value) {
                self.facts.entry((fact.relation, slot, key)).or_default().push(Arc::clone(&fact));
            }
        }
    }
}

/// By what facts are sorted.
pub(super) fn order(fact: &Fact) -> impl Ord {
    let keys: Vec<_> = fact.values.each().map(|value| value.map(|value| &*value.key)).collect();
    let labels: Vec<_> = fact.values.each().map(|value| value.map(|value| &*value.label)).collect();
    (fact.relation, keys, fact.frame, fact.year, labels)
}

/// The words by which a value of a slot is found.
pub(crate) fn keys(packs: &Packs, relation: RelationId, slot: SlotId, value: &Value) -> BTreeSet<String> {
    if packs.is_named(relation, slot) { handles(&value.key) } else { BTreeSet::from([value.key.to_string()]) }
}

/// Facts that say the same are one with more witnesses. Where those lie in another base that cannot be asked, a fact stays by
/// itself, and says so to whoever asks who says it.
fn merged_facts(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut merged: Vec<Fact> = Vec::new();
    for mut fact in facts {
        let same = merged.last_mut().filter(|last| last.says_same(&fact));
        if same.is_none_or(|last| last.witnesses.take_over(&mut fact.witnesses).is_err()) {
            merged.push(fact);
        }
    }
    merged
}

fn merged_names(mut names: Vec<KnownName>) -> Vec<KnownName> {
    names.sort_by(|a, b| (&a.key, &a.written).cmp(&(&b.key, &b.written)));
    let mut merged: Vec<KnownName> = Vec::new();
    for mut name in names {
        let same = merged.last_mut().filter(|last| last.written == name.written);
        if same.is_none_or(|last| last.witnesses.take_over(&mut name.witnesses).is_err()) {
            merged.push(name);
        }
    }
    merged
}

impl Base for Memory {
    fn facts(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Vec<Arc<Fact>>, BaseError> {
        Ok(self.facts.get(&(relation, slot, key.to_owned())).cloned().unwrap_or_default())
    }

    fn names(&self, word: &str) -> Result<Vec<Arc<KnownName>>, BaseError> {
        Ok(self.names.get(word).cloned().unwrap_or_default())
    }

    fn all(&self) -> Result<Vec<Arc<Fact>>, BaseError> {
        let mut all: Vec<Arc<Fact>> = self.facts.values().flatten().cloned().collect();
        all.sort_by(|a, b| order(a).cmp(&order(b)));
        all.dedup_by(|a, b| Arc::ptr_eq(a, b));
        Ok(all)
    }

    fn holds(&self, words: u64) -> Result<bool, BaseError> {
        Ok(self.articles.contains(&words))
    }

    fn extent(&self) -> Extent {
        self.extent
    }
}
