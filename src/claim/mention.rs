//! Mentions of declared entities, dates, figures and the like: what fills slots, apart from people's names.

use super::day::Day;
use super::figure::{Counted, Figure, Figures};
use super::title::words_of_title;
use super::value::Value;
use crate::pack::{Like, Packs};
use crate::pattern::{Form, KindId, WordId};
use crate::text::{Block, Date, Quotation, Shape, Token, TokenKind, fold};
use regex::Regex;
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;

/// A day without a year is looked for so many days around the article's.
const HALF_A_YEAR: i32 = 183;

/// What a regular expression finds has at most so many tokens, however far it would read on. Those of the built-in packs
/// find seven words at most.
const LOOK: usize = 32;

/// How a mention is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionForm {
    /// A name, an adjective or a possessive.
    Form(Form),
    /// A pronoun, which stands for somebody named before.
    Pronoun,
}

/// A noun phrase of a block that may fill a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Tokens of the block; honorifics are in it, determiners and asides are not.
    pub tokens: Range<usize>,
    /// Tokens of the name alone.
    pub core: Range<usize>,
    /// Its kind.
    pub kind: KindId,
    /// How it is written.
    pub form: MentionForm,
    /// What it may refer to.
    pub values: Vec<Value>,
}

/// The word ids of a block's tokens, and stable hashes of their folded words; both of nothing for a mark.
pub(super) fn words(block: &Block, packs: &Packs) -> (Vec<Option<WordId>>, Vec<u64>) {
    let word = |token: &crate::text::Token| match token.kind {
        TokenKind::Mark => (None, 0),
        kind => {
            let folded = fold::fold(token.text(&block.prose));
            let id = if kind == TokenKind::Opaque { None } else { packs.vocabulary.get(&folded) };
            (id, fold::stable_hash(&[&folded]))
        }
    };
    block.tokens.iter().map(word).unzip()
}

/// Puts mentions in the order of their places; of those at one place each stays where it was.
pub(super) fn sort(mentions: &mut [Mention]) {
    mentions.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
}

/// All mentions of declared entities, the longest first at each token, left to right, none inside another.
pub(super) fn entities(block: &Block, words: &[Option<WordId>], packs: &Packs) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < block.tokens.len() {
        let found = terms_at(block, words, packs, at);
        let Some(end) = found.first().map(|mention| mention.tokens.end) else {
            at += 1;
            continue;
        };
        mentions.extend(found);
        at = end;
    }
    mentions
}

/// The longest terms that start at a token. Several entities of one name give one mention with several values.
fn terms_at(block: &Block, words: &[Option<WordId>], packs: &Packs, at: usize) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let Some(first) = words.get(at).copied().flatten() else { return found };
    if starts_inside_compound(block, words, packs, at) {
        return found;
    }
    for term in packs.lexicon.starting(first) {
        let end = at + term.words.len();
        if found.first().is_some_and(|mention| mention.tokens.end > end) {
            break;
        }
        let same = words.get(at..end).is_some_and(|here| here == term.words);
        let cased = || {
            block
                .tokens
                .get(at..end)
                .is_some_and(|tokens| tokens.iter().zip(&term.cases).all(|(token, case)| case.fits(token, block)))
        };
        if !same || !cased() || !is_phrase(block, at, end) || ends_inside_compound(block, words, packs, end) {
            continue;
        }
        let Some(entity) = packs.entity(term.entity) else { continue };
        let value = Value::entity_of(term.entity, entity.key.as_str(), entity.name.as_str());
        match found
            .iter_mut()
            .find(|mention| mention.kind == entity.kind && mention.form == MentionForm::Form(term.form))
        {
            // Two declarations that facts cannot tell apart are one value: Georgia is a country and a state.
            Some(mention) if mention.values.iter().all(|known| known.key != value.key) => mention.values.push(value),
            Some(_) => {}
            None => found.push(Mention {
                tokens: at..end,
                core: at..end,
                kind: entity.kind,
                form: MentionForm::Form(term.form),
                values: vec![value],
            }),
        }
    }
    found
}

