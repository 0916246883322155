//! What sources contain, for grounded mode: words, figures, initials and runs of words. It supports; it never contradicts.

use crate::claim::{Counted, Figure, Hedge, Measure, Reading, is_near};
use crate::pack::{Grammar, Numbers, Packs, Unit};
use crate::pattern::WordId;
use crate::text::{Block, TokenKind, fold};
use rustc_hash::FxHashSet as HashSet;
use std::collections::BTreeSet;
use std::ops::Range;

/// So many words in a row are looked for when quotations are.
const RUN: usize = 3;
/// Words of fewer letters are kin of too many.
const KIN: usize = 5;
/// From so many letters on the shorter of two words may be one slip from the other, and two.
const SLIPS: [usize; 2] = [KIN - 1, 2 * KIN - 1];
/// A side of a score is less.
const SIDE: u32 = 60;
/// An acronym has at most so many letters.
const LETTERS: usize = 7;

/// What a set of sources contains.
#[derive(Debug, Default)]
pub struct Grounds {
    /// Folded words, and what they may be the plurals of.
    words: HashSet<String>,
    /// The stems of those that are written with a capital letter.
    names: BTreeSet<String>,
    /// Initials of capitalised runs: "who" for World Health Organization.
    initials: HashSet<String>,
    /// Hashes of runs of words.
    runs: HashSet<u64>,
    /// Figures.
    figures: Vec<Figure>,
    /// Nouns for money.
    currencies: HashSet<String>,
    /// Spans of time: how many of which unit.
    spans: Vec<(f64, Unit)>,
    /// Years.
    years: HashSet<i64>,
    /// Scores, the lower side first.
    scores: HashSet<(u32, u32)>,
    /// How many articles they are.
    pub articles: usize,
}

impl Grounds {
    /// Collects what readings contain.
    pub fn new(readings: &[Reading], packs: &Packs) -> Grounds {
        let currencies = packs.grammar.numbers.currencies.clone();
        let mut grounds = Grounds { currencies, ..Grounds::default() };
        for reading in readings {
            for (article, read) in reading.document.articles.iter().zip(&reading.articles) {
                grounds.articles += 1;
                for (block, read) in article.blocks.iter().zip(&read.blocks) {
                    grounds.add_words(block, packs);
                    let figures = &read.own.figures;
                    grounds.add_spans(figures, &read.own.words, packs);
                    grounds.years.extend(figures.iter().filter(|figure| is_year(figure)).map(|year| year.value as i64));
                    grounds.figures.extend(figures.iter().cloned());
                    grounds.figures.extend(measures(block, packs));
                    let scores = (0..block.tokens.len()).filter_map(|at| score(block, at, &packs.grammar.numbers));
                    grounds.scores.extend(scores.map(|(_, (a, b))| (a.min(b), a.max(b))));
                    let hashes: Vec<u64> = read.own.hashes.iter().copied().filter(|hash| *hash != 0).collect();
                    grounds.runs.extend(hashes.windows(RUN).map(|run| fold::mix(run.iter().copied())));
                }
            }
        }
        grounds
    }

    /// "12 days", "two long years".
    fn add_spans(&mut self, figures: &[Figure], words: &[Option<WordId>], packs: &Packs) {
        let units = &packs.grammar.days.units;
        let unit = |at: usize| words.get(at).copied().flatten().and_then(|word| units.get(&word)).copied();
        for figure in figures {
            let Some(unit) = unit(figure.tokens.end).or_else(|| unit(figure.tokens.end + 1)) else { continue };
            self.spans.push((figure.value, unit));
            self.spans.extend(figure.to.map(|to| (to, unit)));
        }
    }

    /// Whether they have a span of time as long as a figure says, in its unit, or years that lie so far apart.
    pub fn has_span(&self, figure: &Figure, unit: Unit) -> bool {
        let apart = || self.years.iter().any(|from| self.years.contains(&(from + figure.value as i64)));
        let same = |(of, known): &(f64, Unit)| *known == unit && (of - figure.value).abs() < 1e-9;
        self.spans.iter().any(same) || unit == Unit::Year && apart()
    }

    /// Whether they have a score, from either side.
    pub fn has_score(&self, own: u32, other: u32) -> bool {
        self.scores.contains(&(own.min(other), own.max(other)))
    }

    /// Whether they have a share near one in per cent.
    pub fn has_percent(&self, percent: f64, rough: f64) -> bool {
        self.figures.iter().any(|known| known.counted == Counted::Percent && (known.value - percent).abs() <= rough)
    }

