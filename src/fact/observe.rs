//! From a reading to what its articles say. Quoted words, claims about another time and doubtful ones are not kept.

use super::model::ArticleKey;
use super::near_duplicate::sketch;
use crate::claim::{ArticleReading, Claim, Reading, Values};
use crate::diagnostic::Evidence;
use crate::pack::{Frame, Packs};
use crate::pattern::{RelationId, SlotId};
use crate::text::{Article, Date, Field, Source, Span};

/// What an article says, as it is kept.
#[derive(Debug, Clone)]
pub struct Observed {
    /// The article.
    pub article: ArticleKey,
    /// Its date.
    pub date: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline, or its first words.
    pub title: String,
    /// The sketch of its words, by which near-duplicates are known.
    pub sketch: Vec<u64>,
    /// Its claims.
    pub claims: Vec<Observation>,
    /// The names in it, one of each way of writing.
    pub names: Vec<NameObservation>,
}

/// A claim as it is kept.
#[derive(Debug, Clone)]
pub struct Observation {
    /// The relation.
    pub relation: RelationId,
    /// The value of each slot of the relation.
    pub values: Values,
    /// What it says of the time.
    pub frame: Frame,
    /// The year in which it is said to hold, where that is not the article's.
    pub year: Option<i16>,
    /// A hash of the sentence's words.
    pub sentence: u64,
    /// The sentence, with the whole claim marked.
    pub evidence: Evidence,
    /// Byte spans of the slots in the same source.
    pub spans: Vec<(SlotId, Span)>,
}

/// A name as it is kept.
#[derive(Debug, Clone)]
pub struct NameObservation {
    /// The folded name as it is written.
    pub key: String,
    /// The name as it is written.
    pub written: String,
    /// A hash of the sentence's words.
    pub sentence: u64,
    /// The sentence, with the name marked.
    pub evidence: Evidence,
}

/// A title that is not a headline is cut to so many characters.
const TITLE: usize = 80;

/// What the articles of a reading say.
pub fn observe(reading: &Reading, packs: &Packs) -> Vec<Observed> {
    let source = &*reading.document.source;
    let articles = reading.document.articles.iter().zip(&reading.articles).enumerate();
    articles
        .map(|(number, (article, read))| {
            let key = ArticleKey { path: source.path().to_owned(), number, hash: read.hash };
            observe_article(source, key, article, read, packs, |_| true)
        })
        .collect()
}

/// What one article says in the blocks that are chosen.
pub fn observe_article(
    source: &Source,
    key: ArticleKey,
    article: &Article,
    read: &ArticleReading,
    packs: &Packs,
    chosen: impl Fn(usize) -> bool,
) -> Observed {
    let claims = read.claims.iter().filter(|claim| is_kept(claim) && chosen(claim.block));
    Observed {
        article: key,
        date: article.date,
        outlet: article.outlet.clone(),
        title: title(article),
        sketch: sketch(read),
        claims: claims.map(|claim| observation(source, article, read, claim, packs)).collect(),
        names: names(source, article, read, chosen),
    }
}

fn title(article: &Article) -> String {
    let prose = || article.blocks.iter().filter(|block| block.field.is_prose() && !block.tokens.is_empty());
    let found = prose().find(|block| block.field == Field::Headline).or_else(|| prose().next());
    let text = found.map(|block| block.text(0..block.tokens.len())).unwrap_or_default();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// Quoted words are not the paper's; what may refer to several is known of none; another time is not now.
fn is_kept(claim: &Claim) -> bool {
    let sure = claim.slots.iter().all(|fill| fill.sure().is_some_and(|value| !value.is_surname()));
    claim.voice.is_own()
        && claim.affirmed
        && sure
        && !claim.description
        && !claim.title_case
        && claim.frame != Frame::Other
}

fn observation(source: &Source, article: &Article, read: &ArticleReading, claim: &Claim, packs: &Packs) -> Observation {
    Observation {
        relation: claim.relation,
        values: claim.values(packs),
        frame: claim.frame,
        year: claim.year,
        sentence: read.blocks.get(claim.block).map_or(0, |block| block.hash(claim.sentence.clone())),
        evidence: cite(source, article, claim.span, claim.sentence_span),
        spans: claim.slots.iter().map(|fill| (fill.slot, fill.span)).collect(),
    }
}

fn cite(source: &Source, article: &Article, span: Span, sentence: Span) -> Evidence {
    let mut evidence = Evidence::at(source, span, sentence);
    evidence.date = article.date;
    evidence.outlet.clone_from(&article.outlet);
    evidence
}

/// One record of each way in which an article writes a name.
fn names(
    source: &Source,
    article: &Article,
    read: &ArticleReading,
    chosen: impl Fn(usize) -> bool,
) -> Vec<NameObservation> {
    let mut seen = std::collections::HashSet::new();
    let surely = read.names.iter().filter(|name| !name.title_case && (!name.initial || name.tokens.len() > 1));
    surely
        .filter(|name| chosen(name.block) && seen.insert(name.written.as_str()))
        .filter_map(|name| {
            let block = article.blocks.get(name.block)?;
            let tokens = block.sentence(name.tokens.start);
            Some(NameObservation {
                key: name.key.clone(),
                written: name.written.clone(),
                sentence: read.blocks.get(name.block).map_or(0, |block| block.hash(tokens.clone())),
                evidence: cite(source, article, name.span, block.span(tokens)),
            })
        })
        .collect()
}
