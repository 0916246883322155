//! A few quoted words that a source has otherwise, in a sentence that says much of the same: too short to be looked up by
//! their speaker, who may not be named beside them at all.

use super::Draft;
use super::misquoted::{bare, is_another_outlet, is_reworded};
use crate::claim::Term;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fact::Parallels;
use crate::pack::Rule;
use crate::text::{Block, Field, TokenKind};
use std::ops::Range;

/// Short quotations that sources have in other words.
pub(super) fn check(draft: &Draft<'_>, rule: &Rule) -> Vec<Diagnostic> {
    let Some(parallels) = draft.parallels else { return Vec::new() };
    let few = draft.tuning.short_quotation.least_words..=draft.tuning.short_quotation.most_words;
    let mut found = Vec::new();
    for (number, block) in draft.article.blocks.iter().enumerate().filter(|(_, block)| block.field == Field::Body) {
        for quotation in block.quotations.iter().filter(|quotation| quotation.closed) {
            let Some(at) = block.sentence_at(quotation.tokens.start) else { continue };
            let ends = block.sentences.get(at).map_or(0, |sentence| sentence.end);
            let inside = quotation.inside();
            let words = words(block, inside.clone());
            if few.contains(&words.len()) && ends >= inside.end {
                found.extend(altered(draft, rule, parallels, number, at, inside, &words));
            }
        }
    }
    found
}

/// The folded words of a range of tokens.
pub(super) fn words(block: &Block, tokens: Range<usize>) -> Vec<String> {
    let word = |at: &usize| block.tokens.get(*at).is_some_and(|token| token.kind != TokenKind::Mark);
    tokens.filter(word).map(|at| bare(block.word(at))).filter(|word| !word.is_empty()).collect()
}

fn altered(
    draft: &Draft<'_>,
    rule: &Rule,
    parallels: &Parallels,
    number: usize,
    sentence: usize,
    inside: Range<usize>,
    written: &[String],
) -> Option<Diagnostic> {
    let tuning = &draft.tuning.short_quotation;
    let (block, read) = (draft.article.blocks.get(number)?, draft.reading.blocks.get(number)?);
    let content = read.content(block, sentence, draft.packs)?;
    let around: Vec<&Term> = content.terms.iter().filter(|term| !inside.contains(&term.token)).collect();
    let stems: Vec<u64> = around.iter().map(|term| term.stem).collect();
    let weight = |stem: &u64| parallels.weight(*stem);
    let total: f64 = stems.iter().map(weight).sum();
    let (mut best, mut most) = (None, 0.0);
    for near in parallels.near(&stems, &draft.key, draft.date, Some(tuning.days)) {
        let Some(sentence) = parallels.sentence(near) else { continue };
        let quotations = parallels.quotations(sentence);
        if quotations.iter().any(|(known, _)| holds(known, written) || holds(written, known)) {
            return None;
        }
        let shared: Vec<&u64> = stems.iter().filter(|stem| sentence.holds(**stem)).collect();
        // Of two sentences the shorter one decides: a long one may say much more.
        let theirs: f64 = sentence.content.terms.iter().map(|term| weight(&term.stem)).sum();
        let share = shared.iter().map(|stem| weight(stem)).sum::<f64>() / total.min(theirs);
        let alike = quotations.into_iter().find(|(known, _)| is_alike(known, written, tuning.alike));
        if let Some(alike) = alike.filter(|_| share >= tuning.share.max(most) && shared.len() >= tuning.around) {
            (best, most) = (Some((sentence, alike)), share);
        }
    }
    let (sentence, (known, tokens)) = best?;
    let proof = parallels.cite(sentence, tokens)?;
    let theirs = proof.evidence().and_then(|evidence| evidence.outlet.as_deref());
    let message = format!("a source quotes “{}” here, not “{}”", known.join(" "), written.join(" "));
    let hint = is_another_outlet(draft, theirs) && !is_reworded(written, &known, draft.packs);
    let severity = if hint { Severity::Info } else { Severity::Warning };
    draft.finding(rule, severity, message, block.span(inside), vec![proof])
}

/// Whether words stand in others in a row.
fn holds(all: &[String], part: &[String]) -> bool {
    !part.is_empty() && all.windows(part.len()).any(|run| run == part)
}

/// Whether two wordings may be of one quotation: so much of their words or more is shared, in their order.
fn is_alike(a: &[String], b: &[String], least: f64) -> bool {
    let mut row = vec![0_usize; b.len() + 1];
    for word in a {
        let mut diagonal = 0;
        for (at, other) in b.iter().enumerate() {
            let above = row.get(at + 1).copied().unwrap_or_default();
            let left = row.get(at).copied().unwrap_or_default();
            let longest = if word == other { diagonal + 1 } else { above.max(left) };
            diagonal = above;
            if let Some(cell) = row.get_mut(at + 1) {
                *cell = longest;
            }
        }
    }
    let shared = row.last().copied().unwrap_or_default();
    shared as f64 >= least * a.len().max(b.len()) as f64
}
