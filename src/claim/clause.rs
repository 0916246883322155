//! The grammar of a sentence, as far as it says who speaks: cues, and the noun phrases on either side of a verb.
//!
//! Without parts of speech a phrase is known by what cannot stand in it: marks, conjunctions, cues, and small words that
//! are no articles. All positions are tokens of the block.

use super::mention::{Mention, MentionForm};
use super::reading::BlockReading;
use super::value::Value;
use crate::pack::{Cue, Like, Packs};
use crate::pattern::{KindId, WordId};
use crate::text::{Block, Token, TokenKind, starting_in};
use rustc_hash::FxHashMap as HashMap;
use std::cell::RefCell;
use std::ops::Range;

/// An aside between a subject and its verb has at most so many tokens.
const ASIDE: usize = 30;
/// A noun phrase has at most so many.
const PHRASE: usize = 30;
/// A subject behind its verb has at most so many.
const SUBJECT: usize = 14;

/// Who says something, as it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Speaker {
    /// Number of the block, which may be an earlier one than the quotation's.
    pub(super) block: usize,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Who may be meant; nobody where it is no name.
    pub(super) values: Vec<Value>,
}

/// A noun phrase before a verb: where it begins, and who it is.
pub(super) struct Subject {
    pub(super) start: usize,
    pub(super) speaker: Speaker,
}

/// One sentence of a block.
pub(super) struct Clause<'a> {
    pub(super) block: &'a Block,
    pub(super) read: &'a BlockReading,
    pub(super) packs: &'a Packs,
    /// Number of the block in its article.
    pub(super) number: usize,
    pub(super) sentence: Range<usize>,
    /// Whose verbs its cues are, as far as that was asked: each quotation asks for all cues near it.
    pub(super) subjects: RefCell<HashMap<usize, Option<Speaker>>>,
}

