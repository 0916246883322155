//! What is known: facts with everything that says them, and names as they are written.

use super::error::BaseError;
use crate::claim::{Value, Values};
use crate::diagnostic::{Evidence, Proof};
use crate::pack::Frame;
use crate::pattern::{RelationId, SlotId};
use crate::text::{Date, Span};
use std::sync::{Arc, OnceLock, Weak};

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
        /// The year of which it says so, where that is not the article's own time.
        year: Option<i16>,
    },
}

/// Where a base keeps what its facts rest on.
pub trait Shelf: Send + Sync {
    /// Who says or writes something, in the order of their places.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    fn witnesses(&self, holder: Holder) -> Result<Vec<Witness>, BaseError>;
    /// The sentence of an entry, with the words of a slot (of a relation) marked, or all of its words.
    ///
    /// # Errors
    /// A base that cannot be asked says why, and so does one that has lost the sentence meanwhile.
    fn evidence(&self, entry: Entry, slot: Option<(RelationId, SlotId)>) -> Result<Evidence, BaseError>;
}

/// A shelf, as long as its base is open.
fn opened(shelf: &Weak<dyn Shelf>) -> Result<Arc<dyn Shelf>, BaseError> {
    shelf
        .upgrade()
        .ok_or_else(|| BaseError::new("the fact base of this fact was closed; keep it open while it is asked"))
}

/// What has witnesses in a base, under its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A statement.
    Statement(i64),
    /// A name.
    Name(i64),
}

/// One place in an article of a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The article's id.
    pub article: i64,
    /// What stands there.
    pub what: Place,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The claim of this number.
    Claim(i64),
    /// A mention of the name with this id.
    Mention(i64),
}

/// The witnesses of something: at hand, or read from their base when they are asked for.
#[derive(Clone)]
pub struct Witnesses(Lying);

/// Where witnesses lie. They are shared, since who holds a fact against a draft looks at them again and again.
#[derive(Clone)]
enum Lying {
    Here(Arc<Vec<Witness>>),
    /// In a base, and here once they were read.
    Kept(OnceLock<Arc<Vec<Witness>>>, Weak<dyn Shelf>, Holder),
}

impl Witnesses {
    /// Witnesses at hand.
    pub fn here(all: Vec<Witness>) -> Witnesses {
        Witnesses(Lying::Here(Arc::new(all)))
    }

    /// Witnesses that lie in a base.
    pub fn kept(shelf: Weak<dyn Shelf>, holder: Holder) -> Witnesses {
        Witnesses(Lying::Kept(OnceLock::new(), shelf, holder))
    }

    /// All of them, in the order of their places. They are read once; a failure is no answer and is not remembered.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    pub fn read(&self) -> Result<&[Witness], BaseError> {
        self.whole().map(|all| all.as_slice())
    }

    /// The same, to keep.
    pub(crate) fn share(&self) -> Result<Arc<Vec<Witness>>, BaseError> {
        self.whole().cloned()
    }

    fn whole(&self) -> Result<&Arc<Vec<Witness>>, BaseError> {
        match &self.0 {
            Lying::Here(all) => Ok(all),
            Lying::Kept(all, shelf, holder) => {
                if let Some(all) = all.get() {
                    return Ok(all);
                }
                let read = Arc::new(opened(shelf)?.witnesses(*holder)?);
                Ok(all.get_or_init(|| read))
            }
        }
    }

    /// Takes over others, and leaves none there. What cannot be read is left where it is.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    pub fn take_over(&mut self, others: &mut Witnesses) -> Result<(), BaseError> {
        self.whole()?;
        others.whole()?;
        // Moved, since all of an archive may say one thing.
        if let (Some(all), Some(more)) = (self.at_hand(), others.at_hand()) {
            all.append(more);
        }
        Ok(())
    }

    fn at_hand(&mut self) -> Option<&mut Vec<Witness>> {
        match &mut self.0 {
            Lying::Here(all) => Some(Arc::make_mut(all)),
            Lying::Kept(all, ..) => all.get_mut().map(Arc::make_mut),
        }
    }
}

/// What is at hand: looking at a value asks no base.
impl std::fmt::Debug for Witnesses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Lying::Here(all) => all.fmt(f),
            Lying::Kept(.., holder) => holder.fmt(f),
        }
    }
}

/// The sentence of a witness: at hand, or read when it is shown.
#[derive(Clone)]
pub enum Words {
    /// The sentence with the whole claim marked, and the byte spans of its slots in the same source.
    Here(Box<Evidence>, Vec<(SlotId, Span)>),
    /// It lies in a base, as long as that is open.
    Kept(Weak<dyn Shelf>, Entry),
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
    /// The sentence, with the words of a slot (of a relation) marked, or the whole claim.
    ///
    /// # Errors
    /// A base that cannot be asked says why, and so does one that has lost the sentence meanwhile.
    pub fn evidence(&self, slot: Option<(RelationId, SlotId)>) -> Result<Evidence, BaseError> {
        match &self.words {
            Words::Kept(shelf, entry) => opened(shelf)?.evidence(*entry, slot),
            Words::Here(evidence, spans) => {
                Ok(match slot.and_then(|(_, slot)| spans.iter().find(|(of, _)| *of == slot)) {
                    Some((_, span)) => (**evidence).clone().narrowed(*span),
                    None => (**evidence).clone(),
                })
            }
        }
    }

    /// Its sentence as proof of what it says.
    ///
    /// # Errors
    /// As for the sentence.
    pub fn proof(&self, slot: Option<(RelationId, SlotId)>) -> Result<Proof, BaseError> {
        Ok(self.prove(self.evidence(slot)?))
    }

    /// A sentence of its own as proof.
    pub fn prove(&self, evidence: Evidence) -> Proof {
        if self.is_stated() { Proof::Stated(evidence) } else { Proof::Passage(evidence) }
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

    /// Until when a pack states that it holds.
    pub fn until(&self) -> Option<Date> {
        match self.authority {
            Authority::Stated { until, .. } => until,
            Authority::Corpus { .. } => None,
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
    pub values: Values,
}

/// What is held to be so, or was said once: the values of a relation's slots, with all who say it.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The relation.
    pub relation: RelationId,
    /// The value of each slot of the relation.
    pub values: Values,
    /// What it says of the time.
    pub frame: Frame,
    /// The year in which articles say that it held; without one it is of their own time.
    pub year: Option<i16>,
    /// Whether a pack rules this out instead of stating it, and what is right.
    pub ruled_out: Option<Right>,
    /// Who says it, in the order of their places.
    pub witnesses: Witnesses,
}

impl Fact {
    /// The value of a slot.
    pub fn value(&self, slot: SlotId) -> Option<&Value> {
        self.values.get(slot)
    }

    /// Whether both say the same: a copy of a fact with other witnesses.
    pub fn says_same(&self, other: &Fact) -> bool {
        self.relation == other.relation
            && self.frame == other.frame
            && self.year == other.year
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
    pub witnesses: Witnesses,
}
