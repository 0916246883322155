//! What a sentence says apart from its grammar: its content words, and the values in it that another of their sort could
//! stand in for (a person, a place, a figure, a day). Two sentences that share the words and differ in a value are what
//! alignment looks for.
//!
//! In goes a sentence of a read block, out comes a [`Content`]; all positions are tokens of the block.

use super::day::Day;
use super::figure::{Counted, Figure};
use super::mention::{Mention, MentionForm};
use super::own::Own;
use super::stem::stem;
use super::value::Value;
use crate::pack::{Like, Packs};
use crate::pattern::{Form, KindId, WordId};
use crate::text::{Block, Shape, Token, TokenKind, fold, starting_in};
use std::ops::Range;
use std::sync::Arc;

/// What a value is: only values of one sort can stand in each other's stead.
#[derive(Debug, Clone, PartialEq)]
pub enum Sort {
    /// A declared entity of a kind.
    Entity(KindId),
    /// Somebody's name, or one that looks like it.
    Person,
    /// A capitalised run that nobody knows.
    Name,
    /// A figure.
    Figure(Figure),
    /// A year.
    Year(i32),
    /// A day of the calendar: month, day of the month and, where it is written, the year.
    Day(i8, i8, Option<i32>),
    /// A day of the week, Monday is 1.
    Weekday(i8),
}

/// A value in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchangeable {
    /// What it is.
    pub sort: Sort,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The stems of its words.
    pub stems: Vec<u64>,
    /// Its folded words.
    pub words: Vec<String>,
    /// What a name may refer to.
    pub meant: Vec<Value>,
    /// What stands around it.
    pub sides: Sides,
    /// Whether it is a pronoun, which stands for somebody named before.
    pub pronoun: bool,
}

impl Exchangeable {
    /// Whether it is a name of some sort.
    pub fn is_name(&self) -> bool {
        matches!(self.sort, Sort::Entity(_) | Sort::Person | Sort::Name)
    }

    /// Whether it is the first word of its sentence and no more, which has a capital letter anyway.
    pub fn is_opening(&self) -> bool {
        self.sides.lead == 0 && self.tokens.len() == 1
    }
}

/// A content word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// A stable hash of its stem.
    pub stem: u64,
    /// Its token.
    pub token: usize,
    /// The number of the value that it is part of.
    pub value: Option<usize>,
}

/// The content of a sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// Its content words, in order.
    pub terms: Vec<Term>,
    /// Its values, in order.
    pub values: Vec<Exchangeable>,
    /// Keys of everything that is named in it, adjectives and pronouns included.
    pub named: Vec<Arc<str>>,
    /// Whether a word such as "yesterday" names a day that depends on the article's date.
    pub relative: bool,
}

/// What stands around a value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sides {
    /// Stems of the content words before it, the nearest last.
    pub left: Vec<u64>,
    /// Those behind it.
    pub right: Vec<u64>,
    /// The hash of the word right before it.
    pub before: Option<u64>,
    /// The stem of the word right behind it.
    pub after: Option<u64>,
    /// How many tokens stand before it in the sentence.
    pub lead: usize,
    /// The preposition right before it.
    pub preposition: Option<WordId>,
    /// Whether "and" ties it to what stands beside it.
    pub coordinate: bool,
    /// Whether it belongs to a noun behind it: "the former Hearts boss".
    pub governed: bool,
    /// Whether it is somebody's: "United's".
    pub possessive: bool,
}

/// A determiner stands at most so many words before a name that belongs to a noun behind it.
const PHRASE: usize = 2;
/// So many content words on either side are what stands around a value.
const SIDE: usize = 3;

/// Reads the content of a sentence.
pub(super) fn content(
    block: &Block,
    own: &Own,
    mentions: &[Mention],
    sentence: Range<usize>,
    packs: &Packs,
) -> Content {
    let mentions = starting_in(mentions, &sentence, |mention| &mention.tokens);
    let mut reader = Reader { block, own, mentions, packs, sentence, content: Content::default() };
    reader.days(&own.days);
    reader.figures(&own.figures);
    reader.names();
    reader.weekdays();
    reader.unknown_names();
    reader.content.values.sort_by_key(|value| value.tokens.start);
    reader.terms();
    reader.sides();
    let mut content = reader.content;
    // It is kept as long as its reading is, and most sentences have a value or two.
    content.values.shrink_to_fit();
    content.named.shrink_to_fit();
    content
}

/// "1990", which counts nothing.
fn year(figure: &Figure) -> Option<i32> {
    let bare = figure.counted == Counted::Things(None) && figure.to.is_none() && figure.step == 1.0;
    (bare && (1900.0..2100.0).contains(&figure.value)).then_some(figure.value as i32)
}

struct Reader<'a> {
    block: &'a Block,
    own: &'a Own,
    /// Those that start in the sentence.
    mentions: &'a [Mention],
    packs: &'a Packs,
    sentence: Range<usize>,
    content: Content,
}

