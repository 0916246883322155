//! Figures: a number in digits or words, with its hedge, its currency and its unit.

use crate::pack::{Grammar, Numbers, Packs};
use crate::pattern::WordId;
use crate::text::{Block, Digits, Shape, Span, TokenKind, fold};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;

/// How exact a figure claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hedge {
    /// Just so many.
    Exact,
    /// So many or more.
    AtLeast,
    /// So many or fewer.
    AtMost,
    /// Roughly so many.
    About,
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Per cent.
    Percent,
    /// Percentage points.
    Points,
    /// Money, by its sign.
    Money(char),
    /// What a noun says; nothing where no noun follows.
    Things(Option<String>),
}

/// A figure with what it counts: what is said, wherever it stands. Its numbers are finite.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its value.
    pub value: f64,
    /// The other end of a range.
    pub to: Option<f64>,
    /// How exact it claims to be.
    pub hedge: Hedge,
    /// What it counts.
    pub counted: Counted,
    /// What one of the last written digit is worth: 0.1 of "2.5", a million of "3m".
    pub step: f64,
}

impl Measure {
    /// The measure written in one way, by which it is looked up and stored: how exact it is, the value, the other end of a
    /// range, the step, what it counts.
    pub fn key(&self) -> String {
        let hedge = match self.hedge {
            Hedge::Exact => "",
            Hedge::AtLeast => ">",
            Hedge::AtMost => "<",
            Hedge::About => "~",
        };
        let to = self.to.map(|to| format!("..{to}")).unwrap_or_default();
        let unit = match &self.counted {
            Counted::Percent => "%".to_owned(),
            Counted::Points => "points".to_owned(),
            Counted::Money(sign) => sign.to_string(),
            Counted::Things(noun) => noun.clone().unwrap_or_default(),
        };
        format!("{hedge}{}{to} by {} {unit}", self.value, self.step).trim_end().to_owned()
    }

    /// The measure of a key that a base has stored.
    pub fn from_key(key: &str) -> Option<Measure> {
        let (amount, rest) = key.split_once(" by ")?;
        let (step, unit) = rest.split_once(' ').unwrap_or((rest, ""));
        let (hedge, amount) = match amount.split_at_checked(1)? {
            (">", rest) => (Hedge::AtLeast, rest),
            ("<", rest) => (Hedge::AtMost, rest),
            ("~", rest) => (Hedge::About, rest),
            _ => (Hedge::Exact, amount),
        };
        let (value, to) = match amount.split_once("..") {
            Some((value, to)) => (value, Some(to.parse().ok()?)),
            None => (amount, None),
        };
        let counted = match unit {
            "%" => Counted::Percent,
            "points" => Counted::Points,
            unit => match (unit.chars().next(), unit.chars().nth(1)) {
                (None, _) => Counted::Things(None),
                (Some(sign), None) if !sign.is_alphanumeric() => Counted::Money(sign),
                _ => Counted::Things(Some(unit.to_owned())),
            },
        };
        Some(Measure { value: value.parse().ok()?, to, hedge, counted, step: step.parse().ok()? })
    }

    /// Whether what this measure says leaves room for a value.
    pub fn admits(&self, value: f64) -> bool {
        let near = |share: f64| (value - self.value).abs() <= self.value.abs() * share + self.step / 2.0;
        match (self.hedge, self.to) {
            (_, Some(to)) => value >= self.value - self.step && value <= to + self.step,
            (Hedge::Exact, None) => near(1e-9),
            (Hedge::AtLeast, None) => value >= self.value - self.step / 2.0,
            (Hedge::AtMost, None) => value <= self.value + self.step / 2.0,
            (Hedge::About, None) => near(0.1),
        }
    }

    /// Whether two measures may be of one value.
    pub fn agrees(&self, other: &Measure) -> bool {
        // Of two that are rounded differently the coarser one decides.
        let rounded = (self.value - other.value).abs() <= self.step.max(other.step) / 2.0 + 1e-9;
        rounded || self.admits(other.value) || other.admits(self.value)
    }
}

/// A figure in a block: a measure and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Tokens of the number, its currency and its percent sign.
    pub tokens: Range<usize>,
    /// Tokens of the number alone.
    pub number: Range<usize>,
    /// What it says.
    pub measure: Measure,
}

impl Figure {
    /// Byte span in the source.
    pub fn span(&self, block: &Block) -> Span {
        block.span(self.tokens.clone())
    }
}

/// What a figure says is asked of the figure.
impl std::ops::Deref for Figure {
    type Target = Measure;

    fn deref(&self) -> &Measure {
        &self.measure
    }
}

/// Reads figures of a block. `words` are the ids of its tokens.
pub struct Figures<'a> {
    block: &'a Block,
    words: &'a [Option<WordId>],
    grammar: &'a Grammar,
    numbers: &'a Numbers,
    digits: &'a Digits,
}

