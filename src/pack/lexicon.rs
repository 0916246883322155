//! The names of entities, found by their first word.

use crate::image::{Names, Table};
use crate::pattern::{Form, WordId};
use crate::text::{Language, fold};

/// An entity's index in [`Packs::entities`](super::Packs::entities).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// How the words of a term must be cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// As capitals only: an acronym, which would else be a common word ("US", "WHO").
    Upper,
    /// With a capital letter, or in capitals.
    Capital,
    /// In any case.
    Free,
    /// A mark: the comma of "Educational, Scientific and Cultural", the apostrophe of "Workers' Party".
    Mark(char),
}

/// A form of an entity.
#[derive(Debug, Clone)]
pub struct Term {
    /// The entity.
    pub entity: EntityId,
    /// Its words; nothing for a mark.
    pub words: Vec<Option<WordId>>,
    /// How each word must be cased, and which mark it is.
    pub cases: Vec<Case>,
    /// Name or adjective.
    pub form: Form,
}

/// Every form of every entity.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// A row for each word, by its number.
    pub(super) by_first: Table<Vec<Term>>,
    pub(super) by_key: Names,
}

impl Lexicon {
    /// Adds a form.
    pub(super) fn add(&mut self, term: Term) {
        if let Some(Some(first)) = term.words.first()
            && let Some(terms) = self.by_first.reach(first.0 as usize)
        {
            let at = terms.partition_point(|other| other.words.len() >= term.words.len());
            terms.insert(at, term);
        }
    }

    /// Adds the folded name of an entity.
    pub(super) fn add_key(&mut self, key: &str, entity: EntityId) {
        self.by_key.add(key, entity.0);
    }

    /// The terms that begin with a word, the longest first.
    pub fn starting(&self, word: WordId) -> &[Term] {
        self.by_first.get(word.0 as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// The entities of a folded name.
    pub fn by_key<'a>(&'a self, key: &str) -> impl Iterator<Item = EntityId> + use<'a> {
        self.by_key.get(key).map(EntityId)
    }
}

/// The words of a form as terms have them, and the marks in it, which are tokens of their own.
pub(super) fn parts<'a>(form: &'a str, language: &Language) -> Vec<(&'a str, Option<char>)> {
    let mark = |part: &str| match fold::fold(part).chars().collect::<Vec<_>>()[..] {
        [mark] if !mark.is_alphanumeric() => Some(mark),
        _ => None,
    };
    language.words(form).into_iter().flat_map(without_mark).map(|part| (part, mark(part))).collect()
}

/// A word of a name and the mark behind it.
fn without_mark(word: &str) -> impl Iterator<Item = &str> {
    let bare = word.trim_end_matches([',', '!', '?', ':', '\'', '’']);
    let at = if bare.is_empty() { word.len() } else { bare.len() };
    let (bare, mark) = word.split_at(at);
    [bare, mark].into_iter().filter(|part| !part.is_empty())
}
