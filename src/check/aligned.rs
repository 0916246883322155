//! A sentence held against the sentences of others that say most of the same: which of its values stands in another's stead.
//!
//! For each value of the sentence the other sentence is found that says most of the rest without it. It is a rival only if
//! no sentence that has the value says nearly as much, if it has one value of the same sort in the same surroundings, and
//! if no other sentence of the draft retells it better. Names that no source has are left to grounded mode.

use super::Draft;
use super::tuning::{Alignment, Asked};
use crate::claim::{Content, Counted, Exchangeable, Figure, Likeness, Sort, Term, begins, compare, is_near, shorter};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fact::{ArticleKey, Parallel, Parallels};
use crate::pack::Rule;
use crate::text::{Block, Shape, Span, TokenKind};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::ops::Range;
use std::sync::Arc;

/// A sentence is compared by so many of its content words.
const TERMS: usize = 128;

/// Whether a source sentence says enough of what stands around a value.
fn is_enough(asked: &Asked, value: &Exchangeable, said: f64, words: usize) -> bool {
    let figure = matches!(value.sort, Sort::Figure(_) | Sort::Year(_));
    said >= asked.share && words >= if figure { asked.figure_words } else { asked.name_words }
}

/// What a sentence of the draft says: the number of its block, its tokens, its content.
pub(super) type Said = (usize, Range<usize>, Arc<Content>);

/// One sentence of the draft.
pub(super) struct Page<'a> {
    draft: &'a Draft<'a>,
    rule: &'a Rule,
    tuning: &'a Alignment,
    parallels: &'a Parallels,
    block: &'a Block,
    content: Arc<Content>,
    /// How much each content word says of which sentence is meant.
    weights: Vec<f64>,
    /// The source sentences that share words with it.
    near: Vec<Near>,
    /// Whether it is all of its paragraph, or is held against its own article.
    is_alone: bool,
    /// Whether it is a list or a table more than a sentence: a line-up, results, what is on.
    is_list: bool,
}

/// A source sentence, with the content words of a draft's sentence that it holds, as bits.
struct Near {
    number: usize,
    alone: u128,
    /// Together with the sentences beside it.
    around: u128,
}

