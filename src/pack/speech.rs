//! What a language says of who speaks: the words that tie a quotation to a speaker.

use crate::pattern::WordId;
use crate::text::fold;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// A word that ties a quotation to who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// "said": on either side of the quotation, before or behind its subject.
    Verb,
    /// "told": behind its subject, before an addressee.
    Addressing,
    /// "called": before the quotation alone.
    Depicting,
    /// "adding": its subject is that of the clause before it.
    Participle,
}

/// The words around quotations.
#[derive(Debug, Clone, Default)]
pub struct Speech {
    /// The verbs, with how they stand.
    pub cues: HashMap<WordId, Cue>,
    /// "according to": before who is quoted.
    pub according: Vec<Vec<WordId>>,
    /// "also", "had": between a verb and its subject.
    pub between: HashSet<WordId>,
    /// "ly": how further words between them end.
    pub between_endings: Vec<String>,
    /// "was": what stands before a verb whose subject does not speak.
    pub passive: HashSet<WordId>,
    /// "after": what begins a clause that only says when.
    pub times: HashSet<WordId>,
    /// "they", "who": pronouns that may be quoted.
    pub pronouns: HashSet<WordId>,
}

impl Speech {
    /// Whether a word may stand between a verb and its subject.
    pub fn is_between(&self, id: Option<WordId>, word: &str) -> bool {
        let ends = || {
            let word = fold::fold(word);
            self.between_endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending.as_str()))
        };
        id.is_some_and(|id| self.between.contains(&id)) || word.chars().all(char::is_lowercase) && ends()
    }
}
