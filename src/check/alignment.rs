//! `alignment`: one value that stands in another's stead, in a sentence that otherwise says what a sentence of the sources
//! says. Every word may be in the sources, and yet be bound to the wrong subject.
//!
//! For each value of a draft sentence the source sentence is found that says most of the rest without it. It is a rival
//! only if no sentence that has the value says nearly as much, and if it has one value of the same sort in the same
//! surroundings. Names that no source has are left to grounded mode.

use super::{Check, Draft};
use crate::claim::{Content, Counted, Exchangeable, Figure, Figures, Likeness, Sort, Term, compare, content, days};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fact::{Facts, Parallel, Parallels};
use crate::pack::Rule;
use crate::text::{Block, Field, Span};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use strsim::osa_distance;

/// The check.
pub(super) struct Alignment;

/// Articles further apart, in days, tell of different events.
const DAYS: i32 = 3;
/// So much of what stands around a value must stand in the other sentence, by weight.
const SHARE: f64 = 0.4;
/// An article is retold where so many of a draft's sentences have a like in it, by share.
const RETOLD: f64 = 0.5;
/// A sentence is compared by so many of its content words.
const TERMS: usize = 128;
/// At least so many words of it.
const WORDS: usize = 3;
/// By so much more than any sentence that has the value.
const MARGIN: f64 = 0.08;
/// A value in the next sentence supports so much as one in the same.
const BESIDE: f64 = 0.7;
/// Content words further from the value than so many tokens count less: by `FAR`.
const NEAR: usize = 7;
const FAR: f64 = 0.4;
/// Figures this near to each other, by share, are one that was rounded.
const ROUNDED: f64 = 0.05;
/// A subject has at most so many tokens before it.
const LEAD: usize = 3;

impl Check for Alignment {
    fn kind(&self) -> &'static str {
        "alignment"
    }

    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Facts) -> Vec<Diagnostic> {
        let Some(parallels) = draft.parallels else { return Vec::new() };
        let mut pages = Vec::new();
        for (number, block) in draft.article.blocks.iter().enumerate().filter(|(_, block)| block.field == Field::Body) {
            let Some(read) = draft.reading.blocks.get(number) else { continue };
            let figures = Figures::new(block, &read.words, &draft.packs.grammar).all();
            let days = days(block, &read.words, draft.packs);
            for sentence in &block.sentences {
                let content = content(block, read, sentence.clone(), &figures, &days, draft.packs);
                if content.terms.len() >= WORDS {
                    pages.push(Page::new(draft, rule, parallels, block, content));
                }
            }
        }
        let retold = retold(&pages);
        pages.iter().flat_map(|page| page.check(&retold)).collect()
    }
}

/// One sentence of the draft.
struct Page<'a> {
    draft: &'a Draft<'a>,
    rule: &'a Rule,
    parallels: &'a Parallels,
    block: &'a Block,
    content: Content,
    /// How much each content word says of which sentence is meant.
    weights: Vec<f64>,
    /// The source sentences that share words with it.
    near: Vec<Near>,
}

/// A source sentence, with the content words of a draft's sentence that it holds, as bits.
struct Near {
    number: usize,
    alone: u128,
    /// Together with the sentences beside it.
    around: u128,
}

