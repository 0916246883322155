//! `quantity`, the arithmetic half: totals against their parts, percentages and changes against the figures that they are
//! made of, a count against the list behind it, one figure given twice.

use super::tuning::Quantity as Tuning;
use super::{Check, Draft, converted};
use crate::claim::{Counted, Figure, Hedge, MentionForm};
use crate::diagnostic::{Amount, Arithmetic, Diagnostic, Proof, Severity};
use crate::fact::{Base, BaseError};
use crate::pack::{Like, Numbers, Rule};
use crate::pattern::WordId;
use crate::text::{Block, Field, Span, Token, TokenKind, starting_in};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::ops::Range;

/// The check.
pub(super) struct Quantity;

/// A figure of four digits that counts nothing is a year of these.
const YEARS: std::ops::Range<f64> = 1000.0..2100.0;

impl Check for Quantity {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let mut found = Vec::new();
        let mut tolls: Vec<Toll> = Vec::new();
        for (number, block) in draft.article.blocks.iter().enumerate().filter(|(_, block)| !block.tokens.is_empty()) {
            let Some(read) = draft.reading.blocks.get(number) else { continue };
            let figures = &read.own.figures;
            let page = Page { draft, rule, block, number, words: &read.own.words, figures };
            for sentence in &block.sentences {
                let own = |figure: &&Figure| !block.is_quoted(figure.tokens.start) && !page.is_time(figure);
                let here: Vec<&Figure> =
                    starting_in(figures, sentence, |figure| &figure.tokens).iter().filter(own).collect();
                found.extend(page.total(sentence, &here));
                found.extend(page.summed(sentence, &here));
                found.extend(page.changed(sentence, &here));
                found.extend(page.share(&here));
                found.extend(here.iter().filter_map(|figure| page.listed(sentence, figure)));
                if block.field == Field::Body {
                    tolls.extend(here.iter().filter_map(|figure| page.toll(sentence, figure)));
                }
            }
        }
        found.extend(differing(draft, rule, &tolls));
        found.extend(converted::check(draft, rule));
        Ok(found)
    }
}

struct Page<'a> {
    draft: &'a Draft<'a>,
    rule: &'a Rule,
    block: &'a Block,
    number: usize,
    words: &'a [Option<WordId>],
    figures: &'a [Figure],
}

/// How many met a fate, in one sentence.
struct Toll {
    figure: Figure,
    span: Span,
    fate: usize,
    /// Whether the sentence refers back: "the attack that killed 14".
    definite: bool,
}

