//! What is known: facts with everything that says them, and names as they are written.

use crate::claim::Value;
use crate::diagnostic::Evidence;
use crate::pack::Frame;
use crate::text::{Date, Span};
use std::sync::Arc;

/// Which article something stands in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleKey {
    /// Name of the source.
    pub path: String,
    /// Number of the article in it.
    pub number: usize,
    /// The hash of the article's words.
    pub hash: u64,
}

impl ArticleKey {
    /// Whether this is the other article or an exact copy of it.
    pub fn is_copy(&self, other: &ArticleKey) -> bool {
        self.hash == other.hash || (self.path == other.path && self.number == other.number)
    }
}

/// An article of a corpus, as its witnesses know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Which one it is.
    pub key: ArticleKey,
    /// Its group of near-duplicates: the least hash of an article in it.
    pub group: u64,
    /// Its date.
    pub date: Option<Date>,
}

/// On whose authority something is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    /// A pack states it.
    Stated {
        /// From when it holds.
        since: Option<Date>,
        /// Until when it holds.
        until: Option<Date>,
        /// The last day on which its word has full weight.
        fresh_until: Option<Date>,
    },
    /// An article says it.
    Corpus {
        /// The article.
        article: Arc<Printed>,
        /// A hash of the sentence's words.
        sentence: u64,
    },
}

/// Where a base keeps the sentences of its witnesses.
pub trait Shelf: Send + Sync {
    /// The sentence of an entry, with the words of a slot marked, or all of its words.
    fn evidence(&self, entry: Entry, slot: Option<usize>) -> Evidence;
}

/// What a base keeps under a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A claim.
    Claim(i64),
    /// A name.
    Name(i64),
}

/// The sentence of a witness: at hand, or read when it is shown.
#[derive(Clone)]
pub enum Words {
    /// The sentence with the whole claim marked, and the byte spans of its slots in the same source.
    Here(Box<Evidence>, Vec<Option<Span>>),
    /// It lies in a base.
    Kept(Arc<dyn Shelf>, Entry),
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Words::Here(evidence, _) => evidence.fmt(f),
            Words::Kept(_, entry) => entry.fmt(f),
        }
    }
}

/// One place that says something.
#[derive(Debug, Clone)]
pub struct Witness {
    /// On whose authority.
    pub authority: Authority,
    /// The line, from 1, of its words.
    pub line: u32,
    /// The sentence.
    pub words: Words,
}

impl Witness {
    /// The sentence, with the words of a slot marked, or the whole claim.
    pub fn evidence(&self, slot: Option<usize>) -> Evidence {
        match &self.words {
            Words::Kept(shelf, entry) => shelf.evidence(*entry, slot),
            Words::Here(evidence, spans) => match slot.and_then(|slot| spans.get(slot).copied().flatten()) {
                Some(span) => (**evidence).clone().narrowed(span),
                None => (**evidence).clone(),
            },
        }
    }

    /// Whether a pack states it.
    pub fn is_stated(&self) -> bool {
        matches!(self.authority, Authority::Stated { .. })
    }

    /// The date of the article that says it.
    pub fn date(&self) -> Option<Date> {
        match &self.authority {
            Authority::Corpus { article, .. } => article.date,
            Authority::Stated { .. } => None,
        }
    }

    /// Whether it may be evidence against an article: not the article itself, nor a copy.
    pub fn may_judge(&self, draft: &ArticleKey) -> bool {
        match &self.authority {
            Authority::Corpus { article, .. } => !article.key.is_copy(draft),
            Authority::Stated { .. } => true,
        }
    }

    /// `path:line`, for lists of further places.
    pub fn place(&self) -> String {
        match (&self.authority, &self.words) {
            (Authority::Corpus { article, .. }, _) => format!("{}:{}", article.key.path, self.line),
            (_, Words::Here(evidence, _)) => format!("{}:{}", evidence.path, self.line),
            (_, Words::Kept(..)) => String::new(),
        }
    }
}

/// What is right where a pack rules something out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Right {
    /// The sentence; empty where the pack gives none.
    pub says: String,
    /// Its values.
    pub values: Vec<Option<Value>>,
}

/// What is held to be so, or was said once: the values of a relation's slots, with all who say it.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Number of the relation.
    pub relation: usize,
    /// The value of each slot of the relation.
    pub values: Vec<Option<Value>>,
    /// What it says of the time.
    pub frame: Frame,
    /// Whether a pack rules this out instead of stating it, and what is right.
    pub ruled_out: Option<Right>,
    /// Who says it, in the order of their places.
    pub witnesses: Vec<Witness>,
}

impl Fact {
    /// The value of a slot.
    pub fn value(&self, slot: usize) -> Option<&Value> {
        self.values.get(slot).and_then(Option::as_ref)
    }

    /// Whether both say the same: a copy of a fact with other witnesses.
    pub fn says_same(&self, other: &Fact) -> bool {
        self.relation == other.relation
            && self.frame == other.frame
            && self.values == other.values
            && self.ruled_out == other.ruled_out
    }
}

/// A person's name as it is written, with all who write it so.
#[derive(Debug, Clone)]
pub struct KnownName {
    /// The folded name as it is written.
    pub key: String,
    /// The name as it is written.
    pub written: String,
    /// Who writes it so, in the order of their places.
    pub witnesses: Vec<Witness>,
}
