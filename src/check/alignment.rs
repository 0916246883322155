//! `alignment`: one value that stands in another's stead, in a sentence that otherwise says what a sentence of the sources
//! says, or what another paragraph of the same article says. Every word may be in the sources, and yet be bound to the
//! wrong subject.

use super::aligned::{Page, Said, find, find_summed_up};
use super::{Check, Draft};
use crate::diagnostic::Diagnostic;
use crate::fact::{Base, BaseError, Parallels};
use crate::pack::Rule;
use crate::text::Field;
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;

/// The check.
pub(super) struct Alignment;

/// What has more tokens is a list or a table, and no sentence.
const LONGEST: usize = 300;

impl Check for Alignment {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let said = said(draft);
        let mut found = Vec::new();
        if let Some(parallels) = draft.parallels {
            let page = |said: &Said| Page::new(draft, rule, parallels, &draft.key, said);
            let pages: Vec<Page<'_>> = said.iter().filter_map(page).collect();
            found = find(&pages, parallels, &draft.tuning.alignment);
        }
        found.extend(within(draft, rule, &said));
        Ok(found)
    }
}

/// What the sentences of the body say that say enough to be compared.
fn said(draft: &Draft<'_>) -> Vec<Said> {
    let words = draft.tuning.alignment.words;
    let mut all = Vec::new();
    let titled = draft.reading.names.iter().filter(|name| name.title_case).map(|name| name.block);
    let titled: HashSet<usize> = titled.collect();
    for (number, block) in draft.article.blocks.iter().enumerate().filter(|(_, block)| block.field == Field::Body) {
        let Some(read) = draft.reading.blocks.get(number) else { continue };
        // In a line in Title Case nobody knows which words are names.
        if titled.contains(&number) {
            continue;
        }
        // A sentence has no more content words than tokens.
        let long = |sentence: &Range<usize>| (words..=LONGEST).contains(&sentence.len());
        for (at, sentence) in block.sentences.iter().enumerate().filter(|(_, sentence)| long(sentence)) {
            let content = read.content(block, at, draft.packs).filter(|content| content.terms.len() >= words);
            all.extend(content.map(|content| (number, sentence.clone(), content)));
        }
    }
    all
}

/// A paragraph that sums up another one of its article, against that one.
fn within(draft: &Draft<'_>, rule: &Rule, said: &[Said]) -> Vec<Diagnostic> {
    let tuning = &draft.tuning.alignment;
    let blocks: Vec<&[Said]> = said.chunk_by(|(a, ..), (b, ..)| a == b).collect();
    let longest = blocks.iter().map(|block| block.len()).max().unwrap_or_default();
    let sums_up = |block: &&[Said]| {
        let few = (tuning.summary_least..=tuning.summary_most).contains(&block.len());
        few && block.len() * tuning.summary_times < longest
    };
    let summaries: Vec<&[Said]> = blocks.into_iter().filter(sums_up).collect();
    if summaries.is_empty() {
        return Vec::new();
    }
    let parallels = Parallels::within(draft.document, draft.key.number, said);
    let mut found = Vec::new();
    for block in summaries {
        let Some((number, ..)) = block.first() else { continue };
        let key = Parallels::block_key(draft.document, *number);
        let page = |said: &Said| Page::new(draft, rule, &parallels, &key, said);
        let pages: Vec<Page<'_>> = block.iter().filter_map(page).collect();
        found.extend(find_summed_up(&pages, &parallels, tuning));
    }
    found
}
