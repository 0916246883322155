//! Reads a document: mentions, names, claims.

use super::mention::{self, Mention, MentionForm};
use super::person::{self, View};
use super::reading::{ArticleReading, BlockReading, NameUse, Reading};
use super::{antecedent, extract};
use crate::pack::{Like, Packs};
use crate::pattern::KindId;
use crate::text::{Article, Block, Date, Document, fold};
use std::sync::Arc;

/// Reads a document: mentions, names, claims.
pub fn read(document: Arc<Document>, packs: &Packs) -> Reading {
    let articles =
        document.articles.iter().enumerate().map(|(number, article)| read_article(article, number, packs)).collect();
    Reading { document, articles }
}

fn read_article(article: &Article, number: usize, packs: &Packs) -> ArticleReading {
    let mut reading = ArticleReading {
        blocks: article.blocks.iter().map(|block| mentions(block, packs, article.date)).collect(),
        ..Default::default()
    };
    let named: Vec<KindId> = (0..)
        .map(KindId)
        .zip(&packs.kinds)
        .filter(|(_, kind)| matches!(kind.like, Like::Name))
        .map(|(id, _)| id)
        .collect();
    if !named.is_empty() {
        names(article, &mut reading, packs, &named);
        sort(&mut reading);
        pronouns(article, &mut reading, packs, &named);
    }
    sort(&mut reading);
    for block in reading.blocks.iter_mut().filter(|block| !block.mentions.is_empty()) {
        block.index();
    }
    reading.hash = hash(&reading);
    extract::claims(article, number, &mut reading, packs);
    reading
}

fn sort(reading: &mut ArticleReading) {
    for block in &mut reading.blocks {
        block.mentions.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
    }
}

fn mentions(block: &Block, packs: &Packs, date: Option<Date>) -> BlockReading {
    let (words, hashes) = mention::words(block, packs);
    let mut mentions = mention::entities(block, &words, packs);
    mentions.extend(mention::by_look(block, &words, packs, date));
    BlockReading::new(words, hashes, mentions)
}

/// Names are found once; they may fill the slots of every kind that is read as a name.
fn names(article: &Article, reading: &mut ArticleReading, packs: &Packs, kinds: &[KindId]) {
    let entities: Vec<Vec<Mention>> = reading
        .blocks
        .iter()
        .map(|block| block.mentions.iter().filter(|mention| is_entity(mention, packs)).cloned().collect())
        .collect();
    let views: Vec<View<'_>> = article
        .blocks
        .iter()
        .zip(&reading.blocks)
        .zip(&entities)
        .map(|((block, read), entities)| View::new(block, &read.words, entities))
        .collect();
    let Some(first) = kinds.first() else { return };
    let titles: Vec<bool> = views.iter().map(|view| person::is_title_case(view, packs)).collect();
    let found = person::find(article, &views, packs, *first);
    for ((number, mentions), block) in found.into_iter().enumerate().zip(&article.blocks) {
        let title_case = titles.get(number).copied().unwrap_or_default();
        reading.names.extend(mentions.iter().map(|mention| NameUse { title_case, ..name_use(block, number, mention) }));
        if let Some(read) = reading.blocks.get_mut(number) {
            // A bare place name that turned out to be part of somebody's name is no place.
            let mut holder = vec![None; block.tokens.len()];
            for (number, name) in mentions.iter().enumerate() {
                holder.get_mut(name.core.clone()).into_iter().flatten().for_each(|holder| *holder = Some(number));
            }
            let held = |at: usize| holder.get(at).copied().flatten();
            read.mentions.retain(|known| {
                let first = held(known.tokens.start);
                !is_entity(known, packs) || first.is_none() || first != held(known.tokens.end.saturating_sub(1))
            });
            read.mentions.extend(
                kinds.iter().flat_map(|kind| mentions.iter().map(|mention| Mention { kind: *kind, ..mention.clone() })),
            );
        }
    }
}

fn is_entity(mention: &Mention, packs: &Packs) -> bool {
    packs.kind(mention.kind).is_some_and(|kind| matches!(kind.like, Like::Entity))
}

fn name_use(block: &Block, number: usize, mention: &Mention) -> NameUse {
    let written = block.text(mention.core.clone()).to_owned();
    let person = match mention.values.as_slice() {
        [one] if !one.is_surname() => Some(one.key.to_string()),
        _ => None,
    };
    NameUse {
        block: number,
        tokens: mention.core.clone(),
        span: block.span(mention.core.clone()),
        key: fold::fold_phrase(&written),
        written,
        person,
        initial: mention.tokens == mention.core && person::is_initial(block, mention.tokens.start),
        title_case: false,
    }
}

fn pronouns(article: &Article, reading: &mut ArticleReading, packs: &Packs, kinds: &[KindId]) {
    let mut found: Vec<(usize, Mention)> = Vec::new();
    {
        let blocks: Vec<(&Block, &[Mention])> =
            article.blocks.iter().zip(&reading.blocks).map(|(block, read)| (block, read.mentions.as_slice())).collect();
        for (number, read) in reading.blocks.iter().enumerate() {
            for (at, word) in read.words.iter().enumerate() {
                if word.is_some_and(|word| packs.grammar.pronouns.contains(&word)) {
                    let Some(first) = kinds.first() else { continue };
                    let values = antecedent::before(&blocks, number, at, *first);
                    let mention = |kind: &KindId| Mention {
                        tokens: at..at + 1,
                        core: at..at + 1,
                        kind: *kind,
                        form: MentionForm::Pronoun,
                        values: values.clone(),
                    };
                    found.extend(kinds.iter().map(|kind| (number, mention(kind))));
                }
            }
        }
    }
    for (number, mention) in found {
        if let Some(block) = reading.blocks.get_mut(number) {
            block.mentions.push(mention);
        }
    }
}

/// Two articles with the same words, whatever their case, marks and layout, are copies of each other.
fn hash(reading: &ArticleReading) -> u64 {
    fold::mix(reading.blocks.iter().flat_map(|block| block.hashes.iter().copied()).filter(|hash| *hash != 0))
}
