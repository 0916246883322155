//! A document as it was read: mentions, claims, names.

use super::content::{self, Content};
use super::mention::Mention;
use super::model::{Claim, Rejected};
use super::own::Own;
use crate::pack::Packs;
use crate::pattern::WordId;
use crate::text::{Block, Document, Span, fold};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A document with everything that was read in it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The document.
    pub document: Arc<Document>,
    /// One reading an article.
    pub articles: Vec<ArticleReading>,
}

/// What was read in an article.
#[derive(Debug, Clone, Default)]
pub struct ArticleReading {
    /// One reading a block.
    pub blocks: Vec<BlockReading>,
    /// Its claims, in order of the text.
    pub claims: Vec<Claim>,
    /// Matches that are no claims.
    pub rejected: Vec<Rejected>,
    /// People's names as they are written.
    pub names: Vec<NameUse>,
    /// A hash of its folded words: two articles with the same are copies.
    pub hash: u64,
}

/// What was read in a block: what it says by itself, and who is meant in it.
#[derive(Debug, Clone)]
pub struct BlockReading {
    /// What it says by itself.
    pub own: Arc<Own>,
    resolved: Arc<Resolved>,
    /// Whether some match of it refers back to somebody named before, so that its claims hang on other blocks.
    pub(super) refers: bool,
}

/// The mentions of a block once it is known who is meant, and what follows from them.
#[derive(Debug)]
struct Resolved {
    /// In the order of their places.
    mentions: Arc<[Mention]>,
    starts: Index,
    ends: Index,
    /// What its sentences say, each once it was asked for.
    contents: OnceLock<Box<[OnceLock<Arc<Content>>]>>,
}

/// Numbers of mentions by the token at which they start, or behind which they end: two lists, and nothing for each mention.
#[derive(Debug, Clone, Default)]
struct Index {
    /// Where the numbers of each token begin.
    from: Vec<u32>,
    numbers: Vec<u32>,
}

impl Index {
    /// The index of mentions of a block of so many tokens.
    fn new(tokens: usize, keys: impl Iterator<Item = usize> + Clone) -> Index {
        let mut from = vec![0_u32; tokens + 2];
        for key in keys.clone() {
            from.get_mut(key + 1).into_iter().for_each(|count| *count += 1);
        }
        let mut all = 0;
        for count in &mut from {
            all += *count;
            *count = all;
        }
        let mut numbers = vec![0; all as usize];
        let mut next = from.clone();
        for (number, key) in (0..).zip(keys) {
            let Some(place) = next.get_mut(key) else { continue };
            numbers.get_mut(*place as usize).into_iter().for_each(|own| *own = number);
            *place += 1;
        }
        Index { from, numbers }
    }

    fn at(&self, token: usize) -> &[u32] {
        let Some([from, to]) = self.from.get(token..token + 2) else { return &[] };
        self.numbers.get(*from as usize..*to as usize).unwrap_or_default()
    }
}

impl BlockReading {
    /// A block whose mentions are all there, and in order.
    pub(super) fn new(own: Arc<Own>, mentions: Arc<[Mention]>) -> BlockReading {
        let tokens = if mentions.is_empty() { 0 } else { own.words.len() };
        let resolved = Resolved {
            starts: Index::new(tokens, mentions.iter().map(|mention| mention.tokens.start)),
            ends: Index::new(tokens, mentions.iter().map(|mention| mention.tokens.end)),
            mentions,
            contents: OnceLock::new(),
        };
        BlockReading { own, resolved: Arc::new(resolved), refers: false }
    }

    /// Its mentions, in the order of their places.
    pub fn mentions(&self) -> &[Mention] {
        &self.resolved.mentions
    }

    /// The word id of a token.
    pub fn word(&self, at: usize) -> Option<WordId> {
        self.own.word(at)
    }

    /// A hash of the words of a range of tokens, whatever their case and marks.
    pub fn hash(&self, tokens: Range<usize>) -> u64 {
        fold::mix(self.own.hashes.get(tokens).unwrap_or_default().iter().copied().filter(|hash| *hash != 0))
    }

    /// The mentions that start at a token, with their numbers.
    pub fn starting(&self, at: usize) -> impl Iterator<Item = (usize, &Mention)> {
        let numbers = self.resolved.starts.at(at).iter().map(|number| *number as usize);
        numbers.filter_map(|number| Some((number, self.resolved.mentions.get(number)?)))
    }

    /// The mentions that end right before a token.
    pub fn ending(&self, at: usize) -> impl Iterator<Item = &Mention> {
        self.resolved.ends.at(at).iter().filter_map(|number| self.resolved.mentions.get(*number as usize))
    }

    /// What a sentence of the block says, by its number.
    pub fn content(&self, block: &Block, sentence: usize, packs: &Packs) -> Option<Arc<Content>> {
        let contents = self.resolved.contents.get_or_init(|| block.sentences.iter().map(|_| OnceLock::new()).collect());
        let tokens = block.sentences.get(sentence)?;
        let content = contents.get(sentence)?;
        Some(Arc::clone(
            content
                .get_or_init(|| Arc::new(content::content(block, &self.own, self.mentions(), tokens.clone(), packs))),
        ))
    }
}

/// A person's name as it is written at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameUse {
    /// Number of the block in its article.
    pub block: usize,
    /// Tokens of the name without honorifics.
    pub tokens: Range<usize>,
    /// Byte span of the same.
    pub span: Span,
    /// The words as they are written.
    pub written: String,
    /// The folded words as they are written.
    pub key: String,
    /// The folded full name of whom they refer to, where there is no doubt.
    pub person: Option<String>,
    /// Whether it stands where any word has a capital letter.
    pub initial: bool,
    /// Whether it stands in a line in Title Case, where a name may hold a verb.
    pub title_case: bool,
}
