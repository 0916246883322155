//! What is written as a title: its words have capital letters, but for small ones.
//!
//! In go words of a block, out comes what their capitals say; how much of a title is enough is said where it is asked.

use crate::pack::Packs;
use crate::pattern::WordId;
use crate::text::{Block, Shape, Token, TokenKind};
use std::ops::Range;

/// A line in Title Case has more content words than this.
const MIN_LINE: usize = 3;
/// And no more than one in so many of them has no capital letter.
const LOWER: usize = 5;

/// How many words a title has that is all of a run of tokens ("This Week", “Gone With the Wind”); nothing where it is none.
/// The first word of a title has a capital letter, and so has another one, unless it is alone.
pub(super) fn words_of_title(
    block: &Block,
    words: &[Option<WordId>],
    inside: Range<usize>,
    packs: &Packs,
) -> Option<usize> {
    let (mut all, mut capitals) = (0, 0);
    for at in inside.filter(|at| is_word(block, *at)) {
        let capital = block.tokens.get(at).is_some_and(Token::is_capital);
        if !capital && (all == 0 || !is_small(words, at, packs)) {
            return None;
        }
        all += 1;
        capitals += usize::from(capital);
    }
    (capitals > 1 || all == 1).then_some(all)
}

/// Whether a block is a line in Title Case, or in capitals, which says nothing of where names end: its verbs have capital
/// letters too.
pub(super) fn is_line(block: &Block, words: &[Option<WordId>], packs: &Packs) -> bool {
    let last = block.tokens.len().checked_sub(1).map(|last| block.word(last)).unwrap_or_default();
    if matches!(last, "." | "!" | "\"" | "”" | ":" | ")") {
        return false;
    }
    let (mut all, mut lower) = (0, 0);
    for at in (0..block.tokens.len()).filter(|at| is_word(block, *at) && !is_small(words, *at, packs)) {
        all += 1;
        lower += usize::from(block.tokens.get(at).is_some_and(|token| token.shape == Shape::Lower));
    }
    all > MIN_LINE && lower * LOWER <= all
}

fn is_word(block: &Block, at: usize) -> bool {
    block.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
}

/// A word that has no capital letter in a title.
fn is_small(words: &[Option<WordId>], at: usize, packs: &Packs) -> bool {
    words.get(at).copied().flatten().is_some_and(|word| packs.grammar.function_words.contains(&word))
}