impl<'a> Figures<'a> {
    /// A reader of a block.
    pub fn new(block: &'a Block, words: &'a [Option<WordId>], packs: &'a Packs) -> Figures<'a> {
        let (grammar, digits) = (&packs.grammar, &packs.language.digits);
        Figures { block, words, grammar, numbers: &grammar.numbers, digits }
    }

    /// All figures, in order.
    pub fn all(&self) -> Vec<Figure> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.block.tokens.len() {
            match self.figure(at) {
                Some(figure) => {
                    at = figure.tokens.end;
                    found.push(figure);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The figure that starts at a token, its currency sign included.
    pub fn figure(&self, at: usize) -> Option<Figure> {
        let sign = self.currency_before(at);
        let start = if sign.is_some() { at + 1 } else { at };
        let (number, value, step) = self.number(start)?;
        let mut end = number.end;
        let mut to = None;
        // "20 to 30", "20-30": a range.
        if let Some(between) = self.range_mark(end)
            && let Some((other, upper, _)) =
                self.number(between + usize::from(sign.is_some() && self.currency_before(between).is_some()))
            && upper > value
        {
            to = Some(upper);
            end = other.end;
        }
        let rest = |phrases: &[Vec<WordId>]| phrases.iter().find(|phrase| self.phrase_at(end, phrase)).map(Vec::len);
        let points = rest(&self.numbers.points);
        let percent = rest(&self.numbers.percent);
        let (counted, end) = if let Some(sign) = sign {
            (Counted::Money(sign), end)
        } else if let Some(sign) = self.mark(&self.numbers.currency_behind, end) {
            (Counted::Money(sign), end + 1)
        } else if self.mark(&self.numbers.percent_signs, end).is_some() {
            (Counted::Percent, end + 1)
        } else if let Some(length) = points.filter(|length| percent.is_none() || *length > 1) {
            (Counted::Points, end + length)
        } else if let Some(length) = percent {
            (Counted::Percent, end + length)
        } else {
            (Counted::Things(self.noun(end)), end)
        };
        let (hedge, _) = self.hedge(at, end);
        Some(Figure { tokens: at..end, number, measure: Measure { value, to, hedge, counted, step } })
    }

    fn word(&self, at: usize) -> Option<WordId> {
        self.words.get(at).copied().flatten()
    }

    fn is(&self, words: &HashSet<WordId>, at: usize) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    /// The mark at a token, where it is one of these.
    fn mark(&self, marks: &[char], at: usize) -> Option<char> {
        self.block.mark(at).filter(|mark| marks.contains(mark))
    }

    fn currency_before(&self, at: usize) -> Option<char> {
        let sign = self.mark(&self.numbers.currency_before, at)?;
        self.block.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number).then_some(sign)
    }

    /// A mark between the ends of a range; the token behind it.
    fn range_mark(&self, at: usize) -> Option<usize> {
        let next = self.block.tokens.get(at + 1)?;
        let dash = self.mark(&self.numbers.ranges, at).is_some() && !next.spaced;
        // "20-30" is cut at its hyphen, which is no token.
        if self.block.tokens.get(at).is_some_and(|token| token.joined && token.kind == TokenKind::Number) {
            return Some(at);
        }
        dash.then_some(at + 1)
    }

    /// The number at a token: digits or words, with its powers. Its value, and how finely it is written.
    fn number(&self, at: usize) -> Option<(Range<usize>, f64, f64)> {
        let token = self.block.tokens.get(at)?;
        if token.kind == TokenKind::Number {
            return self.digits(at);
        }
        let (mut end, mut value) = self.spelled(at)?;
        let mut step = 1.0;
        while let Some(power) = self.power(end) {
            value *= power;
            step *= power;
            end += 1;
        }
        Some((at..end, value, step))
    }

    fn digits(&self, at: usize) -> Option<(Range<usize>, f64, f64)> {
        let number = self.digits.read(self.block.word(at))?;
        let mut step = 10_f64.powi(-i32::try_from(number.decimals).unwrap_or(0));
        let mut scale = 1.0;
        if !number.rest.is_empty() {
            // "5m", "3bn"; "3rd", "90s" and "4x4" are no plain numbers.
            scale = self.power_of(number.rest)?;
        }
        let mut end = at + 1;
        while let Some(power) = self.power(end) {
            scale *= power;
            end += 1;
        }
        step *= scale;
        Some((at..end, number.value * scale, step))
    }

    fn power_of(&self, letters: &str) -> Option<f64> {
        let folded = fold::fold(letters);
        self.numbers.named_powers.get(&folded).map(|power| 10_f64.powi(i32::try_from(*power).unwrap_or(0)))
    }

    fn power(&self, at: usize) -> Option<f64> {
        let power = self.numbers.powers.get(&self.word(at)?)?;
        let token = self.block.tokens.get(at).filter(|token| token.spaced || token.joined)?;
        // "£7.8 m" and "7,8 m €" are money; "46 m" is a length.
        let money = at.checked_sub(2).is_some_and(|before| self.currency_before(before).is_some())
            || self.mark(&self.numbers.currency_behind, at + 1).is_some();
        let long = money || token.text(&self.block.prose).chars().count() > 1;
        long.then(|| 10_f64.powi(i32::try_from(*power).unwrap_or(0)))
    }

    /// "seven", "twenty-five", "two hundred and three", "half a million", "a dozen".
    fn spelled(&self, at: usize) -> Option<(usize, f64)> {
        let unit = |at: usize| self.word(at).and_then(|word| self.numbers.words.get(&word)).copied();
        let half = self.numbers.halves.iter().find(|phrase| self.phrase_at(at, phrase)).map(|phrase| at + phrase.len());
        if let Some(end) = half.filter(|end| self.power(*end).is_some()) {
            return Some((end, 0.5));
        }
        let first = unit(at)?;
        let mut value = f64::from(first);
        let mut end = at + 1;
        if self.is(&self.numbers.tens, at)
            && self.is(&self.numbers.ones, end)
            && self.block.tokens.get(end).is_some_and(|next| next.joined || next.spaced)
            && let Some(ones) = unit(end)
        {
            value += f64::from(ones);
            end += 1;
        }
        if self.power(end) == Some(100.0) {
            value *= 100.0;
            end += 1;
            let skip = usize::from(self.is(&self.numbers.joining, end));
            if let Some((inner, rest)) =
                unit(end + skip).filter(|rest| *rest < 100).and_then(|_| self.spelled(end + skip))
            {
                value += rest;
                end = inner;
            }
        }
        Some((end, value))
    }

    fn phrase_at(&self, at: usize, phrase: &[WordId]) -> bool {
        phrase.iter().enumerate().all(|(offset, word)| self.word(at + offset) == Some(*word))
    }

    /// How many tokens the first phrase has that stands before a token.
    fn phrase_before(&self, end: usize, phrases: &[Vec<WordId>]) -> Option<usize> {
        let stands = |phrase: &&Vec<WordId>| end.checked_sub(phrase.len()).is_some_and(|at| self.phrase_at(at, phrase));
        phrases.iter().find(stands).map(Vec::len)
    }

    /// The tokens of a figure with the words that hedge it and the noun that it counts: "at least 14 people".
    pub fn phrase(&self, figure: &Figure) -> Range<usize> {
        let (_, start) = self.hedge(figure.tokens.start, figure.tokens.end);
        let noun = matches!(figure.counted, Counted::Things(Some(_)));
        start..figure.tokens.end + usize::from(noun)
    }

    /// How exact a figure claims to be, and where the words that say so begin.
    fn hedge(&self, start: usize, end: usize) -> (Hedge, usize) {
        let next = self.word(end);
        let numbers = self.numbers;
        // "more than a dozen"
        let determined = start
            .checked_sub(1)
            .filter(|at| self.word(*at).is_some_and(|word| self.grammar.determiners.contains(&word)));
        let from = determined.unwrap_or(start);
        let before = |phrases: &[Vec<WordId>]| Some(from - self.phrase_before(from, phrases)?);
        if let Some(start) = before(&numbers.at_least) {
            (Hedge::AtLeast, start)
        } else if self.mark(&self.numbers.or_more, end).is_some() || self.joined_plus(end) {
            (Hedge::AtLeast, start)
        } else if let Some(start) = before(&numbers.at_most) {
            (Hedge::AtMost, start)
        } else if let Some(start) = before(&numbers.about) {
            (Hedge::About, start)
        } else if next.is_some_and(|word| numbers.loose.contains(&word)) {
            (Hedge::About, start)
        } else {
            (Hedge::Exact, start)
        }
    }

    /// "30-plus", "20-odd".
    fn joined_plus(&self, at: usize) -> bool {
        self.block.tokens.get(at).is_some_and(|token| token.joined)
            && self.word(at).is_some_and(|word| self.numbers.loose.contains(&word))
    }

    /// The folded word behind a figure, without the ending of a plural, where it is written as a noun and no function word.
    fn noun(&self, at: usize) -> Option<String> {
        let plain = |at: &usize| {
            let token = self.block.tokens.get(*at);
            let noun = token.is_some_and(|token| {
                let shape = if self.grammar.capital_nouns { Shape::Capital } else { Shape::Lower };
                token.kind == TokenKind::Word && token.shape == shape && (token.spaced || token.joined)
            });
            let verb =
                |word: WordId| self.numbers.fates.contains_key(&word) || self.numbers.multiples.contains_key(&word);
            noun && !self.word(*at).is_some_and(|word| self.grammar.function_words.contains(&word) || verb(word))
        };
        plain(&at).then(|| self.grammar.singular(&fold::fold(self.block.word(at))))
    }
}
