//! `date`: what a draft says against the calendar: weekdays, days that do not exist, "N years ago", anniversaries, ages,
//! and how long it is from one day to another.

use super::{Check, Draft};
use crate::claim::{Counted, Day, Figure, Hedge};
use crate::diagnostic::{Calendar, Diagnostic, Proof, Safety, Severity};
use crate::fact::{Base, BaseError};
use crate::pack::{Rule, Unit};
use crate::pattern::WordId;
use crate::text::{Block, Date as CivilDate, Span, TokenKind, starting_in};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;

/// The check.
pub(super) struct Date;

impl Check for Date {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let mut found = Vec::new();
        for (block, read) in
            draft.article.blocks.iter().zip(&draft.reading.blocks).filter(|(block, _)| !block.tokens.is_empty())
        {
            let (days, figures) = (&read.own.days, &read.own.figures);
            let page = Page { draft, rule, block, words: &read.own.words, days, figures };
            for day in days {
                found.extend(page.impossible(day).or_else(|| page.weekday(day)));
            }
            found.extend(page.relative());
            for figure in figures {
                found.extend(page.ago(figure).or_else(|| page.duration(figure)));
            }
            found.extend(page.anniversaries());
            found.extend(page.ages());
        }
        Ok(found)
    }
}

/// A block with what stands in it.
struct Page<'a> {
    draft: &'a Draft<'a>,
    rule: &'a Rule,
    block: &'a Block,
    words: &'a [Option<WordId>],
    days: &'a [Day],
    figures: &'a [Figure],
}

