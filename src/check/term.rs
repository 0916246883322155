//! `term`: a form that a house style rules out, optionally only in a context.

use super::{Check, Draft};
use crate::claim::BlockReading;
use crate::diagnostic::{Diagnostic, Origin, Safety};
use crate::fact::{Base, BaseError, cite};
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
            if same && cased() && whole() && voiced() && near() {
                found.push((tokens, form.as_str()));
            }
        }
    }
    found
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
    let mut evidence = cite(&rule.place, rule.place.span);
    evidence.origin = Origin::Rule;
    evidence.note = "the rule".to_owned();
    let mut diagnostic = draft.finding(rule, rule.severity, message, span, vec![evidence])?;
    diagnostic.fix = term.prefer.as_ref().map(|prefer| draft.fix(span, prefer.as_str(), Safety::Safe));
    Some(diagnostic)
}
