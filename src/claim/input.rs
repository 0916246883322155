//! A sentence as the matcher sees it: which noun phrases start where.

use super::mention::{Mention, MentionForm};
use super::near;
use super::reading::BlockReading;
use crate::pack::{Like, Mood, Packs};
use crate::pattern::{ClassId, Fill, Form, Input, KindId, WordId};
use crate::text::{Block, Shape, TokenKind};
use std::cell::RefCell;
use std::ops::Range;

/// An aside between commas, dashes or brackets spans at most so many tokens.
const ASIDE_TOKENS: usize = 18;
/// A declared name with a mood word in it has at most so many tokens before that word.
const NAME_TOKENS: usize = 8;
/// A chain of titles before a name spans at most so many mentions.
const TITLE_MENTIONS: usize = 4;

pub(super) struct SentenceInput<'a> {
    pub(super) block: &'a Block,
    pub(super) reading: &'a BlockReading,
    pub(super) packs: &'a Packs,
    pub(super) range: Range<usize>,
    /// Near-misses made on demand; their numbers follow those of the reading's mentions.
    pub(super) made: RefCell<Vec<Mention>>,
}

impl SentenceInput<'_> {
    /// A mention by the number that fills give.
    pub(super) fn mention(&self, number: usize) -> Option<Mention> {
        let known = self.reading.mentions().len();
        match number.checked_sub(known) {
            None => self.reading.mentions().get(number).cloned(),
            Some(made) => self.made.borrow().get(made).cloned(),
        }
    }

    /// Whether a match may start at a token: it is a word that matters, a capital letter or the start of a mention.
    pub(super) fn may_start(&self, at: usize) -> bool {
        self.word(at).is_some() || self.is_capital(at) || self.reading.starting(at).next().is_some()
    }

    /// Whether a noun phrase starts at a token: an article, a name or a declared entity.
    pub(super) fn fills_exist(&self, at: usize) -> bool {
        at < self.range.end && (self.is_determiner(at) || self.is_capital(at) || self.nouns(at).next().is_some())
    }

    /// Mentions that start at a token and are nouns; figures, days and the like stand beside nouns.
    pub(super) fn nouns(&self, at: usize) -> impl Iterator<Item = &Mention> {
        let mentions = self.reading.starting(at).map(|(_, mention)| mention);
        mentions.filter(|mention| {
            let like = self.packs.kind(mention.kind).map(|kind| &kind.like);
            matches!(like, Some(Like::Name | Like::Entity | Like::Quotation))
        })
    }

    /// The mood that a word before a noun phrase says. Inside a declared name it says none: "New" is no mood in New York,
    /// nor is "First" in First Minister.
    pub(super) fn mood_at(&self, at: usize) -> Option<&Mood> {
        let mood = self.packs.grammar.mood_before(self.word(at))?;
        let declared =
            |mention: &&Mention| matches!(self.packs.kind(mention.kind).map(|kind| &kind.like), Some(Like::Entity));
        let mut starts = (at.saturating_sub(NAME_TOKENS)..=at).flat_map(|start| self.nouns(start));
        let inside = starts.any(|mention| declared(&mention) && mention.tokens.contains(&at));
        (!inside).then_some(mood)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.block.tokens.get(at).is_some_and(|token| token.is_capital())
    }

    fn is_determiner(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| self.packs.grammar.determiners.contains(&word))
    }

    /// Whether a kind is read as names of people.
    pub(super) fn is_named(&self, kind: KindId) -> bool {
        matches!(self.packs.kind(kind).map(|kind| &kind.like), Some(Like::Name))
    }

    /// Mentions of the kinds that start exactly at a token, as fills from `start`.
    fn at(&self, start: usize, at: usize, kinds: &[KindId], form: Option<Form>, fills: &mut Vec<Fill>) {
        for (number, mention) in self.reading.starting(at) {
            if !kinds.contains(&mention.kind) || mention.tokens.end > self.range.end {
                continue;
            }
            let end = mention.tokens.end;
            let possessive = self.block.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Possessive)
                || self.plural_possessive(end);
            let named = self.is_named(mention.kind);
            let written = match mention.form {
                MentionForm::Form(form) => Some(form),
                MentionForm::Pronoun => None,
            };
            if form.is_none() || form == written || (written.is_none() && form == Some(Form::Name)) {
                fills.push(Fill { mention: number, tokens: start..end });
                if named {
                    fills.extend(self.asides(end).map(|end| Fill { mention: number, tokens: start..end }));
                    if self.is_apposition(mention) {
                        fills.push(Fill { mention: number, tokens: start..end + 1 });
                    }
                }
            }
            // "the president's adviser" is another noun phrase; a place or an organisation owns an office.
            let free = self.packs.kind(mention.kind).is_some_and(|kind| kind.free_case);
            let may_own = !named && !free && mention.form == MentionForm::Form(Form::Name);
            if possessive && may_own && (form.is_none() || form == Some(Form::Possessive)) {
                fills.push(Fill { mention: number, tokens: start..end + 1 });
            }
        }
    }

    /// "the United States' president".
    fn plural_possessive(&self, at: usize) -> bool {
        self.block.is_bare_possessive(at, &self.packs.language)
            && !self.block.quotations.iter().any(|quotation| quotation.tokens.end == at + 1)
    }

    /// "Trump's envoy, Steve Witkoff, told …": the name stands between two commas behind what is no name of its kind.
    fn is_apposition(&self, mention: &Mention) -> bool {
        let comma =
            mention.tokens.start.checked_sub(1).filter(|at| *at > self.range.start && self.mark(*at) == Some(','));
        let named_before =
            comma.is_some_and(|comma| self.reading.ending(comma).any(|other| other.kind == mention.kind));
        comma.is_some() && !named_before && self.mark(mention.tokens.end) == Some(',')
    }

    /// Where asides behind a name end: ", a special envoy of the president," or "(R)".
    fn asides(&self, end: usize) -> impl Iterator<Item = usize> {
        let open = self.mark(end);
        let close = match open {
            Some(',') => Some(','),
            Some('(') => Some(')'),
            Some('—') => Some('—'),
            Some('–') => Some('–'),
            _ => None,
        };
        let limit = (end + ASIDE_TOKENS).min(self.range.end);
        let closing = close.and_then(|close| (end + 2..limit).find(|at| self.mark(*at) == Some(close)));
        closing.map(|at| at + 1).into_iter()
    }

    /// "US envoy Steve Witkoff", "the French president, Mr Macron" (without the comma): titles before a name.
    fn titled(&self, start: usize, kinds: &[KindId], fills: &mut Vec<Fill>) {
        let mut at = start + usize::from(self.is_determiner(start));
        for _ in 0..TITLE_MENTIONS {
            at += self.mood_words(at);
            let title = self.nouns(at).find(|mention| !kinds.contains(&mention.kind));
            let Some(title) = title else { return };
            at = title.tokens.end;
            if self.block.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Possessive) {
                at += 1;
            }
            let before = fills.len();
            self.at(start, at, kinds, Some(Form::Name), fills);
            if fills.len() > before {
                return;
            }
        }
    }

    /// An unknown name of a closed kind, one slip from a known one.
    fn near(&self, start: usize, at: usize, kinds: &[KindId]) -> Option<Fill> {
        // Where any of the kinds is open, an unknown name is perhaps one of it, and no slip.
        let closed = kinds.iter().all(|kind| self.packs.kind(*kind).is_some_and(|kind| kind.closed));
        if !closed || !self.is_capital(at) {
            return None;
        }
        // A name that nobody bears in full here is perhaps no person: "told Routers". Anything else is what it is, unless
        // the name goes on behind it: "the New York Tims".
        let next = |mention: &Mention| {
            self.block.tokens.get(mention.tokens.end).filter(|_| mention.tokens.end < self.range.end)
        };
        let goes_on = |mention: &Mention| next(mention).is_some_and(|next| next.is_capital() && next.spaced);
        let taken = self.nouns(at).any(|mention| {
            let person = self.is_named(mention.kind)
                && mention.values.iter().all(|value| value.is_surname() || self.is_unknown_run(mention));
            !person && !goes_on(mention)
        });
        if taken {
            return None;
        }
        let capital = |at: usize| {
            at < self.range.end
                && self.block.tokens.get(at).is_some_and(|token| token.is_capital() && (token.spaced || token.joined))
        };
        let mut end = at;
        while capital(end) && end - at < 4 {
            end += 1;
        }
        // The longest run first, then shorter ones: "told CCN Monday".
        (at + 1..=end).rev().filter(|end| !self.goes_on(*end)).find_map(|end| {
            let value = near::near(self.block.text(at..end), kinds, self.packs)?;
            let kind = *kinds.first()?;
            let mention = Mention {
                tokens: at..end,
                core: at..end,
                kind,
                form: MentionForm::Form(Form::Name),
                values: vec![value],
            };
            let mut made = self.made.borrow_mut();
            made.push(mention);
            Some(Fill { mention: self.reading.mentions().len() + made.len() - 1, tokens: start..end })
        })
    }

    /// "the CNC machine operator": an ordinary word behind a name takes it into a larger phrase.
    fn goes_on(&self, at: usize) -> bool {
        let ordinary = self.word(at).is_some_and(|word| {
            self.packs.grammar.function_words.contains(&word) || self.packs.grammar.calendar.contains(&word)
        });
        let token = self.block.tokens.get(at).filter(|_| at < self.range.end);
        token.is_some_and(|token| token.kind == TokenKind::Word && token.shape == Shape::Lower) && !ordinary
    }

    /// Whether a run of several words stands once only in the article, so that it may be no person.
    fn is_unknown_run(&self, mention: &Mention) -> bool {
        self.is_named(mention.kind) && mention.tokens == mention.core && mention.values.len() == 1
    }
}

