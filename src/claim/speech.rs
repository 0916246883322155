//! Who says what stands in quotation marks.
//!
//! A cue ties a quotation to its speaker: a verb with its subject on either side ("Ada Lund said", "said Ada Lund"), a
//! participle that has the subject of the clause before it ("adding"), or a phrase ("according to"). A quotation that is
//! a sentence of its own goes on from the one before it.
//!
//! In go the read blocks of an article, out come its quotations with their speakers. A speaker is shown as it stands
//! there, a pronoun included; without a name it has no value, and then nothing is learned of it.

use super::mention::{Mention, MentionForm};
use super::reading::BlockReading;
use super::value::Value;
use crate::pack::{Cue, Like, Packs};
use crate::pattern::{KindId, WordId};
use crate::text::{Article, Block, Field, TokenKind};
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

/// An aside between a subject and its verb has at most so many tokens.
const ASIDE: usize = 30;
/// A subject behind its verb has at most so many.
const SUBJECT: usize = 14;
/// Right behind a quotation a subject that is no name has at most so many.
const BESIDE: usize = 6;
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
            let clause = Clause { block, read, packs, number, sentence: sentence.clone() };
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

/// One sentence.
struct Clause<'a> {
    block: &'a Block,
    read: &'a BlockReading,
    packs: &'a Packs,
    number: usize,
    sentence: Range<usize>,
}

/// A noun phrase before a verb: where it begins, and who it is.
struct Subject {
    start: usize,
    speaker: Speaker,
}