impl Page<'_> {
    fn word(&self, at: usize) -> Option<WordId> {
        self.words.get(at).copied().flatten()
    }

    fn is(&self, set: &HashSet<WordId>, at: usize) -> bool {
        self.word(at).is_some_and(|word| set.contains(&word))
    }

    fn any(&self, set: &HashSet<WordId>, mut range: Range<usize>) -> bool {
        range.any(|at| self.is(set, at))
    }

    /// A finding at some words, which the calendar reckons from others.
    fn finding(&self, span: Span, message: String, from: Span, calendar: Calendar) -> Option<Diagnostic> {
        let found = self.draft.finding(self.rule, Severity::Error, message, span, vec![Proof::Calendar(calendar)])?;
        Some(found.reckoned_from(from))
    }

    fn span(&self, tokens: Range<usize>) -> Span {
        self.block.span(tokens)
    }

    fn text(&self, tokens: Range<usize>) -> &str {
        self.block.text(tokens)
    }

    /// "31 June", "29 February 2025".
    fn impossible(&self, day: &Day) -> Option<Diagnostic> {
        let years: Vec<i16> = match (day.year, self.draft.date) {
            (Some(year), _) => vec![year],
            // Without its year it need only exist in a leap year, as 2024 was.
            (None, _) => vec![2024],
        };
        if years.iter().any(|year| day.in_year(*year).is_some()) {
            return None;
        }
        // "Room 31 June Carter booked": the month is somebody's name.
        let next = self.block.tokens.get(day.tokens.end);
        if next.is_some_and(|next| next.spaced && next.kind == TokenKind::Word && next.is_capital()) {
            return None;
        }
        let span = self.span(day.tokens.clone());
        let written = self.text(day.tokens.clone());
        let calendar = Calendar::Month { year: day.year, month: day.month };
        self.finding(span, format!("there is no {written}"), span, calendar)
    }

    /// "Sunday, 18 August 2025".
    fn weekday(&self, day: &Day) -> Option<Diagnostic> {
        let tuning = &self.draft.tuning.date;
        let (weekday, at) = day.weekday?;
        let dates = match self.draft.date.filter(|_| day.year.is_none()) {
            Some(near) => {
                let sure = day.dates(Some(near), tuning.sure_days);
                if sure.is_empty() { day.dates(Some(near), tuning.near_days) } else { sure }
            }
            None => day.dates(None, 0),
        };
        let of = |date: &CivilDate| date.weekday().to_monday_one_offset();
        let first = *dates.first()?;
        if dates.iter().any(|date| of(date) == weekday) {
            return None;
        }
        let right = self.weekday_name(of(&first))?;
        let span = self.span(at..at + 1);
        let message = format!("{} is a {right}, not a {}", first, self.text(at..at + 1));
        let mut found = self.finding(span, message, self.span(day.tokens.clone()), Calendar::Weekday(first))?;
        found.fix = Some(self.draft.fix(span, right, Safety::Unsafe));
        Some(found)
    }

    /// The name of a weekday, as the language pack has it.
    fn weekday_name(&self, number: i8) -> Option<&str> {
        let names = &self.draft.packs.grammar.days.weekday_names;
        names.get(usize::try_from(number).ok()?.checked_sub(1)?).map(String::as_str)
    }

    /// "tomorrow, Tuesday", "yesterday (Saturday)", "today, 18 August".
    fn relative(&self) -> Vec<Diagnostic> {
        let Some(date) = self.draft.date else { return Vec::new() };
        let grammar = &self.draft.packs.grammar.days;
        let mut found = Vec::new();
        for at in 0..self.block.tokens.len() {
            let Some(days) = self.word(at).and_then(|word| grammar.relative.get(&word)) else { continue };
            if self.block.is_quoted(at) || !matches!(self.block.word(at + 1), "," | "(") {
                continue;
            }
            let Ok(meant) = date.checked_add(jiff::Span::new().days(i64::from(*days))) else { continue };
            let right = meant.weekday().to_monday_one_offset();
            let weekday = self.word(at + 2).and_then(|word| grammar.weekdays.get(&word));
            let capital = self.block.tokens.get(at + 2).is_some_and(crate::text::Token::is_capital);
            let alone = matches!(self.block.word(at + 3), ")" | "," | ".");
            if let Some(weekday) = weekday.filter(|weekday| capital && alone && **weekday != right) {
                let _ = weekday;
                let Some(name) = self.weekday_name(right) else { continue };
                let span = self.span(at + 2..at + 3);
                let message =
                    format!("{} is {name}, {meant}, not {}", self.text(at..at + 1), self.text(at + 2..at + 3));
                let calendar = Calendar::Relative { dated: date, meant };
                found.extend(self.finding(span, message, self.span(at..at + 1), calendar));
            }
        }
        found
    }

    /// "three years ago, in 2019", "in 2019, three years ago".
    fn ago(&self, figure: &Figure) -> Option<Diagnostic> {
        let date = self.draft.date?;
        let grammar = &self.draft.packs.grammar.days;
        let unit = *self.word(figure.tokens.end).and_then(|word| grammar.units.get(&word))?;
        let ago = figure.tokens.end + 1;
        if !self.is(&grammar.ago, ago) || figure.hedge != Hedge::Exact || self.block.is_quoted(ago) {
            return None;
        }
        let years = match unit {
            Unit::Year => figure.value,
            Unit::Decade => figure.value * 10.0,
            _ => return None,
        };
        let behind = ago + 1 + usize::from(self.block.word(ago + 1) == ",");
        let preposition = |at: usize| self.is(&self.draft.packs.grammar.prepositions, at);
        let after = (behind..behind + 2).find(|at| preposition(at.wrapping_sub(1)) && self.year(*at).is_some());
        let before =
            figure.tokens.start.checked_sub(2).filter(|at| self.block.word(at + 1) == "," && self.year(*at).is_some());
        let at = after.or(before.filter(|at| at.checked_sub(1).is_some_and(preposition)))?;
        let year = self.year(at)?;
        let meant = f64::from(date.year()) - years;
        // Years that are round are rounded; a year ago is any day of two calendar years.
        let slack = if years >= 10.0 && years % 10.0 == 0.0 { 1.0 + years / 10.0 } else { 1.0 };
        if (meant - f64::from(year)).abs() <= slack {
            return None;
        }
        let span = self.span(figure.tokens.clone());
        let right = i32::from(date.year()) - i32::from(year);
        let message =
            format!("{year} is {right} years before the article's date, not {}", self.text(figure.tokens.clone()));
        let calendar = Calendar::Since { from: days_of(year)?, years: (right, right), dated: date };
        self.finding(span, message, self.span(at..at + 1), calendar)
    }

    fn year(&self, at: usize) -> Option<i16> {
        let token = self.block.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        let text = token.text(&self.block.prose);
        text.parse().ok().filter(|year| text.len() == 4 && (1000..2200).contains(year))
    }

    /// "the 20th anniversary of the 2001 attacks".
    fn anniversaries(&self) -> Vec<Diagnostic> {
        let Some(date) = self.draft.date else { return Vec::new() };
        let grammar = &self.draft.packs.grammar;
        let mut found = Vec::new();
        for at in 1..self.block.tokens.len() {
            if !self.is(&grammar.days.anniversary, at) || self.block.is_quoted(at) {
                continue;
            }
            let Some((ordinal, tokens)) = self.ordinal_before(at) else { continue };
            let sentence = self.block.sentence(at);
            // "of the 2001 attacks": nothing but the one preposition stands before the year.
            let preposition = |at: usize| self.is(&grammar.prepositions, at);
            let reach = at + 2..sentence.end.min(at + 2 + self.draft.tuning.date.reach / 2);
            let mut until = reach.take_while(|at| {
                !preposition(*at) && self.block.tokens.get(*at).is_some_and(|token| token.kind != TokenKind::Mark)
            });
            let Some(year) = until.find_map(|at| Some((self.year(at)?, at))).filter(|_| preposition(at + 1)) else {
                continue;
            };
            // Another year in the sentence, or "next year's", may be the one of the anniversary.
            let other = sentence.clone().any(|at| at != year.1 && self.year(at).is_some());
            if other || self.any(&grammar.days.shifted, sentence.clone()) {
                continue;
            }
            let right = i32::from(date.year()) - i32::from(year.0);
            if right == ordinal || right <= 0 {
                continue;
            }
            let span = self.span(tokens.clone());
            let message = format!("{} is {right} years before the article's date, not {ordinal}", year.0);
            let Some(from) = days_of(year.0) else { continue };
            let calendar = Calendar::Since { from, years: (right, right), dated: date };
            found.extend(self.finding(span, message, self.span(year.1..year.1 + 1), calendar));
        }
        found
    }

    /// "20th", "twentieth", "twenty-fifth" before a token.
    fn ordinal_before(&self, at: usize) -> Option<(i32, Range<usize>)> {
        let last = at.checked_sub(1)?;
        let numbers = &self.draft.packs.grammar.numbers;
        let token = self.block.tokens.get(last)?;
        let text = token.text(&self.block.prose);
        if token.kind == TokenKind::Number {
            let split = text.find(|c: char| !c.is_ascii_digit())?;
            let (digits, ending) = text.split_at(split);
            let ends = numbers.ordinal_endings.contains(&crate::text::fold::fold(ending));
            return digits.parse().ok().filter(|_| ends).map(|number| (number, last..at));
        }
        let ones = *self.word(last).and_then(|word| numbers.ordinals.get(&word))?;
        let tens = last.checked_sub(1).filter(|_| token.joined);
        let tens = tens.and_then(|at| Some((at, *self.word(at).and_then(|word| numbers.words.get(&word))?)));
        match tens {
            Some((first, tens)) => Some((i32::try_from(tens + ones).ok()?, first..at)),
            None => Some((i32::try_from(ones).ok()?, last..at)),
        }
    }

    /// "Smith, 45, who was born on 3 March 1970": an age and a birth in one sentence, of one person.
    fn ages(&self) -> Vec<Diagnostic> {
        let Some(date) = self.draft.date else { return Vec::new() };
        let grammar = &self.draft.packs.grammar;
        let mut found = Vec::new();
        for sentence in &self.block.sentences {
            let born = sentence.clone().filter(|at| self.is(&grammar.days.born, *at)).collect::<Vec<_>>();
            let [born] = born.as_slice() else { continue };
            let Some((first, last, born_on)) = self.birth(*born, sentence.end) else { continue };
            if self.block.is_quoted(*born) || self.dead(sentence) {
                continue;
            }
            let figures = starting_in(self.figures, sentence, |figure| &figure.tokens).iter();
            let ages: Vec<&Figure> = figures.filter(|figure| self.is_age(figure)).collect();
            let [age] = ages.as_slice() else { continue };
            let whole = |birth: CivilDate| -> i32 {
                let years = i32::from(date.year()) - i32::from(birth.year());
                years - i32::from((date.month(), date.day()) < (birth.month(), birth.day()))
            };
            let (youngest, oldest) = (whole(last), whole(first));
            if age.value >= f64::from(youngest) && age.value <= f64::from(oldest) || youngest < 0 {
                continue;
            }
            let years = if youngest == oldest { youngest.to_string() } else { format!("{youngest} or {oldest}") };
            let span = self.span(age.number.clone());
            let message =
                format!("who was born then is {years} at the article's date, not {}", self.text(age.number.clone()));
            let calendar = Calendar::Since { from: (first, last), years: (youngest, oldest), dated: date };
            found.extend(self.finding(span, message, born_on, calendar));
        }
        found
    }

    /// Whether an age in a sentence may be one at death or at another time.
    fn dead(&self, sentence: &Range<usize>) -> bool {
        let days = &self.draft.packs.grammar.days;
        // "who was born" is said of the living too.
        sentence.clone().any(|at| self.is(&days.died, at) && !self.is(&days.born, at + 1))
    }

    /// The first and last day on which a birth may have been, and where it is said.
    fn birth(&self, born: usize, end: usize) -> Option<(CivilDate, CivilDate, Span)> {
        let range = born + 1..end.min(born + 1 + self.draft.tuning.date.reach);
        if let Some(day) = starting_in(self.days, &range, |day| &day.tokens).first() {
            let date = day.in_year(day.year?)?;
            return Some((date, date, self.span(day.tokens.clone())));
        }
        let at = range.clone().find(|at| self.year(*at).is_some())?;
        let year = self.year(at)?;
        let (first, last) = days_of(year)?;
        Some((first, last, self.span(at..at + 1)))
    }

    /// "…, 45, …", "aged 45", "45-year-old".
    fn is_age(&self, figure: &Figure) -> bool {
        let days = &self.draft.packs.grammar.days;
        let plain = figure.hedge == Hedge::Exact && figure.to.is_none() && (1.0..120.0).contains(&figure.value);
        let before = figure.tokens.start.checked_sub(1);
        let aged = before.is_some_and(|at| self.is(&days.aged, at));
        let between = before.is_some_and(|at| self.block.word(at) == ",")
            && matches!(self.block.word(figure.tokens.end), "," | ".")
            && figure.counted == Counted::Things(None)
            && before
                .and_then(|at| at.checked_sub(1))
                .is_some_and(|at| self.block.tokens.get(at).is_some_and(crate::text::Token::is_capital));
        let year = figure.tokens.end;
        let old = self.word(year).and_then(|word| days.units.get(&word)) == Some(&Unit::Year)
            && self.block.tokens.get(year).is_some_and(|token| token.joined)
            && self.is(&days.aged, year + 1);
        plain && (aged || between || old)
    }

    /// "from 3 to 9 May, a ten-day visit": a length beside two days.
    fn duration(&self, figure: &Figure) -> Option<Diagnostic> {
        let days = &self.draft.packs.grammar.days;
        let unit = *self.word(figure.tokens.end).and_then(|word| days.units.get(&word))?;
        if figure.hedge != Hedge::Exact
            || self.block.is_quoted(figure.tokens.start)
            || !matches!(unit, Unit::Day | Unit::Week)
        {
            return None;
        }
        // "nine days after the vote" is another time.
        if self.is(&self.draft.packs.grammar.prepositions, figure.tokens.end + 1) {
            return None;
        }
        // Only right behind the two days: "…, a ten-day visit", "(ten days)".
        let sentence = self.block.sentence(figure.tokens.start);
        let (first, last, tokens) = self.two_days(sentence.start, figure.tokens.start)?;
        let gap = tokens.end..figure.tokens.start;
        let near =
            gap.len() <= 3 && gap.clone().next().is_some_and(|at| matches!(self.block.word(at), "," | "(" | "–" | "—"));
        if !near {
            return None;
        }
        let between = f64::from((last - first).get_days());
        let said = figure.value * if unit == Unit::Week { 7.0 } else { 1.0 };
        // The last day may be counted or not; weeks are rounded.
        let slack = if unit == Unit::Week { 1.0 } else { 0.0 };
        if said >= between - slack && said <= between + 1.0 + slack {
            return None;
        }
        let span = self.span(figure.tokens.clone());
        let message =
            format!("from {first} to {last} it is {} days, not {}", between + 1.0, self.text(figure.tokens.clone()));
        self.finding(span, message, self.span(tokens), Calendar::Days(first, last))
    }

    /// "from 3 to 9 May", "from 3 May to 9 June 2025" before a token.
    fn two_days(&self, start: usize, end: usize) -> Option<(CivilDate, CivilDate, Range<usize>)> {
        let grammar = &self.draft.packs.grammar.days;
        let before = self.days.partition_point(|day| day.tokens.end <= end);
        let last = self.days.get(before.checked_sub(1)?).filter(|day| day.tokens.start >= start)?;
        let year = last.year.or(self.draft.date.map(|date| date.year()))?;
        let joined = last.tokens.start.checked_sub(1)?;
        let ranges = &self.draft.packs.grammar.numbers.ranges;
        let dash = self.block.mark(joined).is_some_and(|mark| ranges.contains(&mark));
        if !self.is(&grammar.to, joined) && !dash {
            return None;
        }
        let before = joined.checked_sub(1)?;
        let (first, from) = match self.days.get(self.days.partition_point(|day| day.tokens.end < joined)) {
            Some(day) if day.tokens.end == joined => (day.in_year(day.year.unwrap_or(year))?, day.tokens.start),
            _ => {
                let day: i8 = self.block.word(before).parse().ok()?;
                (CivilDate::new(year, last.month, day).ok()?, before)
            }
        };
        let opened = from.checked_sub(1).is_some_and(|at| self.is(&grammar.from, at));
        let to = last.in_year(year)?;
        (opened && first < to).then_some((first, to, from..last.tokens.end))
    }
}

/// The first and the last day of a year.
fn days_of(year: i16) -> Option<(CivilDate, CivilDate)> {
    Some((CivilDate::new(year, 1, 1).ok()?, CivilDate::new(year, 12, 31).ok()?))
}
