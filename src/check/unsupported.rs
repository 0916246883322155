//! `unsupported`, in grounded mode: names, figures and quotations that the sources do not contain. Adjective and country,
//! acronym and expansion, known aliases, capital and country, bounds and rounding are support.

use super::{Check, Draft, amount};
use crate::claim::{Mention, MentionForm, surname};
use crate::diagnostic::{Absent, Among, Diagnostic, Evidence, Proof, Severity};
use crate::fact::{Base, BaseError, Grounds};
use crate::pack::{Entity, Like, Rule};
use crate::text::{Block, Shape, Token, TokenKind, fold};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// The check.
pub(super) struct Unsupported;

impl Check for Unsupported {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let Some(grounds) = draft.grounds else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (number, block) in draft.article.blocks.iter().enumerate().filter(|(_, block)| !block.tokens.is_empty()) {
            let page = Page { draft, grounds, base, block, number };
            let missing: Vec<Missing> =
                page.names()?.into_iter().chain(page.figures()).chain(page.quotations()).collect();
            let near = page.near(&missing);
            found.extend(missing.into_iter().filter_map(|(tokens, what)| {
                let sentence = block.sentence_at(tokens.start);
                let nearest = sentence.and_then(|sentence| near.get(&sentence).cloned().flatten());
                page.report(rule, tokens, what, nearest)
            }));
        }
        Ok(found)
    }
}

struct Page<'a> {
    draft: &'a Draft<'a>,
    grounds: &'a Grounds,
    base: &'a dyn Base,
    block: &'a Block,
    number: usize,
}

