//! Whom a pronoun or a description may refer to: those named before it, in its sentence and the one before. Every
//! one of them is kept; nothing is guessed.

use super::mention::{Mention, MentionForm};
use super::value::Value;
use crate::pattern::KindId;
use crate::text::{Block, starting_in};
use std::ops::Range;

/// The antecedents of what stands at token `at` of block `number`: all of the sentence so far and of the sentence
/// before it, the nearest last. Mentions are sorted by their first token. Possessives and names of other kinds are among the words, not the list.
pub(super) fn before(blocks: &[(&Block, &[Mention])], number: usize, at: usize, kind: KindId) -> Vec<Value> {
    let Some((block, mentions)) = blocks.get(number) else { return Vec::new() };
    let sentence = block.sentence(at);
    let mut found = named(mentions, sentence.start..at, kind);
    let number_of_earlier = block.sentences.partition_point(|earlier| earlier.end <= sentence.start);
    let earlier = number_of_earlier.checked_sub(1).and_then(|earlier| block.sentences.get(earlier)).cloned();
    let before = match earlier {
        Some(earlier) => named(mentions, earlier, kind),
        None => last_of_block_before(blocks, number, kind),
    };
    let mut all: Vec<Value> = before.into_iter().filter(|value| !found.contains(value)).collect();
    all.append(&mut found);
    all
}

/// The people of the last sentence of the block before, in running text.
fn last_of_block_before(blocks: &[(&Block, &[Mention])], number: usize, kind: KindId) -> Vec<Value> {
    let field = blocks.get(number).map(|(block, _)| block.field);
    let before = blocks.get(..number).unwrap_or_default().iter().rfind(|(block, _)| Some(block.field) == field);
    match before {
        Some((block, mentions)) => {
            block.sentences.last().cloned().map(|last| named(mentions, last, kind)).unwrap_or_default()
        }
        None => Vec::new(),
    }
}

fn named(mentions: &[Mention], tokens: Range<usize>, kind: KindId) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for mention in starting_in(mentions, &tokens, |mention| &mention.tokens) {
        let inside = mention.tokens.end <= tokens.end;
        if inside && mention.kind == kind && mention.form != MentionForm::Pronoun {
            for value in &mention.values {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
    }
    values
}
