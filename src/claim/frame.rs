//! What a match says of the time, and whether it is asserted at all.

use super::input::SentenceInput;
use crate::pack::Frame;
use crate::pattern::{Input, Match};
use crate::text::{Date, Shape, TokenKind};
use std::ops::Range;

/// How far before a match words of wish and denial reach, in tokens.
const REACH: usize = 6;

/// A noun phrase reaches back at most so many words before its office.
const PHRASE: usize = 4;

/// What may be a year of which news speak.
const YEARS: Range<i16> = 1000..2200;

/// A date has no more tokens than these before its year: weekday, day, month and commas.
const DATE: usize = 5;

/// A year so many before the article's is another time, wherever it stands in the clause.
const LONG_AGO: i16 = 3;

/// The time and standing of a match.
pub(super) struct Standing {
    pub(super) frame: Frame,
    /// The year at which it holds, where the sentence says so and it is not the article's.
    pub(super) year: Option<i16>,
    pub(super) mood: Option<String>,
    pub(super) affirmed: bool,
}

/// Reads mood words, tense, dates, wishes and denials around a match. `date` is the article's.
pub(super) fn read(input: &SentenceInput<'_>, found: &Match, date: Option<Date>) -> Standing {
    let grammar = &input.packs.grammar;
    // Names, with their titles and asides, say nothing of the time: "Mark Rutte, the former minister, is …".
    let named = |at: usize| {
        found.fills.iter().filter(|(_, fill)| fill.tokens.contains(&at)).any(|(_, fill)| {
            input
                .mention(fill.mention)
                .is_some_and(|mention| input.is_named(mention.kind) || at >= mention.tokens.start)
        })
    };
    let mut mood = None;
    // Mood words before the match, behind other words of its noun phrase too ("the first black governor of …").
    for before in phrase_before(input, found) {
        if let Some(word) = input.mood_at(before) {
            mood = stronger(mood, word);
        }
    }
    let own = found.tokens.start.max(title_end(input, found));
    for at in (own..found.tokens.end).filter(|at| !named(*at)) {
        if let Some(word) = input.mood_at(at) {
            mood = stronger(mood, word);
        }
    }
    for (_, fill) in &found.fills {
        if let Some(word) = grammar.mood_after(input.word(fill.tokens.end)) {
            mood = stronger(mood, word);
        }
    }
    let past = found.classes.iter().any(|(class, at)| grammar.is_past(*class, input.word(*at)));
    let wished = clause_before(input, found)
        .any(|at| input.word(at).is_some_and(|word| grammar.hypotheticals.contains(&word)))
        || found
            .tokens
            .clone()
            .any(|at| !named(at) && input.word(at).is_some_and(|word| grammar.hypotheticals.contains(&word)));
    let denied = clause_before(input, found)
        .chain(found.tokens.clone())
        .any(|at| input.word(at).is_some_and(|word| grammar.negations.contains(&word)));
    let question =
        (found.tokens.end..input.range.end).any(|at| input.mark(at) == Some('?') && !input.block.is_quoted(at));
    let stative = !found.classes.is_empty();
    let story = input.range().any(|at| input.word(at).is_some_and(|word| grammar.elsewhen.contains(&word)));
    let event = input.packs.relation(found.accept.relation).is_some_and(|relation| relation.event);
    let years = if event { Vec::new() } else { other_years(input, found, date) };
    let open = wished && (stative || mood.is_some()) || question && stative || !event && story;
    // "In 2019, …" puts all of the sentence at that year, as tense puts it at no year in particular.
    let year = named_year(input, found, date).filter(|year| !event && !open && years.iter().all(|other| other == year));
    let elsewhen = open || year.is_none() && (!event && past || !years.is_empty());
    let frame = match &mood {
        Some(mood) if mood.frame != Frame::Present => mood.frame,
        _ if elsewhen => Frame::Other,
        _ => Frame::Present,
    };
    let year = year.filter(|_| frame == Frame::Present);
    Standing { frame, year, mood: mood.map(|mood| mood.name.clone()), affirmed: !(denied && stative) }
}

/// Where the name begins that a match opens with behind a title: in "Former taoiseach John Bruton, a vice-president of …"
/// the mood is that of the title.
fn title_end(input: &SentenceInput<'_>, found: &Match) -> usize {
    let Some((_, first)) = found.fills.first() else { return 0 };
    let Some(mention) = input.mention(first.mention) else { return 0 };
    let titled = input.is_named(mention.kind) && input.nouns(first.tokens.start).any(|noun| noun.kind != mention.kind);
    if titled { mention.tokens.start } else { 0 }
}

