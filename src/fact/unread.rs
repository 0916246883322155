//! Why a sentence that should state a fact is read as none: the words in it that nobody declares, and what they may be.

use crate::claim::{ArticleReading, Mention, Reading};
use crate::pack::{Like, Packs, Relation};
use crate::pattern::KindId;
use crate::text::{Block, TokenKind};
use std::fmt;
use std::ops::Range;

/// Why a sentence states no fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What is wrong.
    pub reason: String,
    /// What to do next, where that is known.
    pub help: Option<String>,
}

impl Unread {
    pub(super) fn new(reason: impl Into<String>) -> Unread {
        Unread { reason: reason.into(), help: None }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reason)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

/// Says what was not understood in a sentence that no pattern reads.
pub(super) fn explain(reading: &Reading, packs: &Packs) -> Unread {
    let none = || Unread::new("no pattern reads this sentence");
    let (Some(article), Some(read)) = (reading.document.articles.first(), reading.articles.first()) else {
        return none();
    };
    let found = article.blocks.first().and_then(|block| unknown(block, read, packs));
    let Some((words, slots)) = found else { return none() };
    let kinds: Vec<&str> = slots.iter().filter_map(|kind| Some(packs.kind(*kind)?.name.as_str())).collect();
    let Some((last, others)) = kinds.split_last() else { return none() };
    let either = if others.is_empty() { (*last).to_owned() } else { format!("{} or {last}", others.join(", ")) };
    let kind = kinds.first().copied().unwrap_or_default();
    Unread {
        reason: format!("\"{words}\" is no {either} that a pack declares"),
        help: Some(format!("say what it is with [[entity]], kind = \"{kind}\", name = \"{words}\"")),
    }
}

/// The words of a sentence that nobody knows, and the kinds of the slot that they leave open in the relation of which the
/// sentence has the most.
fn unknown(block: &Block, read: &ArticleReading, packs: &Packs) -> Option<(String, Vec<KindId>)> {
    let mentions = read.blocks.first()?.mentions();
    let fills = |relation: &Relation| {
        let held = |kinds: &[KindId]| mentions.iter().any(|mention| kinds.contains(&mention.kind));
        let (filled, open): (Vec<_>, Vec<_>) = relation.slots.iter().partition(|slot| held(&slot.kinds));
        let declared = |kind: &KindId| packs.kind(*kind).is_some_and(|kind| matches!(kind.like, Like::Entity));
        let open: Vec<Vec<KindId>> =
            open.into_iter().filter(|slot| slot.kinds.iter().any(declared)).map(|slot| slot.kinds.clone()).collect();
        (filled.len(), open)
    };
    // Of several that lack something the first in the order of the packs.
    let mut best: Option<(usize, Vec<KindId>)> = None;
    for relation in &packs.relations {
        let (filled, open) = fills(relation);
        if let Some(slot) = open.first().filter(|_| filled > best.as_ref().map_or(0, |(most, _)| *most)) {
            best = Some((filled, slot.clone()));
        }
    }
    let (_, slot) = best?;
    let runs = runs(block, mentions, read, packs);
    // Behind a preposition stands the place of an office, and before it the office; else the last words are the new ones.
    let free = slot.iter().any(|kind| packs.kind(*kind).is_some_and(|kind| kind.free_case));
    let is_behind = |run: &&Range<usize>| {
        let before = run.start.checked_sub(1).and_then(|at| read.blocks.first()?.word(at));
        before
            .is_some_and(|word| packs.grammar.prepositions.contains(&word) || packs.grammar.determiners.contains(&word))
    };
    let run = if free { runs.first() } else { runs.iter().find(is_behind).or_else(|| runs.last()) }?;
    Some((block.text(run.clone()).to_owned(), slot))
}

/// Runs of words that are no declared entity, no word of the language or of a pattern, and not the name of the person that
/// the sentence is about.
fn runs(block: &Block, mentions: &[Mention], read: &ArticleReading, packs: &Packs) -> Vec<Range<usize>> {
    let words = read.blocks.first().map(|read| &*read.own.words).unwrap_or_default();
    let is_named = |mention: &Mention| packs.kind(mention.kind).is_some_and(|kind| matches!(kind.like, Like::Name));
    let person = mentions.iter().find(|mention| is_named(mention)).map(|mention| mention.tokens.clone());
    let known = |at: usize| {
        let declared = |mention: &Mention| !is_named(mention) && mention.tokens.contains(&at);
        let grammatical = words.get(at).copied().flatten().is_some_and(|word| {
            let grammar = &packs.grammar;
            grammar.function_words.contains(&word)
                || grammar.honorifics.contains(&word)
                || grammar.classes.iter().any(|class| class.words.contains_key(&word))
        });
        person.as_ref().is_some_and(|person| person.contains(&at)) || mentions.iter().any(declared) || grammatical
    };
    let is_word = |at: usize| block.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..block.tokens.len()).filter(|at| is_word(*at) && !known(*at)) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + 1,
            None => runs.push(at..at + 1),
        }
    }
    runs
}