impl Clause<'_> {
    fn quotations(&self, quoted: KindId) -> Vec<&Mention> {
        let inside = self.mentions();
        inside.filter(|mention| mention.kind == quoted).collect()
    }

    fn word(&self, at: usize) -> Option<WordId> {
        self.read.words.get(at).copied().flatten()
    }

    fn is_word(&self, at: usize) -> bool {
        let word = |token: &crate::text::Token| matches!(token.kind, TokenKind::Word | TokenKind::Number);
        self.block.tokens.get(at).is_some_and(word) && !self.block.is_quoted(at)
    }

    fn is_mark(&self, at: usize) -> bool {
        let mark = self.block.tokens.get(at).is_none_or(|token| token.kind == TokenKind::Mark);
        mark && !self.is_possessive(at) || self.block.is_quoted(at)
    }

    /// Whether it is somebody's: "Clinton's", "the Democrats'".
    fn is_possessive(&self, at: usize) -> bool {
        let plural = |token: &crate::text::Token| {
            let ends = at.checked_sub(1).is_some_and(|before| self.block.word(before).ends_with('s'));
            let next = self.block.tokens.get(at + 1).is_none_or(|next| next.spaced);
            token.kind == TokenKind::Mark && !token.spaced && ends && next && matches!(self.block.word(at), "'" | "’")
        };
        self.block.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Possessive || plural(token))
    }

    fn is_preposition(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| self.packs.grammar.prepositions.contains(&word))
    }

    fn is_conjunction(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| self.packs.grammar.conjunctions.contains(&word))
    }

    fn is_subordinator(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| self.packs.grammar.subordinators.contains(&word))
    }

    fn is_between(&self, at: usize) -> bool {
        self.is_word(at) && self.packs.grammar.speech.is_between(self.word(at), self.block.word(at))
    }

    /// The cue at a token outside quotations.
    fn cue(&self, at: usize) -> Option<Cue> {
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

    /// Who says a quotation of this sentence, and whether that is open.
    fn attribute(&self, quotation: &Range<usize>) -> Option<(Speaker, bool)> {
        let last = self.block.word(quotation.end.saturating_sub(2));
        // "…," he said: the mark at its end says that the verb stands behind it.
        let goes_on = matches!(last, "," | "?" | "!" | "—" | "–") || self.block.word(quotation.end) == ",";
        let behind = || self.behind(quotation.end);
        let before = || self.before(quotation.start);
        if self.is_title(quotation) {
            // Of what may be the title of a programme only the words right beside it say that somebody says it.
            let from = self.sentence.start.max(quotation.start.saturating_sub(2));
            let opens = quotation.start == self.sentence.start || self.is_mark(quotation.start - 1);
            let said = (from..quotation.start).any(|at| self.cue(at).is_some_and(|cue| cue != Cue::Depicting));
            return if said { before() } else { behind().filter(|_| opens) };
        }
        let beside = if goes_on { behind().or_else(before) } else { before().or_else(behind) };
        beside.or_else(|| self.according(quotation)).or_else(|| self.far_behind(quotation.end))
    }

    /// Whether quoted words look like a title: each of them has a capital letter, but for small ones.
    fn is_title(&self, quotation: &Range<usize>) -> bool {
        let words =
            || quotation.clone().filter(|at| self.block.tokens.get(*at).is_some_and(|it| it.kind == TokenKind::Word));
        let capital = |at: usize| self.block.tokens.get(at).is_some_and(crate::text::Token::is_capital);
        let small = |at: usize| self.word(at).is_some_and(|word| self.packs.grammar.function_words.contains(&word));
        let capitals = words().filter(|at| capital(*at)).count();
        let all = words().next().is_some_and(capital) && words().all(|at| capital(at) || small(at));
        all && (capitals > 1 || words().count() == 1)
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
        let verb = (from..self.sentence.end)
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
        let verb = (end..self.sentence.end).rev().find(|at| self.cue(*at) == Some(Cue::Verb))?;
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
            (self.sentence.start..start)
                .rev()
                .filter(|at| self.cue(*at).is_some_and(|cue| self.reaches(cue, *at, start)))
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

    /// Whether no mark and no "and" stands among tokens.
    fn is_one_clause(&self, tokens: Range<usize>) -> bool {
        !tokens.into_iter().any(|at| self.is_mark(at) || self.is_conjunction(at))
    }

    /// "according to Ada Lund", on either side.
    fn according(&self, quotation: &Range<usize>) -> Option<(Speaker, bool)> {
        let phrases = &self.packs.grammar.speech.according;
        let stands = |at: usize| {
            let words = |phrase: &&Vec<WordId>| (at..).zip(*phrase).all(|(at, word)| self.word(at) == Some(*word));
            phrases.iter().find(words).map(|phrase| at + phrase.len())
        };
        let outside = |at: &usize| self.is_word(*at);
        let behind = (quotation.end..self.sentence.end).filter(outside).find_map(stands);
        let found = behind.or_else(|| (self.sentence.start..quotation.start).filter(outside).find_map(stands))?;
        self.phrase_from(found).map(|speaker| (speaker, false))
    }

    /// Who is said to speak in a sentence that quotes nothing, or announces a quotation.
    fn announced(&self) -> Option<Speaker> {
        let cues = self.sentence.clone().filter(|at| matches!(self.cue(*at), Some(Cue::Verb | Cue::Addressing)));
        cues.into_iter().find_map(|verb| self.subject(verb))
    }

    /// A speaker, and whether the words between him and his verb deny it or leave it open.
    fn stand(&self, speaker: Speaker, verb: usize) -> (Speaker, bool) {
        let grammar = &self.packs.grammar;
        let between = speaker.tokens.end.min(verb)..verb;
        let opens = |word: WordId| grammar.negations.contains(&word) || grammar.hypotheticals.contains(&word);
        let open = speaker.block == self.number && between.clone().any(|at| self.word(at).is_some_and(opens));
        (speaker, open)
    }

    /// Whose verb a cue is.
    fn subject(&self, verb: usize) -> Option<Speaker> {
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
        self.subject_of_sentence(verb)
    }

    /// The subject of the clause before a verb that has none of its own: that of an earlier cue, else the name or pronoun
    /// with which the clause begins.
    fn subject_of_sentence(&self, verb: usize) -> Option<Speaker> {
        let finite = |at: &usize| self.cue(*at).is_some_and(|cue| cue != Cue::Participle) && !self.is_subordinate(*at);
        let sure =
            |earlier: usize, speaker: &Speaker| self.cue(earlier) != Some(Cue::Depicting) || !speaker.values.is_empty();
        let earlier = (self.sentence.start..verb).rev().find(finite);
        let earlier = earlier.and_then(|earlier| self.subject(earlier).filter(|speaker| sure(earlier, speaker)));
        earlier.or_else(|| self.opening(verb))
    }

    /// Who the clause before a verb begins with, behind an opening phrase and titles.
    fn opening(&self, verb: usize) -> Option<Speaker> {
        let first = self.sentence.start;
        let comma = (first..verb).find(|at| self.block.word(*at) == "," && !self.block.is_quoted(*at));
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
            let title = at == start || self.block.tokens.get(at).is_some_and(crate::text::Token::is_capital);
            let office = self.starting(at).next().map(|mention| mention.tokens.end);
            match office {
                Some(end) => at = end,
                None if title => at += 1,
                None => return None,
            }
        }
        None
    }

    /// The mentions of the sentence.
    fn mentions(&self) -> impl Iterator<Item = &Mention> {
        let first = self.read.mentions.partition_point(|mention| mention.tokens.start < self.sentence.start);
        let mentions = self.read.mentions.iter().skip(first);
        mentions.take_while(|mention| mention.tokens.end <= self.sentence.end)
    }

    /// Whether a mention is somebody who may be a subject.
    fn is_free(&self, mention: &Mention) -> bool {
        let before = mention.tokens.start.checked_sub(1);
        let governed = before.is_some_and(|before| before >= self.sentence.start && self.is_preposition(before));
        let quoted = self.block.is_quoted(mention.tokens.start);
        !governed && !quoted && !self.is_possessive(mention.tokens.end) && self.is_somebody(mention)
    }

    /// The noun phrase before a verb, as far back as `low`.
    fn subject_before(&self, verb: usize, low: usize) -> Option<Subject> {
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
    fn may_stand_in_phrase(&self, at: usize, end: usize) -> bool {
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
        let capital = self.block.tokens.get(start).is_some_and(crate::text::Token::is_capital);
        capital || self.word(start).is_some_and(small)
    }

    /// Whether a word may be the head of a noun phrase.
    fn is_noun(&self, at: usize) -> bool {
        let function = self.word(at).is_some_and(|word| {
            self.packs.grammar.function_words.contains(&word) || self.packs.grammar.calendar.contains(&word)
        });
        self.is_word(at) && !function
    }

    /// The noun phrase behind a verb.
    fn subject_behind(&self, verb: usize) -> Option<Speaker> {
        let mut start = verb + 1;
        while self.is_between(start) {
            start += 1;
        }
        self.phrase_from(start)
    }

    /// The noun phrase that starts at a token: the name in it, else its words.
    fn phrase_from(&self, start: usize) -> Option<Speaker> {
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

    fn starting(&self, at: usize) -> impl Iterator<Item = &Mention> {
        self.read.starting(at).iter().filter_map(|number| self.read.mentions.get(*number))
    }

    /// Whether a mention may speak: a person, or an entity that acts.
    fn is_somebody(&self, mention: &Mention) -> bool {
        let like = self.packs.kind(mention.kind).map(|kind| &kind.like);
        matches!(like, Some(Like::Name))
    }

    /// The person whose name, or the pronoun, ends before a token.
    fn named(&self, end: usize) -> Option<&Mention> {
        self.read.ending(end).find(|mention| self.is_somebody(mention))
    }

    fn speaker(&self, mention: &Mention) -> Speaker {
        let tokens = if mention.form == MentionForm::Pronoun { &mention.tokens } else { &mention.core };
        self.speaker_at(tokens.clone(), mention.values.clone())
    }

    fn speaker_at(&self, tokens: Range<usize>, values: Vec<Value>) -> Speaker {
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
