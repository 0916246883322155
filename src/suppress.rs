//! Suppressions: what people have looked at and let stand, in the text with a comment or in a file of the project.

use crate::diagnostic::{
    Absent, Among, Calendar, Diagnostic, Label, Proof, SHOWN, Severity, fingerprint, left_out, sentence_key,
};
use crate::text::{self, Date, Document, Field, HTML_COMMENT, Language, Source, Span, parse_iso};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What findings about comments are called.
const RULE: &str = "allow";

/// How the words of a comment in a text begin.
const ALLOW: &str = "factlint: allow ";

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
    /// What begins and ends it.
    pub marks: (&'static str, &'static str),
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

    /// What is wrong with it in a draft of a date. `checked` says whether its rule was applied, where there is one, and
    /// `used` whether the comment allowed a finding. With it goes what proves it.
    fn complaint(&self, checked: Option<bool>, used: bool, date: Option<Date>) -> Option<(String, Proof)> {
        let rule = &self.rule;
        let absent = |sought: String, among| Proof::Absent(Absent { sought, among, nearest: None });
        let Some(applied) = checked else {
            return Some((format!("there is no rule `{rule}`"), absent(format!("rule `{rule}`"), Among::Packs)));
        };
        if let Some(written) = &self.undated {
            let message = format!("`{written}` is no date; write `allow {rule} until 2026-12-31: the reason`");
            return Some((message, absent(format!("date behind `{}`", UNTIL.trim()), Among::Comment)));
        }
        if let Some((day, dated)) = self.expired(date).zip(date) {
            let message =
                format!("this comment allowed `{rule}` until {day}; look again, then move the day or delete it");
            return Some((message, Proof::Calendar(Calendar::Past { day, dated })));
        }
        if self.reason.is_empty() {
            let (open, close) = self.marks;
            let message = format!("say why: `{open}{ALLOW}{rule}: the reason{close}`");
            return Some((message, absent("reason".to_owned(), Among::Comment)));
        }
        let message = format!("this comment allows nothing: `{rule}` finds nothing here");
        (applied && !used).then(|| (message, absent(format!("finding of `{rule}`"), Among::Scope)))
    }
}

/// The comments of a text. `<!-- factlint: allow office: as he was titled then -->` holds in its own paragraph, and in
/// the next one where it stands alone; `allow office until 2026-12-31: …` holds for drafts up to that day. A format that
/// has comments of its own has `.. factlint: allow office: …` or `// factlint: allow office: …` too, on a line.
pub fn comments(source: &Source) -> Vec<Comment> {
    let text = source.text();
    let blanks = blanks(text);
    let mut places = between(text);
    if let Some(marks @ (open, "")) = text::comment(source.path()) {
        places.extend(on_lines(text, open).map(|(whole, inside)| (whole, inside, marks)));
        places.sort_by_key(|(whole, ..)| whole.start);
    }
    let mut found = Vec::new();
    let mut done = 0;
    for (whole, inside, marks) in places {
        let words = text.get(inside).unwrap_or_default().trim();
        let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
        let (rule, date) = rule.split_once(UNTIL).map_or((rule, None), |(rule, date)| (rule, Some(date.trim())));
        let until = date.and_then(parse_iso);
        found.push(Comment {
            rule: rule.trim().to_owned(),
            until,
            undated: date.filter(|_| until.is_none()).map(str::to_owned),
            reason: reason.trim().to_owned(),
            marks,
            span: Span::from(whole.clone()),
            scope: scope(text, &blanks, done, Span::from(whole.clone())),
        });
        done = whole.end;
    }
    found
}

/// Where a comment stands, what of it is behind the words that it begins with, and its marks.
type Place = (Range<usize>, Range<usize>, (&'static str, &'static str));

