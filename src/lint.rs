//! Checks a document: every rule over every article, then what to keep of what was found.

use crate::check::{self, Draft, Memory, Tuning, Verdict};
use crate::claim::Reading;
use crate::diagnostic::{Diagnostic, fingerprint, sentence_key};
use crate::fact::{Base, BaseError, Grounds, Parallels};
use crate::pack::{Packs, Rule};
use crate::terms::{Terms, Wish};
use crate::text::{Span, fold};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What one document is checked with.
pub(crate) struct Task<'a> {
    pub(crate) packs: &'a Packs,
    pub(crate) base: &'a dyn Base,
    pub(crate) terms: &'a Terms,
    pub(crate) wish: &'a Wish,
    pub(crate) tuning: &'a Tuning,
    /// What was found out of earlier versions of the document.
    pub(crate) memory: Option<&'a Arc<Memory>>,
    /// In grounded mode, what the sources contain.
    pub(crate) grounds: Option<&'a Grounds>,
    /// The sentences of the sources, to align those of the draft with.
    pub(crate) parallels: Option<&'a Parallels>,
}

/// How the claims of a document fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Claims that were judged.
    pub claims: usize,
    /// Those that conflict with what is known.
    pub conflict: usize,
    /// Those that agree with it.
    pub supported: usize,
    /// Those of which nobody knows.
    pub unknown: usize,
    /// Those on which sources differ.
    pub disputed: usize,
}

impl Counts {
    /// Adds the counts of another document.
    pub fn add(&mut self, other: Counts) {
        self.claims += other.claims;
        self.conflict += other.conflict;
        self.supported += other.supported;
        self.unknown += other.unknown;
        self.disputed += other.disputed;
    }
}

/// What was found in a document.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// The findings, in order of the text.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How its claims fared.
    pub(crate) counts: Counts,
    /// Whether a rule came to more findings than are shown.
    pub(crate) left_out: bool,
}

/// Checks a document against what is known.
///
/// # Errors
/// A base that cannot be asked: then nothing is said of the document.
pub(crate) fn lint(reading: &Reading, task: &Task<'_>) -> Result<Findings, BaseError> {
    let Task { packs, base, .. } = *task;
    let mut findings = Findings::default();
    task.memory.into_iter().for_each(|memory| memory.turn(base));
    for number in 0..reading.articles.len() {
        let Some(mut draft) = Draft::new(reading, number, packs, task.terms.date) else { continue };
        if let Some(memory) = task.memory {
            let about = check::about(&draft.key, draft.date, base)?;
            draft = draft.remembering(Arc::clone(memory), about);
        }
        draft.tuning = task.tuning;
        draft.grounds = task.grounds;
        draft.parallels = task.parallels;
        draft.every = task.wish.every;
        findings.counts.add(count(&draft, base)?);
        let mut found: Vec<(usize, Diagnostic)> = Vec::new();
        let mut left_out: Vec<Diagnostic> = Vec::new();
        let words = draft.reading.blocks.iter().flat_map(|block| block.own.words.iter().copied().flatten());
        let concerned: Vec<&Rule> = packs.rules.concerning(words).collect();
        for rule in concerned.into_iter().filter_map(|rule| task.wish.applied(rule, task.terms)) {
            let (rank, check) = check::of(&rule.kind);
            let trial = |diagnostic: Diagnostic| if rule.upkeep.trial { diagnostic.on_trial() } else { diagnostic };
            let all = check.check(&draft, &rule, base)?;
            found.extend(all.into_iter().map(|diagnostic| (rank, trial(diagnostic))));
            left_out.extend(draft.left_out(&rule));
        }
        let mut kept = resolve_overlaps(found);
        findings.left_out |= !left_out.is_empty();
        kept.extend(left_out);
        set_fingerprints(&draft, &mut kept);
        findings.diagnostics.extend(kept);
    }
    Ok(findings)
}

fn count(draft: &Draft<'_>, base: &dyn Base) -> Result<Counts, BaseError> {
    let mut counts = Counts::default();
    for (number, _) in draft.reading.claims.iter().enumerate().filter(|(_, claim)| claim.voice.is_own()) {
        let Some(judged) = draft.judged(number, base)? else { continue };
        counts.claims += 1;
        counts.disputed += usize::from(judged.disputed);
        match judged.verdict {
            Verdict::Conflict => counts.conflict += 1,
            Verdict::Supported => counts.supported += 1,
            Verdict::Unknown => counts.unknown += 1,
        }
    }
    Ok(counts)
}

/// Of findings that overlap one is kept: the most specific kind of rule, then the more severe, then the id.
fn resolve_overlaps(mut found: Vec<(usize, Diagnostic)>) -> Vec<Diagnostic> {
    found.sort_by(|(a_order, a), (b_order, b)| {
        let rank = |order: &usize, diagnostic: &Diagnostic| {
            (*order, std::cmp::Reverse(diagnostic.severity()), diagnostic.rule().to_owned(), diagnostic.primary().span)
        };
        rank(a_order, a).cmp(&rank(b_order, b))
    });
    let mut kept: Vec<Diagnostic> = Vec::new();
    // The spans that are kept overlap no other, so a new one need only be compared with its neighbours.
    let mut taken: BTreeMap<u32, Span> = BTreeMap::new();
    for (_, diagnostic) in found {
        let span = diagnostic.primary().span;
        let before = taken.range(..=span.start).next_back();
        let behind = taken.range(span.start..).next();
        if !before.into_iter().chain(behind).any(|(_, other)| other.overlaps(span)) {
            taken.insert(span.start, span);
            kept.push(diagnostic);
        }
    }
    kept.sort_by(|a, b| a.primary().span.cmp(&b.primary().span).then_with(|| a.rule().cmp(b.rule())));
    kept
}

fn set_fingerprints(draft: &Draft<'_>, diagnostics: &mut [Diagnostic]) {
    let mut seen: HashMap<(String, String, Span), usize> = HashMap::new();
    let mut sentences: HashMap<String, Span> = HashMap::new();
    // Findings stand in the order of the text, those of one sentence together.
    let mut last: Option<(Span, Span, String)> = None;
    for diagnostic in diagnostics {
        let span = diagnostic.primary().span;
        let words = draft.source.slice(span);
        let around = draft.sentence_span(span);
        let (_, first, key) = match &mut last {
            Some(last) if last.0 == around => last,
            last => {
                let key = sentence_key(draft.source.slice(around));
                // Equal sentences are known by the first of them.
                let first = *sentences.entry(key.clone()).or_insert(around);
                last.insert((around, first, key))
            }
        };
        let number = seen.entry((diagnostic.rule().to_owned(), fold::fold_phrase(words), *first)).or_default();
        diagnostic.fingerprint = fingerprint(diagnostic.rule(), words, key, *number);
        *number += 1;
    }
}
