//! The sentences of sources by their words: which of them say most of what a sentence says.
//!
//! A source sentence is compared with its neighbours in view, since a summary draws several together and a pronoun
//! stands for the name before it. The invariant: a [`Parallel`] never comes from the asking article or a copy of it.

use super::ArticleKey;
use crate::claim::{Content, Exchangeable, Reading};
use crate::diagnostic::{Evidence, Proof};
use crate::pack::Packs;
use crate::text::{Block, Date, Document, fold};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;
use std::sync::Arc;

/// A word in more than one of so many sentences says nothing of which sentence is meant.
const COMMON: usize = 8;
/// That holds from so many sentences. A draft's own sentences are taken for so many, whatever else stands in it: what is
/// found in two of its paragraphs hangs on no third one.
const MANY: usize = 400;

/// A sentence that shares fewer content words with another tells of something else, and so does one that shares less than
/// this part of their weight: against sources about other things 4 of 2,091 sentences had one that shares as much.
const NEAREST: usize = 3;
const SAME: f64 = 0.4;

/// A sentence of a source.
#[derive(Debug)]
pub struct Parallel {
    /// What it says.
    pub content: Arc<Content>,
    /// The stems of its content words, sorted.
    stems: Vec<u64>,
    article: usize,
    block: usize,
    sentence: Range<usize>,
}

#[derive(Debug)]
struct Printed {
    key: ArticleKey,
    /// Its number in the document.
    number: usize,
    date: Option<Date>,
    document: Arc<Document>,
}

impl Parallel {
    /// Whether one of its content words has this stem.
    pub fn holds(&self, stem: u64) -> bool {
        self.stems.binary_search(&stem).is_ok()
    }

    /// Which of these stems it holds, as bits in their order; those behind the first 128 are left out.
    pub fn held(&self, stems: &[u64]) -> u128 {
        let held = stems.iter().take(128).enumerate().filter(|(_, stem)| self.holds(**stem));
        held.fold(0, |bits, (number, _)| bits | 1 << number)
    }
}

/// The sentences of sources.
#[derive(Debug, Default)]
pub struct Parallels {
    articles: Vec<Printed>,
    sentences: Vec<Parallel>,
    /// Stems with the numbers of the sentences that hold them, sorted.
    holding: Vec<(u64, u32)>,
    /// Stems of the words of names.
    named: HashSet<u64>,
    /// Whether they are sentences of the draft itself.
    own: bool,
}

impl Parallels {
    /// Collects the sentences of readings.
    pub fn new(readings: &[Reading], packs: &Packs) -> Parallels {
        let mut all = Parallels::default();
        for reading in readings {
            for (number, (article, read)) in reading.document.articles.iter().zip(&reading.articles).enumerate() {
                let key = ArticleKey { path: reading.document.source.path().to_owned(), number, hash: read.hash };
                let document = Arc::clone(&reading.document);
                all.articles.push(Printed { key, number, date: article.date, document });
                for (number, (block, read)) in article.blocks.iter().zip(&read.blocks).enumerate() {
                    for (at, sentence) in block.sentences.iter().enumerate() {
                        if let Some(content) = read.content(block, at, packs) {
                            all.add(content, number, sentence.clone());
                        }
                    }
                }
            }
        }
        all.sort();
        all
    }

    /// The sentences of one article of a draft, with the number of its block, its tokens and what it says; each block
    /// stands for an article, so that one can be compared with the others.
    pub fn within(
        document: &Arc<Document>,
        number: usize,
        sentences: &[(usize, Range<usize>, Arc<Content>)],
    ) -> Parallels {
        let mut all = Parallels { own: true, ..Parallels::default() };
        let mut last = None;
        for (block, sentence, content) in sentences {
            if last != Some(*block) {
                let key = Parallels::block_key(document, *block);
                all.articles.push(Printed { key, number, date: None, document: Arc::clone(document) });
                last = Some(*block);
            }
            all.add(Arc::clone(content), *block, sentence.clone());
        }
        all.sort();
        all
    }

    /// By which a block of a draft is known among the others.
    pub fn block_key(document: &Document, block: usize) -> ArticleKey {
        ArticleKey { path: document.source.path().to_owned(), number: block, hash: block as u64 }
    }

    fn sort(&mut self) {
        self.holding.sort_unstable();
        self.holding.dedup();
    }

    /// The sentences that hold a stem.
    fn holding(&self, stem: u64) -> &[(u64, u32)] {
        let first = self.holding.partition_point(|(known, _)| *known < stem);
        let held = self.holding.get(first..).unwrap_or_default();
        held.get(..held.partition_point(|(known, _)| *known == stem)).unwrap_or_default()
    }

    fn add(&mut self, content: Arc<Content>, block: usize, sentence: Range<usize>) {
        let number = u32::try_from(self.sentences.len()).unwrap_or(u32::MAX);
        let names = content.values.iter().filter(|value| value.is_name() && !value.is_opening());
        self.named.extend(names.flat_map(|value| value.stems.iter().copied()));
        self.holding.extend(content.terms.iter().map(|term| (term.stem, number)));
        let mut stems: Vec<u64> = content.terms.iter().map(|term| term.stem).collect();
        stems.sort_unstable();
        self.sentences.push(Parallel { content, stems, article: self.articles.len() - 1, block, sentence });
    }

    /// How many articles they are of.
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// How many sentences an article has.
    pub fn length(&self, article: usize) -> usize {
        let before = |number: usize| self.sentences.partition_point(|sentence| sentence.article < number);
        before(article + 1) - before(article)
    }

