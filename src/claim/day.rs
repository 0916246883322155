//! Days as a text writes them: "Sunday, 17 August 2025", "Aug. 17", "the 17th of August".

use crate::pack::Packs;
use crate::pattern::WordId;
use crate::text::{Block, Date, TokenKind, fold};
use std::ops::Range;

/// A day of the calendar in a block, which need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its tokens, without the weekday.
    pub tokens: Range<usize>,
    /// The weekday beside it, Monday is 1, and its token.
    pub weekday: Option<(i8, usize)>,
    /// The day of the month.
    pub day: i8,
    /// The month.
    pub month: i8,
    /// The year, where it is written.
    pub year: Option<i16>,
}

impl Day {
    /// The date in a year, if there is such a day.
    pub fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// The dates that may be meant: the written year's, else those within `days` of the article's.
    pub fn dates(&self, near: Option<Date>, days: i32) -> Vec<Date> {
        match (self.year, near) {
            (Some(year), _) => self.in_year(year).into_iter().collect(),
            (None, Some(near)) => {
                let years = (near.year().saturating_sub(1)..=near.year().saturating_add(1))
                    .filter_map(|year| self.in_year(year));
                years.filter(|date| (*date - near).get_days().abs() <= days).collect()
            }
            (None, None) => Vec::new(),
        }
    }
}

/// All days of a block, in order.
pub fn days(block: &Block, words: &[Option<WordId>], packs: &Packs) -> Vec<Day> {
    let mut found: Vec<Day> = Vec::new();
    let mut at = 0;
    while at < block.tokens.len() {
        match day(block, packs, at) {
            Some(mut day) => {
                at = day.tokens.end;
                day.weekday = weekday(block, words, packs, &day);
                found.push(day);
            }
            None => at += 1,
        }
    }
    found
}

/// The day that starts at a token.
fn day(block: &Block, packs: &Packs, at: usize) -> Option<Day> {
    let month = |at: usize| {
        let token = block.tokens.get(at).filter(|token| token.kind == TokenKind::Word && token.is_capital())?;
        packs.language.month(token.text(&block.prose))
    };
    let number = |at: usize| day_number(block, packs, at);
    let skip = |at: usize, mark: &str| if block.word(at) == mark { at + 1 } else { at };
    let (day, month, end) = if let Some(day) = number(at) {
        // "17 August", "17th of August"; behind a hyphen the number belongs to something else.
        let of = at + 1 + usize::from(is_preposition(block, packs, at + 1) && month(at + 2).is_some());
        (day, month(of)?, of + 1)
    } else {
        let month = month(at)?;
        (number(at + 1)?, month, at + 2)
    };
    if block.tokens.get(at).is_some_and(|token| token.joined) || block.tokens.get(end).is_some_and(|token| token.joined)
    {
        return None;
    }
    let behind = skip(end, ",");
    let year = year(block, behind);
    let end = if year.is_some() { behind + 1 } else { end };
    Some(Day { tokens: at..end, weekday: None, day, month, year })
}

fn is_preposition(block: &Block, packs: &Packs, at: usize) -> bool {
    let word = packs.vocabulary.get(&fold::fold(block.word(at)));
    word.is_some_and(|word| packs.grammar.prepositions.contains(&word))
}

/// "17", "17th": a day of some month.
fn day_number(block: &Block, packs: &Packs, at: usize) -> Option<i8> {
    let token = block.tokens.get(at).filter(|token| token.kind == TokenKind::Number && !token.joined)?;
    let text = token.text(&block.prose);
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, ending) = text.split_at(split);
    let ordinal = ending.is_empty() || packs.grammar.numbers.ordinal_endings.contains(&fold::fold(ending));
    digits.parse().ok().filter(|day| ordinal && digits.len() <= 2 && (1..=31).contains(day))
}

/// A year of the last centuries at a token.
pub(super) fn year(block: &Block, at: usize) -> Option<i16> {
    let token = block.tokens.get(at).filter(|token| token.kind == TokenKind::Number && !token.joined)?;
    let text = token.text(&block.prose);
    text.parse().ok().filter(|year| text.len() == 4 && (1000..2200).contains(year))
}

/// "Sunday, 17 August", "Sunday the 17th of August", "on Sunday (17 August)", "17 August, a Sunday" is left alone.
fn weekday(block: &Block, words: &[Option<WordId>], packs: &Packs, day: &Day) -> Option<(i8, usize)> {
    let named = |at: usize| {
        let word = words.get(at).copied().flatten()?;
        let capital = block.tokens.get(at).is_some_and(crate::text::Token::is_capital);
        Some((*packs.grammar.days.weekdays.get(&word).filter(|_| capital)?, at))
    };
    let mut before = day.tokens.start.checked_sub(1)?;
    if matches!(block.word(before), "," | "(") {
        before = before.checked_sub(1)?;
    }
    if words.get(before).copied().flatten().is_some_and(|word| packs.grammar.determiners.contains(&word)) {
        before = before.checked_sub(1)?;
    }
    // "(17 August, Sunday)" and "17 August (Sunday)".
    let behind = || {
        let mark = matches!(block.word(day.tokens.end), "(" | ",");
        let closes = matches!(block.word(day.tokens.end + 2), ")" | ",");
        (mark && closes).then(|| named(day.tokens.end + 1)).flatten()
    };
    named(before).or_else(behind)
}