impl Input for SentenceInput<'_> {
    fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    fn word(&self, at: usize) -> Option<WordId> {
        self.reading.word(at)
    }

    fn is_class(&self, at: usize, class: ClassId) -> bool {
        self.packs.grammar.is_class(class, self.word(at))
    }

    fn mark(&self, at: usize) -> Option<char> {
        self.block.mark(at)
    }

    fn ends_clause(&self, at: usize) -> bool {
        matches!(self.mark(at), Some(',' | ';' | ':' | '.' | '?' | '!' | '"' | '“' | '”' | '(' | ')' | '—' | '–'))
            || self.word(at).is_some_and(|word| {
                self.packs.grammar.subordinators.contains(&word) && !self.packs.grammar.prepositions.contains(&word)
            })
    }

    fn mood_words(&self, at: usize) -> usize {
        (at..self.range.end).take_while(|at| self.mood_at(*at).is_some()).count()
    }

    fn fills(&self, at: usize, kinds: &[KindId], form: Option<Form>) -> Vec<Fill> {
        let mut fills = Vec::new();
        if at >= self.range.end {
            return fills;
        }
        self.at(at, at, kinds, form, &mut fills);
        if fills.is_empty() && self.is_determiner(at) {
            let behind = at + 1 + self.mood_words(at + 1);
            self.at(at, behind, kinds, form, &mut fills);
            if fills.is_empty() && form.is_none() {
                fills.extend(self.near(at, at + 1, kinds));
            }
        }
        if fills.is_empty() && form.is_none() && kinds.iter().any(|kind| self.is_named(*kind)) {
            self.titled(at, kinds, &mut fills);
        }
        if fills.is_empty() && form.is_none() {
            fills.extend(self.near(at, at, kinds));
        }
        fills
    }
}
