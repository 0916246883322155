//! What a block says by itself, whatever stands beside it: read once, and taken over while the block stays as it is.

use super::day::{Day, days};
use super::figure::{Figure, Figures};
use super::mention::{self, Mention};
use super::title;
use crate::pack::Packs;
use crate::pattern::WordId;
use crate::text::{Block, Date, fold};
use std::sync::Arc;

/// What a block says by itself.
#[derive(Debug, Clone)]
pub struct Own {
    /// The word ids of its tokens.
    pub words: Box<[Option<WordId>]>,
    /// Stable hashes of their folded words; 0 for a mark.
    pub hashes: Box<[u64]>,
    /// Its figures, in order.
    pub figures: Box<[Figure]>,
    /// Its days, in order.
    pub days: Box<[Day]>,
    /// Whether it is a line in Title Case, or in capitals, which says nothing of where names end.
    pub title_case: bool,
    /// Declared entities, and what is read by its look, in the order of their places.
    pub(super) mentions: Arc<[Mention]>,
}

impl Own {
    /// Reads a block. A day without a year is one near to the article's `date`.
    pub(super) fn read(block: &Block, packs: &Packs, date: Option<Date>) -> Own {
        let (words, hashes) = mention::words(block, packs);
        let figures = Figures::new(block, &words, packs).all();
        let days = days(block, &words, packs);
        let mut mentions = mention::entities(block, &words, packs);
        mentions.extend(mention::by_look(block, &words, &figures, &days, packs, date));
        mention::sort(&mut mentions);
        let title_case = title::is_line(block, &words, packs);
        Own {
            words: words.into(),
            hashes: hashes.into(),
            figures: figures.into(),
            days: days.into(),
            title_case,
            mentions: mentions.into(),
        }
    }

    /// The word id of a token.
    pub fn word(&self, at: usize) -> Option<WordId> {
        self.words.get(at).copied().flatten()
    }
}

/// A hash of what decides how a block is read: equal blocks have equal ones.
pub(super) fn key(block: &Block, date: Option<Date>) -> u64 {
    let date = date.map_or(0, |date| i64::from(date.year()) * 400 + i64::from(date.day_of_year()));
    fold::mix([fold::stable_hash(&[block.prose.text()]), date.unsigned_abs()])
}

/// Whether two blocks say the same in the same words, wherever they stand.
pub(super) fn is_same(a: &Block, b: &Block) -> bool {
    let shape = |block: &Block| {
        let tokens = block.tokens.iter();
        tokens
            .map(|token| (token.start, token.end, token.kind, token.shape, token.spaced, token.joined))
            .collect::<Vec<_>>()
    };
    a.prose.text() == b.prose.text()
        && a.sentences == b.sentences
        && a.quotations == b.quotations
        && shape(a) == shape(b)
}
