//! What reading needs to know of a language. Packs fill it; the engine has no words of its own.

use super::{Field, Glob, fold::fold};
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