/// "US-led" is no US, but in "then-Prime Minister" the office starts behind the hyphen.
fn starts_inside_compound(block: &Block, words: &[Option<WordId>], packs: &Packs, at: usize) -> bool {
    let joined = block.tokens.get(at).is_some_and(|token| token.joined);
    let mood = at.checked_sub(1).and_then(|before| packs.grammar.mood_before(words.get(before).copied().flatten()));
    joined && mood.is_none()
}

fn ends_inside_compound(block: &Block, words: &[Option<WordId>], packs: &Packs, end: usize) -> bool {
    let joined = block.tokens.get(end).is_some_and(|token| token.joined);
    joined && packs.grammar.mood_after(words.get(end).copied().flatten()).is_none()
}

/// Whether nothing but spaces, hyphens and marks of the name itself stands between the tokens.
fn is_phrase(block: &Block, at: usize, end: usize) -> bool {
    block.tokens.get(at + 1..end).is_some_and(|tokens| {
        let tied = |token: &Token| matches!(token.kind, TokenKind::Possessive | TokenKind::Mark);
        tokens.iter().all(|token| token.spaced || token.joined || tied(token))
    })
}

/// Mentions of kinds that are read by their look: regular expressions, dates, figures, quotations.
/// `figures` and `days` are those of the block.
pub(super) fn by_look(
    block: &Block,
    words: &[Option<WordId>],
    figures: &[Figure],
    days: &[Day],
    packs: &Packs,
    date: Option<Date>,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (id, kind) in (0..).map(KindId).zip(&packs.kinds) {
        match &kind.like {
            Like::Name | Like::Entity => {}
            Like::Quotation => mentions.extend(quotations(block, words, id, packs)),
            Like::Date => mentions.extend(dates(block, days, date).map(|(at, value)| plain(id, at, value))),
            Like::Quantity => mentions.extend(quantities(block, id, words, figures, packs)),
            Like::Regex(expression) => {
                let anchors = expression.anchors(block.prose.text());
                if anchors.as_ref().is_some_and(Vec::is_empty) {
                    continue;
                }
                let Some(regex) = expression.regex() else { continue };
                let mut at = 0;
                while at < block.tokens.len() {
                    if anchors.as_ref().is_some_and(|anchors| !in_sight(block, anchors, at)) {
                        at += 1;
                        continue;
                    }
                    let found = regex_at(block, regex, packs, at);
                    let end = found.as_ref().map_or(at + 1, |(tokens, _)| tokens.end);
                    mentions.extend(found.map(|(tokens, value)| plain(id, tokens, value)));
                    at = end;
                }
            }
        }
    }
    mentions
}

fn plain(kind: KindId, tokens: Range<usize>, value: Value) -> Mention {
    Mention { core: tokens.clone(), tokens, kind, form: MentionForm::Form(Form::Name), values: vec![value] }
}

/// Direct quotations; a title in marks ("This Week") is none.
fn quotations(block: &Block, words: &[Option<WordId>], kind: KindId, packs: &Packs) -> impl Iterator<Item = Mention> {
    let direct = |quotation: &&Quotation| quotation.closed && !is_title(block, words, quotation.inside(), packs);
    block.quotations.iter().filter(direct).map(move |quotation| {
        // The mark before the closing one is often that of the sentence around it: who said the same with another is no
        // second quotation.
        let text = block.text(quotation.inside());
        let text = text.trim_end_matches(|c: char| c.is_whitespace() || LAST_MARKS.contains(&c));
        plain(kind, quotation.tokens.clone(), Value::words_of(fold::fold_phrase(text), text))
    })
}

/// Marks that may end a quotation and say nothing of its words.
const LAST_MARKS: [char; 9] = [',', '.', '!', '?', ';', ':', '…', '–', '—'];

/// Whether words are the title of a programme or a book: more than one, and no mark ends them.
fn is_title(block: &Block, words: &[Option<WordId>], inside: Range<usize>, packs: &Packs) -> bool {
    let open = inside.end.checked_sub(1).is_some_and(|last| !matches!(block.word(last), "," | "." | "!" | "?" | "…"));
    open && words_of_title(block, words, inside, packs).is_some_and(|words| words > 1)
}

