//! Reads a document: mentions, names, claims. A block is read by itself first; the article resolves who is meant.

use super::before::{Before, Known, Taken};
use super::mention::{self, Mention, MentionForm};
use super::own::Own;
use super::person;
use super::reading::{ArticleReading, BlockReading, NameUse, Reading};
use super::run::{self, View};
use super::{antecedent, extract};
use crate::pack::{Like, Packs};
use crate::pattern::KindId;
use crate::text::{Article, Block, Document, fold};
use std::sync::Arc;

/// Reads a document: mentions, names, claims.
pub fn read(document: Arc<Document>, packs: &Packs) -> Reading {
    read_beside(document, None, packs)
}

/// Reads a document of which an earlier version was read with the same packs: what stayed as it was is not read again.
pub fn reread(document: Arc<Document>, before: &Reading, packs: &Packs) -> Reading {
    read_beside(document, Some(&Before::new(before)), packs)
}

fn read_beside(document: Arc<Document>, before: Option<&Before<'_>>, packs: &Packs) -> Reading {
    let articles = document.articles.iter().enumerate();
    let articles = articles.map(|(number, article)| read_article(article, number, before, packs)).collect();
    Reading { document, articles }
}

fn read_article(article: &Article, number: usize, before: Option<&Before<'_>>, packs: &Packs) -> ArticleReading {
    let known = before.map_or_else(|| vec![None; article.blocks.len()], |before| before.known(article));
    let own = |(block, known): (&Block, &Option<Known<'_>>)| match known {
        Some(known) => known.own(),
        None => Arc::new(Own::read(block, packs, article.date)),
    };
    let owns: Vec<Arc<Own>> = article.blocks.iter().zip(&known).map(own).collect();
    // Most blocks have no mention but their own, which is shared.
    let mut mentions: Vec<Arc<[Mention]>> = owns.iter().map(|own| Arc::clone(&own.mentions)).collect();
    let named: Vec<KindId> = (0..)
        .map(KindId)
        .zip(&packs.kinds)
        .filter(|(_, kind)| matches!(kind.like, Like::Name))
        .map(|(id, _)| id)
        .collect();
    let mut uses = Vec::new();
    if !named.is_empty() {
        uses = names(article, &owns, &mut mentions, packs, &named);
        pronouns(article, &owns, &mut mentions, packs, &named);
    }
    let hash = hash(&owns);
    let mut blocks = Vec::with_capacity(owns.len());
    let mut taken: Vec<Option<Taken<'_>>> = Vec::with_capacity(owns.len());
    for ((own, mentions), known) in owns.into_iter().zip(mentions).zip(known) {
        let resolved = known.and_then(|known| Some((known.resolved(&mentions)?, known)));
        let (read, same) = match resolved {
            Some((read, known)) => (read, known.taken()),
            None => (BlockReading::new(own, mentions), None),
        };
        blocks.push(read);
        taken.push(same);
    }
    let mut reading = ArticleReading { blocks, names: uses, hash, ..Default::default() };
    extract::claims(article, number, &mut reading, &taken, packs);
    reading
}

/// Names are found once; they may fill the slots of every kind that is read as a name.
fn names(
    article: &Article,
    owns: &[Arc<Own>],
    mentions: &mut [Arc<[Mention]>],
    packs: &Packs,
    kinds: &[KindId],
) -> Vec<NameUse> {
    let mut uses = Vec::new();
    let Some(first) = kinds.first() else { return uses };
    let entities: Vec<Vec<Mention>> = mentions
        .iter()
        .map(|block| block.iter().filter(|mention| is_entity(mention, packs)).cloned().collect())
        .collect();
    let views = article.blocks.iter().zip(owns).zip(&entities);
    let views: Vec<View<'_>> = views.map(|((block, own), entities)| View::new(block, own, entities)).collect();
    let found = person::find(article, &views, packs, *first);
    for ((number, (found, block)), (read, own)) in
        found.into_iter().zip(&article.blocks).enumerate().zip(mentions.iter_mut().zip(owns))
    {
        let title_case = own.title_case;
        uses.extend(found.iter().map(|mention| NameUse { title_case, ..name_use(block, number, mention) }));
        if found.is_empty() {
            continue;
        }
        // A bare place name that turned out to be part of somebody's name is no place.
        let mut holder = vec![None; block.tokens.len()];
        for (number, name) in found.iter().enumerate() {
            holder.get_mut(name.core.clone()).into_iter().flatten().for_each(|holder| *holder = Some(number));
        }
        let held = |at: usize| holder.get(at).copied().flatten();
        let stays = |known: &&Mention| {
            let first = held(known.tokens.start);
            !is_entity(known, packs) || first.is_none() || first != held(known.tokens.end.saturating_sub(1))
        };
        let named =
            kinds.iter().flat_map(|kind| found.iter().map(|mention| Mention { kind: *kind, ..mention.clone() }));
        let mut all: Vec<Mention> = read.iter().filter(stays).cloned().chain(named).collect();
        mention::sort(&mut all);
        *read = all.into();
    }
    uses
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
        initial: mention.tokens == mention.core && run::is_initial(block, mention.tokens.start),
        title_case: false,
    }
}

fn pronouns(article: &Article, owns: &[Arc<Own>], mentions: &mut [Arc<[Mention]>], packs: &Packs, kinds: &[KindId]) {
    let Some(first) = kinds.first() else { return };
    let mut found: Vec<(usize, Vec<Mention>)> = Vec::new();
    let blocks: Vec<(&Block, &[Mention])> =
        article.blocks.iter().zip(&*mentions).map(|(block, mentions)| (block, &**mentions)).collect();
    for (number, own) in owns.iter().enumerate() {
        let mut here = Vec::new();
        for (at, word) in own.words.iter().enumerate() {
            if word.is_some_and(|word| packs.grammar.pronouns.contains(&word)) {
                let values = antecedent::before(&blocks, number, at, *first);
                let mention = |kind: &KindId| Mention {
                    tokens: at..at + 1,
                    core: at..at + 1,
                    kind: *kind,
                    form: MentionForm::Pronoun,
                    values: values.clone(),
                };
                here.extend(kinds.iter().map(mention));
            }
        }
        if !here.is_empty() {
            found.push((number, here));
        }
    }
    for (number, here) in found {
        let Some(block) = mentions.get_mut(number) else { continue };
        let mut all: Vec<Mention> = block.iter().cloned().chain(here).collect();
        mention::sort(&mut all);
        *block = all.into();
    }
}

/// Two articles with the same words, whatever their case, marks and layout, are copies of each other.
fn hash(owns: &[Arc<Own>]) -> u64 {
    fold::mix(owns.iter().flat_map(|own| own.hashes.iter().copied()).filter(|hash| *hash != 0))
}