/// The comments of HTML, which may stand in any text.
fn between(text: &str) -> Vec<Place> {
    let begin = format!("{}{ALLOW}", HTML_COMMENT.0);
    let mut found = Vec::new();
    let mut done = 0;
    while let Some(at) = text.get(done..).and_then(|rest| rest.find(&begin)) {
        let start = done + at;
        let inside = start + begin.len();
        // A comment that is not closed swallows the rest, and all that would begin in it.
        let Some(length) = text.get(inside..).and_then(|rest| rest.find("-->")) else { break };
        done = inside + length + "-->".len();
        found.push((start..done, inside..inside + length, HTML_COMMENT));
    }
    found
}

/// The comments that are a line each and begin with a mark.
fn on_lines(text: &str, open: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    let mut behind = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        behind += line.len();
        let words = line.trim_start().strip_prefix(open)?.strip_prefix(ALLOW)?;
        let start = behind - line.trim_start().len();
        let end = start + line.trim().len();
        Some((start..end, behind - words.len()..end))
    })
}

/// The paragraph around a comment; with the next one where nothing else stands in its own, not even the comment that
/// ends at `done`.
fn scope(text: &str, blanks: &[Range<usize>], done: usize, comment: Span) -> Span {
    let Range { start, end } = comment.range();
    let before = blanks.partition_point(|blank| blank.end <= start);
    let from = before.checked_sub(1).and_then(|before| blanks.get(before)).map_or(0, |blank| blank.end);
    let rest = text.get(end..).unwrap_or_default();
    let ends_line = rest.chars().find(|c| *c == '\n' || !c.is_whitespace()).is_none_or(|c| c == '\n');
    let alone = ends_line && done <= from && text.get(from..start).is_some_and(|before| before.trim().is_empty());
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

/// Where a comment can be written that lets a finding of a rule at a place stand, and what is to be written there. There
/// is one only where the format has comments that nobody sees, and the text with it reads as it did without.
pub fn comment(document: &Document, rule: &str, span: Span, language: &Language) -> Option<(u32, String)> {
    let source = &document.source;
    let text = source.text();
    let marks @ (open, close) = text::comment(source.path())?;
    let comment = format!("{open}{ALLOW}{rule}: say why{close}");
    let before = text.get(..span.start as usize)?;
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let paragraph = paragraph_start(before);
    // Above an item of a list, a row or what is indented it would part what belongs together.
    let plain = |at: &usize| {
        let rest = text.get(*at..).unwrap_or_default();
        rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '#' | '=' | '<' | '“' | '"'))
    };
    let mut places = Vec::new();
    if marks == HTML_COMMENT {
        places.extend([line, paragraph].into_iter().filter(plain).map(|at| (at, format!("{comment}\n"))));
        // The alt text of a picture in Markdown is shown as it stands.
        if !is_caption(document, span) {
            places.push((span.end as usize, comment));
        }
    } else {
        places.extend([paragraph].into_iter().filter(plain).map(|at| (at, format!("{comment}\n\n"))));
    }
    let read = words(document);
    places.into_iter().find_map(|(at, comment)| {
        let (head, tail) = text.split_at_checked(at)?;
        let written = Arc::new(source.with_text([head, &comment, tail].concat()));
        let moved = if at <= span.start as usize { comment.len() } else { 0 };
        let there = Span::from(span.start as usize + moved..span.end as usize + moved);
        let is_it = |known: &Comment| known.span.start as usize == at && known.scope.contains(there);
        let holds = comments(&written).iter().any(is_it) && words(&text::read(written, language)) == read;
        Some((u32::try_from(at).ok()?, comment)).filter(|_| holds)
    })
}

/// Whether a place is in the words under a picture.
fn is_caption(document: &Document, span: Span) -> bool {
    let mut blocks = document.articles.iter().flat_map(|article| &article.blocks);
    let holds = |block: &text::Block| block.tokens.iter().any(|token| span.contains(token.span));
    blocks.any(|block| block.field == Field::Caption && holds(block))
}

