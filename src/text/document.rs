//! A source read as prose.

use super::fold::is_apostrophe;
use super::{
    Date, Field, Language, Prose, Quotation, Source, Span, Token, TokenKind, Unread, address, quotation, sentence,
    token,
};
use std::ops::Range;
use std::sync::Arc;

/// A source read as prose: one article or several.
#[derive(Debug, Clone)]
pub struct Document {
    /// The bytes it was read from.
    pub source: Arc<Source>,
    /// Its articles, in the order of the source.
    pub articles: Vec<Article>,
    /// What of the source could not be read, in its order.
    pub unread: Vec<Unread>,
}

impl Document {
    /// A document of one article. One without a block is none.
    pub(super) fn of(source: Arc<Source>, article: Article, unread: Vec<Unread>) -> Document {
        let articles = if article.blocks.is_empty() { Vec::new() } else { vec![article] };
        Document { source, articles, unread }
    }

    /// Whether the words at a byte span are the writer's own, in each block that they are read in; see [`Block::is_own`].
    pub fn is_own(&self, span: Span) -> bool {
        let mut blocks = self.articles.iter().flat_map(|article| &article.blocks);
        blocks.all(|block| block.is_own(span))
    }

    /// How many words were read.
    pub fn words(&self) -> usize {
        let blocks = self.articles.iter().flat_map(|article| &article.blocks);
        blocks.map(|block| block.prose.text().split_whitespace().count()).sum()
    }
}

/// One article.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// Where it stands in the source.
    pub span: Span,
    /// The day it is about or was published, where it says so.
    pub date: Option<Date>,
    /// Who published it, where it says so.
    pub outlet: Option<String>,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// A paragraph, heading, caption or line.
#[derive(Debug, Clone)]
pub struct Block {
    /// The part of the article that it belongs to.
    pub field: Field,
    /// Its words.
    pub prose: Prose,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences, as ranges of tokens.
    pub sentences: Vec<Range<usize>>,
    /// Its outermost quotations.
    pub quotations: Vec<Quotation>,
    /// Its addresses, paths, variables and the like, as ranges of tokens: no words of prose.
    pub addresses: Vec<Range<usize>>,
}

impl Block {
    /// Reads prose into tokens, quotations and sentences.
    pub fn new(field: Field, prose: Prose, language: &Language) -> Block {
        let mut prose = prose.into_seen();
        let mut tokens = if field.is_prose() { token::tokenize(&prose, language) } else { Vec::new() };
        let mut quotations = quotation::find(&tokens, &prose, language);
        let mut sentences = sentence::split(&tokens, &quotations, &prose, language);
        let addresses = address::find(&tokens, &prose);
        // A list has room for four from its first; of blocks of a word there may be half a million.
        prose.shrink();
        tokens.shrink_to_fit();
        quotations.shrink_to_fit();
        sentences.shrink_to_fit();
        Block { field, prose, tokens, sentences, quotations, addresses }
    }

    /// The words of a token.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map(|token| token.text(&self.prose)).unwrap_or_default()
    }

    /// The mark at a token.
    #[inline]
    pub fn mark(&self, at: usize) -> Option<char> {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Mark)?;
        token.text(&self.prose).chars().next()
    }

    /// Whether a token is an apostrophe that alone makes a possessive of the word before it: "the Democrats'".
    pub fn is_bare_possessive(&self, at: usize, language: &Language) -> bool {
        let tied = self.tokens.get(at).is_some_and(|token| !token.spaced);
        let owns = |owner: usize| language.takes_apostrophe(self.word(owner));
        tied && self.mark(at).is_some_and(is_apostrophe) && at.checked_sub(1).is_some_and(owns)
    }

    /// Where a range of tokens stands in the source.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        let first = self.tokens.get(tokens.start);
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).or(first);
        match (first, last) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The words of a range of tokens, without markup.
    pub fn text(&self, tokens: Range<usize>) -> &str {
        let first = self.tokens.get(tokens.start);
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).or(first);
        match (first, last) {
            (Some(first), Some(last)) => {
                self.prose.text().get(first.start as usize..last.end as usize).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// Number of the quotation that a token stands in.
    pub fn quotation(&self, at: usize) -> Option<usize> {
        quotation::at(&self.quotations, at)
    }

    /// Whether a token stands inside a quotation.
    pub fn is_quoted(&self, at: usize) -> bool {
        self.quotation(at).is_some()
    }

    /// Whether a token stands in an address, a path, a variable or the like.
    pub fn is_address(&self, at: usize) -> bool {
        let after = self.addresses.partition_point(|address| address.end <= at);
        self.addresses.get(after).is_some_and(|address| address.contains(&at))
    }

    /// Whether the words at a byte span of the source are the writer's own: no quotation, no address, nothing by which
    /// another place finds this one.
    pub fn is_own(&self, span: Span) -> bool {
        let first = self.token_at(span.start);
        let inside = self.tokens.get(first..).unwrap_or_default().iter();
        let count = inside.take_while(|token| token.span.start < span.end.max(span.start + 1)).count();
        (first..first + count).all(|at| self.is_own_word(at))
    }

    /// Whether a token is the writer's own; see [`Block::is_own`].
    pub fn is_own_word(&self, at: usize) -> bool {
        let kept = |token: &Token| self.prose.is_kept(token.start as usize..token.end as usize);
        !self.is_quoted(at) && !self.is_address(at) && !self.tokens.get(at).is_some_and(kept)
    }

    /// The number of the sentence that holds a token.
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.sentences.get(after).is_some_and(|sentence| sentence.contains(&at)).then_some(after)
    }

    /// The sentence that holds a token.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        self.sentence_at(at).and_then(|number| self.sentences.get(number)).cloned().unwrap_or(at..at)
    }

    /// The first token that ends behind a byte offset of the source.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.span.end <= offset)
    }
}

/// Of what stands in order in a block, that which starts inside a range of its tokens.
pub fn starting_in<'a, T>(all: &'a [T], range: &Range<usize>, tokens: impl Fn(&T) -> &Range<usize>) -> &'a [T] {
    let before = |at: usize| all.partition_point(|one| tokens(one).start < at);
    all.get(before(range.start)..before(range.end)).unwrap_or_default()
}