impl Clause<'_> {
    pub(super) fn quotations(&self, quoted: KindId) -> Vec<&Mention> {
        let inside = self.mentions();
        inside.filter(|mention| mention.kind == quoted).collect()
    }

    /// The mentions of the sentence.
    pub(super) fn mentions(&self) -> impl Iterator<Item = &Mention> {
        let mentions = starting_in(self.read.mentions(), &self.sentence, |mention| &mention.tokens).iter();
        mentions.take_while(|mention| mention.tokens.end <= self.sentence.end)
    }

    pub(super) fn starting(&self, at: usize) -> impl Iterator<Item = &Mention> {
        self.read.starting(at).map(|(_, mention)| mention)
    }

    pub(super) fn word(&self, at: usize) -> Option<WordId> {
        self.read.word(at)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        let word = |token: &Token| matches!(token.kind, TokenKind::Word | TokenKind::Number);
        self.block.tokens.get(at).is_some_and(word) && !self.block.is_quoted(at)
    }

    pub(super) fn is_mark(&self, at: usize) -> bool {
        let mark = self.block.tokens.get(at).is_none_or(|token| token.kind == TokenKind::Mark);
        mark && !self.is_possessive(at) || self.block.is_quoted(at)
    }

    /// Whether it is somebody's: "Clinton's", "the Democrats'".
    pub(super) fn is_possessive(&self, at: usize) -> bool {
        let bare = || {
            let next = self.block.tokens.get(at + 1).is_none_or(|next| next.spaced);
            next && self.block.is_bare_possessive(at, &self.packs.language)
        };
        self.block.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Possessive) || bare()
    }

    pub(super) fn is_preposition(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| self.packs.grammar.prepositions.contains(&word))
    }

    pub(super) fn is_conjunction(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| self.packs.grammar.conjunctions.contains(&word))
    }

    pub(super) fn is_subordinator(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| self.packs.grammar.subordinators.contains(&word))
    }

    pub(super) fn is_between(&self, at: usize) -> bool {
        self.is_word(at) && self.packs.grammar.speech.is_between(self.word(at), self.block.word(at))
    }

    /// Whether no mark and no "and" stands among tokens.
    pub(super) fn is_one_clause(&self, tokens: Range<usize>) -> bool {
        !tokens.into_iter().any(|at| self.is_mark(at) || self.is_conjunction(at))
    }

    /// The cue at a token outside quotations.
    pub(super) fn cue(&self, at: usize) -> Option<Cue> {
        let cue = self.packs.grammar.speech.cues.get(&self.word(at)?).copied()?;
        let lower = self
            .block
            .tokens
            .get(at)
            .is_some_and(|token| !token.joined && (!token.is_capital() || at == self.sentence.start));
        let before = at.checked_sub(1).and_then(|before| self.word(before));
        let passive = before.is_some_and(|word| self.packs.grammar.speech.passive.contains(&word));
        (lower && self.is_word(at) && !(passive && cue != Cue::Participle)).then_some(cue)
    }

    /// The noun phrase before a verb, as far back as `low`.
    pub(super) fn subject_before(&self, verb: usize, low: usize) -> Option<Subject> {
        let mut end = verb;
        while end > low && self.is_between(end - 1) {
            end -= 1;
        }
        // "Ada Lund (Oslo), said": the comma behind a bracket closes nothing.
        let bracket = end > low + 1 && self.block.word(end - 1) == "," && self.block.word(end - 2) == ")";
        end -= usize::from(bracket);
        let last = end.checked_sub(1).filter(|last| *last >= low)?;
        let opener = match self.block.word(last) {
            "," => Some(","),
            ")" => Some("("),
            "—" => Some("—"),
            "–" => Some("–"),
            _ => None,
        };
        if let Some(opener) = opener.filter(|_| !self.block.is_quoted(last)) {
            let from = low.max(last.saturating_sub(ASIDE));
            let open = (from..last).rev().find(|at| self.block.word(*at) == opener && !self.block.is_quoted(*at))?;
            // "The harbour master, Ada Lund, said"
            let inner = self.phrase_to(open + 1, last).filter(|inner| inner.start == open + 1);
            let named = opener == "," && inner.as_ref().is_some_and(|inner| !inner.speaker.values.is_empty());
            let outer = || self.phrase_to(low, self.before_bracket(low, open));
            return match (inner, outer()) {
                (Some(inner), outer) if named => {
                    let start = outer.map_or(inner.start, |outer| outer.start);
                    Some(Subject { start, ..inner })
                }
                (inner, outer) => outer.or(inner),
            };
        }
        self.phrase_to(low, end)
    }

    /// The token behind which a bracket opens that closes before a token: "Ada Lund (Oslo)".
    fn before_bracket(&self, low: usize, end: usize) -> usize {
        let closed = end > low && self.block.word(end - 1) == ")";
        let open = (low..end).rev().find(|at| closed && self.block.word(*at) == "(");
        open.unwrap_or(end)
    }

    /// The noun phrase that ends before a token.
    fn phrase_to(&self, low: usize, end: usize) -> Option<Subject> {
        let last = end.checked_sub(1).filter(|last| *last >= low && !self.is_mark(*last))?;
        let grammar = &self.packs.grammar;
        let word = self.word(last);
        if word.is_some_and(|word| grammar.speech.pronouns.contains(&word)) {
            let values = self.antecedent(last);
            return Some(Subject { start: last, speaker: self.speaker_at(last..end, values) });
        }
        // A name may hold small words: "Corrêa do Lago".
        let mut start = self.named(end).map_or(end, |mention| mention.tokens.start.max(low));
        let low = low.max(start.saturating_sub(PHRASE));
        while start > low && (self.may_stand_in_phrase(start - 1, end) || self.joins(start, low, end)) {
            start -= 1;
            // Before an article another phrase ends, unless a preposition ties the two.
            let determiner = self.word(start).is_some_and(|word| grammar.determiners.contains(&word));
            if determiner && !(start > low && self.is_preposition(start - 1)) {
                break;
            }
        }
        if start == end {
            return None;
        }
        if self.is_preposition(end - 1) {
            return None;
        }
        let opening = self.is_preposition(start);
        let head = (start..end).find(|at| self.is_preposition(*at)).filter(|_| !opening).unwrap_or(end);
        let speaker = match self.named(head).filter(|mention| mention.tokens.start >= start) {
            Some(mention) => self.speaker(mention),
            None if opening || !self.is_noun(head - 1) || !self.is_determined(start) => return None,
            None => self.speaker_at(start..head, Vec::new()),
        };
        Some(Subject { start, speaker })
    }

    /// Whether a noun phrase that ends before `end` may hold the word at a token.
    pub(super) fn may_stand_in_phrase(&self, at: usize, end: usize) -> bool {
        let grammar = &self.packs.grammar;
        if self.is_mark(at) || self.is_conjunction(at) || self.cue(at).is_some() || self.is_subordinator(at) {
            return false;
        }
        let Some(word) = self.word(at) else { return true };
        let small = grammar.determiners.contains(&word)
            || grammar.prepositions.contains(&word)
            || grammar.honorifics.contains(&word)
            || grammar.numbers.words.contains_key(&word)
            || grammar.mood_before(Some(word)).is_some();
        let pronoun = grammar.pronouns.contains(&word) && at + 1 == end;
        small || pronoun || !grammar.function_words.contains(&word)
    }

    /// Whether "and" ties a phrase without an article to what stands before it: "the mayor and party leader".
    fn joins(&self, start: usize, low: usize, end: usize) -> bool {
        start < end && start > low + 1 && self.is_conjunction(start - 1) && !self.is_determined(start)
    }

    /// Whether a noun phrase begins with an article, a capital letter or a number in words.
    fn is_determined(&self, start: usize) -> bool {
        let grammar = &self.packs.grammar;
        let small = |word: WordId| grammar.determiners.contains(&word) || grammar.numbers.words.contains_key(&word);
        let capital = self.block.tokens.get(start).is_some_and(Token::is_capital);
        capital || self.word(start).is_some_and(small)
    }

    /// Whether a word may be the head of a noun phrase.
    pub(super) fn is_noun(&self, at: usize) -> bool {
        let function = self.word(at).is_some_and(|word| {
            self.packs.grammar.function_words.contains(&word) || self.packs.grammar.calendar.contains(&word)
        });
        self.is_word(at) && !function
    }

    /// The noun phrase behind a verb.
    pub(super) fn subject_behind(&self, verb: usize) -> Option<Speaker> {
        let mut start = verb + 1;
        while self.is_between(start) {
            start += 1;
        }
        self.phrase_from(start)
    }

    /// The noun phrase that starts at a token: the name in it, else its words.
    pub(super) fn phrase_from(&self, start: usize) -> Option<Speaker> {
        let limit = self.sentence.end.min(start + SUBJECT);
        let ends = |at: &usize| {
            self.is_mark(*at) || self.is_preposition(*at) || self.is_subordinator(*at) || self.cue(*at).is_some()
        };
        let end = (start..limit).find(ends).unwrap_or(limit);
        // "Oslo-based lawyer Ada Lund"
        let tied = |at: usize| self.block.tokens.get(at).is_some_and(|token| token.joined);
        let inside =
            |mention: &&Mention| mention.tokens.end <= end && self.is_somebody(mention) && !tied(mention.tokens.end);
        let named = (start..end).find_map(|at| self.starting(at).find(inside));
        if let Some(mention) = named {
            return Some(self.speaker(mention));
        }
        let word = self.word(start);
        let pronoun = word.is_some_and(|word| self.packs.grammar.speech.pronouns.contains(&word));
        let noun = end > start && self.is_noun(end - 1);
        (pronoun || noun).then(|| self.speaker_at(start..if pronoun { start + 1 } else { end }, Vec::new()))
    }

    /// Whether a mention is a person's name, or a pronoun for one.
    pub(super) fn is_somebody(&self, mention: &Mention) -> bool {
        let like = self.packs.kind(mention.kind).map(|kind| &kind.like);
        matches!(like, Some(Like::Name))
    }

    /// Whether a mention is somebody who may be a subject.
    pub(super) fn is_free(&self, mention: &Mention) -> bool {
        let before = mention.tokens.start.checked_sub(1);
        let governed = before.is_some_and(|before| before >= self.sentence.start && self.is_preposition(before));
        let quoted = self.block.is_quoted(mention.tokens.start);
        !governed && !quoted && !self.is_possessive(mention.tokens.end) && self.is_somebody(mention)
    }

    /// The person whose name, or the pronoun, ends before a token.
    pub(super) fn named(&self, end: usize) -> Option<&Mention> {
        self.read.ending(end).find(|mention| self.is_somebody(mention))
    }

    pub(super) fn speaker(&self, mention: &Mention) -> Speaker {
        let tokens = if mention.form == MentionForm::Pronoun { &mention.tokens } else { &mention.core };
        self.speaker_at(tokens.clone(), mention.values.clone())
    }

    pub(super) fn speaker_at(&self, tokens: Range<usize>, values: Vec<Value>) -> Speaker {
        Speaker { block: self.number, tokens, values }
    }

    /// Whom a relative pronoun means: the name right before it.
    fn antecedent(&self, at: usize) -> Vec<Value> {
        let relative = self.is_subordinator(at);
        let end = at - usize::from(at.checked_sub(1).is_some_and(|before| self.block.word(before) == ","));
        let named = relative.then(|| self.named(end)).flatten();
        named.map(|mention| mention.values.clone()).unwrap_or_default()
    }
}