/// What sentences of a draft have in another's stead, held against those of its sources.
pub(super) fn find(pages: &[Page<'_>], parallels: &Parallels, tuning: &Alignment) -> Vec<Diagnostic> {
    let few = parallels.articles() <= tuning.handful;
    let retold = if few { retold(pages, tuning, |_| true) } else { HashSet::default() };
    pages.iter().flat_map(|page| page.check(&retold, pages, true)).collect()
}

/// The same of a paragraph that sums up another one, which has many more sentences.
pub(super) fn find_summed_up(pages: &[Page<'_>], parallels: &Parallels, tuning: &Alignment) -> Vec<Diagnostic> {
    let retold = retold(pages, tuning, |block| parallels.length(block) > tuning.summary_times * pages.len());
    pages.iter().flat_map(|page| page.check(&retold, pages, false)).collect()
}

/// Numbers of the articles that a draft retells.
fn retold(pages: &[Page<'_>], tuning: &Alignment, may_be: impl Fn(usize) -> bool) -> HashSet<usize> {
    // How many sentences are like one of an article, and how many that counts for.
    let mut alike: HashMap<usize, (usize, usize)> = HashMap::default();
    let mut told = 0;
    for page in pages {
        let articles = page.alike();
        told += usize::from(!articles.is_empty());
        for article in articles {
            let (count, counts_for) = alike.entry(article).or_default();
            *count += 1;
            *counts_for += if page.is_alone { 1 } else { tuning.like };
        }
    }
    let enough =
        |(count, counts_for): (usize, usize)| counts_for >= tuning.like && count as f64 >= tuning.retold * told as f64;
    alike
        .into_iter()
        .filter(|(article, count)| enough(*count) && may_be(*article))
        .map(|(article, _)| article)
        .collect()
}

impl<'a> Page<'a> {
    /// A sentence with those that share words with it, but for the ones of an article with this key.
    pub(super) fn new(
        draft: &'a Draft<'a>,
        rule: &'a Rule,
        parallels: &'a Parallels,
        key: &ArticleKey,
        (number, sentence, content): &Said,
    ) -> Option<Page<'a>> {
        let tuning = &draft.tuning.alignment;
        let (block, content) = (draft.article.blocks.get(*number)?, Arc::clone(content));
        let read = draft.reading.blocks.get(*number)?;
        let words = read.own.words.get(sentence.clone()).unwrap_or_default().iter().flatten();
        // When a town was founded is so on every day.
        let standing = words.into_iter().any(|word| draft.packs.grammar.days.standing.contains(word));
        let days = (!standing).then_some(tuning.days);
        let stems: Vec<u64> = content.terms.iter().map(|term| term.stem).collect();
        let weights = stems.iter().take(TERMS).map(|stem| parallels.weight(*stem)).collect();
        let near = parallels.near(&stems, key, draft.date, days).into_iter().map(|number| {
            let around = parallels.around(number).fold(0, |bits, sentence| bits | sentence.held(&stems));
            let alone = parallels.sentence(number).map_or(0, |sentence| sentence.held(&stems));
            Near { number, alone, around }
        });
        let near = near.collect();
        let marks =
            sentence.clone().filter(|at| block.tokens.get(*at).is_some_and(|token| token.kind == TokenKind::Mark));
        let is_alone = block.sentences.len() == 1 || parallels.is_own();
        let is_list = marks.count() as f64 > tuning.list_marks * sentence.len() as f64;
        Some(Page { draft, rule, tuning, parallels, block, content, weights, near, is_alone, is_list })
    }

    /// Numbers of the articles with a sentence that says much of the same.
    fn alike(&self) -> HashSet<usize> {
        let total: f64 = self.weights.iter().sum();
        let alike = self.near.iter().filter(|near| share(&self.weights, near.around) >= self.tuning.share * total);
        alike.filter_map(|near| self.parallels.article(near.number)).collect()
    }

    /// What it has in another's stead: as a sentence of articles that are retold, and as a copy of any sentence.
    fn check(&self, retold: &HashSet<usize>, pages: &[Page<'_>], copies: bool) -> Vec<Diagnostic> {
        if self.is_list {
            return Vec::new();
        }
        // "OSLO, Norway —": where the article was written.
        let dateline = |value: &Exchangeable| {
            let first = self.block.tokens.get(value.tokens.start);
            value.sides.lead == 0 && value.is_name() && first.is_some_and(|token| token.shape == Shape::Upper)
        };
        let own =
            |value: &Exchangeable| !value.pronoun && !dateline(value) && !self.block.is_quoted(value.tokens.start);
        let values = self.content.values.iter().enumerate().filter(|(_, value)| own(value) && self.is_known(value));
        let of_retold =
            |near: &&Near| self.parallels.article(near.number).is_some_and(|article| retold.contains(&article));
        let near: Vec<&Near> = self.near.iter().filter(of_retold).collect();
        let total: f64 = self.weights.iter().sum();
        let much = |near: &&Near| copies && share(&self.weights, near.around) >= self.tuning.support * total;
        let like: Vec<&Near> = self.near.iter().filter(much).collect();
        let found = |(number, value): (usize, &Exchangeable)| {
            // What goes before a summary tells more than it, and of more people.
            let asked = if self.parallels.is_own() { &self.tuning.summary } else { &self.tuning.retelling };
            let retold = self.misplaced(number, value, &near, pages, asked);
            // In an archive the same is told of many in the same words.
            let archive = self.parallels.articles() > self.tuning.handful;
            let subject = archive && value.is_name() && value.sides.lead <= self.tuning.lead;
            retold.or_else(|| {
                (!subject).then(|| self.misplaced(number, value, &like, pages, &self.tuning.copy)).flatten()
            })
        };
        values.filter_map(found).collect()
    }

    /// Whether the sources have a name at all.
    fn is_known(&self, value: &Exchangeable) -> bool {
        let range = matches!(&value.sort, Sort::Figure(figure) if figure.to.is_some());
        !range && (!value.is_name() || value.stems.iter().all(|stem| self.parallels.names(*stem)))
    }

    fn misplaced(
        &self,
        number: usize,
        value: &Exchangeable,
        near: &[&Near],
        pages: &[Page<'_>],
        asked: &Asked,
    ) -> Option<Diagnostic> {
        let weights = self.weights_around(number, value);
        let total: f64 = weights.iter().sum();
        let mut best: Option<(f64, &Parallel, &Exchangeable)> = None;
        for near in near {
            let said = share(&weights, near.alone) / total;
            let counted = |(at, weight): &(usize, &f64)| **weight > 0.0 && near.alone & 1 << at != 0;
            let words = weights.iter().enumerate().filter(counted).count();
            if said <= best.map_or(0.0, |(most, ..)| most) || !is_enough(asked, value, said, words) {
                continue;
            }
            let Some(sentence) = self.parallels.sentence(near.number) else { continue };
            let rival = (!self.has(&sentence.content, value)).then(|| self.in_its_stead(value, sentence)).flatten();
            let own = rival.filter(|other| !pages.iter().any(|page| page.retells(near.number, other, said)));
            best = own.map(|other| (said, sentence, other)).or(best);
        }
        let (said, sentence, other) = best?;
        let support = near.iter().map(|near| self.support(value, near, &weights, total)).fold(0.0, f64::max);
        let unopposed = support < self.tuning.support || said - support >= asked.margin;
        unopposed.then(|| self.report(value, sentence, other)).flatten()
    }

    /// Whether this sentence retells another one, with its value, as well as one that lacks it: then it is told already.
    fn retells(&self, number: usize, value: &Exchangeable, said: f64) -> bool {
        let total: f64 = self.weights.iter().sum();
        let same = self.near.iter().find(|near| near.number == number);
        same.is_some_and(|near| share(&self.weights, near.alone) / total >= said) && self.has(&self.content, value)
    }

    /// How much of what stands around a value a source sentence says that has the value too, or has it beside it.
    fn support(&self, value: &Exchangeable, near: &Near, weights: &[f64], total: f64) -> f64 {
        // A figure is bound to its own sentence.
        let figure = matches!(value.sort, Sort::Figure(_) | Sort::Year(_));
        let Some(sentence) = self.parallels.sentence(near.number) else { return 0.0 };
        let said = share(weights, if figure { near.alone } else { near.around }) / total;
        if said < self.tuning.support {
            return 0.0;
        }
        if self.has(&sentence.content, value) {
            return said;
        }
        let mut around = self.parallels.around(near.number);
        let beside = !figure
            && self.in_its_stead(value, sentence).is_none()
            && around.any(|near| self.has(&near.content, value));
        if beside { self.tuning.beside * said } else { 0.0 }
    }

    /// The weights of the content words around a value, its own left out.
    fn weights_around(&self, number: usize, value: &Exchangeable) -> Vec<f64> {
        let weigh = |(term, weight): (&Term, &f64)| {
            let before = value.tokens.start.saturating_sub(term.token);
            let behind = term.token.saturating_sub(value.tokens.end);
            let near = if before.max(behind) <= self.tuning.near { 1.0 } else { self.tuning.far };
            if term.value == Some(number) { 0.0 } else { weight * near }
        };
        self.content.terms.iter().zip(&self.weights).map(weigh).collect()
    }

    /// Whether a sentence has a value, in whatever form.
    fn has(&self, content: &Content, value: &Exchangeable) -> bool {
        let any = |fits: &dyn Fn(&Sort) -> bool| content.values.iter().any(|other| fits(&other.sort));
        match &value.sort {
            Sort::Figure(figure) => any(&|other| match other {
                Sort::Figure(known) => is_rounded(figure, known, self.tuning),
                Sort::Day(_, day, _) => f64::from(*day) == figure.value,
                _ => false,
            }),
            Sort::Year(year) => {
                any(&|other| matches!(other, Sort::Year(known) | Sort::Day(_, _, Some(known)) if known == year))
            }
            // Which day "yesterday" is, and of which date a Tuesday, is for the calendar to say.
            Sort::Weekday(_) | Sort::Day(..) if content.relative => true,
            Sort::Weekday(day) => any(&|other| matches!(other, Sort::Day(..)) || *other == Sort::Weekday(*day)),
            Sort::Day(month, day, year) => any(&|other| match other {
                Sort::Weekday(_) => true,
                // A year that is not written is any.
                Sort::Day(m, d, known) => (m, d) == (month, day) && year.zip(*known).is_none_or(|(a, b)| a == b),
                _ => false,
            }),
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
            || content.values.iter().any(|other| is_spelled_like(value, other, self.tuning))
            || content.named.iter().any(|known| by_key(known) || self.is_part(value, known))
    }

    /// Whether one of two declared entities is a part of the other, or a sort of it.
    fn is_part(&self, value: &Exchangeable, known: &str) -> bool {
        let packs = self.draft.packs;
        let mut meant = value.meant.iter().filter_map(|meant| packs.entity(meant.entity()?));
        meant.any(|entity| {
            let whole = entity.is_a.iter().any(|whole| *whole == *known);
            let mut parts = packs.lexicon.by_key(known).filter_map(|part| packs.entity(part));
            whole || parts.any(|part| part.is_a.contains(&entity.key))
        })
    }

    /// The value of a sentence that stands where this one does: the one whose surroundings agree best, and well enough.
    fn in_its_stead<'s>(&self, value: &Exchangeable, sentence: &'s Parallel) -> Option<&'s Exchangeable> {
        let mut kin: Vec<(u32, &Exchangeable)> = sentence
            .content
            .values
            .iter()
            .filter(|other| is_kin(value, other) && self.may_stand(value, other))
            .map(|other| (agreement(value, other, self.tuning), other))
            .collect();
        kin.sort_by_key(|(agreement, _)| std::cmp::Reverse(*agreement));
        let (most, other) = *kin.first()?;
        // Somebody who stands there twice is one.
        let unique = kin.iter().skip(1).all(|(second, one)| *second < most || is_same(one, other, self.tuning));
        (unique && most >= self.enough(value, other)).then_some(other)
    }

    fn may_stand(&self, value: &Exchangeable, other: &Exchangeable) -> bool {
        let opening =
            other.is_name() && other.is_opening() && !other.stems.iter().all(|stem| self.parallels.names(*stem));
        let governed = (value.sides.governed || other.sides.governed) && value.sides.after != other.sides.after;
        let possessed = other.sides.possessive && !value.sides.possessive;
        let elsewhere = self.content.values.iter().any(|own| is_same(own, other, self.tuning));
        !(opening || governed || possessed || elsewhere)
    }

    /// How well the surroundings of two values must agree; see [`agreement`].
    fn enough(&self, value: &Exchangeable, other: &Exchangeable) -> u32 {
        let least = &self.tuning.agreement;
        let (own, there) = (&value.sides, &other.sides);
        let prepositions = own.preposition.zip(there.preposition).is_some_and(|(own, there)| own != there);
        match &value.sort {
            // Every sentence has ages, durations and sums of its own.
            Sort::Figure(figure) if self.is_time(figure) || matches!(figure.counted, Counted::Money(_)) => least.sums,
            Sort::Figure(figure) if figure.counted == Counted::Things(None) => least.numbers,
            Sort::Year(_) => least.years,
            Sort::Figure(_) | Sort::Weekday(_) | Sort::Day(..) => least.counts,
            _ if own.coordinate != there.coordinate || prepositions => least.otherwise_bound,
            // Where nothing stands on one side, the other decides.
            _ if own.left.is_empty() => least.first,
            _ if own.right.is_empty() => least.last,
            _ => least.names,
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
        let proof = self.parallels.cite(sentence, other.tokens.clone())?;
        let message = format!("{} has {there} where this has {here}", self.parallels.called());
        self.draft.finding(self.rule, Severity::Warning, message, span, vec![proof])
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
fn is_rounded(here: &Figure, there: &Figure, tuning: &Alignment) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= b.abs() * tuning.rounded;
    here.agrees(there) || near(here.value, there.value) || there.to.is_some_and(|to| near(to, here.value))
}

/// How well what stands around two values agrees: two for a shared content word on a side and one for more of them, one
/// for the very next word, and three where both are names that their sentence is about.
fn agreement(value: &Exchangeable, other: &Exchangeable, tuning: &Alignment) -> u32 {
    let (here, there, names) = (&value.sides, &other.sides, value.is_name());
    let side = |here: &[u64], there: &[u64]| match here.iter().filter(|stem| there.contains(stem)).count() {
        0 => 0,
        1 => 2,
        _ => 3,
    };
    let next = |here: Option<u64>, there: Option<u64>| u32::from(here.is_some() && here == there);
    let subject = if names && here.left.is_empty() && there.lead <= tuning.lead { 3 } else { 0 };
    let last = u32::from(here.right.is_empty() && there.right.is_empty());
    let (left, right) = (side(&here.left, &there.left), side(&here.right, &there.right));
    left + right + next(here.before, there.before) + next(here.after, there.after) + subject + last
}

/// Whether two values may be one.
fn is_same(own: &Exchangeable, other: &Exchangeable, tuning: &Alignment) -> bool {
    if matches!((&own.sort, &other.sort), (Sort::Day(..), Sort::Day(..))) {
        return own.sort == other.sort;
    }
    let meant = |key: &str| other.meant.iter().any(|known| *known.key == *key || is_alike(&known.key, key));
    let word = own.stems.iter().any(|stem| other.stems.contains(stem)) && !is_namesake(own, other);
    word || is_spelled_like(own, other, tuning) || own.meant.iter().any(|value| meant(&value.key))
}

/// Whether two full names share the surname and not the given name.
fn is_namesake(a: &Exchangeable, b: &Exchangeable) -> bool {
    let full = |value: &Exchangeable| value.sort == Sort::Person && value.words.len() > 1;
    let surname = a.words.last() == b.words.last();
    full(a) && full(b) && surname && !is_alike(&a.words.join(" "), &b.words.join(" "))
}

/// Whether two names may be spellings or short forms of one.
fn is_spelled_like(a: &Exchangeable, b: &Exchangeable, tuning: &Alignment) -> bool {
    let slips = [tuning.one_slip, tuning.two_slips];
    let like = |a: &str, b: &str| shorter(a, b) >= tuning.short_form && begins(a, b) || is_near(a, b, slips);
    let words = || a.words.iter().any(|a| b.words.iter().any(|b| like(a, b)));
    a.is_name() && b.is_name() && !is_namesake(a, b) && words()
}
