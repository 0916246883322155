//! From matches to claims.

use super::antecedent;
use super::before::Taken;
use super::frame;
use super::guard;
use super::input::SentenceInput;
use super::mention::Mention;
use super::model::{Claim, Rejected, SlotFill, Voice};
use super::reading::{ArticleReading, BlockReading};
use super::speech::{self, Spoken};
use super::value::Value;
use crate::pack::{Frame, Like, Packs, Relation};
use crate::pattern::{self, Input, KindId, Match, RelationId, SlotId};
use crate::text::{Article, Block};
use rustc_hash::FxHashSet as HashSet;
use std::cell::RefCell;
use std::ops::Range;

/// Finds the claims of an article whose mentions are known. Those of blocks that say the same as before are taken over.
pub(super) fn claims(
    article: &Article,
    number: usize,
    reading: &mut ArticleReading,
    before: &[Option<Taken<'_>>],
    packs: &Packs,
) {
    let mut claims = Vec::new();
    let mut rejected = Vec::new();
    let mut refers = vec![false; reading.blocks.len()];
    let mentions = reading.blocks.iter().map(BlockReading::mentions);
    let blocks: Vec<(&Block, &[Mention])> = article.blocks.iter().zip(mentions).collect();
    for (at, (block, read)) in article.blocks.iter().zip(&reading.blocks).enumerate() {
        if let Some(taken) = before.get(at).and_then(Option::as_ref) {
            claims.extend(taken.claims().map(|claim| claim.moved(number, at, block)));
            rejected.extend(taken.rejected().map(|found| found.moved(at, block)));
            continue;
        }
        if read.mentions().is_empty() {
            continue;
        }
        let place = Place { article, blocks: &blocks, number, block: at, title_case: read.own.title_case };
        for sentence in &block.sentences {
            let input =
                SentenceInput { block, reading: read, packs, range: sentence.clone(), made: RefCell::new(Vec::new()) };
            for found in matches(&input, at, &mut rejected) {
                refers.get_mut(at).into_iter().for_each(|refers| *refers |= found.accept.description);
                claims.extend(claim(&input, &found, &place));
            }
        }
    }
    for (read, refers) in reading.blocks.iter_mut().zip(refers) {
        read.refers = refers;
    }
    for (relation, slots) in speeches(packs) {
        let by_pattern = |claim: &Claim| Some((claim.block, claim.slot(slots.quote)?.tokens.start));
        let known: HashSet<(usize, usize)> =
            claims.iter().filter(|claim| claim.relation == relation).filter_map(by_pattern).collect();
        let spoken = speech::read(article, &reading.blocks, slots.kind, packs);
        let new = spoken.iter().filter(|spoken| !known.contains(&(spoken.block, spoken.quotation.start)));
        claims.extend(new.filter_map(|spoken| said(article, number, spoken, relation, &slots)));
    }
    claims.sort_by_key(|claim| (claim.block, claim.sentence.start, claim.relation));
    reading.claims = claims;
    reading.rejected = rejected;
}

/// The slots of a relation of speech: who says it, and what; and the kind of the latter.
struct SpeechSlots {
    speaker: SlotId,
    quote: SlotId,
    kind: KindId,
}

/// The relations whose claims are quotations with those who say them.
fn speeches(packs: &Packs) -> impl Iterator<Item = (RelationId, SpeechSlots)> {
    let slots = |relation: &Relation| {
        let like = |wanted: fn(&Like) -> bool| {
            relation.numbered().find_map(|(id, slot)| {
                let kind = slot.kinds.iter().find(|kind| packs.kind(**kind).is_some_and(|kind| wanted(&kind.like)))?;
                Some((id, *kind))
            })
        };
        let (quote, kind) = like(|like| matches!(like, Like::Quotation))?;
        Some(SpeechSlots { speaker: like(|like| matches!(like, Like::Name))?.0, quote, kind })
    };
    let speeches = packs.numbered_relations().filter(|(_, relation)| relation.speech);
    speeches.filter_map(move |(id, relation)| Some((id, slots(relation)?)))
}

/// A quotation with its speaker as a claim.
fn said(article: &Article, number: usize, spoken: &Spoken, relation: RelationId, slots: &SpeechSlots) -> Option<Claim> {
    let block = article.blocks.get(spoken.block)?;
    let (quotation, speaker) = (&spoken.quotation, &spoken.speaker);
    let sentence = block.sentence(quotation.start);
    let beside = speaker.block == spoken.block && sentence.contains(&speaker.tokens.start);
    let tokens = if beside {
        quotation.start.min(speaker.tokens.start)..quotation.end.max(speaker.tokens.end)
    } else {
        quotation.clone()
    };
    let fill = |slot: SlotId, block: &Block, tokens: &Range<usize>, values: Vec<Value>| SlotFill {
        slot,
        tokens: tokens.clone(),
        span: block.span(tokens.clone()),
        values,
    };
    let mut slots = vec![
        fill(slots.quote, block, quotation, vec![spoken.words.clone()]),
        fill(slots.speaker, article.blocks.get(speaker.block)?, &speaker.tokens, speaker.values.clone()),
    ];
    slots.sort_by_key(|fill| fill.span);
    Some(Claim {
        relation,
        pattern: None,
        article: number,
        block: spoken.block,
        sentence_span: block.span(sentence.clone()),
        sentence,
        span: block.span(tokens.clone()),
        tokens,
        slots,
        voice: Voice::Narrator,
        frame: Frame::Present,
        year: None,
        mood: None,
        affirmed: !spoken.open,
        title_case: false,
        description: false,
    })
}

/// Where a sentence stands.
struct Place<'a> {
    article: &'a Article,
    blocks: &'a [(&'a Block, &'a [Mention])],
    number: usize,
    block: usize,
    title_case: bool,
}