impl Page<'_> {
    fn tuning(&self) -> &Tuning {
        &self.draft.tuning.quantity
    }

    fn numbers(&self) -> &Numbers {
        &self.draft.packs.grammar.numbers
    }

    fn word(&self, at: usize) -> Option<WordId> {
        self.words.get(at).copied().flatten()
    }

    fn is(&self, set: &HashSet<WordId>, at: usize) -> bool {
        self.word(at).is_some_and(|word| set.contains(&word))
    }

    fn any(&self, set: &HashSet<WordId>, mut range: Range<usize>) -> bool {
        range.any(|at| self.is(set, at))
    }

    fn mark(&self, at: usize) -> &str {
        match self.block.tokens.get(at) {
            Some(token) if token.kind == TokenKind::Mark => token.text(&self.block.prose),
            _ => "",
        }
    }

    /// The figure that starts at a token.
    fn figure_at(&self, at: usize) -> Option<&Figure> {
        starting_in(self.figures, &(at..at + 1), |figure| &figure.tokens).first()
    }

    fn text(&self, figure: &Figure) -> &str {
        self.block.text(figure.tokens.clone())
    }

    /// A finding at a figure, which is reckoned from some words.
    fn finding(&self, figure: &Figure, message: String, from: Range<usize>, sum: Arithmetic) -> Option<Diagnostic> {
        let (span, proof) = (figure.span(self.block), Proof::Arithmetic(sum, None));
        let found = self.draft.finding(self.rule, Severity::Error, message, span, vec![proof])?;
        Some(found.reckoned_from(self.block.span(from)))
    }

    /// Whether a figure is a date or the time of a clock: "6 to 9 January", "2115 GMT", "between 1831 and 1865".
    fn is_time(&self, figure: &Figure) -> bool {
        let days = &self.draft.packs.grammar.days;
        let month = |at: usize| {
            let capital = self.block.tokens.get(at).is_some_and(Token::is_capital);
            capital && self.draft.packs.language.month(self.block.word(at)).is_some()
        };
        let (start, end) = (figure.tokens.start, figure.tokens.end);
        let dated = |end: usize| month(end) || start.checked_sub(1).is_some_and(month);
        // Of a stretch of days the last one bears the month.
        let stretch = || {
            let to = self.is(&days.to, end);
            to && self.figure_at(end + 1).is_some_and(|other| month(other.tokens.end))
        };
        let day = (1.0..=31.0).contains(&figure.value) && figure.step == 1.0;
        day && (dated(end) || stretch()) || self.is(&days.clock, end) || self.is_year(figure)
    }

    /// "1831", which counts nothing.
    fn is_year(&self, figure: &Figure) -> bool {
        let digits = self.block.text(figure.tokens.clone());
        let year = digits.len() == 4 && YEARS.contains(&figure.value);
        year && figure.counted == Counted::Things(None) && figure.step == 1.0
    }

    fn is_things(figure: &Figure) -> bool {
        matches!(figure.counted, Counted::Things(_)) && figure.value.fract() == 0.0 && figure.to.is_none()
    }

    /// Figures that can be added: plain ones of things, or of one currency.
    fn adds_up(figures: &[&Figure]) -> bool {
        let money = |figure: &Figure| match figure.counted {
            Counted::Money(sign) => Some(sign),
            _ => None,
        };
        let Some(first) = figures.first() else { return false };
        figures.iter().all(|figure| {
            figure.hedge == Hedge::Exact
                && figure.to.is_none()
                && money(figure) == money(first)
                && !matches!(figure.counted, Counted::Percent | Counted::Points)
                && (money(figure).is_some() || Page::is_things(figure))
        })
    }

    /// "12 people died: 7 in Kyiv and 6 in Odesa".
    fn total(&self, sentence: &Range<usize>, figures: &[&Figure]) -> Option<Diagnostic> {
        let colon = sentence.clone().find(|at| matches!(self.mark(*at), ":" | "—" | "–"))?;
        let before: Vec<&Figure> = figures.iter().filter(|figure| figure.tokens.end <= colon).copied().collect();
        let [total] = before.as_slice() else { return None };
        let closes =
            (colon + 1..sentence.end).find(|at| matches!(self.mark(*at), ";" | "—" | "–")).unwrap_or(sentence.end);
        let parts: Vec<&Figure> = figures
            .iter()
            .filter(|figure| figure.tokens.start > colon && figure.tokens.end <= closes)
            .copied()
            .collect();
        if total.hedge != Hedge::Exact || total.to.is_some() || self.any(&self.numbers().partly, sentence.clone()) {
            return None;
        }
        self.is_list(colon + 1, closes, &parts).then_some(())?;
        let all: Vec<&Figure> = parts.iter().copied().chain([*total]).collect();
        if !Page::adds_up(&all) || self.any(&self.numbers().others, colon + 1..closes) {
            return None;
        }
        // "40 members: 12 of the 30 women": parts of something else.
        if parts.iter().any(|part| self.is_part(part)) || !self.same_things(total, &parts) {
            return None;
        }
        self.check_sum(total, &parts, colon + 1..closes)
    }

    /// Whether parts count what the total counts, or say no noun of their own.
    fn same_things(&self, total: &Figure, parts: &[&Figure]) -> bool {
        let noun = |figure: &Figure| match &figure.counted {
            Counted::Things(noun) => noun.clone(),
            _ => None,
        };
        let nouns: Vec<String> = parts.iter().filter_map(|part| noun(part)).collect();
        // Every part with a noun of its own ("7 men and 6 women") or none of them; years and times are no parts.
        let units = &self.draft.packs.grammar.days.units;
        let is_time =
            |noun: &String| self.draft.packs.vocabulary.get(noun).is_some_and(|word| units.contains_key(&word));
        let plausible = parts.iter().all(|part| part.value <= total.value);
        // Each part has a noun of its own ("7 men and 6 women"), or the first alone ("7 people in Kyiv and 6 in Odesa").
        let first = parts.first().is_some_and(|first| noun(first).is_some());
        let shared = nouns.is_empty() || nouns.len() == parts.len() || (nouns.len() == 1 && first);
        let unread = parts.iter().any(|part| self.counts_unread(part));
        plausible
            && !unread
            && !nouns.iter().any(is_time)
            && (shared || nouns.iter().all(|own| noun(total).as_ref() == Some(own)))
    }

    /// "22 Maori", "four ‘founders’": things that are counted by a word that is no plain noun.
    fn counts_unread(&self, figure: &Figure) -> bool {
        let Some(next) = self.block.tokens.get(figure.tokens.end) else { return false };
        let quoted = self.block.is_quoted(figure.tokens.end) || matches!(next.text(&self.block.prose), "'" | "‘" | "“");
        matches!(figure.counted, Counted::Things(None)) && (next.is_capital() || quoted)
    }

    /// Figures one in each member of a list that "and" closes.
    fn is_list(&self, start: usize, end: usize, parts: &[&Figure]) -> bool {
        if parts.len() < 2 || parts.len() > self.tuning().parts {
            return false;
        }
        let conjunction = |at: usize| self.is(&self.draft.packs.grammar.conjunctions, at);
        let gaps = parts.windows(2).all(|pair| {
            let [a, b] = pair else { return false };
            let separators =
                (a.tokens.end..b.tokens.start).filter(|at| self.mark(*at) == "," || conjunction(*at)).count();
            (1..=2).contains(&separators)
        });
        let last = parts.len() - 2;
        let closed =
            parts.get(last).zip(parts.last()).is_some_and(|(a, b)| (a.tokens.end..b.tokens.start).any(conjunction));
        // The list begins with its first figure and ends with the sentence.
        let opens = parts.first().is_some_and(|first| first.tokens.start <= start + 2);
        let tail = parts.last().is_some_and(|last| {
            end - last.tokens.end <= self.tuning().reach && (last.tokens.end..end).all(|at| self.mark(at) != ",")
        });
        gaps && closed && opens && tail
    }

    /// "6 of them", "12 of the 30".
    fn is_part(&self, figure: &Figure) -> bool {
        let of = |at: usize| self.is(&self.draft.packs.grammar.prepositions, at);
        of(figure.tokens.end) && self.is(&self.draft.packs.grammar.determiners, figure.tokens.end + 1)
            || figure
                .tokens
                .start
                .checked_sub(2)
                .is_some_and(|at| of(at) && self.is(&self.draft.packs.grammar.determiners, at + 1))
    }

    fn check_sum(&self, total: &Figure, parts: &[&Figure], from: Range<usize>) -> Option<Diagnostic> {
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        // Rounded parts may miss their rounded sum by half a step each.
        let step = parts.iter().map(|part| part.step).fold(total.step, f64::max);
        let counted = matches!(total.counted, Counted::Things(_)) && step <= 1.0;
        let slack = if counted { 0.5 } else { 0.51 * step * (parts.len() - 1) as f64 };
        if (sum - total.value).abs() <= slack {
            return None;
        }
        let said: Vec<String> = parts.iter().map(|part| self.text(part).to_owned()).collect();
        let message = format!("{} is {}, not {}", said.join(" + "), plain(sum), self.text(total));
        self.finding(total, message, from, Arithmetic::Sum { parts: said, sum: amount(&total.counted, sum) })
    }

    /// "7 in Kyiv and 6 in Odesa, a total of 12", "12 in all".
    fn summed(&self, sentence: &Range<usize>, figures: &[&Figure]) -> Option<Diagnostic> {
        let totals = &self.numbers().totals;
        let before = |figure: &Figure| {
            totals.iter().any(|phrase| {
                figure.tokens.start.checked_sub(phrase.len()).is_some_and(|at| self.phrase_at(at, phrase))
            })
        };
        let behind = |figure: &Figure| {
            (figure.tokens.end..figure.tokens.end + 2).any(|at| totals.iter().any(|phrase| self.phrase_at(at, phrase)))
        };
        let (number, total) = figures.iter().enumerate().find(|(_, figure)| before(figure) || behind(figure))?;
        let parts = figures.get(..number)?;
        let from = parts.first()?.tokens.start;
        if total.hedge != Hedge::Exact
            || number + 1 != figures.len()
            || !self.is_list(from, parts.last()?.tokens.end + 1, parts)
            || self.any(&self.numbers().partly, sentence.clone())
        {
            return None;
        }
        let all: Vec<&Figure> = parts.iter().copied().chain([*total]).collect();
        (Page::adds_up(&all) && self.same_things(total, parts)).then_some(())?;
        self.check_sum(total, parts, from..parts.last()?.tokens.end)
    }

    fn phrase_at(&self, at: usize, phrase: &[WordId]) -> bool {
        phrase.iter().enumerate().all(|(offset, word)| self.word(at + offset) == Some(*word))
    }

    /// "rose from 40 to 50, a 30% increase", "rose 30% to £50m from £40m".
    fn changed(&self, sentence: &Range<usize>, figures: &[&Figure]) -> Option<Diagnostic> {
        let (a, b) = self.change(figures)?;
        let pair = a.tokens.start.min(b.tokens.start)..a.tokens.end.max(b.tokens.end);
        let mut sizes = figures.iter().filter(|figure| self.is_size(figure, a, b, &pair, sentence));
        let figure = sizes.next().filter(|_| sizes.next().is_none())?;
        let shares = a.counted == Counted::Percent;
        let apart = (b.value - a.value).abs();
        let (right, unit) = match figure.counted {
            // Between two percentages lie points: a share of the first would be another figure.
            Counted::Percent if shares => {
                let points = (figure.value - apart).abs() <= (a.step + b.step + figure.step) / 4.0;
                return points.then(|| self.in_points(figure, a, b, pair)).flatten();
            }
            Counted::Percent => (apart / a.value * 100.0, "%"),
            Counted::Points if shares => (apart, " points"),
            Counted::Things(_) | Counted::Money(_) if !shares => (apart, ""),
            _ => return None,
        };
        let rounding = (a.step + b.step) / a.value * 50.0;
        let slack =
            if unit == "%" { figure.step.max(1.0) * 0.51 + rounding } else { (a.step + b.step + figure.step) / 2.0 };
        let rough = figure.hedge != Hedge::Exact || figure.to.is_some();
        if rough && (figure.admits(right) || (figure.value - right).abs() <= slack.max(right * self.tuning().rough))
            || (figure.value - right).abs() <= slack
        {
            return None;
        }
        let right = round(right, figure.step.max(0.1));
        let (from, to) = (self.text(a), self.text(b));
        let message = format!("from {from} to {to} it is {right}{unit}, not {}", self.text(figure));
        let change = match figure.counted {
            Counted::Percent => self.change_of(a, b),
            _ => self.difference(a, b, amount(&figure.counted, apart)),
        };
        self.finding(figure, message, pair, change)
    }

    /// "from 62% to 57%, a drop of 5%": a change of percentages is in points, or is another share.
    fn in_points(&self, figure: &Figure, a: &Figure, b: &Figure, pair: Range<usize>) -> Option<Diagnostic> {
        let (from, to) = (self.text(a), self.text(b));
        let share = (b.value - a.value).abs() / a.value * 100.0;
        if (figure.value - share).abs() <= figure.step {
            return None;
        }
        let share = round(share, 1.0);
        let message = format!("from {from} to {to} it is percentage points, or {share}%, not {}", self.text(figure));
        let mut found = self.finding(figure, message, pair, self.change_of(a, b))?;
        found.cap(Severity::Warning);
        Some(found)
    }

    /// How far a figure is from another, as a share of it.
    fn change_of(&self, before: &Figure, after: &Figure) -> Arithmetic {
        let (greater, smaller) = self.by_size(before, after);
        let share = Amount::percent((after.value - before.value).abs() / before.value * 100.0);
        Arithmetic::Change { greater, smaller, before: self.text(before).to_owned(), share }
    }

    fn difference(&self, a: &Figure, b: &Figure, apart: Amount) -> Arithmetic {
        let (greater, smaller) = self.by_size(a, b);
        Arithmetic::Difference { greater, smaller, apart }
    }

    /// The words of two figures, those of the greater one first.
    fn by_size(&self, a: &Figure, b: &Figure) -> (String, String) {
        let (greater, smaller) = if a.value < b.value { (b, a) } else { (a, b) };
        (self.text(greater).to_owned(), self.text(smaller).to_owned())
    }

    /// Two figures of one unit and thing side by side, of which one is what the other was: "from 40 to 50", "to 50 from 40".
    fn change<'f>(&self, figures: &[&'f Figure]) -> Option<(&'f Figure, &'f Figure)> {
        let numbers = self.numbers();
        let behind = |set: &HashSet<WordId>, figure: &Figure| {
            figure.tokens.start.checked_sub(1).is_some_and(|at| self.is(set, at))
        };
        let (a, b) = figures.windows(2).find_map(|pair| {
            let [one, two] = pair else { return None };
            let forth = behind(&numbers.from, one) && behind(&numbers.to, two);
            let back = behind(&numbers.to, one) && behind(&numbers.from, two);
            let close = two.tokens.start - one.tokens.end <= self.tuning().close;
            match (close && forth, close && back) {
                (true, _) => Some((*one, *two)),
                (_, true) => Some((*two, *one)),
                _ => None,
            }
        })?;
        let exact = [a, b].iter().all(|figure| figure.hedge == Hedge::Exact && figure.to.is_none());
        // "From £3 to £4 million": perhaps both are millions.
        let shared = a.value < 1_000.0 && b.step >= 1_000.0 * a.step;
        (exact && !shared && a.value > 0.0 && is_comparable(a, b)).then_some((a, b))
    }

    /// Whether a figure says how large a change is, and of the same thing: it is called so, or stands before it.
    fn is_size(&self, figure: &Figure, a: &Figure, b: &Figure, pair: &Range<usize>, sentence: &Range<usize>) -> bool {
        let (start, end) = (figure.tokens.start, figure.tokens.end);
        let distance = if end <= pair.start { pair.start - end } else { start.saturating_sub(pair.end) };
        let own = std::ptr::eq(figure, a) || std::ptr::eq(figure, b);
        let share = matches!(figure.counted, Counted::Percent | Counted::Points);
        let same = figure.counted == a.counted || figure.counted == b.counted;
        if own || distance > self.tuning().reach || !(share || same) {
            return false;
        }
        let named = |range: Range<usize>| self.any(&self.numbers().changes, range);
        let called = named(end..(end + 3).min(sentence.end)) || named(start.saturating_sub(3)..start);
        let by = || {
            let preposition =
                start.checked_sub(1).is_some_and(|at| self.is(&self.draft.packs.grammar.prepositions, at));
            // "rose 30% to £50m from £40m"
            preposition || share && end + 1 == pair.start
        };
        called || end <= pair.start && by()
    }

    /// "30 of the 40 (60%)", "12 out of 48 votes, or 30 per cent".
    fn share(&self, figures: &[&Figure]) -> Option<Diagnostic> {
        let grammar = &self.draft.packs.grammar;
        figures.windows(3).find_map(|three| {
            let [a, b, share] = three else { return None };
            if share.counted != Counted::Percent
                || !Page::is_things(a)
                || !Page::is_things(b)
                || b.value <= 0.0
                || a.value > b.value
            {
                return None;
            }
            let exact = a.hedge == Hedge::Exact && b.hedge == Hedge::Exact;
            let gap = a.tokens.end..b.tokens.start;
            let small = |at: usize| {
                !self.is(&grammar.days.to, at)
                    && (self.is(&grammar.prepositions, at) || self.is(&grammar.function_words, at))
            };
            // "two of the three", not "two or three".
            let of = gap.len() <= 3 && gap.clone().all(small) && self.any(&grammar.prepositions, gap);
            let behind = b.tokens.end..share.tokens.start;
            // "(60%)", ", or 25 per cent": what goes on behind it may be a share of something else.
            let or = self.any(&grammar.conjunctions, behind.clone()) || !self.mark(share.tokens.end).is_empty();
            let beside =
                behind.len() <= 5 && behind.clone().any(|at| self.mark(at) == "(" || or && self.mark(at) == ",");
            if !exact || !of || !beside {
                return None;
            }
            let right = a.value / b.value * 100.0;
            let slack = share.step.max(1.0) * 0.51;
            let rough = share.hedge != Hedge::Exact;
            if (share.value - right).abs() <= slack
                || rough && (share.admits(right) || (share.value - right).abs() <= self.tuning().rough_points)
            {
                return None;
            }
            let right = round(right, share.step.max(0.1));
            let message = format!("{} of {} is {right}%, not {}", self.text(a), self.text(b), self.text(share));
            let [part, whole] = [a, b].map(|figure| self.text(figure).to_owned());
            let quotient = Amount::percent(a.value / b.value * 100.0);
            let quotient = Arithmetic::Quotient { part, whole, quotient };
            self.finding(share, message, a.tokens.start..b.tokens.end, quotient)
        })
    }

    /// "three men: A, B, C and D".
    fn listed(&self, sentence: &Range<usize>, figure: &Figure) -> Option<Diagnostic> {
        let Counted::Things(Some(_)) = figure.counted else { return None };
        let few = figure.value >= 2.0 && figure.value <= self.tuning().parts as f64;
        if figure.hedge != Hedge::Exact || !few || self.is_part(figure) {
            return None;
        }
        // "three men:", "three men, named as": the list begins right behind the noun.
        let open = (figure.tokens.end + 1..figure.tokens.end + 3)
            .find(|at| matches!(self.mark(*at), ":" | "—" | "–" | "("))?;
        let close = (open + 1..sentence.end)
            .find(|at| matches!(self.mark(*at), ")" | "—" | "–" | ";" | "."))
            .unwrap_or(sentence.end);
        if self.any(&self.numbers().partly, open..close) || self.any(&self.numbers().others, open..close) {
            return None;
        }
        let names = self.people(open + 1, close)?;
        if names as f64 == figure.value {
            return None;
        }
        let message = format!("{names} names are listed, not {}", self.block.text(figure.number.clone()));
        self.finding(figure, message, open + 1..close, Arithmetic::Count { count: names, what: "names" })
    }

    /// How many people a pure list of names holds: names, commas, conjunctions and ages, and nothing else.
    fn people(&self, start: usize, end: usize) -> Option<usize> {
        let read = self.draft.reading.blocks.get(self.number)?;
        let conjunction = |at: usize| self.is(&self.draft.packs.grammar.conjunctions, at);
        let mut count = 0;
        let mut at = start;
        let mut closed = false;
        while at < end {
            let mut mentions = read.starting(at).map(|(_, mention)| mention);
            let named = mentions.find(|mention| {
                mention.form != MentionForm::Pronoun
                    && self.draft.packs.kind(mention.kind).is_some_and(|kind| matches!(kind.like, Like::Name))
            });
            if let Some(mention) = named {
                count += 1;
                at = mention.tokens.end;
            } else if self.mark(at) == "," || conjunction(at) {
                closed |= conjunction(at);
                at += 1;
            } else if self.figure_at(at).is_some() {
                at += 1;
            } else {
                return None;
            }
        }
        (count >= 2 && closed).then_some(count)
    }

    /// "killed at least 10 people", "10 people were killed", "the attack that killed 14".
    fn toll(&self, sentence: &Range<usize>, figure: &Figure) -> Option<Toll> {
        let Tuning { near, fate: reach, .. } = *self.tuning();
        let (start, end) = (figure.tokens.start, figure.tokens.end);
        let near = start.saturating_sub(near).max(sentence.start)..(end + near).min(sentence.end);
        if !Page::is_things(figure) || self.any(&self.numbers().others, near) {
            return None;
        }
        let fates = &self.numbers().fates;
        let fate = |at: usize| self.word(at).and_then(|word| fates.get(&word)).copied();
        let back = (start.saturating_sub(reach)..start).rev().take_while(|at| self.mark(*at).is_empty());
        let behind = (end..(end + reach).min(sentence.end)).take_while(|at| self.mark(*at).is_empty());
        let found = back.chain(behind).find_map(|at| Some((fate(at)?, at)))?;
        // "that killed", "which left … dead": said of something known.
        let relative = found.1.checked_sub(1).is_some_and(|at| self.is(&self.draft.packs.grammar.subordinators, at));
        let determined =
            relative && found.1.checked_sub(3).is_some_and(|at| self.is(&self.draft.packs.grammar.determiners, at));
        Some(Toll { figure: figure.clone(), span: figure.span(self.block), fate: found.0, definite: determined })
    }
}

