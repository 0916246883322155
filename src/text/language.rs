//! What reading needs to know of a language. Packs fill it; the engine has no words of its own.

use super::{
    Field, Glob,
    digits::Digits,
    fold::{fold, is_apostrophe, is_hyphen, is_word},
};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// Captions, credits and the like are no longer than this.
const LINE_BYTES: usize = 500;
/// Lines such as "15 minutes ago" are no longer than this.
const AGE_BYTES: usize = 40;

/// A language as the reader sees it. Words are kept folded (see [`super::fold`]).
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// Words that keep their dot and never end a sentence: "mr", "gen", "aug".
    pub abbreviations: HashSet<String>,
    /// Articles, prepositions, conjunctions, pronouns, auxiliaries: words that begin sentences and never names.
    pub function_words: HashSet<String>,
    /// Words that report speech: "said".
    pub reporting: HashSet<String>,
    /// Month names and their abbreviations.
    pub months: HashMap<String, i8>,
    /// What whole lines are: captions, credits, link lines, boilerplate.
    pub lines: Vec<LineRule>,
    /// Lines such as "15 minutes ago" that, behind an outlet's name, begin another article in the same file.
    pub article_ages: Vec<Glob>,
    /// What opens a quotation and what closes it. Where a mark does either, it does by default as in the first pair.
    pub quotation_marks: Vec<(char, char)>,
    /// Words that head a metadata line: "date 2025-08-17", "Published: 17 August 2025".
    pub date_labels: Vec<String>,
    /// How numbers are written in digits.
    pub digits: Digits,
    /// What makes a possessive behind an apostrophe, behind any word: the "s" of "Clinton's".
    pub possessives: Vec<String>,
    /// How words end behind which the apostrophe alone makes a possessive: the "s" of "the Democrats'".
    pub bare_possessives: Vec<String>,
}

/// A sort of line and the field that it belongs to.
#[derive(Debug, Clone)]
pub struct LineRule {
    /// The field of a matching line.
    pub field: Field,
    /// How such lines look.
    pub globs: Vec<Glob>,
}

impl Language {
    /// Whether a folded word is an abbreviation.
    pub fn is_abbreviation(&self, folded: &str) -> bool {
        self.abbreviations.contains(folded)
    }

    /// Whether a folded word is a function word.
    pub fn is_function_word(&self, folded: &str) -> bool {
        self.function_words.contains(folded)
    }

    /// The number of a month by name or abbreviation, case and dot free.
    pub fn month(&self, word: &str) -> Option<i8> {
        self.months.get(&fold(word)).copied()
    }

    /// How many bytes behind an apostrophe make a possessive of the word before it.
    pub(super) fn possessive_behind(&self, apostrophe: &str) -> Option<usize> {
        let length = |letters: &String| {
            let written = apostrophe.get(..letters.len())?;
            let ends = !apostrophe.get(letters.len()..)?.starts_with(is_word);
            (ends && letters.eq_ignore_ascii_case(written)).then_some(letters.len())
        };
        self.possessives.iter().find_map(length)
    }

    /// Whether the apostrophe behind a word makes it a possessive: "the Democrats'".
    pub fn takes_apostrophe(&self, word: &str) -> bool {
        self.bare_possessives.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// The mark of a possessive at the end of words: the "'s" of "Clinton's"; nothing where there is none.
    pub fn possessive<'a>(&self, written: &'a str) -> &'a str {
        let mark = |letters: &String| {
            let owner = written.strip_suffix(letters.as_str())?;
            Some(owner.strip_suffix(is_apostrophe)?.len())
        };
        self.possessives.iter().find_map(mark).and_then(|start| written.get(start..)).unwrap_or_default()
    }

    /// The words of a phrase as the tokenizer cuts them: at white space and hyphens, with a possessive mark apart.
    pub fn words<'a>(&self, phrase: &'a str) -> Vec<&'a str> {
        let mut words = Vec::new();
        for word in phrase.split(|c: char| c.is_whitespace() || is_hyphen(c)).filter(|word| !word.is_empty()) {
            let mark = self.possessive(word);
            let (owner, mark) = word.split_at(word.len() - mark.len());
            words.extend([owner, mark].into_iter().filter(|part| !part.is_empty()));
        }
        words
    }

    /// The field that a whole line belongs to by its look. A paragraph that is longer than such lines are is none,
    /// whatever caption or credit ran into it.
    pub fn line_field(&self, line: &str) -> Option<Field> {
        if line.len() > LINE_BYTES {
            return None;
        }
        let line = Glob::prepare(line);
        self.lines.iter().find(|rule| rule.globs.iter().any(|glob| glob.matches(&line))).map(|rule| rule.field)
    }

    /// Whether a line says how old an article is, as aggregators write over each.
    pub fn is_article_age(&self, line: &str) -> bool {
        if line.len() > AGE_BYTES {
            return false;
        }
        let line = Glob::prepare(line);
        self.article_ages.iter().any(|glob| glob.matches(&line))
    }
}