type Missing = (Range<usize>, &'static str);

impl Page<'_> {
    /// Capitalised words that no source contains, neighbours together.
    fn names(&self) -> Result<Vec<Missing>, BaseError> {
        let mut runs: Vec<Missing> = Vec::new();
        for at in 0..self.block.tokens.len() {
            if !self.is_missing_name(at)? {
                continue;
            }
            match runs.last_mut().filter(|(run, _)| run.end == at) {
                Some((run, _)) => run.end = at + 1,
                None => runs.push((at..at + 1, "name")),
            }
        }
        Ok(runs)
    }

    fn is_missing_name(&self, at: usize) -> Result<bool, BaseError> {
        let Some(token) = self.block.tokens.get(at) else { return Ok(false) };
        let text = token.text(&self.block.prose);
        if token.kind != TokenKind::Word
            || !token.is_capital()
            || token.shape == Shape::Initial
            || text.chars().count() < 2
        {
            return Ok(false);
        }
        let grammar = &self.draft.packs.grammar;
        let word = self.draft.reading.blocks.get(self.number).and_then(|read| read.word(at));
        let ordinary =
            word.is_some_and(|word| grammar.function_words.contains(&word) || grammar.honorifics.contains(&word));
        // At the start of a sentence any word has a capital letter; a name goes on or is known as one.
        let start = self.block.sentence(at).start == at || self.behind_mark(at);
        let named = self.in_name(at);
        let noun = word.is_some_and(|word| grammar.acronyms.contains(&word));
        let day = word.is_some_and(|word| grammar.calendar.contains(&word));
        let written = || self.has_word(text) || !day && self.grounds.has_kin(text, &self.draft.packs.grammar);
        if ordinary || noun || (start && !named) || written() {
            return Ok(false);
        }
        let folded = fold::fold(text);
        let acronym = token.shape == Shape::Upper && self.grounds.has_initials(&folded);
        let known = acronym || self.is_known_otherwise(at) || self.is_spelled_out(at) || self.is_sort(at);
        Ok(!known && !self.is_of_known(at)?)
    }

    /// Whether a token belongs to the known full name of somebody whose surname the sources have: "Theresa May".
    fn is_of_known(&self, at: usize) -> Result<bool, BaseError> {
        let Some(read) = self.draft.reading.blocks.get(self.number) else { return Ok(false) };
        let named = |mention: &&Mention| {
            let kind = self.draft.packs.kind(mention.kind);
            mention.core.contains(&at) && kind.is_some_and(|kind| matches!(kind.like, Like::Name))
        };
        for value in read.mentions().iter().filter(named).flat_map(|mention| &mention.values) {
            let surname = surname(&value.key);
            if self.has_word(surname) && self.base.names(surname)?.iter().any(|known| known.key == *value.key) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn has_word(&self, word: &str) -> bool {
        self.grounds.has_word(word, &self.draft.packs.grammar)
    }

    /// Whether a word only says of what sort a thing is that the sources name without it: "the Atlantic Ocean".
    fn is_sort(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let word = self.draft.reading.blocks.get(self.number).and_then(|read| read.word(at));
        let named =
            self.block.tokens.get(before).is_some_and(Token::is_capital) && self.has_word(self.block.word(before));
        named && word.is_some_and(|word| self.draft.packs.grammar.sort_nouns.contains(&word))
    }

    fn behind_mark(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            matches!(self.block.word(before), "\"" | "“" | "‘" | "'" | ":" | "(" | "-" | "–" | "—")
        })
    }

    /// Whether a token is part of a name of several words, or of a declared entity.
    fn in_name(&self, at: usize) -> bool {
        let Some(read) = self.draft.reading.blocks.get(self.number) else { return false };
        read.mentions().iter().any(|mention| {
            let kind = self.draft.packs.kind(mention.kind);
            let named = kind.is_some_and(|kind| matches!(kind.like, Like::Name | Like::Entity) && !kind.free_case);
            named && mention.form != MentionForm::Pronoun && mention.core.contains(&at) && mention.core.len() > 1
        })
    }

    /// Whether the sources have the entity of a token under another of its names, or a part of it.
    fn is_known_otherwise(&self, at: usize) -> bool {
        let Some(read) = self.draft.reading.blocks.get(self.number) else { return false };
        let packs = self.draft.packs;
        let mentions = read.mentions().iter().filter(|mention| mention.tokens.contains(&at));
        let entities = mentions.flat_map(|mention| &mention.values).filter_map(|value| packs.entity(value.entity()?));
        entities.into_iter().any(|entity| {
            self.names_it(entity)
                || packs.entities.iter().any(|part| part.is_a.contains(&entity.key) && self.names_it(part))
                || entity.is_a.iter().any(|key| {
                    let mut wholes = packs.lexicon.by_key(key).filter_map(|whole| packs.entity(whole));
                    wholes.any(|whole| self.names_it(whole))
                })
        })
    }

    fn names_it(&self, entity: &Entity) -> bool {
        let language = &self.draft.packs.language;
        let forms = entity.forms.iter().chain(&entity.adjectives);
        forms.into_iter().any(|form| {
            let words = language.words(form).into_iter().filter(|word| word.starts_with(char::is_uppercase));
            let words: Vec<&str> = words.collect();
            !words.is_empty() && words.iter().all(|word| self.has_word(word))
        })
    }

    /// "World Health Organization" where the sources have WHO.
    fn is_spelled_out(&self, at: usize) -> bool {
        let capital = |at: usize| {
            self.block.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.is_capital())
        };
        let small = |at: usize| {
            self.block.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.end - token.start <= 3)
        };
        let mut from = at;
        while from > 0 && (capital(from - 1) || (small(from - 1) && from > 1 && capital(from - 2))) {
            from -= 1;
        }
        let mut to = at + 1;
        while capital(to) || (small(to) && capital(to + 1)) {
            to += 1;
        }
        let letters: String = (from..to)
            .filter(|at| capital(*at))
            .filter_map(|at| fold::fold(self.block.word(at)).chars().next())
            .collect();
        letters.chars().count() >= 3 && self.has_word(&letters)
    }

    /// Figures that no source leaves room for.
    fn figures(&self) -> Vec<Missing> {
        let Some(read) = self.draft.reading.blocks.get(self.number) else { return Vec::new() };
        let Draft { packs, tuning, .. } = self.draft;
        let missing = amount::missing(self.block, read, &packs.grammar, self.grounds, &tuning.grounded);
        missing.into_iter().map(|tokens| (tokens, "figure")).collect()
    }

    /// Quotations whose words no source has in a row.
    fn quotations(&self) -> Vec<Missing> {
        let Some(read) = self.draft.reading.blocks.get(self.number) else { return Vec::new() };
        let tuning = &self.draft.tuning.grounded;
        // Single marks are apostrophes too.
        let double = |at: usize| !matches!(self.block.word(at), "'" | "‘" | "’");
        let closed =
            self.block.quotations.iter().filter(|quotation| quotation.closed && double(quotation.tokens.start));
        let missing = closed.filter(|quotation| {
            let hashes: Vec<u64> = read
                .own
                .hashes
                .get(quotation.inside())
                .unwrap_or_default()
                .iter()
                .copied()
                .filter(|hash| *hash != 0)
                .collect();
            hashes.len() > tuning.quoted_words && self.grounds.share_of_runs(&hashes) < tuning.share
        });
        missing.map(|quotation| (quotation.inside(), "quotation")).collect()
    }

    /// For the sentences in which something is missing, by their numbers: the passage of a source that is nearest.
    fn near(&self, missing: &[Missing]) -> HashMap<usize, Option<Evidence>> {
        let mut near = HashMap::default();
        for sentence in missing.iter().filter_map(|(tokens, _)| self.block.sentence_at(tokens.start)) {
            near.entry(sentence).or_insert_with(|| {
                let content =
                    self.draft.reading.blocks.get(self.number)?.content(self.block, sentence, self.draft.packs)?;
                let stems: Vec<u64> = content.terms.iter().map(|term| term.stem).collect();
                self.draft.parallels?.nearest(&stems, &self.draft.key)
            });
        }
        near
    }

    fn report(&self, rule: &Rule, tokens: Range<usize>, what: &str, nearest: Option<Evidence>) -> Option<Diagnostic> {
        let span = self.block.span(tokens);
        let words = self.draft.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let message = format!("the sources do not contain this {what}: {words}");
        let among = Among::Sources(self.grounds.articles);
        let absent = Absent { sought: format!("{what} “{words}”"), among, nearest };
        self.draft.finding(rule, Severity::Warning, message, span, vec![Proof::Absent(absent)])
    }
}