/// The matches of a sentence that are read: left to right, the tightest and longest first, each span used once in a
/// relation.
fn matches(input: &SentenceInput<'_>, block: usize, rejected: &mut Vec<Rejected>) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    for start in input.range().filter(|start| input.may_start(*start)) {
        found.extend(pattern::run(&input.packs.program, input, start));
    }
    // An aside is read on the way to what follows; at the end of a match it is another phrase.
    found.retain(|found| !ends_in_aside(input, found));
    found.sort_by_key(|found| {
        (found.tokens.start, loose(found), std::cmp::Reverse(found.tokens.end), found.accept.pattern)
    });
    let mut used: Vec<(RelationId, Range<usize>)> = Vec::new();
    let mut kept = Vec::new();
    for found in found {
        let overlaps = used.iter().any(|(relation, tokens)| {
            *relation == found.accept.relation && tokens.start < found.tokens.end && found.tokens.start < tokens.end
        });
        if overlaps {
            continue;
        }
        if let Some(reason) = guard::reject(input, &found) {
            rejected.push(Rejected {
                relation: found.accept.relation,
                pattern: usize::from(found.accept.pattern),
                block,
                span: input.block.span(found.tokens.clone()),
                tokens: found.tokens.clone(),
                reason,
            });
            continue;
        }
        used.push((found.accept.relation, found.tokens.clone()));
        kept.push(found);
    }
    rejected.dedup();
    kept
}

fn ends_in_aside(input: &SentenceInput<'_>, found: &Match) -> bool {
    let last = found.fills.last().filter(|_| found.ends_in_slot).map(|(_, fill)| fill);
    last.is_some_and(|fill| input.mention(fill.mention).is_some_and(|mention| fill.tokens.end > mention.tokens.end + 1))
}

/// How many tokens of a match a gap skipped.
fn loose(found: &Match) -> usize {
    let filled: usize = found.fills.iter().map(|(_, fill)| fill.tokens.len()).sum();
    usize::from(found.tokens.len() > filled + found.classes.len() + found.marks.len() + 4)
}

fn claim(input: &SentenceInput<'_>, found: &Match, place: &Place<'_>) -> Option<Claim> {
    let block = input.block;
    let mut slots: Vec<SlotFill> = Vec::new();
    for (slot, fill) in &found.fills {
        let mention = input.mention(fill.mention)?;
        let tokens = shown(block, &mention, fill.tokens.clone());
        slots.push(SlotFill { slot: *slot, span: block.span(tokens.clone()), tokens, values: mention.values });
    }
    settle(&mut slots, input.packs);
    let standing = frame::read(input, found, place.article.date);
    let description = found.accept.description;
    if description {
        slots.push(refer(input, found, place, standing.frame)?);
    }
    let voice = voice(input, found);
    Some(Claim {
        relation: found.accept.relation,
        pattern: Some(usize::from(found.accept.pattern)),
        article: place.number,
        block: place.block,
        sentence: input.range(),
        tokens: found.tokens.clone(),
        span: block.span(found.tokens.clone()),
        sentence_span: block.span(input.range()),
        slots,
        voice,
        frame: standing.frame,
        year: standing.year,
        mood: standing.mood,
        affirmed: standing.affirmed,
        title_case: place.title_case,
        description,
    })
}