/// Numbers of the articles that a draft retells: for so many of its sentences they have one that says much of the same.
fn retold(pages: &[Page<'_>]) -> HashSet<usize> {
    let mut alike: HashMap<usize, usize> = HashMap::default();
    for page in pages {
        page.alike().into_iter().for_each(|article| *alike.entry(article).or_default() += 1);
    }
    let enough = |count: usize| count as f64 >= RETOLD * pages.len() as f64;
    alike.into_iter().filter(|(_, count)| enough(*count)).map(|(article, _)| article).collect()
}

impl<'a> Page<'a> {
    fn new(
        draft: &'a Draft<'a>,
        rule: &'a Rule,
        parallels: &'a Parallels,
        block: &'a Block,
        content: Content,
    ) -> Page<'a> {
        let stems: Vec<u64> = content.terms.iter().map(|term| term.stem).collect();
        let weights = stems.iter().take(TERMS).map(|stem| parallels.weight(*stem)).collect();
        let near = parallels.near(&stems, &draft.key, draft.date, DAYS).into_iter().map(|number| {
            let around = parallels.around(number).fold(0, |bits, sentence| bits | sentence.held(&stems));
            let alone = parallels.sentence(number).map_or(0, |sentence| sentence.held(&stems));
            Near { number, alone, around }
        });
        let near = near.collect();
        Page { draft, rule, parallels, block, content, weights, near }
    }

    /// Numbers of the articles with a sentence that says much of the same.
    fn alike(&self) -> HashSet<usize> {
        let total: f64 = self.weights.iter().sum();
        let alike = self.near.iter().filter(|near| share(&self.weights, near.around) >= SHARE * total);
        alike.filter_map(|near| self.parallels.article(near.number)).collect()
    }

    fn check(&self, retold: &HashSet<usize>) -> Vec<Diagnostic> {
        let own = |value: &Exchangeable| !value.pronoun && !self.block.is_quoted(value.tokens.start);
        let values = self.content.values.iter().enumerate().filter(|(_, value)| own(value) && self.is_known(value));
        let of_retold =
            |near: &&Near| self.parallels.article(near.number).is_some_and(|article| retold.contains(&article));
        let near: Vec<&Near> = self.near.iter().filter(of_retold).collect();
        values.filter_map(|(number, value)| self.misplaced(number, value, &near)).collect()
    }

    /// Whether the sources have a name at all.
    fn is_known(&self, value: &Exchangeable) -> bool {
        let range = matches!(&value.sort, Sort::Figure(figure) if figure.to.is_some());
        !range && (!value.is_name() || value.stems.iter().all(|stem| self.parallels.names(*stem)))
    }

    fn misplaced(&self, number: usize, value: &Exchangeable, near: &[&Near]) -> Option<Diagnostic> {
        let weights = self.weights_around(number, value);
        let total: f64 = weights.iter().sum();
        // A figure is bound to its own sentence.
        let figure = matches!(value.sort, Sort::Figure(_));
        let (mut rival, mut most, mut words, mut support) = (None, 0.0, 0, 0.0_f64);
        for near in near {
            // What says less is no rival, and no support that counts against one.
            if share(&weights, near.around) < (SHARE - MARGIN) * total {
                continue;
            }
            let Some(sentence) = self.parallels.sentence(near.number) else { continue };
            let own = self.has(&sentence.content, value);
            let beside = || {
                let mut around = self.parallels.around(near.number);
                !figure
                    && self.in_its_stead(value, sentence).is_none()
                    && around.any(|near| self.has(&near.content, value))
            };
            if own || beside() {
                let held = if figure { near.alone } else { near.around };
                support = support.max(if own { 1.0 } else { BESIDE } * share(&weights, held) / total);
            } else if share(&weights, near.alone) / total > most {
                (rival, most) = (Some(sentence), share(&weights, near.alone) / total);
                words = weights
                    .iter()
                    .enumerate()
                    .filter(|(at, weight)| **weight > 0.0 && near.alone & 1 << at != 0)
                    .count();
            }
        }
        let rival = rival.filter(|_| most >= SHARE && words >= WORDS && most - support >= MARGIN)?;
        self.report(value, rival, self.in_its_stead(value, rival)?)
    }

    /// The weights of the content words around a value, its own left out.
    fn weights_around(&self, number: usize, value: &Exchangeable) -> Vec<f64> {
        let weigh = |(term, weight): (&Term, &f64)| {
            let before = value.tokens.start.saturating_sub(term.token);
            let behind = term.token.saturating_sub(value.tokens.end);
            let near = if before.max(behind) <= NEAR { 1.0 } else { FAR };
            if term.value == Some(number) { 0.0 } else { weight * near }
        };
        self.content.terms.iter().zip(&self.weights).map(weigh).collect()
    }

    /// Whether a sentence has a value, in whatever form.
    fn has(&self, content: &Content, value: &Exchangeable) -> bool {
        let any = |fits: &dyn Fn(&Sort) -> bool| content.values.iter().any(|other| fits(&other.sort));
        match &value.sort {
            Sort::Figure(figure) => any(&|other| match other {
                Sort::Figure(known) => is_rounded(figure, known),
                Sort::Day(_, day) => f64::from(*day) == figure.value,
                _ => false,
            }),
            Sort::Year(year) => any(&|other| matches!(other, Sort::Year(known) if known == year)),
            // Which day "yesterday" is, and of which date a Tuesday, is for the calendar to say.
            Sort::Weekday(_) | Sort::Day(..) if content.relative => true,
            Sort::Weekday(day) => any(&|other| matches!(other, Sort::Day(..)) || *other == Sort::Weekday(*day)),
            Sort::Day(..) => any(&|other| matches!(other, Sort::Weekday(_)) || *other == value.sort),
            Sort::Entity(_) | Sort::Person | Sort::Name => self.names(content, value),
        }
    }

    /// Whether a sentence names somebody or something: by a word of the name, another spelling, a pronoun, a part or the
    /// whole of a known place.
    fn names(&self, content: &Content, value: &Exchangeable) -> bool {
        let by_word = content.terms.iter().any(|term| {
            let holder = term.value.and_then(|number| content.values.get(number));
            value.stems.contains(&term.stem) && !holder.is_some_and(|holder| is_namesake(value, holder))
        });
        let by_key = |known: &str| value.meant.iter().any(|meant| *meant.key == *known || is_alike(&meant.key, known));
        by_word
            || content.values.iter().any(|other| is_spelled_like(value, other))
            || content.named.iter().any(|known| by_key(known) || self.is_part(value, known))
    }

    /// Whether one of two declared entities is a part of the other, or a sort of it.
    fn is_part(&self, value: &Exchangeable, known: &str) -> bool {
        let packs = self.draft.packs;
        let mut meant = value.meant.iter().filter_map(|meant| packs.entity(meant.entity?));
        meant.any(|entity| {
            let whole = entity.is_a.iter().any(|whole| *whole == *known);
            whole || packs.entities.iter().any(|part| part.key == *known && part.is_a.contains(&entity.key))
        })
    }

    /// The value of a sentence that stands where this one does: the one whose surroundings agree best, and well enough.
    fn in_its_stead<'s>(&self, value: &Exchangeable, sentence: &'s Parallel) -> Option<&'s Exchangeable> {
        let mut kin: Vec<(u32, &Exchangeable)> = sentence
            .content
            .values
            .iter()
            .filter(|other| is_kin(value, other) && self.may_stand(value, other))
            .map(|other| (agreement(value, other), other))
            .collect();
        kin.sort_by_key(|(agreement, _)| std::cmp::Reverse(*agreement));
        let (most, other) = *kin.first()?;
        let unique = kin.get(1).is_none_or(|(second, _)| *second < most);
        (unique && most >= self.enough(value, other)).then_some(other)
    }

    fn may_stand(&self, value: &Exchangeable, other: &Exchangeable) -> bool {
        let opening =
            other.is_name() && other.is_opening() && !other.stems.iter().all(|stem| self.parallels.names(*stem));
        let governed = (value.sides.governed || other.sides.governed) && value.sides.after != other.sides.after;
        let possessed = other.sides.possessive && !value.sides.possessive;
        let elsewhere = self.content.values.iter().any(|own| is_same(own, other));
        !(opening || governed || possessed || elsewhere)
    }

    /// How well the surroundings of two values must agree; see [`agreement`].
    fn enough(&self, value: &Exchangeable, other: &Exchangeable) -> u32 {
        let (own, there) = (&value.sides, &other.sides);
        let prepositions = own.preposition.zip(there.preposition).is_some_and(|(own, there)| own != there);
        match &value.sort {
            // Every sentence has ages, durations and sums of its own.
            Sort::Figure(figure) if self.is_time(figure) || matches!(figure.counted, Counted::Money(_)) => 4,
            Sort::Figure(figure) if figure.counted == Counted::Things(None) => 3,
            Sort::Year(_) => 3,
            Sort::Figure(_) | Sort::Weekday(_) | Sort::Day(..) => 2,
            _ if own.coordinate != there.coordinate || prepositions => 5,
            // Where nothing stands on one side, the other decides.
            _ if own.left.is_empty() => 2,
            _ if own.right.is_empty() => 3,
            _ => 4,
        }
    }

    fn is_time(&self, figure: &Figure) -> bool {
        let Counted::Things(Some(noun)) = &figure.counted else { return false };
        let word = self.draft.packs.vocabulary.get(noun);
        word.is_some_and(|word| self.draft.packs.grammar.days.units.contains_key(&word))
    }

    fn report(&self, value: &Exchangeable, sentence: &Parallel, other: &Exchangeable) -> Option<Diagnostic> {
        let span: Span = self.block.span(value.tokens.clone());
        let here = self.block.text(value.tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        let there = self.parallels.words(sentence, other)?;
        let evidence = self.parallels.cite(sentence, other.tokens.clone())?;
        let message = format!("a source has {there} where this has {here}");
        self.draft.finding(self.rule, Severity::Warning, message, span, vec![evidence])
    }
}

