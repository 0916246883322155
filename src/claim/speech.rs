//! Who says what stands in quotation marks.
//!
//! A cue ties a quotation to its speaker: a verb with its subject on either side ("Ada Lund said", "said Ada Lund"), a
//! participle that has the subject of the clause before it ("adding"), or a phrase ("according to"). A quotation that is
//! a sentence of its own goes on from the one before it.
//!
//! In go the read blocks of an article, out come its quotations with their speakers. A speaker is shown as it stands
//! there, a pronoun included; without a name it has no value, and then nothing is learned of it.

use super::clause::{Clause, Speaker};
use super::reading::BlockReading;
use super::title::words_of_title;
use super::value::Value;
use crate::pack::{Cue, Packs};
use crate::pattern::{KindId, WordId};
use crate::text::{Article, Field, Token};
use std::cell::RefCell;
use std::ops::Range;

/// A quotation and who says it.
pub(super) struct Spoken {
    /// Number of the block in its article.
    pub(super) block: usize,
    /// Tokens of the quotation, with its marks.
    pub(super) quotation: Range<usize>,
    /// Its value.
    pub(super) words: Value,
    /// Who says it.
    pub(super) speaker: Speaker,
    /// Whether that is denied, wished or asked.
    pub(super) open: bool,
}

/// Right behind a quotation a subject that is no name has at most so many.
const BESIDE: usize = 6;
/// A cue is looked for so many tokens away, so that a sentence without an end costs what it says.
const REACH: usize = 120;
/// What is depicted in quoted words stands so many tokens behind the verb at most.
const DEPICTED: usize = 14;

/// The quotations of an article that somebody says.
pub(super) fn read(article: &Article, blocks: &[BlockReading], quoted: KindId, packs: &Packs) -> Vec<Spoken> {
    let mut all = Vec::new();
    let mut last: Option<Speaker> = None;
    for (number, (block, read)) in article.blocks.iter().zip(blocks).enumerate() {
        // A headline shortens what is said.
        if !block.field.is_prose() || block.field == Field::Headline || block.tokens.is_empty() {
            continue;
        }
        for sentence in &block.sentences {
            let subjects = RefCell::default();
            let clause = Clause { block, read, packs, number, sentence: sentence.clone(), subjects };
            let quotations = clause.quotations(quoted);
            let outside = sentence.clone().any(|at| clause.is_word(at));
            let mut said = None;
            for quotation in &quotations {
                let found =
                    if outside { clause.attribute(&quotation.tokens) } else { last.clone().map(|it| (it, false)) };
                let Some((speaker, open)) = found else { continue };
                let Some(words) = quotation.values.first().cloned() else { continue };
                said = Some(speaker.clone());
                all.push(Spoken { block: number, quotation: quotation.tokens.clone(), words, speaker, open });
            }
            last = match said {
                None if outside => clause.announced(),
                None => last,
                said => said,
            };
        }
        // A paragraph goes on from the one before it only where that announces it.
        last = last.filter(|_| block.word(block.tokens.len() - 1) == ":");
    }
    all
}