/// The words of the noun phrase before a match: lower-case words that are no function words, but for mood words.
fn phrase_before(input: &SentenceInput<'_>, found: &Match) -> impl Iterator<Item = usize> {
    let from = input.range.start.max(found.tokens.start.saturating_sub(PHRASE));
    (from..found.tokens.start).rev().take_while(|at| {
        let word = input.word(*at);
        let mood = input.mood_at(*at).is_some();
        let content = input
            .block
            .tokens
            .get(*at)
            .is_some_and(|token| token.kind == TokenKind::Word && token.shape == Shape::Lower)
            && !word.is_some_and(|word| input.packs.grammar.function_words.contains(&word));
        // "Former rival New Jersey Governor …": the mood is that of the rival.
        let other = word.is_some_and(|word| input.packs.grammar.head_nouns.contains(&word));
        mood || content && !other
    })
}

/// Of two moods the one that takes the claim further from the present.
fn stronger<'a>(known: Option<&'a crate::pack::Mood>, found: &'a crate::pack::Mood) -> Option<&'a crate::pack::Mood> {
    match known {
        Some(known) if known.frame >= found.frame => Some(known),
        _ => Some(found),
    }
}

/// The tokens of the clause before a match, nearest first.
fn clause_before(input: &SentenceInput<'_>, found: &Match) -> impl Iterator<Item = usize> {
    let from = input.range.start.max(found.tokens.start.saturating_sub(REACH));
    (from..found.tokens.start)
        .rev()
        .take_while(|at| !matches!(input.mark(*at), Some(',' | ';' | ':' | '"' | '“' | '”')))
}

/// "in 2014": years behind a preposition, not the article's, in the clause of the match or at the start of the
/// sentence, put the claim at another time.
fn other_years(input: &SentenceInput<'_>, found: &Match, date: Option<Date>) -> Vec<i16> {
    let year = |at: usize| year_at(input, at).filter(|year| date.is_none_or(|date| date.year() != *year));
    let opening = input.range.start + 1;
    let behind = (found.tokens.end..input.range.end).take_while(|at| !input.ends_clause(*at));
    let before = clause_before(input, found);
    let long_ago =
        |at: usize| bare_year(input, at).filter(|year| date.is_none_or(|date| date.year() - year >= LONG_AGO));
    let clause = behind.chain(before).chain(found.tokens.clone());
    year(opening).into_iter().chain(clause.filter_map(|at| year(at).or_else(|| long_ago(at)))).collect()
}

/// The year at which a claim is said to hold: "In 2019, …", "On 3 March 2019, …" at the start of the sentence, "… was
/// president in 2019" right behind a statement. Elsewhere a year says when something else was: "the US president was
/// born in 1946".
fn named_year(input: &SentenceInput<'_>, found: &Match, date: Option<Date>) -> Option<i16> {
    let within = |at: usize| {
        input.word(at).filter(|word| input.packs.grammar.days.within.contains(word))?;
        dated_year(input, at + 1)
    };
    let opening = within(input.range.start).filter(|(_, at)| found.tokens.start > *at);
    let behind = || within(found.tokens.end).filter(|_| !found.classes.is_empty());
    let (year, _) = opening.or_else(behind)?;
    date.is_none_or(|date| year < date.year()).then_some(year)
}

/// The year that a date ends in which begins at a token, "2019", "March 2019", "3 March 2019", "March 3, 2019", and its
/// token.
fn dated_year(input: &SentenceInput<'_>, from: usize) -> Option<(i16, usize)> {
    let before = |at: &usize| {
        let in_calendar = input.word(*at).is_some_and(|word| input.packs.grammar.calendar.contains(&word));
        in_calendar || input.mark(*at) == Some(',') || input.block.tokens.get(*at).is_some_and(is_day)
    };
    let at = from + (from..from + DATE).take_while(before).count();
    let token = input.block.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let year = token.text(&input.block.prose).parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
    Some((year, at))
}

/// Whether a token may be the day of a month.
fn is_day(token: &crate::text::Token) -> bool {
    token.kind == TokenKind::Number && token.span.len() <= 2
}

/// "the 1975 summit": a year of the last or this century without a preposition.
fn bare_year(input: &SentenceInput<'_>, at: usize) -> Option<i16> {
    let token = input.block.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    token.text(&input.block.prose).parse::<i16>().ok().filter(|year| (1900..2100).contains(year))
}

/// A year behind a preposition.
pub(super) fn year_at(input: &SentenceInput<'_>, at: usize) -> Option<i16> {
    let token = input.block.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let year = token.text(&input.block.prose).parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
    let before = at.checked_sub(1).and_then(|before| input.word(before))?;
    input.packs.grammar.prepositions.contains(&before).then_some(year)
}
