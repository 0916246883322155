//! `quantity`, of sums in two currencies: "$180bn (£96bn)". All conversions of an article go by about one rate; one that
//! goes by another has a slip in either sum.

use super::Draft;
use super::tuning::Conversion;
use crate::claim::{Counted, Figure, Hedge};
use crate::diagnostic::{Amount, Arithmetic, Diagnostic, Proof, Severity};
use crate::pack::Rule;
use crate::text::{Block, Field, Span};
use std::collections::BTreeMap;

/// A sum with what it is in another currency, in parentheses behind it.
struct Converted {
    span: Span,
    /// The two sums as they are written.
    words: (String, String),
    signs: (char, char),
    /// How much of the second currency there is to one of the first.
    rate: f64,
    /// The least and the highest rate that the two sums, as they are rounded, leave room for.
    rates: (f64, f64),
}

impl Converted {
    /// Whether two conversions may be of one rate.
    fn agrees(&self, other: &Converted, apart: f64) -> bool {
        self.rates.0 <= other.rates.1 * (1.0 + apart) && other.rates.0 <= self.rates.1 * (1.0 + apart)
    }
}

/// Conversions that go by another rate than the others of their article, which agree.
pub(super) fn check(draft: &Draft<'_>, rule: &Rule) -> Vec<Diagnostic> {
    let mut all: Vec<Converted> = Vec::new();
    for (block, read) in draft.article.blocks.iter().zip(&draft.reading.blocks) {
        if block.field == Field::Body {
            let figures = &read.own.figures;
            all.extend(figures.windows(2).filter_map(|pair| converted(block, pair)));
        }
    }
    let mut currencies: BTreeMap<(char, char), Vec<&Converted>> = BTreeMap::new();
    for one in &all {
        currencies.entry(one.signs).or_default().push(one);
    }
    let report = |(one, first): (&Converted, &Converted)| {
        let (from, to) = one.signs;
        let middle = |(low, high): (f64, f64)| (low + high) / 2.0;
        let message = format!(
            "this is {to}{:.2} to {from}1, elsewhere in this article it is about {to}{:.2}",
            middle(one.rates),
            middle(first.rates)
        );
        let (whole, part) = first.words.clone();
        let rate = Arithmetic::Quotient { part, whole, quotient: Amount::plain(first.rate) };
        let there = draft.show(first.span).noted("the same currencies");
        draft.finding(rule, Severity::Warning, message, one.span, vec![Proof::Arithmetic(rate, Some(there))])
    };
    currencies.values().filter_map(|all| stray(all, &draft.tuning.conversion)).filter_map(report).collect()
}

/// The one of the conversions between two currencies that no other agrees with, where the others all agree; and the first
/// of those.
fn stray<'a>(all: &[&'a Converted], tuning: &Conversion) -> Option<(&'a Converted, &'a Converted)> {
    let sorted = |end: fn(&Converted) -> f64| {
        let mut rates: Vec<f64> = all.iter().map(|one| end(one)).collect();
        rates.sort_by(f64::total_cmp);
        rates
    };
    let (least, highest) = (sorted(|one| one.rates.0), sorted(|one| one.rates.1));
    all.iter().filter(|_| all.len() > tuning.agreeing).find_map(|one| {
        // Others agree pair by pair where the highest of their least rates agrees with the lowest of their highest.
        let low = least.iter().rev().nth(usize::from(least.last() == Some(&one.rates.0)))?;
        let high = highest.get(usize::from(highest.first() == Some(&one.rates.1)))?;
        let agreed = *low <= *high * (1.0 + tuning.apart);
        let others = || all.iter().filter(|other| !std::ptr::eq(**other, *one));
        let first = others().next().filter(|_| agreed && !others().any(|other| one.agrees(other, tuning.apart)))?;
        Some((*one, *first))
    })
}

/// Two sums of which the second stands in parentheses behind the first.
fn converted(block: &Block, pair: &[Figure]) -> Option<Converted> {
    let [one, other] = pair else { return None };
    let signs = match (&one.counted, &other.counted) {
        (Counted::Money(from), Counted::Money(to)) if from != to => (*from, *to),
        _ => return None,
    };
    let (open, close) = (one.tokens.end, other.tokens.end);
    let beside = block.word(open) == "(" && other.tokens.start == open + 1 && block.word(close) == ")";
    let exact = [one, other].iter().all(|figure| figure.to.is_none() && figure.value > figure.step);
    // Of what is more or less than the one sum, the other is so too.
    let hedged = other.hedge == Hedge::Exact;
    let rate = |to: f64, from: f64| to / from;
    let rates = (
        rate(other.value - other.step / 2.0, one.value + one.step / 2.0),
        rate(other.value + other.step / 2.0, one.value - one.step / 2.0),
    );
    let span = block.span(one.tokens.start..close + 1);
    let words = |figure: &Figure| block.text(figure.tokens.clone()).to_owned();
    let (words, rate) = ((words(one), words(other)), rate(other.value, one.value));
    (beside && exact && hedged).then_some(Converted { span, words, signs, rate, rates })
}
