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
    /// By the tokens at which they start and behind which they end; nothing where they are few.
    indexes: Option<Box<Indexes>>,
    /// What its sentences say, each once it was asked for.
    contents: OnceLock<Box<[OnceLock<Arc<Content>>]>>,
}

/// Numbers of mentions by the tokens at which they start, and by those before which they end.
#[derive(Debug)]
struct Indexes {
    starts: Index,
    ends: Index,
}

/// Numbers of mentions by a token: two lists, and nothing for each mention.
#[derive(Debug)]
struct Index {
    /// Where the numbers of each token begin.
    from: Box<[u32]>,
    numbers: Box<[u32]>,
}

/// So many mentions are looked through without an index: of blocks of a word there may be half a million.
const FEW: usize = 4;

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
        Index { from: from.into(), numbers: numbers.into() }
    }

    fn at(&self, token: usize) -> &[u32] {
        let Some([from, to]) = self.from.get(token..token + 2) else { return &[] };
        self.numbers.get(*from as usize..*to as usize).unwrap_or_default()
    }
}

impl BlockReading {
    /// A block whose mentions are all there, and in order.
    pub(super) fn new(own: Arc<Own>, mentions: Arc<[Mention]>) -> BlockReading {
        let index = |key: fn(&Mention) -> usize| Index::new(own.words.len(), mentions.iter().map(key));
        let indexes = || {
            let (starts, ends) = (index(|mention| mention.tokens.start), index(|mention| mention.tokens.end));
            Box::new(Indexes { starts, ends })
        };
        let resolved = Resolved { indexes: (mentions.len() > FEW).then(indexes), mentions, contents: OnceLock::new() };
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
        let few = self.few().filter(move |(_, mention)| mention.tokens.start == at);
        few.chain(self.numbered(self.resolved.indexes.as_ref().map(|indexes| &indexes.starts), at))
    }

    /// The mentions that end right before a token.
    pub fn ending(&self, at: usize) -> impl Iterator<Item = &Mention> {
        let few = self.few().filter(move |(_, mention)| mention.tokens.end == at);
        let ends = self.resolved.indexes.as_ref().map(|indexes| &indexes.ends);
        few.chain(self.numbered(ends, at)).map(|(_, mention)| mention)
    }

    /// Its mentions with their numbers, where they are so few that they have no index.
    fn few(&self) -> impl Iterator<Item = (usize, &Mention)> {
        let few = if self.resolved.indexes.is_none() { self.mentions() } else { &[] };
        few.iter().enumerate()
    }

    /// Its mentions with their numbers that an index gives for a token.
    fn numbered(&self, index: Option<&Index>, at: usize) -> impl Iterator<Item = (usize, &Mention)> {
        let numbers = index.map(|index| index.at(at)).unwrap_or_default().iter().map(|number| *number as usize);
        numbers.filter_map(|number| Some((number, self.mentions().get(number)?)))
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