/// "The governor of New York": of the places that bear a name, the state has a governor, as the office says.
fn settle(slots: &mut [SlotFill], packs: &Packs) {
    let entities = slots.iter().filter_map(SlotFill::sure).filter_map(|value| packs.entity(value.entity()?));
    let named: Vec<&String> = entities.flat_map(|entity| &entity.unique_in).collect();
    for fill in slots.iter_mut().filter(|fill| fill.values.len() > 1) {
        let is_named = |value: &Value| named.iter().any(|key| ***key == *value.key);
        if fill.values.iter().any(is_named) {
            fill.values.retain(is_named);
        }
    }
}

/// Who asserts a match: whoever is quoted where it starts, or whoever is reported before it in the sentence. A match
/// that starts with the mark of a quotation is about it, not in it.
fn voice(input: &SentenceInput<'_>, found: &Match) -> Voice {
    let start = found.tokens.start;
    if input.block.is_quoted(start) && input.mark(start).is_none() {
        return Voice::Quotation;
    }
    let reports = |at: usize| input.word(at).is_some_and(|word| input.packs.grammar.reporting.contains(&word));
    let reported = (input.range.start..start).any(|at| reports(at) && !input.block.is_quoted(at));
    if reported { Voice::Reported } else { Voice::Narrator }
}

/// The tokens of a fill that show it: the name, and a possessive mark is no part of it.
fn shown(block: &Block, mention: &Mention, filled: Range<usize>) -> Range<usize> {
    // "Finland's" is shown whole, because the fix replaces it whole.
    let possessive = filled.end == mention.core.end + 1
        && block.tokens.get(mention.core.end).is_some_and(|token| token.kind == crate::text::TokenKind::Possessive);
    if possessive { mention.core.start..filled.end } else { mention.core.clone() }
}

/// The slot that a description leaves open, filled with everybody it may refer to.
fn refer(input: &SentenceInput<'_>, found: &Match, place: &Place<'_>, frame: Frame) -> Option<SlotFill> {
    let relation = input.packs.relation(found.accept.relation)?;
    let (slot, kind) = relation.numbered().find_map(|(id, slot)| {
        let open = !found.fills.iter().any(|(filled, _)| *filled == id);
        let kind = slot
            .kinds
            .iter()
            .find(|kind| input.packs.kind(**kind).is_some_and(|kind| matches!(kind.like, Like::Name)))?;
        open.then_some((id, *kind))
    })?;
    if !stands_alone(input, found) {
        return None;
    }
    // "Zelensky said the former president …" is not about Zelensky, and after a year the talk is of that time.
    let year = place.article.date.map(|date| date.year());
    let sentence = input.range();
    let earlier = sentence.start.checked_sub(1).map_or(0, |before| input.block.sentence(before).start);
    let dated = (earlier..sentence.end).any(|at| frame::year_at(input, at).is_some_and(|other| Some(other) != year));
    if dated || voice(input, found) == Voice::Reported {
        return None;
    }
    // Without a mood word only the subject of a sentence is safe to refer back: others are often named by it alone.
    if frame == Frame::Present && found.tokens.start != input.range.start {
        return None;
    }
    let values = antecedent::before(place.blocks, place.block, found.tokens.start, kind);
    let span = input.block.span(found.tokens.clone());
    (!values.is_empty()).then(|| SlotFill { slot, tokens: found.tokens.clone(), span, values })
}

/// Whether a description is a whole noun phrase of its own.
fn stands_alone(input: &SentenceInput<'_>, found: &Match) -> bool {
    let end = found.tokens.end;
    let grammar = &input.packs.grammar;
    let Some(next) = input.block.tokens.get(end).filter(|_| end < input.range.end) else { return true };
    let word = input.word(end);
    let goes_on = word.is_some_and(|word| {
        grammar.subordinators.contains(&word) && !grammar.prepositions.contains(&word) && input.mark(end).is_none()
            || grammar.conjunctions.contains(&word)
    });
    let of = word.is_some_and(|word| grammar.prepositions.contains(&word)) && input.fills_exist(end + 1);
    let named = input.nouns(end).next().is_some() || next.is_capital();
    let apposition = input.mark(end) == Some(',')
        && (input.nouns(end + 1).next().is_some()
            || input.word(end + 1).is_some_and(|word| grammar.conjunctions.contains(&word)));
    !(goes_on || of || named || apposition || next.joined)
}
