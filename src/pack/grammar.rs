//! What extraction needs of a language, by word id.

use super::{Days, Numbers, Speech};
use crate::pattern::{ClassId, WordId};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// What a mood says of the time of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Frame {
    /// It holds now.
    #[default]
    Present,
    /// It held and holds no longer.
    Former,
    /// It holds at another time, or perhaps never.
    Other,
}

impl Frame {
    /// The frames with the words that packs and outputs use.
    pub const ALL: [(Frame, &'static str); 3] =
        [(Frame::Present, "present"), (Frame::Former, "former"), (Frame::Other, "other")];

    /// The frame's word.
    pub fn name(self) -> &'static str {
        Frame::ALL.iter().find(|(frame, _)| *frame == self).map_or("present", |(_, name)| name)
    }

    /// The frame of a word.
    pub fn parse(name: &str) -> Option<Frame> {
        Frame::ALL.iter().find(|(_, word)| *word == name).map(|(frame, _)| *frame)
    }
}

/// A mood: words and what they say.
#[derive(Debug, Clone, Default)]
pub struct Mood {
    /// Its name.
    pub name: String,
    /// What it says of the time.
    pub frame: Frame,
    /// The words before the noun phrase as the pack writes them.
    pub written: Vec<String>,
    /// Words that stand before the noun phrase.
    pub before: HashSet<WordId>,
    /// Words that stand behind it.
    pub after: HashSet<WordId>,
}

/// A word class.
#[derive(Debug, Clone, Default)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// Its words, each with whether it puts a state into the past.
    pub words: HashMap<WordId, bool>,
}

/// Sets of words, classes and moods.
#[derive(Debug, Clone, Default)]
pub struct Grammar {
    /// Articles.
    pub determiners: HashSet<WordId>,
    /// Prepositions.
    pub prepositions: HashSet<WordId>,
    /// Conjunctions that join lists.
    pub conjunctions: HashSet<WordId>,
    /// Words that begin a clause.
    pub subordinators: HashSet<WordId>,
    /// Words that are never part of a name.
    pub function_words: HashSet<WordId>,
    /// Pronouns for one person.
    pub pronouns: HashSet<WordId>,
    /// The words that report speech.
    pub reporting: HashSet<WordId>,
    /// Words that deny.
    pub negations: HashSet<WordId>,
    /// Words of wish, condition and question.
    pub hypotheticals: HashSet<WordId>,
    /// Words that put a sentence at another time or into a story.
    pub elsewhen: HashSet<WordId>,
    /// Words that forbid reading a list.
    pub respectively: HashSet<WordId>,
    /// Words before a person's name.
    pub honorifics: HashSet<WordId>,
    /// Small words inside surnames.
    pub particles: HashSet<WordId>,
    /// Given names that may be of one person: "Michael" and "Mike".
    pub nicknames: Vec<HashSet<WordId>>,
    /// Small letters, each with those that names are written with where it is lacking: "ö" and "oe".
    pub written_out: Vec<(String, String)>,
    /// Words behind a name.
    pub name_suffixes: HashSet<WordId>,
    /// Nouns that take over the phrase before them.
    pub head_nouns: HashSet<WordId>,
    /// Acronyms that are common nouns: "TV".
    pub acronyms: HashSet<WordId>,
    /// Common nouns at the end of names: "Ocean".
    pub sort_nouns: HashSet<WordId>,
    /// Nouns for marks and characters: in a sentence with one a mark may be talked about.
    pub mark_nouns: HashSet<WordId>,
    /// Ranks that make another office.
    pub ranks: HashSet<WordId>,
    /// Words that make an adjective of the name they are joined to.
    pub compounds: HashSet<WordId>,
    /// Endings of inflected words, folded.
    pub endings: Vec<String>,
    /// Whether common nouns have a capital letter.
    pub capital_nouns: bool,
    /// Endings of plurals, folded, each with what the singular has in its stead.
    pub plurals: Vec<(String, String)>,
    /// Days of the week and months.
    pub calendar: HashSet<WordId>,
    /// Word classes; a [`ClassId`] is an index.
    pub classes: Vec<Class>,
    /// Moods.
    pub moods: Vec<Mood>,
    /// The words of all moods that stand before a noun phrase.
    pub mood_words: HashSet<WordId>,
    /// Number words.
    pub numbers: Numbers,
    /// Days and spans of time.
    pub days: Days,
    /// Who says what is quoted.
    pub speech: Speech,
}

/// A singular has at least so many letters: what ends as a plural and is shorter without it ("gas") is none.
const SINGULAR: usize = 3;

impl Grammar {
    /// What a folded noun may be the plural of.
    pub fn singulars(&self, noun: &str) -> impl Iterator<Item = String> {
        self.plurals.iter().filter_map(move |(plural, singular)| {
            let stem = noun.strip_suffix(plural.as_str())?;
            (stem.len() + singular.len() >= SINGULAR).then(|| format!("{stem}{singular}"))
        })
    }

    /// A folded noun without the first ending of a plural that it may have.
    pub fn singular(&self, noun: &str) -> String {
        self.singulars(noun).next().unwrap_or_else(|| noun.to_owned())
    }

    /// Whether one of two folded words is the plural of the other.
    pub fn differ_in_number(&self, a: &str, b: &str) -> bool {
        let plural = |a: &str, b: &str| self.singulars(a).any(|singular| singular == b);
        plural(a, b) || plural(b, a)
    }

    /// The mood whose words stand before a noun phrase.
    pub fn mood_before(&self, word: Option<WordId>) -> Option<&Mood> {
        let word = word.filter(|word| self.mood_words.contains(word))?;
        self.moods.iter().find(|mood| mood.before.contains(&word))
    }

    /// The mood whose words stand behind a noun phrase.
    pub fn mood_after(&self, word: Option<WordId>) -> Option<&Mood> {
        let word = word?;
        self.moods.iter().find(|mood| mood.after.contains(&word))
    }

    /// Whether a word of a class puts a state into the past.
    pub fn is_past(&self, class: ClassId, word: Option<WordId>) -> bool {
        let class = self.classes.get(usize::from(class.0));
        word.zip(class).and_then(|(word, class)| class.words.get(&word)).copied().unwrap_or_default()
    }

    /// Whether a word is of a class.
    pub fn is_class(&self, class: ClassId, word: Option<WordId>) -> bool {
        let class = self.classes.get(usize::from(class.0));
        word.zip(class).is_some_and(|(word, class)| class.words.contains_key(&word))
    }
}
