//! An earlier reading of a text that has changed since, of which everything is taken over that stayed as it was.

use super::mention::Mention;
use super::model::{Claim, Rejected};
use super::own::{Own, is_same, key};
use super::reading::{ArticleReading, BlockReading, Reading};
use crate::text::{Article, Block, Date};
use rustc_hash::FxHashMap as HashMap;
use std::sync::Arc;

/// An earlier reading whose blocks are found by what they say.
pub(super) struct Before<'a> {
    reading: &'a Reading,
    places: HashMap<u64, (usize, usize)>,
}

/// A block of an earlier reading.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    article: &'a ArticleReading,
    date: Option<Date>,
    block: &'a Block,
    read: &'a BlockReading,
    place: (usize, usize),
}

/// A block of an earlier reading in which the same people are meant as now, and no claim hangs on other blocks.
pub(super) struct Taken<'a>(Known<'a>);

impl<'a> Before<'a> {
    pub(super) fn new(reading: &'a Reading) -> Before<'a> {
        let mut places = HashMap::default();
        for (number, article) in reading.document.articles.iter().enumerate() {
            for (at, block) in article.blocks.iter().enumerate().filter(|(_, block)| !block.tokens.is_empty()) {
                places.entry(key(block, article.date)).or_insert((number, at));
            }
        }
        Before { reading, places }
    }

    /// For each block of an article one that says the same. Behind one that was found the next one is looked at first:
    /// equal blocks keep their order.
    pub(super) fn known(&self, article: &Article) -> Vec<Option<Known<'a>>> {
        let mut next = None;
        let find = |block: &Block| {
            let same = |known: &Known<'_>| known.date == article.date && is_same(known.block, block);
            let behind = next.and_then(|place| self.at(place)).filter(same);
            let found = behind.or_else(|| self.at(*self.places.get(&key(block, article.date))?).filter(same));
            next =
                found.map(|known| (known.place.0, known.place.1 + 1)).or(next.map(|(article, at)| (article, at + 1)));
            found
        };
        article.blocks.iter().map(find).collect()
    }

    fn at(&self, place: (usize, usize)) -> Option<Known<'a>> {
        let written = self.reading.document.articles.get(place.0)?;
        let article = self.reading.articles.get(place.0)?;
        let (block, read) = (written.blocks.get(place.1)?, article.blocks.get(place.1)?);
        Some(Known { article, date: written.date, block, read, place })
    }
}

impl<'a> Known<'a> {
    /// What it says by itself.
    pub(super) fn own(&self) -> Arc<Own> {
        Arc::clone(&self.read.own)
    }

    /// What was read in it, where these are its mentions.
    pub(super) fn resolved(&self, mentions: &[Mention]) -> Option<BlockReading> {
        (self.read.mentions() == mentions).then(|| self.read.clone())
    }

    /// The same, where its claims hang on no other block.
    pub(super) fn taken(self) -> Option<Taken<'a>> {
        (!self.read.refers).then_some(Taken(self))
    }
}

impl<'a> Taken<'a> {
    /// The claims that patterns found in it. They stand in the order of their blocks.
    pub(super) fn claims(&self) -> impl Iterator<Item = &'a Claim> + use<'a> {
        let at = self.0.place.1;
        let all = &self.0.article.claims;
        let first = all.partition_point(|claim| claim.block < at);
        all.get(first..)
            .into_iter()
            .flatten()
            .take_while(move |claim| claim.block == at)
            .filter(|claim| claim.pattern.is_some())
    }

    /// Its matches that are no claims. They stand in the order of their blocks.
    pub(super) fn rejected(&self) -> impl Iterator<Item = &'a Rejected> + use<'a> {
        let at = self.0.place.1;
        let all = &self.0.article.rejected;
        let first = all.partition_point(|found| found.block < at);
        all.get(first..).into_iter().flatten().take_while(move |found| found.block == at)
    }
}