/// The weight of the words whose bits are set.
fn share(weights: &[f64], held: u128) -> f64 {
    weights.iter().enumerate().filter(|(at, _)| held & 1 << at != 0).map(|(_, weight)| weight).sum()
}

fn is_alike(a: &str, b: &str) -> bool {
    compare(a, b) != Likeness::Different
}

/// Whether one value is of the other's sort, so that it can stand in its stead.
fn is_kin(value: &Exchangeable, other: &Exchangeable) -> bool {
    match (&value.sort, &other.sort) {
        (Sort::Figure(_), Sort::Figure(there)) if there.to.is_some() => false,
        (Sort::Figure(here), Sort::Figure(there)) => {
            let things = matches!((&here.counted, &there.counted), (Counted::Things(_), Counted::Things(_)));
            let same_noun = value.sides.after.is_some() && value.sides.after == other.sides.after;
            here.counted == there.counted || things && same_noun
        }
        (Sort::Entity(here), Sort::Entity(there)) => here == there,
        (here, there) => std::mem::discriminant(here) == std::mem::discriminant(there),
    }
}

/// Whether two figures are one value, as it is or rounded.
fn is_rounded(here: &Figure, there: &Figure) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= b.abs() * ROUNDED;
    here.agrees(there) || near(here.value, there.value) || there.to.is_some_and(|to| near(to, here.value))
}

