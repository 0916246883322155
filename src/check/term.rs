//! `term`: a form that a house style rules out, optionally only in a context.

use super::cited::cite_rule;
use super::{Check, Draft};
use crate::claim::BlockReading;
use crate::diagnostic::{Diagnostic, Safety};
use crate::fact::{Base, BaseError};
use crate::pack::{Rule, RuleKind, TermRule};
use crate::text::Block;
use std::ops::Range;

/// The check.
pub(super) struct Term;

impl Check for Term {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let RuleKind::Term(term) = &rule.kind else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (block, read) in draft.article.blocks.iter().zip(&draft.reading.blocks) {
            if term.field.is_none_or(|field| field == block.field) {
                found.extend(
                    places(term, block, read)
                        .into_iter()
                        .filter_map(|(tokens, form)| diagnose(draft, rule, term, block, tokens, form)),
                );
            }
        }
        Ok(found)
    }
}

fn places<'a>(term: &'a TermRule, block: &Block, read: &BlockReading) -> Vec<(Range<usize>, &'a str)> {
    let mut found = Vec::new();
    for at in 0..read.own.words.len() {
        for (words, form) in &term.avoid {
            let tokens = at..at + words.len();
            let same = read
                .own
                .words
                .get(tokens.clone())
                .is_some_and(|here| here.iter().zip(words).all(|(a, b)| *a == Some(*b)));
            let cased = || {
                term.any_case
                    || block
                        .text(tokens.clone())
                        .split(|c: char| !c.is_alphanumeric())
                        .eq(form.split(|c: char| !c.is_alphanumeric()))
            };
            let whole = || {
                !block.tokens.get(at).is_some_and(|token| token.joined)
                    && !block.tokens.get(tokens.end).is_some_and(|token| token.joined)
            };
            let is_prose = || tokens.clone().all(|at| !block.is_address(at));
            let preferred = || term.prefer.as_ref().is_some_and(|prefer| is_part(block, tokens.clone(), prefer));
            let voiced = || term.quoted.is_none_or(|quoted| block.is_quoted(at) == quoted);
            let near = || {
                let sentence = block.sentence(at);
                term.near.is_empty()
                    || read
                        .own
                        .words
                        .get(sentence)
                        .is_some_and(|words| words.iter().flatten().any(|word| term.near.contains(word)))
            };
            if same && cased() && whole() && is_prose() && voiced() && near() && !preferred() {
                found.push((tokens, form.as_str()));
            }
        }
    }
    found
}

/// Whether words are a part of what is preferred, where that stands: "New York" in "New York City".
fn is_part(block: &Block, tokens: Range<usize>, prefer: &str) -> bool {
    let (here, text) = (block.text(tokens.clone()), block.prose.text());
    let start = block.tokens.get(tokens.start).map_or(0, |token| token.start as usize);
    let stands =
        |at: usize| start.checked_sub(at).and_then(|from| text.get(from..)?.get(..prefer.len())) == Some(prefer);
    !here.is_empty() && prefer.match_indices(here).any(|(at, _)| stands(at))
}

fn diagnose(
    draft: &Draft<'_>,
    rule: &Rule,
    term: &TermRule,
    block: &Block,
    tokens: Range<usize>,
    form: &str,
) -> Option<Diagnostic> {
    let span = block.span(tokens);
    let message = match (&term.message, &term.prefer) {
        (Some(message), _) => message.clone(),
        (None, Some(prefer)) => format!("house style: {prefer}, not {form}"),
        (None, None) => format!("house style rules out {form}"),
    };
    let proof = cite_rule(&rule.place, "the rule");
    let mut diagnostic = draft.finding(rule, rule.severity, message, span, vec![proof])?;
    diagnostic.fix = term.prefer.as_ref().map(|prefer| draft.fix(span, prefer.as_str(), Safety::Safe));
    Some(diagnostic)
}
