//! Suppressions: what people have looked at and let stand, in the text with a comment or in a file of the project.

use crate::diagnostic::{Diagnostic, Evidence, Label, Origin, Severity};
use crate::text::{Date, Source, Span, parse_iso};
use std::ops::Range;

/// How a comment in a text begins.
const COMMENT: &str = "<!-- factlint: allow ";

/// What stands before the last day of a comment.
const UNTIL: &str = " until ";

/// A comment that allows a rule in its paragraph, or in the paragraph behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The rule.
    pub rule: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// What stands behind `until` where it is no date.
    pub undated: Option<String>,
    /// Why.
    pub reason: String,
    /// Byte span of the comment.
    pub span: Span,
    /// Byte span in which it holds.
    pub scope: Span,
}

/// A finding that is allowed by its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The rule.
    pub rule: String,
    /// The fingerprint of the finding.
    pub fingerprint: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

/// What suppressing came to.
#[derive(Debug, Default)]
pub struct Suppressed {
    /// Findings that stand.
    pub kept: Vec<Diagnostic>,
    /// Findings that are allowed.
    pub allowed: Vec<Diagnostic>,
    /// The fingerprints of `Allowed` that were used.
    pub used: Vec<String>,
}

impl Comment {
    /// Whether it holds for a draft of a date.
    fn holds(&self, date: Option<Date>) -> bool {
        self.undated.is_none() && !self.reason.is_empty() && self.expired(date).is_none()
    }

    /// The day on which it expired before a date.
    fn expired(&self, date: Option<Date>) -> Option<Date> {
        self.until.filter(|until| date.is_some_and(|date| date > *until))
    }
}

/// The comments of a text. `<!-- factlint: allow office: as he was titled then -->` holds in its own paragraph, and in
/// the next one where it stands alone; `allow office until 2026-12-31: …` holds for drafts up to that day.
pub fn comments(source: &Source) -> Vec<Comment> {
    let text = source.text();
    let blanks = blanks(text);
    let mut found = Vec::new();
    for (start, _) in text.match_indices(COMMENT) {
        let inside = start + COMMENT.len();
        let Some(length) = text.get(inside..).and_then(|rest| rest.find("-->")) else { continue };
        let words = text.get(inside..inside + length).unwrap_or_default().trim();
        let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
        let end = inside + length + "-->".len();
        let (rule, date) = rule.split_once(UNTIL).map_or((rule, None), |(rule, date)| (rule, Some(date.trim())));
        let until = date.and_then(parse_iso);
        found.push(Comment {
            rule: rule.trim().to_owned(),
            until,
            undated: date.filter(|_| until.is_none()).map(str::to_owned),
            reason: reason.trim().to_owned(),
            span: Span::from(start..end),
            scope: scope(text, &blanks, start, end),
        });
    }
    found
}

/// The paragraph around a comment; with the next one where nothing else stands in its own.
fn scope(text: &str, blanks: &[Range<usize>], start: usize, end: usize) -> Span {
    let before = blanks.partition_point(|blank| blank.end <= start);
    let from = before.checked_sub(1).and_then(|before| blanks.get(before)).map_or(0, |blank| blank.end);
    let rest = text.get(end..).unwrap_or_default();
    let alone = text.get(from..start).is_some_and(|before| before.trim().is_empty())
        && rest.lines().next().is_some_and(|line| line.trim().is_empty());
    let skip = if alone { rest.len() - rest.trim_start().len() } else { 0 };
    let behind = blanks.partition_point(|blank| blank.start < end + skip);
    Span::from(from..blanks.get(behind).map_or(text.len(), |blank| blank.start))
}

/// The blank lines of a text, in order, found once for all of its comments.
fn blanks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('\n') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let length = ["\n", "\r\n"].iter().find(|end| rest.starts_with(**end)).map(|end| end.len());
        let start = if text.get(..at).is_some_and(|before| before.ends_with('\r')) { at - 1 } else { at };
        found.extend(length.map(|length| start..at + 1 + length));
    }
    found
}

/// Parts findings into those that stand and those that are allowed, and reports comments that allow nothing, name no
/// rule or give no reason. `checked` says whether a rule was applied at all.
pub fn suppress(
    source: &Source,
    diagnostics: Vec<Diagnostic>,
    allowed: &[Allowed],
    date: Option<Date>,
    checked: impl Fn(&str) -> Option<bool>,
) -> Suppressed {
    let comments = comments(source);
    let mut used = vec![false; comments.len()];
    let mut suppressed = Suppressed::default();
    for diagnostic in diagnostics {
        let span = diagnostic.primary().span;
        let comment = comments.iter().position(|comment| {
            comment.rule == diagnostic.rule() && comment.holds(date) && comment.scope.contains(span)
        });
        let holds = |entry: &&Allowed| entry.until.is_none_or(|until| date.is_none_or(|date| date <= until));
        let by_hand = allowed
            .iter()
            .filter(holds)
            .find(|entry| entry.rule == diagnostic.rule() && entry.fingerprint == diagnostic.fingerprint);
        if let Some(entry) = by_hand {
            suppressed.used.push(entry.fingerprint.clone());
        }
        if let Some(slot) = comment.and_then(|number| used.get_mut(number)) {
            *slot = true;
        }
        let side = if comment.is_some() || by_hand.is_some() { &mut suppressed.allowed } else { &mut suppressed.kept };
        side.push(diagnostic);
    }
    for (comment, used) in comments.iter().zip(used) {
        let message = match checked(&comment.rule) {
            None => format!("there is no rule `{}`", comment.rule),
            Some(_) if comment.undated.is_some() => {
                let written = comment.undated.as_deref().unwrap_or_default();
                format!("`{written}` is no date; write `allow {} until 2026-12-31: the reason`", comment.rule)
            }
            Some(_) if comment.expired(date).is_some() => {
                let until = comment.until.map(|until| until.to_string()).unwrap_or_default();
                format!(
                    "this comment allowed `{}` until {until}; look again, then move the day or delete it",
                    comment.rule
                )
            }
            Some(_) if comment.reason.is_empty() => {
                format!("say why: `<!-- factlint: allow {}: the reason -->`", comment.rule)
            }
            Some(true) if !used => format!("this comment allows nothing: `{}` finds nothing here", comment.rule),
            Some(_) => continue,
        };
        suppressed.kept.push(about(source, comment, message));
    }
    suppressed.kept.sort_by(|a, b| a.primary().span.cmp(&b.primary().span).then_with(|| a.rule().cmp(b.rule())));
    suppressed
}

fn about(source: &Source, comment: &Comment, message: String) -> Diagnostic {
    let line = source.position(comment.span.start).line;
    let row = source.line(line).unwrap_or(comment.span);
    let mut evidence = Evidence::at(Origin::Draft, source, comment.span, row);
    evidence.note = "the comment".to_owned();
    let label = Label { span: comment.span, text: "this comment".to_owned() };
    let mut diagnostic = Diagnostic::new("allow", Severity::Warning, message, label, evidence);
    diagnostic.fingerprint = crate::diagnostic::fingerprint("allow", &comment.rule, source.slice(row), 0);
    diagnostic
}