    fn add_words(&mut self, block: &Block, packs: &Packs) {
        let grammar = &packs.grammar;
        let mut run = String::new();
        for token in &block.tokens {
            let text = token.text(&block.prose);
            match token.kind {
                TokenKind::Word | TokenKind::Number => {
                    let word = folded(text);
                    if token.is_capital() {
                        self.names.insert(stem(word.clone(), grammar));
                    }
                    self.add_word(word, grammar);
                }
                TokenKind::Opaque => {
                    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
                    packs.language.words(bare).into_iter().for_each(|word| self.add_word(folded(word), grammar));
                }
                TokenKind::Mark | TokenKind::Possessive => {}
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
    pub fn has_word(&self, word: &str, grammar: &Grammar) -> bool {
        let word = folded(word);
        self.words.contains(&word) || grammar.singulars(&word).any(|word| self.words.contains(&word))
    }

    fn add_word(&mut self, word: String, grammar: &Grammar) {
        if !self.words.contains(&word) {
            self.words.extend(grammar.singulars(&word));
            self.words.insert(word);
        }
    }

    /// Whether they contain a word that one is made of, or that is made of it: "Europe" and "European", or one that is
    /// spelled a slip apart.
    pub fn has_kin(&self, word: &str, grammar: &Grammar) -> bool {
        let word = stem(folded(word), grammar);
        if word.chars().count() < KIN {
            return false;
        }
        let longer = self.names.range(word.clone()..).next().is_some_and(|known| known.starts_with(&word));
        let shorter =
            word.char_indices().skip(KIN).any(|(end, _)| word.get(..end).is_some_and(|part| self.names.contains(part)));
        let first = word.chars().next().map(String::from).unwrap_or_default();
        let near = || self.names.range(first.clone()..).take_while(|known| known.starts_with(&first));
        longer || shorter || near().any(|known| is_near(known, &word, SLIPS))
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
            let other_end = known.to.is_some_and(|to| (to - figure.value).abs() < 1e-9);
            self.is_comparable(known, figure) && (same || other_end || kin && near && known.agrees(figure))
        })
    }

    /// Whether two figures of one value may be one: a sum of money is no number of things.
    fn is_comparable(&self, a: &Figure, b: &Figure) -> bool {
        let open = |figure: &Figure| figure.counted == Counted::Things(None);
        let money = |figure: &Figure| match &figure.counted {
            Counted::Money(_) => true,
            Counted::Things(Some(noun)) => self.currencies.contains(noun),
            _ => false,
        };
        open(a) || open(b) || money(a) == money(b)
    }

    /// The share of the runs of a quotation's words, by their hashes, that stand in them.
    pub fn share_of_runs(&self, hashes: &[u64]) -> f64 {
        let runs: Vec<u64> = hashes.windows(RUN).map(|run| fold::mix(run.iter().copied())).collect();
        let known = runs.iter().filter(|run| self.runs.contains(run)).count();
        if runs.is_empty() { 1.0 } else { known as f64 / runs.len() as f64 }
    }
}

/// "46m", "205lb": numbers that are tied to their unit.
fn measures(block: &Block, packs: &Packs) -> Vec<Figure> {
    let measure = |at: usize| {
        let token = block.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        let number = packs.language.digits.read(token.text(&block.prose))?;
        let unit = fold::fold(number.rest);
        // "19th", "1980s"
        if unit.is_empty()
            || unit.chars().any(|c| !c.is_alphabetic())
            || packs.grammar.numbers.ordinal_endings.contains(&unit)
            || packs.grammar.days.decades.contains(&unit)
        {
            return None;
        }
        let value = number.value;
        Some(Figure {
            tokens: at..at + 1,
            number: at..at + 1,
            measure: Measure { value, to: None, hedge: Hedge::Exact, counted: Counted::Things(None), step: 1.0 },
        })
    };
    (0..block.tokens.len()).filter_map(measure).collect()
}

/// "2-1", "2 – 1": two small numbers that a dash ties and that count nothing. The tokens, and the two sides.
pub fn score(block: &Block, at: usize, numbers: &Numbers) -> Option<(Range<usize>, (u32, u32))> {
    let side = |at: usize| {
        let token = block.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        token.text(&block.prose).parse::<u32>().ok().filter(|side| *side < SIDE)
    };
    let own = side(at)?;
    let tied = block.tokens.get(at + 1)?.joined;
    let end = if tied { at + 1 } else { at + 2 };
    let is_dash = |at: usize| block.mark(at).is_some_and(|mark| numbers.ranges.contains(&mark));
    let dash = tied || is_dash(at + 1);
    let other = side(end).filter(|_| dash)?;
    let joined = |at: usize| block.tokens.get(at).is_some_and(|token| token.joined);
    // "2-1-0", "the 5-6-year-old", "of 2-3 people"
    let noun = block.tokens.get(end + 1).is_some_and(|next| {
        let counted = own < other && next.kind == TokenKind::Word;
        let percent = block.mark(end + 1).is_some_and(|mark| numbers.percent_signs.contains(&mark));
        next.joined || counted || percent || is_dash(end + 1)
    });
    (!joined(at) && !noun).then(|| (at..end + 1, (own, other)))
}

fn is_year(figure: &Figure) -> bool {
    figure.counted == Counted::Things(None) && figure.step == 1.0 && (1900.0..2100.0).contains(&figure.value)
}

/// A folded word without apostrophes, as a name is spelled with and without.
fn folded(word: &str) -> String {
    fold::fold(word).replace(fold::is_apostrophe, "")
}

/// The shortest of what a folded word may be the plural of, or itself.
fn stem(word: String, grammar: &Grammar) -> String {
    let shortest = grammar.singulars(&word).min_by_key(String::len);
    shortest.unwrap_or(word)
}