/// "killed at least 10 people …", "the attack that killed 14 people": what refers back says the same.
fn differing(draft: &Draft<'_>, rule: &Rule, tolls: &[Toll]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // The tolls of a fate so far.
    let mut known: HashMap<usize, (&Toll, usize)> = HashMap::default();
    for toll in tolls {
        let before = known.get(&toll.fate).copied();
        known.insert(toll.fate, before.map_or((toll, 1), |(first, count)| (first, count + 1)));
        let Some((first, 1)) = before.filter(|_| toll.definite) else { continue };
        if toll.figure.agrees(&first.figure) {
            continue;
        }
        let (said, known) = (draft.source.slice(toll.span), draft.source.slice(first.span));
        let message = format!("this was {known} before, not {said}");
        found.extend(draft.finding(
            rule,
            Severity::Warning,
            message,
            toll.span,
            vec![draft.cite(first.span, "given before")],
        ));
    }
    found
}

/// An amount of what a figure counts.
fn amount(counted: &Counted, value: f64) -> Amount {
    match counted {
        Counted::Money(sign) => Amount::money(value, *sign),
        Counted::Percent => Amount::percent(value),
        Counted::Points => Amount::points(value),
        Counted::Things(_) => Amount::plain(value),
    }
}

/// Whether two figures are of one unit, and of one thing as far as they say so.
fn is_comparable(a: &Figure, b: &Figure) -> bool {
    match (&a.counted, &b.counted) {
        (Counted::Things(Some(one)), Counted::Things(Some(other))) => one == other,
        (Counted::Things(_), Counted::Things(_)) => true,
        (one, other) => one == other,
    }
}

/// A number without needless decimals.
fn plain(value: f64) -> String {
    if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.2}") }
}

fn round(value: f64, step: f64) -> String {
    if step >= 1.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