/// Where the paragraph begins that the last line of a text belongs to.
fn paragraph_start(text: &str) -> usize {
    let mut start = text.len();
    for line in text.split_inclusive('\n').rev() {
        if line.ends_with('\n') && line.trim().is_empty() {
            break;
        }
        start -= line.len();
    }
    start
}

/// What an article says: its date, and its blocks with their words.
type Said<'a> = (Option<Date>, Vec<(Field, Vec<&'a str>)>);

/// What the articles of a document say, and how much of it was not read.
fn words(document: &Document) -> (usize, Vec<Said<'_>>) {
    let articles = document.articles.iter().map(|article| {
        let blocks = article.blocks.iter();
        (article.date, blocks.map(|block| (block.field, block.prose.text().split_whitespace().collect())).collect())
    });
    (document.unread.len(), articles.collect())
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
    let mut holding: HashMap<&str, Vec<(usize, Span)>> = HashMap::default();
    for (number, comment) in comments.iter().enumerate().filter(|(_, comment)| comment.holds(date)) {
        holding.entry(&comment.rule).or_default().push((number, comment.scope));
    }
    let holds = |entry: &&Allowed| entry.until.is_none_or(|until| date.is_none_or(|date| date <= until));
    let by_hand: HashMap<(&str, &str), &Allowed> =
        allowed.iter().filter(holds).map(|entry| ((&*entry.rule, &*entry.fingerprint), entry)).collect();
    let mut used = vec![false; comments.len()];
    let mut suppressed = Suppressed::default();
    for diagnostic in diagnostics {
        let span = diagnostic.primary().span;
        // Comments stand in order, and so do the ends of their scopes.
        let comment = holding.get(diagnostic.rule()).and_then(|comments| {
            let first = comments.partition_point(|(_, scope)| scope.end < span.end);
            comments.get(first).filter(|(_, scope)| scope.contains(span)).map(|(number, _)| *number)
        });
        let by_hand = by_hand.get(&(diagnostic.rule(), &*diagnostic.fingerprint));
        if let Some(entry) = by_hand {
            suppressed.used.push(entry.fingerprint.clone());
        }
        if let Some(slot) = comment.and_then(|number| used.get_mut(number)) {
            *slot = true;
        }
        let side = if comment.is_some() || by_hand.is_some() { &mut suppressed.allowed } else { &mut suppressed.kept };
        side.push(diagnostic);
    }
    let idle = comments.iter().zip(used).filter_map(|(comment, used)| {
        let (message, proof) = comment.complaint(checked(&comment.rule), used, date)?;
        Some((comment, message, proof))
    });
    suppressed.kept.extend(complaints(source, idle));
    suppressed.kept.sort_by(|a, b| a.primary().span.cmp(&b.primary().span).then_with(|| a.rule().cmp(b.rule())));
    suppressed
}

/// The findings about comments, as many as are shown, and a last one that says how many more there are.
fn complaints<'a>(source: &Source, of: impl Iterator<Item = (&'a Comment, String, Proof)>) -> Vec<Diagnostic> {
    let mut of = of.peekable();
    let mut found = Vec::new();
    // Comments of one line share the key of that line.
    let mut last: Option<(Span, String)> = None;
    for (comment, message, proof) in of.by_ref().take(SHOWN) {
        let row = row(source, comment.span);
        let key = match &mut last {
            Some((known, key)) if *known == row => key,
            last => &mut last.insert((row, sentence_key(source.slice(row)))).1,
        };
        let label = Label { span: comment.span, text: "this comment".to_owned() };
        found.extend(Diagnostic::new(RULE, Severity::Warning, message, label, proof).map(|mut diagnostic| {
            diagnostic.fingerprint = fingerprint(RULE, &comment.rule, key, 0);
            diagnostic
        }));
    }
    if let Some((comment, ..)) = of.next() {
        found.extend(left_out(RULE, of.count() + 1, comment.span));
    }
    found
}

/// The line of a comment.
fn row(source: &Source, span: Span) -> Span {
    source.line(source.position(span.start).line).unwrap_or(span)
}
