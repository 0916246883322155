//! From readings to observations. Quoted words, claims about another time and doubtful ones are not learned.

use super::near_duplicate::groups;
use super::observation::{ArticleKey, Authority, NameRecord, Observation};
use crate::claim::{ArticleReading, Claim, Reading};
use crate::diagnostic::{Evidence, Origin};
use crate::pack::{Frame, Packs};
use crate::text::{Article, Source};
use std::ops::Range;

/// What a corpus says.
#[derive(Debug, Default)]
pub struct Folded {
    /// Its claims.
    pub observations: Vec<Observation>,
    /// Its names.
    pub names: Vec<NameRecord>,
    /// How many articles it holds.
    pub articles: usize,
}

/// The key of an article of a reading.
pub(crate) fn article_key(reading: &Reading, number: usize) -> ArticleKey {
    let hash = reading.articles.get(number).map_or(0, |article| article.hash);
    ArticleKey { path: reading.document.source.path().to_owned(), number, hash }
}

/// Folds readings into observations. The order of the readings does not matter to what is observed.
pub fn fold(readings: &[Reading], packs: &Packs) -> Folded {
    let mut folded = Folded::default();
    let articles: Vec<(&Reading, usize, &Article, &ArticleReading)> = readings
        .iter()
        .flat_map(|reading| {
            let pairs = reading.document.articles.iter().zip(&reading.articles).enumerate();
            pairs.map(move |(number, (article, read))| (reading, number, article, read))
        })
        .collect();
    let groups = groups(&articles.iter().map(|(.., read)| *read).collect::<Vec<_>>());
    for ((reading, number, article, read), group) in articles.iter().zip(groups) {
        folded.articles += 1;
        let source = &*reading.document.source;
        let key = article_key(reading, *number);
        let authority = |block: usize, tokens: Range<usize>| Authority::Corpus {
            article: key.clone(),
            group,
            sentence: read.blocks.get(block).map_or(0, |block| block.hash(tokens)),
            date: article.date,
        };
        for claim in read.claims.iter().filter(|claim| is_learned(claim)) {
            let mut values = vec![None; packs.relations.get(claim.relation).map_or(0, |relation| relation.slots.len())];
            for fill in &claim.slots {
                if let Some(slot) = values.get_mut(fill.slot) {
                    *slot = fill.sure().cloned();
                }
            }
            let mut spans = vec![None; values.len()];
            for fill in &claim.slots {
                if let Some(slot) = spans.get_mut(fill.slot) {
                    *slot = Some(fill.span);
                }
            }
            let evidence = cite(source, article, claim);
            let authority = authority(claim.block, claim.sentence.clone());
            folded.observations.push(Observation {
                relation: claim.relation,
                values,
                frame: claim.frame,
                ruled_out: None,
                authority,
                evidence,
                spans,
            });
        }
        folded.names.extend(names(source, article, read, &authority));
    }
    folded
}

/// Quoted words are not the paper's; what may refer to several is known of none; another time is not now.
fn is_learned(claim: &Claim) -> bool {
    let sure = claim.slots.iter().all(|fill| fill.sure().is_some_and(|value| !value.partial));
    claim.voice.is_own()
        && claim.affirmed
        && sure
        && !claim.description
        && !claim.title_case
        && claim.frame != Frame::Other
}

/// The evidence that a claim is: its whole span, shown in its sentence.
fn cite(source: &Source, article: &Article, claim: &Claim) -> Evidence {
    let mut evidence = Evidence::at(Origin::Corpus, source, claim.span, claim.sentence_span);
    evidence.date = article.date;
    evidence.outlet.clone_from(&article.outlet);
    evidence
}

/// One record of each way in which an article writes a name.
fn names<'a>(
    source: &'a Source,
    article: &'a Article,
    read: &'a ArticleReading,
    authority: &'a dyn Fn(usize, Range<usize>) -> Authority,
) -> impl Iterator<Item = NameRecord> + 'a {
    let mut seen = std::collections::HashSet::new();
    read.names.iter().filter(|name| !name.title_case && (!name.initial || name.tokens.len() > 1)).filter_map(
        move |name| {
            if !seen.insert(name.written.as_str()) {
                return None;
            }
            let block = article.blocks.get(name.block)?;
            let tokens = block.sentence(name.tokens.start);
            let sentence = block.span(tokens.clone());
            let mut evidence = Evidence::at(Origin::Corpus, source, name.span, sentence);
            evidence.date = article.date;
            evidence.outlet.clone_from(&article.outlet);
            let authority = authority(name.block, tokens);
            Some(NameRecord { key: name.key.clone(), written: name.written.clone(), authority, evidence })
        },
    )
}