    /// How many sentences there are for all that is counted.
    fn size(&self) -> usize {
        if self.own { MANY } else { self.sentences.len() }
    }

    /// How much a word says of which sentence is meant: its inverse document frequency.
    pub fn weight(&self, stem: u64) -> f64 {
        let holding = self.holding(stem).len() as f64;
        (1.0 + self.size() as f64 / (0.5 + holding)).ln()
    }

    /// Whether a word is part of a name in any sentence.
    pub fn names(&self, stem: u64) -> bool {
        self.named.contains(&stem)
    }

    /// Numbers of the sentences that hold one of these stems, for an article with this key and date: not its own, and
    /// none of an article that is more than `days` older or newer, where that is of account.
    pub fn near(&self, stems: &[u64], key: &ArticleKey, date: Option<Date>, days: Option<i32>) -> Vec<usize> {
        let rare = |list: &&[(u64, u32)]| list.len() * COMMON <= self.size().max(MANY);
        let lists = stems.iter().map(|stem| self.holding(*stem)).filter(rare);
        let mut found: Vec<usize> = lists.flatten().map(|(_, number)| *number as usize).collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|number| {
            let article = self.sentences.get(*number).and_then(|sentence| self.articles.get(sentence.article));
            article.is_some_and(|article| {
                let apart = date.zip(article.date).map_or(0, |(a, b)| (a - b).get_days().abs());
                !article.key.is_copy(key) && days.is_none_or(|days| apart <= days)
            })
        });
        found
    }

    /// Whether they are sentences of the draft itself.
    pub fn is_own(&self) -> bool {
        self.own
    }

    /// How they are called in a message.
    pub fn called(&self) -> &'static str {
        if self.own { "elsewhere this article" } else { "a source" }
    }

    /// A sentence by its number.
    pub fn sentence(&self, number: usize) -> Option<&Parallel> {
        self.sentences.get(number)
    }

    /// The number of the article that a sentence stands in.
    pub fn article(&self, number: usize) -> Option<usize> {
        self.sentences.get(number).map(|sentence| sentence.article)
    }

    /// The sentences around one, itself included, in the same article.
    pub fn around(&self, number: usize) -> impl Iterator<Item = &Parallel> {
        let article = self.sentences.get(number).map(|sentence| sentence.article);
        let around = self.sentences.get(number.saturating_sub(1)..(number + 2).min(self.sentences.len()));
        around.into_iter().flatten().filter(move |sentence| Some(sentence.article) == article)
    }

    /// The quotations in a sentence: their folded words, and their tokens.
    pub fn quotations(&self, sentence: &Parallel) -> Vec<(Vec<String>, Range<usize>)> {
        let Some(block) = self.block(sentence) else { return Vec::new() };
        let inside = block
            .quotations
            .iter()
            .filter(|quotation| quotation.closed && sentence.sentence.contains(&quotation.tokens.start));
        let words = |tokens: Range<usize>| {
            let words = tokens.map(|at| fold::fold(block.word(at)));
            let words = words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
            words.filter(|word| !word.is_empty()).collect()
        };
        inside.map(|quotation| (words(quotation.inside()), quotation.inside())).collect()
    }

    fn block(&self, sentence: &Parallel) -> Option<&Block> {
        let printed = self.articles.get(sentence.article)?;
        printed.document.articles.get(printed.number)?.blocks.get(sentence.block)
    }

    /// A sentence as proof, with some of its tokens marked.
    pub fn cite(&self, sentence: &Parallel, tokens: Range<usize>) -> Option<Proof> {
        let evidence = self.show(sentence, tokens)?.noted("it says most of the same");
        Some(if self.own { Proof::Draft(evidence) } else { Proof::Passage(evidence) })
    }

    /// The sentence that shares most of these content words, for an article with this key, if there is one that tells of the same.
    pub fn nearest(&self, stems: &[u64], key: &ArticleKey) -> Option<Evidence> {
        let weights: Vec<(u64, f64)> = stems.iter().map(|stem| (*stem, self.weight(*stem))).collect();
        let whole: f64 = weights.iter().map(|(_, weight)| weight).sum();
        let shares = |number: usize| {
            let sentence = self.sentence(number)?;
            let shared: Vec<f64> =
                weights.iter().filter(|(stem, _)| sentence.holds(*stem)).map(|(_, weight)| *weight).collect();
            let weight: f64 = shared.iter().sum();
            (shared.len() >= NEAREST && weight >= SAME * whole).then_some((weight, sentence))
        };
        let all = self.near(stems, key, None, None).into_iter().filter_map(shares);
        // The first of those that share the same.
        let (_, nearest) = all.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
        Some(self.show(nearest, nearest.sentence.clone())?.noted("the nearest passage"))
    }

    /// A sentence with some of its tokens marked.
    fn show(&self, sentence: &Parallel, tokens: Range<usize>) -> Option<Evidence> {
        let printed = self.articles.get(sentence.article)?;
        let article = printed.document.articles.get(printed.number)?;
        let block = self.block(sentence)?;
        let (mark, whole) = (block.span(tokens), block.span(sentence.sentence.clone()));
        let mut evidence = Evidence::at(&printed.document.source, mark, whole);
        evidence.date = printed.date;
        evidence.outlet.clone_from(&article.outlet);
        Some(evidence)
    }

    /// The words of a value; of a pronoun the name that it stands for.
    pub fn words(&self, sentence: &Parallel, value: &Exchangeable) -> Option<String> {
        if value.pronoun {
            let [one] = value.meant.as_slice() else { return None };
            return Some(one.label.to_string());
        }
        Some(self.block(sentence)?.text(value.tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
