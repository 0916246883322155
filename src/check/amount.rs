//! The figures of a block that no source leaves room for, as `unsupported` reports them: numbers, spans of time, scores
//! and shares.

use super::tuning::Grounded;
use crate::claim::{BlockReading, Counted, Figure, Hedge};
use crate::fact::{Grounds, score};
use crate::pack::{Grammar, Unit};
use crate::pattern::WordId;
use crate::text::{Block, TokenKind};
use std::ops::Range;

/// The tokens of the figures of a block that the sources leave no room for.
pub(super) fn missing(
    block: &Block,
    read: &BlockReading,
    grammar: &Grammar,
    grounds: &Grounds,
    tuning: &Grounded,
) -> Vec<Range<usize>> {
    let figures = &read.own.figures;
    let page = Page { block, words: &read.own.words, grammar, grounds, tuning };
    let missing: Vec<&Figure> = figures.iter().filter(|figure| page.is_missing(figure)).collect();
    let own = missing.iter().filter(|figure| !page.is_conversion(figure, figures, &missing));
    let mut found: Vec<Range<usize>> = own.map(|figure| figure.number.clone()).collect();
    found.extend(page.scores());
    found.extend(page.shares());
    found.sort_by_key(|tokens| tokens.start);
    found
}

struct Page<'a> {
    block: &'a Block,
    words: &'a [Option<WordId>],
    grammar: &'a Grammar,
    grounds: &'a Grounds,
    tuning: &'a Grounded,
}

impl Page<'_> {
    fn word(&self, at: usize) -> Option<WordId> {
        self.words.get(at).copied().flatten()
    }

    fn is_missing(&self, figure: &Figure) -> bool {
        if let Some(unit) = self.span_of_time(figure) {
            return !self.grounds.has_span(figure, unit);
        }
        let first = self.block.tokens.get(figure.number.start);
        let spelled = first.is_some_and(|token| token.kind == TokenKind::Word);
        let joined = first.is_some_and(|token| token.joined);
        let counted = spelled && figure.value <= self.tuning.counted && matches!(figure.counted, Counted::Things(_));
        // A bound is wide, and "one" is seldom a figure.
        let bound = figure.hedge != Hedge::Exact && figure.value < self.tuning.bound;
        let own = counted
            || joined
            || bound
            || self.is_item(figure)
            || self.is_code(figure)
            || score(self.block, figure.number.start, &self.grammar.numbers).is_some();
        !own && !self.grounds.has_figure(figure)
    }

    /// "a two-year contract", "25 years": the unit of a span of time that is no age.
    fn span_of_time(&self, figure: &Figure) -> Option<Unit> {
        let unit = self.grammar.days.units.get(&self.word(figure.tokens.end)?).copied()?;
        let behind = self.word(figure.tokens.end + 1);
        let aged = behind.is_some_and(|word| self.grammar.days.aged.contains(&word));
        let first = self.block.tokens.get(figure.number.start)?;
        let exact = figure.hedge == Hedge::Exact && figure.to.is_none() && !first.joined && figure.value > 1.0;
        (exact && !aged).then_some(unit)
    }

    /// "1. The harbour": the number of a line in a list.
    fn is_item(&self, figure: &Figure) -> bool {
        figure.tokens.start == 0 && matches!(self.block.word(figure.tokens.end), "." | ")")
    }

    /// "the M 4", where the sources have the M4: a number that goes with a letter.
    fn is_code(&self, figure: &Figure) -> bool {
        let before = figure.number.start.checked_sub(1).map(|before| self.block.word(before)).unwrap_or_default();
        let letters = !before.is_empty() && before.chars().all(char::is_uppercase);
        letters && self.grounds.has_word(&format!("{before}{}", self.block.word(figure.number.start)), self.grammar)
    }

    /// "$565m (£397m)": a sum in another currency beside one that the sources have.
    fn is_conversion(&self, figure: &Figure, all: &[Figure], missing: &[&Figure]) -> bool {
        let beside =
            |a: &Figure, b: &Figure| b.tokens.start == a.tokens.end + 1 && self.block.word(a.tokens.end) == "(";
        let sum = |figure: &Figure| matches!(figure.counted, Counted::Money(_));
        all.iter().any(|other| {
            let near = beside(figure, other) || beside(other, figure);
            near && sum(figure) && sum(other) && figure.counted != other.counted && !missing.contains(&other)
        })
    }

    /// Scores that no source has, from either side.
    fn scores(&self) -> impl Iterator<Item = Range<usize>> {
        let scores = (0..self.block.tokens.len()).filter_map(|at| score(self.block, at, &self.grammar.numbers));
        scores.filter(|(_, (own, other))| !self.grounds.has_score(*own, *other)).map(|(tokens, _)| tokens)
    }

    /// "half of", "two thirds": shares that the sources do not have in words, nor in per cent.
    fn shares(&self) -> impl Iterator<Item = Range<usize>> {
        let numbers = &self.grammar.numbers;
        let share = move |at: usize| {
            let word = self.word(at)?;
            let joined = self.block.tokens.get(at).is_some_and(|token| token.joined)
                || self.block.tokens.get(at + 1).is_some_and(|next| next.joined);
            let before = at.checked_sub(1).and_then(|before| self.word(before));
            let ordinal = before.is_some_and(|word| numbers.ordinals.contains_key(&word));
            let part = numbers.parts.get(&word)?;
            let count = before.and_then(|word| numbers.words.get(&word)).copied();
            // "half of them", "two thirds", but not "half a century" and "the last quarter".
            let of = self.word(at + 1).is_some_and(|word| self.grammar.prepositions.contains(&word));
            if joined || ordinal || !of && count.is_none() {
                return None;
            }
            let percent = count.unwrap_or(1) * 100 / part;
            let known = self.grounds.has_word(self.block.word(at), self.grammar)
                || self.grounds.has_percent(f64::from(percent), self.tuning.rough);
            (!known).then_some(at..at + 1)
        };
        (0..self.block.tokens.len()).filter_map(share)
    }
}
