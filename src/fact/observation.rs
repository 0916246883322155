//! A claim as it is kept: what was said, where, when, and on whose authority.

use crate::claim::Value;
use crate::diagnostic::Evidence;
use crate::pack::Frame;
use crate::text::{Date, Span};

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

/// On whose authority an observation rests.
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
        article: ArticleKey,
        /// Its group of near-duplicates.
        group: u32,
        /// A hash of the sentence's words.
        sentence: u64,
        /// The article's date.
        date: Option<Date>,
    },
}

/// What is right where a pack rules something out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Right {
    /// The sentence; empty where the pack gives none.
    pub says: String,
    /// Its values.
    pub values: Vec<Option<Value>>,
}

/// A claim as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Number of the relation.
    pub relation: usize,
    /// The value of each slot of the relation.
    pub values: Vec<Option<Value>>,
    /// What it says of the time.
    pub frame: Frame,
    /// Whether a pack rules this out instead of stating it, and what is right.
    pub ruled_out: Option<Right>,
    /// On whose authority.
    pub authority: Authority,
    /// The sentence, with the whole claim marked.
    pub evidence: Evidence,
    /// Byte spans of the slots in the same source.
    pub spans: Vec<Option<Span>>,
}

impl Observation {
    /// The sentence with the words of a slot marked.
    pub fn evidence_of(&self, slot: Option<usize>) -> Evidence {
        let span = slot.and_then(|slot| self.spans.get(slot).copied().flatten());
        match span {
            Some(span) => self.evidence.clone().narrowed(span),
            None => self.evidence.clone(),
        }
    }

    /// The value of a slot.
    pub fn value(&self, slot: usize) -> Option<&Value> {
        self.values.get(slot).and_then(Option::as_ref)
    }

    /// Whether a pack states it.
    pub fn is_stated(&self) -> bool {
        matches!(self.authority, Authority::Stated { .. })
    }

    /// The date of the article that says it.
    pub fn date(&self) -> Option<Date> {
        match &self.authority {
            Authority::Corpus { date, .. } => *date,
            Authority::Stated { .. } => None,
        }
    }

    /// Whether it may be evidence against an article: not the article itself, nor a copy.
    pub fn may_judge(&self, draft: &ArticleKey) -> bool {
        match &self.authority {
            Authority::Corpus { article, .. } => !article.is_copy(draft),
            Authority::Stated { .. } => true,
        }
    }
}

/// A person's name as an article writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct NameRecord {
    /// The folded name as it is written.
    pub key: String,
    /// The name as it is written.
    pub written: String,
    /// On whose authority.
    pub authority: Authority,
    /// The sentence.
    pub evidence: Evidence,
}

impl NameRecord {
    /// Whether it may be evidence against an article.
    pub fn may_judge(&self, draft: &ArticleKey) -> bool {
        match &self.authority {
            Authority::Corpus { article, .. } => !article.is_copy(draft),
            Authority::Stated { .. } => true,
        }
    }
}