/// Whether an anchor stands in what is looked at from a token on.
fn in_sight(block: &Block, anchors: &[Range<usize>], at: usize) -> bool {
    let end = block.tokens.get((at + LOOK).min(block.tokens.len()) - 1).map_or(0, |last| last.end as usize);
    let start = block.tokens.get(at).map_or(end, |token| token.start as usize);
    anchors.iter().any(|anchor| anchor.start >= start && anchor.end <= end)
}

fn regex_at(block: &Block, regex: &Regex, packs: &Packs, at: usize) -> Option<(Range<usize>, Value)> {
    let ends = |at: usize| {
        let last = block.tokens.get((at + LOOK).min(block.tokens.len()) - 1)?;
        let start = block.tokens.get(at)?.start;
        let found = regex.find(block.prose.text().get(start as usize..last.end as usize)?)?;
        let end = start + u32::try_from(found.end()).ok()?;
        Some(block.tokens.binary_search_by_key(&end, |token| token.end).ok()? + 1)
    };
    let end = ends(at)?;
    // "After Paris attacks": the sentence's first word is no part of it, where the rest will do.
    let opener = packs.language.function_words.contains(&fold::fold(block.word(at)));
    if opener && ends(at + 1) == Some(end) {
        return None;
    }
    let text = block.text(at..end);
    Some((at..end, Value::named(fold::fold_phrase(text).trim_end_matches('.'), text)))
}

/// "17 August 2025", "August 17, 2025", "2025-08-17"; without a year the day nearest to the article's date.
fn dates(block: &Block, days: &[Day], date: Option<Date>) -> impl Iterator<Item = (Range<usize>, Value)> {
    let written = days.iter().filter_map(move |day| {
        let [meant] = day.dates(date, HALF_A_YEAR)[..] else { return None };
        Some((day.tokens.clone(), meant))
    });
    // Its hyphens are no tokens.
    let iso = (0..block.tokens.len().saturating_sub(2)).filter_map(|at| {
        let whole = block.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number && !token.joined);
        Some((at..at + 3, block.text(at..at + 3).parse().ok().filter(|_| whole)?))
    });
    written.chain(iso).map(|(at, meant): (Range<usize>, Date)| {
        let text = block.text(at.clone()).to_owned();
        (at, Value::day_of(meant, text))
    })
}

/// "At least 14 people", "$3m", "a third": figures with the words that hedge them and what they count.
fn quantities(
    block: &Block,
    kind: KindId,
    words: &[Option<WordId>],
    figures: &[Figure],
    packs: &Packs,
) -> Vec<Mention> {
    let reader = Figures::new(block, words, packs);
    let numbers = &packs.grammar.numbers;
    let is = |set: &HashSet<WordId>, at: Option<usize>| {
        at.and_then(|at| words.get(at).copied().flatten()).is_some_and(|word| set.contains(&word))
    };
    let mention = |figure: &Figure| {
        let phrase = reader.phrase(figure);
        // "Another 14 people", "14 more", "including 14 soldiers": not all that are counted.
        let (before, behind) = (phrase.start.checked_sub(1), [Some(figure.tokens.end), Some(phrase.end)]);
        let part = is(&numbers.others, before) || is(&numbers.partly, before);
        if part || behind.iter().any(|at| is(&numbers.others, *at)) {
            return None;
        }
        let mut measure = figure.measure.clone();
        if is(&numbers.persons, Some(figure.tokens.end)) {
            measure.counted = Counted::Things(None);
        }
        let core = phrase.start..figure.tokens.end;
        let value = Value::figure_of(measure, block.text(core.clone()));
        Some(Mention { core, ..plain(kind, phrase, value) })
    };
    figures.iter().filter_map(mention).collect()
}

impl crate::pack::Case {
    /// Whether a token is cased as a term asks.
    pub(super) fn fits(self, token: &Token, block: &Block) -> bool {
        match self {
            crate::pack::Case::Mark(mark) => {
                token.kind == TokenKind::Mark && fold::fold(token.text(&block.prose)).starts_with(mark)
            }
            crate::pack::Case::Free => true,
            crate::pack::Case::Upper => token.shape == Shape::Upper,
            crate::pack::Case::Capital => token.kind != TokenKind::Word || token.shape != Shape::Lower,
        }
    }
}