impl Reader<'_> {
    fn is_taken(&self, tokens: &Range<usize>) -> bool {
        let taken = |value: &Exchangeable| value.tokens.start < tokens.end && tokens.start < value.tokens.end;
        self.content.values.iter().any(taken)
    }

    /// Adds a value where none is yet.
    fn add(&mut self, sort: Sort, tokens: Range<usize>, meant: &[Value], pronoun: bool) {
        if self.is_taken(&tokens) {
            return;
        }
        let words: Vec<&str> = tokens.clone().filter(|at| self.is_word(*at)).map(|at| self.block.word(at)).collect();
        let stems = words.iter().map(|word| stem(word, self.packs)).collect();
        let words = words.into_iter().map(fold::fold).collect();
        let (meant, sides) = (meant.to_vec(), Sides::default());
        self.content.values.push(Exchangeable { sort, tokens, stems, words, meant, sides, pronoun });
    }

    fn is_word(&self, at: usize) -> bool {
        let kind = self.block.tokens.get(at).map(|token| token.kind);
        matches!(kind, Some(TokenKind::Word | TokenKind::Number))
    }

    fn is_function_word(&self, at: usize) -> bool {
        let grammar = &self.packs.grammar;
        let word = self.own.word(at);
        word.is_some_and(|word| grammar.function_words.contains(&word) || grammar.honorifics.contains(&word))
    }

    /// Of what stands in order in the block, that which stands in the sentence.
    fn inside<T: Clone>(&self, all: &[T], tokens: impl Fn(&T) -> &Range<usize>) -> Vec<T> {
        let here = starting_in(all, &self.sentence, &tokens).iter();
        here.filter(|one| tokens(one).end <= self.sentence.end).cloned().collect()
    }

    fn days(&mut self, days: &[Day]) {
        for day in self.inside(days, |day| &day.tokens) {
            self.add(Sort::Day(day.month, day.day, day.year.map(i32::from)), day.tokens, &[], false);
        }
    }

    /// Names and declared entities; what is written as an adjective is only noted.
    fn names(&mut self) {
        let (mentions, end) = (self.mentions, self.sentence.end);
        for mention in mentions.iter().filter(|mention| mention.tokens.end <= end) {
            let Some(kind) = self.packs.kind(mention.kind) else { continue };
            let name = mention.form == MentionForm::Form(Form::Name) && !kind.free_case;
            let sort = match kind.like {
                Like::Name if name && !self.is_no_name(&mention.core) => Some(Sort::Person),
                Like::Name if mention.form == MentionForm::Pronoun => Some(Sort::Person),
                Like::Entity if name => Some(Sort::Entity(mention.kind)),
                Like::Name | Like::Entity => None,
                _ => continue,
            };
            if let Some(sort) = sort.filter(|_| !self.is_taken(&mention.core)) {
                self.add(sort, mention.core.clone(), &mention.values, mention.form == MentionForm::Pronoun);
            }
            let new = mention.values.iter().filter(|value| !self.content.named.contains(&value.key));
            let new: Vec<Arc<str>> = new.map(|value| Arc::clone(&value.key)).collect();
            self.content.named.extend(new);
        }
    }

    fn weekdays(&mut self) {
        let days = &self.packs.grammar.days;
        for at in self.sentence.clone() {
            let Some(word) = self.own.word(at) else { continue };
            let capital = self.block.tokens.get(at).is_some_and(Token::is_capital);
            self.content.relative |= days.relative.contains_key(&word);
            if let Some(day) = days.weekdays.get(&word).filter(|_| capital) {
                self.add(Sort::Weekday(*day), at..at + 1, &[], false);
            }
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        for figure in self.inside(figures, |figure| &figure.tokens) {
            // "one" and a number inside a compound are seldom figures; a year is a date.
            let joined = self.block.tokens.get(figure.number.start).is_some_and(|token| token.joined);
            let spelled = self.block.tokens.get(figure.number.start).is_some_and(|token| token.kind == TokenKind::Word);
            if !(joined || spelled && figure.value <= 1.0 && figure.counted == Counted::Things(None)) {
                let tokens = figure.tokens.clone();
                let sort = year(&figure).map_or(Sort::Figure(figure), Sort::Year);
                self.add(sort, tokens, &[], false);
            }
        }
    }

    /// Capitalised runs inside the sentence that are no known names.
    fn unknown_names(&mut self) {
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            let start = at;
            while at < self.sentence.end && self.is_unknown_name(at) {
                at += 1;
            }
            let opens = start == self.sentence.start || self.block.word(start - 1) == ":";
            // "Republican voters": one unknown word before a noun is an adjective.
            let adjective = at == start + 1 && self.is_lower(at);
            if at > start && !opens && !adjective && !self.is_no_name(&(start..at)) {
                self.add(Sort::Name, start..at, &[], false);
            }
            at = at.max(start + 1);
        }
    }

    fn is_unknown_name(&self, at: usize) -> bool {
        let Some(token) = self.block.tokens.get(at) else { return false };
        let name = token.kind == TokenKind::Word && token.is_capital() && token.shape != Shape::Initial;
        let known = || self.mentions.iter().any(|mention| mention.tokens.contains(&at));
        name && !token.joined && token.end - token.start > 2 && !self.is_function_word(at) && !known()
    }

    fn terms(&mut self) {
        let mut terms = Vec::with_capacity(self.sentence.len() / 2);
        let mut values = self.content.values.iter().enumerate().filter(|(_, value)| !value.pronoun).peekable();
        for at in self.sentence.clone() {
            while values.next_if(|(_, value)| value.tokens.end <= at).is_some() {}
            let value = values.peek().filter(|(_, value)| value.tokens.contains(&at));
            if !self.is_word(at) || (value.is_none() && self.is_function_word(at)) {
                continue;
            }
            let stem = match value {
                // "six" is "6".
                Some((_, Exchangeable { sort: Sort::Figure(figure), .. })) => fold::mix([figure.value.to_bits()]),
                Some((_, value)) => {
                    let before = (value.tokens.start..at).filter(|at| self.is_word(*at)).count();
                    value.stems.get(before).copied().unwrap_or_default()
                }
                None => stem(self.block.word(at), self.packs),
            };
            terms.push(Term { stem, token: at, value: value.map(|(number, _)| *number) });
        }
        self.content.terms = terms;
    }

    fn sides(&mut self) {
        let (terms, grammar) = (&self.content.terms, &self.packs.grammar);
        let stems = |terms: Option<&[Term]>| terms.unwrap_or_default().iter().map(|term| term.stem).collect();
        let word = |at: usize| {
            let inside = self.sentence.contains(&at) && self.is_word(at);
            inside.then(|| stem(self.block.word(at), self.packs))
        };
        let sides: Vec<Sides> = self
            .content
            .values
            .iter()
            .map(|value| {
                let first = terms.partition_point(|term| term.token < value.tokens.start);
                let behind = terms.partition_point(|term| term.token < value.tokens.end);
                let next = self.block.tokens.get(value.tokens.end);
                let before = value.tokens.start.checked_sub(1).and_then(|at| self.word_id(at));
                let behind_it = self.word_id(value.tokens.end);
                Sides {
                    left: stems(terms.get(first.saturating_sub(SIDE)..first)),
                    right: stems(terms.get(behind..(behind + SIDE).min(terms.len()))),
                    lead: value.tokens.start - self.sentence.start,
                    before: value.tokens.start.checked_sub(1).and_then(word),
                    after: word(value.tokens.end),
                    preposition: before.filter(|word| grammar.prepositions.contains(word)),
                    coordinate: [before, behind_it]
                        .into_iter()
                        .flatten()
                        .any(|word| grammar.conjunctions.contains(&word)),
                    governed: self.is_governed(&value.tokens),
                    possessive: next.is_some_and(|next| next.kind == TokenKind::Possessive),
                }
            })
            .collect();
        for (value, sides) in self.content.values.iter_mut().zip(sides) {
            value.sides = sides;
        }
    }

    /// A word of the sentence.
    fn word_id(&self, at: usize) -> Option<WordId> {
        self.own.word(at).filter(|_| self.sentence.contains(&at))
    }

    /// Whether a determiner before a name belongs to a noun behind it.
    fn is_governed(&self, tokens: &Range<usize>) -> bool {
        let grammar = &self.packs.grammar;
        let determiner = |at: usize| self.word_id(at).is_some_and(|word| grammar.determiners.contains(&word));
        let from = (0..=PHRASE).find_map(|back| {
            let at = tokens.start.checked_sub(back + 1)?;
            let small = |at: usize| self.block.tokens.get(at).is_some_and(|token| token.shape == Shape::Lower);
            (determiner(at) && (at + 1..tokens.start).all(small)).then_some(at)
        });
        from.is_some() && self.is_lower(tokens.end)
    }

    /// A content word without a capital letter.
    fn is_lower(&self, at: usize) -> bool {
        let plain = |token: &Token| token.kind == TokenKind::Word && token.shape == Shape::Lower && token.spaced;
        self.sentence.contains(&at) && self.block.tokens.get(at).is_some_and(plain) && !self.is_function_word(at)
    }

    /// "the Briton", "Good Friday": one capitalised word that is no name.
    fn is_no_name(&self, tokens: &Range<usize>) -> bool {
        let grammar = &self.packs.grammar;
        let before = tokens.start.checked_sub(1).and_then(|at| self.word_id(at));
        let determined = before.is_some_and(|word| grammar.determiners.contains(&word));
        let behind = self.word_id(tokens.end);
        let day = behind.is_some_and(|word| grammar.days.weekdays.contains_key(&word));
        let short = self.block.tokens.get(tokens.start).is_some_and(|token| token.end - token.start < 3);
        let label = self.block.word(tokens.end) == ":";
        tokens.len() == 1 && (determined || day || short) || label
    }
}