impl Clause<'_> {
    /// Who says a quotation of this sentence, and whether that is open.
    fn attribute(&self, quotation: &Range<usize>) -> Option<(Speaker, bool)> {
        let last = self.block.word(quotation.end.saturating_sub(2));
        // "…," he said: the mark at its end says that the verb stands behind it.
        let goes_on = matches!(last, "," | "?" | "!" | "—" | "–") || self.block.word(quotation.end) == ",";
        let behind = || self.behind(quotation.end);
        let before = || self.before(quotation.start);
        if words_of_title(self.block, &self.read.own.words, quotation.clone(), self.packs).is_some() {
            // Of what may be the title of a programme only the words right beside it say that somebody says it.
            let opens = quotation.start == self.sentence.start || self.is_mark(quotation.start - 1);
            let before_it = quotation.start.checked_sub(if opens { 2 } else { 1 });
            let said = before_it.and_then(|at| self.cue(at)).is_some_and(|cue| cue != Cue::Depicting);
            return if said { before() } else { behind().filter(|_| opens) };
        }
        let beside = if goes_on { behind().or_else(before) } else { before().or_else(behind) };
        beside.or_else(|| self.according(quotation)).or_else(|| self.far_behind(quotation.end))
    }

    /// Behind a quotation: "said Ada Lund", "Ada Lund, the mayor, said".
    fn behind(&self, end: usize) -> Option<(Speaker, bool)> {
        let dash = matches!(self.block.word(end), "—" | "–" | "―");
        let from = end + usize::from(dash || self.block.word(end) == ",");
        // “…” — Ada Lund
        let signed =
            self.starting(from).find(|mention| self.is_somebody(mention) && mention.tokens.end == self.sentence.end);
        if let Some(mention) = signed.filter(|_| dash) {
            return Some((self.speaker(mention), false));
        }
        if self.cue(from) == Some(Cue::Verb) {
            return self.subject_behind(from).map(|speaker| (speaker, false));
        }
        let verb = self
            .reach_behind(from)
            .take_while(|at| !self.block.is_quoted(*at))
            .find(|at| matches!(self.cue(*at), Some(Cue::Verb | Cue::Addressing)))?;
        if let Some(subject) = self.subject_before(verb, from).filter(|subject| subject.start == from) {
            return Some(self.stand(subject.speaker, verb));
        }
        // Right behind a quotation whatever stands before the verb is its subject.
        let end = (from..=verb).rev().find(|end| *end == from || !self.is_between(*end - 1)).unwrap_or(verb);
        let phrase = |at: usize| self.may_stand_in_phrase(at, end) && !self.is_preposition(at);
        let short = end > from && end - from <= BESIDE && self.is_noun(end - 1) && (from..end).all(phrase);
        short.then(|| self.stand(self.speaker_at(from..end, Vec::new()), verb))
    }

    /// Behind a quotation and more words: "… was no “friend” of the town, Ada Lund said".
    fn far_behind(&self, end: usize) -> Option<(Speaker, bool)> {
        let verb = self.reach_behind(end).rev().find(|at| self.cue(*at) == Some(Cue::Verb))?;
        if self.block.word(verb.saturating_sub(1)) == "," && verb > end {
            return self.subject_behind(verb).map(|speaker| (speaker, false));
        }
        let subject = self.subject_before(verb, end)?;
        let comma = subject.start.checked_sub(1).is_some_and(|before| self.block.word(before) == ",");
        comma.then(|| self.stand(subject.speaker, verb))
    }

    /// Before a quotation: the nearest cue that has a subject.
    fn before(&self, start: usize) -> Option<(Speaker, bool)> {
        let cues = || {
            self.reach_before(start).rev().filter(|at| self.cue(*at).is_some_and(|cue| self.reaches(cue, *at, start)))
        };
        let Some((mut verb, mut speaker)) = cues().find_map(|verb| Some((verb, self.subject(verb)?))) else {
            // "Ada Lund on the harbour: “…”"
            let announced = start > self.sentence.start && self.block.word(start - 1) == ":";
            return self.opening(start.saturating_sub(1)).filter(|_| announced).map(|speaker| (speaker, false));
        };
        // "Ada Lund said Bo Ek called it": what he called it is what she said.
        for outer in cues().filter(|at| matches!(self.cue(*at), Some(Cue::Verb | Cue::Addressing))) {
            if outer < verb && outer < speaker.tokens.start && self.is_inside(outer, verb, &speaker) {
                let Some(other) = self.subject(outer) else { continue };
                (verb, speaker) = (outer, other);
            }
        }
        Some(self.stand(speaker, verb))
    }

    /// Whether a verb may govern a quotation: what only depicts stands in its clause.
    fn reaches(&self, cue: Cue, verb: usize, start: usize) -> bool {
        let beside = verb + 1 == start;
        if self.is_subordinate(verb) && !self.is_one_clause(verb..start - usize::from(!beside)) {
            return false;
        }
        cue != Cue::Depicting
            || start - verb <= DEPICTED && self.is_one_clause(verb..start) && (!beside || self.is_named(verb))
    }

    /// Whether somebody is named, or stands as a pronoun, before a verb.
    fn is_named(&self, verb: usize) -> bool {
        let subject = self.subject_before(verb, self.sentence.start);
        subject.is_some_and(|subject| !subject.speaker.values.is_empty())
    }

    /// Whether what one verb says is inside what an outer one says: in its clause, or about whoever is meant by a pronoun.
    fn is_inside(&self, outer: usize, verb: usize, speaker: &Speaker) -> bool {
        let relative = self.is_subordinator(speaker.tokens.start);
        let pronoun = speaker.tokens.len() == 1
            && self.word(speaker.tokens.start).is_some_and(|word| self.packs.grammar.pronouns.contains(&word));
        relative || pronoun && self.cue(verb) == Some(Cue::Depicting) || self.is_one_clause(outer..speaker.tokens.start)
    }

    /// "After Ada Lund said so, …": a clause that says when, and ends with a comma.
    fn is_subordinate(&self, verb: usize) -> bool {
        let subject = self.subject_before(verb, self.sentence.start);
        let before = subject.and_then(|subject| subject.start.checked_sub(1));
        let times = |word: WordId| self.packs.grammar.speech.times.contains(&word);
        before.is_some_and(|before| before >= self.sentence.start && self.word(before).is_some_and(times))
    }

    /// "according to Ada Lund", on either side.
    fn according(&self, quotation: &Range<usize>) -> Option<(Speaker, bool)> {
        let phrases = &self.packs.grammar.speech.according;
        let stands = |at: usize| {
            let words = |phrase: &&Vec<WordId>| (at..).zip(*phrase).all(|(at, word)| self.word(at) == Some(*word));
            phrases.iter().find(words).map(|phrase| at + phrase.len())
        };
        let outside = |at: &usize| self.is_word(*at);
        let behind = self.reach_behind(quotation.end).filter(outside).find_map(stands);
        let found = behind.or_else(|| self.reach_before(quotation.start).filter(outside).find_map(stands))?;
        self.phrase_from(found).map(|speaker| (speaker, false))
    }

    /// Who is said to speak in a sentence that quotes nothing, or announces a quotation.
    fn announced(&self) -> Option<Speaker> {
        let cue = |at: &usize| matches!(self.cue(*at), Some(Cue::Verb | Cue::Addressing));
        self.reach_behind(self.sentence.start).filter(cue).find_map(|verb| self.subject(verb))
    }

    /// The tokens before one that are near enough to matter, and those from one on.
    fn reach_before(&self, at: usize) -> Range<usize> {
        self.sentence.start.max(at.saturating_sub(REACH))..at
    }

    fn reach_behind(&self, at: usize) -> Range<usize> {
        at..self.sentence.end.min(at + REACH).max(at)
    }

    /// A speaker, and whether the words between him and his verb deny it or leave it open.
    fn stand(&self, speaker: Speaker, verb: usize) -> (Speaker, bool) {
        let grammar = &self.packs.grammar;
        let between = speaker.tokens.end.min(verb)..verb;
        let opens = |word: WordId| grammar.negations.contains(&word) || grammar.hypotheticals.contains(&word);
        let open = between.into_iter().any(|at| self.word(at).is_some_and(opens));
        (speaker, open)
    }

    /// Whose verb a cue is.
    fn subject(&self, verb: usize) -> Option<Speaker> {
        if let Some(known) = self.subjects.borrow().get(&verb) {
            return known.clone();
        }
        let found = self.own_subject(verb).or_else(|| self.subject_of_sentence(verb));
        self.subjects.borrow_mut().insert(verb, found.clone());
        found
    }

    /// The subject that stands right beside a cue.
    fn own_subject(&self, verb: usize) -> Option<Speaker> {
        let cue = self.cue(verb)?;
        if cue != Cue::Participle {
            if let Some(subject) = self.subject_before(verb, self.sentence.start) {
                return Some(subject.speaker);
            }
            let quoted = verb.checked_sub(1).is_some_and(|before| {
                self.block.is_quoted(before) || before > 0 && self.block.is_quoted(before - 1) && self.is_mark(before)
            });
            // "Said Ada Lund, …", "…, said Ada Lund, …"
            let inverted = verb == self.sentence.start || self.block.word(verb - 1) == ",";
            if cue == Cue::Verb && (quoted || inverted) {
                return self.subject_behind(verb);
            }
        } else if let Some(mention) = self.named(verb) {
            return Some(self.speaker(mention));
        }
        None
    }

    /// The subject of the clause before a verb that has none of its own: that of an earlier cue, else the name or pronoun
    /// with which the clause begins.
    fn subject_of_sentence(&self, verb: usize) -> Option<Speaker> {
        let finite = |at: &usize| self.cue(*at).is_some_and(|cue| cue != Cue::Participle) && !self.is_subordinate(*at);
        let sure =
            |earlier: usize, speaker: &Speaker| self.cue(earlier) != Some(Cue::Depicting) || !speaker.values.is_empty();
        let mut earlier = self.reach_before(verb).rev().filter(finite);
        let found = earlier.find_map(|earlier| Some((earlier, self.own_subject(earlier)?)));
        let found = found.filter(|(earlier, speaker)| sure(*earlier, speaker)).map(|(_, speaker)| speaker);
        found.or_else(|| self.opening(verb))
    }

    /// Who the clause before a verb begins with, behind an opening phrase and titles.
    fn opening(&self, verb: usize) -> Option<Speaker> {
        let first = self.sentence.start;
        let comma =
            (first..verb.min(first + REACH)).find(|at| self.block.word(*at) == "," && !self.block.is_quoted(*at));
        let led_in = self.is_preposition(first) || self.is_subordinator(first);
        let adverb = comma == Some(first + 1) && !self.read.ending(first + 1).any(|mention| self.is_somebody(mention));
        let mut start = if led_in || adverb { comma? + 1 } else { first };
        while self.is_conjunction(start) || self.is_between(start) {
            start += 1;
        }
        if self.word(start).is_some_and(|word| self.packs.grammar.speech.pronouns.contains(&word)) {
            return Some(self.speaker_at(start..start + 1, Vec::new()));
        }
        let mut at = start;
        while at < verb && !self.is_mark(at) && !self.is_preposition(at) {
            if let Some(mention) = self.starting(at).find(|mention| self.is_somebody(mention)) {
                return Some(self.speaker(mention)).filter(|_| self.is_free(mention));
            }
            // Titles have capital letters, and may belong to a place or a party.
            let title = at == start || self.block.tokens.get(at).is_some_and(Token::is_capital);
            let office = self.starting(at).next().map(|mention| mention.tokens.end);
            match office {
                Some(end) => at = end,
                None if title => at += 1,
                None => return None,
            }
        }
        None
    }
}