/// How well what stands around two values agrees: two for a shared content word on a side and one for more of them, one
/// for the very next word, and three where both are names that their sentence is about.
fn agreement(value: &Exchangeable, other: &Exchangeable) -> u32 {
    let (here, there, names) = (&value.sides, &other.sides, value.is_name());
    let side = |here: &[u64], there: &[u64]| match here.iter().filter(|stem| there.contains(stem)).count() {
        0 => 0,
        1 => 2,
        _ => 3,
    };
    let next = |here: Option<u64>, there: Option<u64>| u32::from(here.is_some() && here == there);
    let subject = if names && here.left.is_empty() && there.lead <= LEAD { 3 } else { 0 };
    let last = u32::from(here.right.is_empty() && there.right.is_empty());
    let (left, right) = (side(&here.left, &there.left), side(&here.right, &there.right));
    left + right + next(here.before, there.before) + next(here.after, there.after) + subject + last
}

/// Whether two values may be one.
fn is_same(own: &Exchangeable, other: &Exchangeable) -> bool {
    let meant = |key: &str| other.meant.iter().any(|known| *known.key == *key || is_alike(&known.key, key));
    let word = own.stems.iter().any(|stem| other.stems.contains(stem)) && !is_namesake(own, other);
    word || is_spelled_like(own, other) || own.meant.iter().any(|value| meant(&value.key))
}

/// Whether two full names share the surname and not the given name.
fn is_namesake(a: &Exchangeable, b: &Exchangeable) -> bool {
    let full = |value: &Exchangeable| value.sort == Sort::Person && value.words.len() > 1;
    let surname = a.words.last() == b.words.last();
    full(a) && full(b) && surname && !is_alike(&a.words.join(" "), &b.words.join(" "))
}

/// Whether two names may be spellings or short forms of one.
fn is_spelled_like(a: &Exchangeable, b: &Exchangeable) -> bool {
    let like = |a: &str, b: &str| {
        let shorter = a.chars().count().min(b.chars().count());
        let short_form = shorter >= 3 && (a.starts_with(b) || b.starts_with(a));
        short_form || shorter >= 4 && osa_distance(a, b) <= if shorter < 6 { 1 } else { 2 }
    };
    let words = || a.words.iter().any(|a| b.words.iter().any(|b| like(a, b)));
    a.is_name() && b.is_name() && !is_namesake(a, b) && words()
}
