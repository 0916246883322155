//! What sources contain, for grounded mode: words, figures, initials and runs of words. It supports; it never contradicts.

use crate::claim::{Counted, Figure, Figures, Reading};
use crate::pack::Packs;
use crate::text::{Block, TokenKind, fold};
use rustc_hash::FxHashSet as HashSet;

/// So many words in a row are looked for when quotations are.
const RUN: usize = 3;
/// An acronym has at most so many letters.
const LETTERS: usize = 7;

/// What a set of sources contains.
#[derive(Debug, Default)]
pub struct Grounds {
    /// Folded words, without the ending of a plural or possessive.
    words: HashSet<String>,
    /// Initials of capitalised runs: "who" for World Health Organization.
    initials: HashSet<String>,
    /// Hashes of runs of words.
    runs: HashSet<u64>,
    /// Figures.
    figures: Vec<Figure>,
    /// How many articles they are.
    pub articles: usize,
}

impl Grounds {
    /// Collects what readings contain.
    pub fn new(readings: &[Reading], packs: &Packs) -> Grounds {
        let mut grounds = Grounds::default();
        for reading in readings {
            for (article, read) in reading.document.articles.iter().zip(&reading.articles) {
                grounds.articles += 1;
                for (block, read) in article.blocks.iter().zip(&read.blocks) {
                    grounds.add_words(block);
                    grounds.figures.extend(Figures::new(block, &read.words, &packs.grammar).all());
                    let hashes: Vec<u64> = read.hashes.iter().copied().filter(|hash| *hash != 0).collect();
                    grounds.runs.extend(hashes.windows(RUN).map(|run| fold::mix(run.iter().copied())));
                }
            }
        }
        grounds
    }

    fn add_words(&mut self, block: &Block) {
        let mut run = String::new();
        for token in &block.tokens {
            let text = token.text(&block.prose);
            if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                self.words.insert(stem(&fold::fold(text)));
            }
            if token.kind == TokenKind::Word && token.is_capital() {
                run.extend(fold::fold(text).chars().next());
                // Every end of a run may be an acronym: "the British World Health Organization".
                for (at, _) in run.char_indices() {
                    let letters = run.get(at..).unwrap_or_default();
                    if (2..=LETTERS).contains(&letters.chars().count()) {
                        self.initials.insert(letters.to_owned());
                    }
                }
            } else if token.kind != TokenKind::Word || text.chars().count() > 3 {
                run.clear();
            }
        }
    }

    /// Whether they contain a word, in any number.
    pub fn has_word(&self, word: &str) -> bool {
        self.words.contains(&stem(&fold::fold(word)))
    }

    /// Whether they contain all words of a phrase.
    pub fn has_phrase(&self, phrase: &str) -> bool {
        let mut words = fold::words(phrase).into_iter().peekable();
        words.peek().is_some() && words.all(|word| !word.chars().any(char::is_alphanumeric) || self.has_word(word))
    }

    /// Whether these are the initials of a name in them.
    pub fn has_initials(&self, letters: &str) -> bool {
        self.initials.contains(&fold::fold(letters))
    }

    /// Whether a figure in them leaves room for this one.
    pub fn has_figure(&self, figure: &Figure) -> bool {
        self.figures.iter().any(|known| {
            // A bound says little of what is far from it, and a year is no number of things.
            let near = known.value > 0.0 && (0.6..=1.7).contains(&(figure.value / known.value));
            let same = (known.value - figure.value).abs() < 1e-9;
            let kin = is_year(known) == is_year(figure);
            same || kin && near && known.agrees(figure) || known.to.is_some_and(|to| (to - figure.value).abs() < 1e-9)
        })
    }

    /// The share of the runs of a quotation's words, by their hashes, that stand in them.
    pub fn share_of_runs(&self, hashes: &[u64]) -> f64 {
        let runs: Vec<u64> = hashes.windows(RUN).map(|run| fold::mix(run.iter().copied())).collect();
        let known = runs.iter().filter(|run| self.runs.contains(run)).count();
        if runs.is_empty() { 1.0 } else { known as f64 / runs.len() as f64 }
    }
}

fn is_year(figure: &Figure) -> bool {
    figure.counted == Counted::Things(None) && figure.step == 1.0 && (1900.0..2100.0).contains(&figure.value)
}

/// A folded word without the ending of a plural or possessive.
fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let bare =
        word.strip_suffix("es").filter(|bare| bare.len() > 4).or(word.strip_suffix('s').filter(|bare| bare.len() > 2));
    bare.unwrap_or(word).trim_end_matches('e').to_owned()
}
