//! `quote`: quotation marks that do not pair. In the news convention a quotation of several paragraphs opens each of them
//! and closes the last; apostrophes, inches and "'90s" are no quotation marks.

use super::{Check, Draft};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fact::Facts;
use crate::pack::Rule;
use crate::text::{Block, TokenKind};

/// The check.
pub(super) struct Quote;

/// A double mark: how it looks, and which way it faces.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Opens,
    Closes,
    /// A straight mark that stands like an opening one.
    StraightOpens,
    /// A straight mark that stands like a closing one.
    StraightCloses,
}

impl Mark {
    fn opens(self) -> bool {
        matches!(self, Mark::Opens | Mark::StraightOpens)
    }

    fn is_straight(self) -> bool {
        matches!(self, Mark::StraightOpens | Mark::StraightCloses)
    }
}

impl Check for Quote {
    fn kind(&self) -> &'static str {
        "quote"
    }

    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Facts) -> Vec<Diagnostic> {
        let blocks = &draft.article.blocks;
        let mut found: Vec<(Diagnostic, bool)> = Vec::new();
        let mut carried = false;
        let marks = |(number, block)| -> (&Block, Vec<(usize, Mark)>) {
            let all = marks(block);
            let quoting = all.iter().copied().filter(|(at, _)| !is_talked_about(draft, number, block, &all, *at));
            (block, quoting.collect())
        };
        let mut paragraphs =
            blocks.iter().enumerate().filter(|(_, block)| !block.tokens.is_empty()).map(marks).peekable();
        while let Some((block, marks)) = paragraphs.next() {
            // The next paragraph opens the quotation again, or ends what goes on in it.
            let goes_on = paragraphs.peek().and_then(|(_, marks)| marks.first());
            let goes_on = goes_on.is_some_and(|(at, mark)| !mark.opens() || *at == 0);
            let (left, open) = unpaired(block, &marks, carried);
            for (at, partner) in left {
                found.extend(report(draft, rule, block, at, partner));
            }
            carried = open.is_some() && goes_on;
            if let Some(at) = open.filter(|_| !carried) {
                found.extend(report(draft, rule, block, at, None));
            }
        }
        // Who mixes marks again and again does so by habit: a hint.
        if found.iter().filter(|(_, mixed)| *mixed).count() > 1 {
            found.iter_mut().filter(|(_, mixed)| *mixed).for_each(|(found, _)| found.cap(Severity::Info));
        }
        found.into_iter().map(|(found, _)| found).collect()
    }
}

/// "The quote symbols (" or ' characters)": the one mark of a sentence about marks, behind a space or a bracket and before
/// one, quotes no word.
fn is_talked_about(draft: &Draft<'_>, number: usize, block: &Block, marks: &[(usize, Mark)], at: usize) -> bool {
    let spaced = |at: usize| block.tokens.get(at).is_none_or(|token| token.spaced);
    let opened = spaced(at) || at.checked_sub(1).is_some_and(|before| matches!(block.word(before), "(" | "["));
    let closed = spaced(at + 1) || matches!(block.word(at + 1), ")" | "]");
    let sentence = block.sentence(at);
    let before = |token: usize| marks.partition_point(|(other, _)| *other < token);
    let alone = before(sentence.end) - before(sentence.start) == 1;
    let words = draft.reading.blocks.get(number).and_then(|read| read.words.get(sentence));
    let about = || words.unwrap_or_default().iter().flatten().any(|word| draft.packs.grammar.mark_nouns.contains(word));
    alone && opened && closed && about()
}

/// The double quotation marks of a block.
fn marks(block: &Block) -> Vec<(usize, Mark)> {
    let mut found: Vec<(usize, Mark)> = Vec::new();
    let mut depth = 0_usize;
    for at in 0..block.tokens.len() {
        let Some(mark) = mark(block, at, depth > 0) else { continue };
        depth = if mark.opens() { depth + 1 } else { depth.saturating_sub(1) };
        found.push((at, mark));
    }
    found
}

/// Marks without a partner of their sort, each with the one that it stands against.
type Left = Vec<(usize, Option<usize>)>;

/// The marks without a partner, and the mark that is open at the end. `carried` says that a quotation goes on from the
/// paragraph before.
fn unpaired(block: &Block, marks: &[(usize, Mark)], carried: bool) -> (Left, Option<usize>) {
    let mut left = Left::new();
    let mut open: Vec<(usize, Mark)> = Vec::new();
    let mut carried = carried;
    let last_closing = [false, true].map(|straight| {
        let closing = |(_, mark): &&(usize, Mark)| !mark.opens() && mark.is_straight() == straight;
        marks.iter().rfind(closing).map(|(at, _)| *at)
    });
    for (at, mark) in marks {
        match (open.last().copied(), mark.opens()) {
            // A quotation of several sentences that opens each of them, as its paragraphs did before they were joined.
            (Some((_, kind)), true) if kind.is_straight() == mark.is_straight() && block.sentence(*at).start == *at => {
                open.pop();
                open.push((*at, *mark));
            }
            (None, true) => open.push((*at, *mark)),
            // “said "was the first time" …: two sorts open, and one closes.
            (Some((start, kind)), true) if kind.is_straight() != mark.is_straight() => {
                let [curly, straight] = last_closing;
                if (if kind.is_straight() { straight } else { curly }).is_none_or(|last| last <= *at) {
                    left.push((start, Some(*at)));
                    open.pop();
                }
                open.push((*at, *mark));
            }
            (Some(_), true) => open.push((*at, *mark)),
            // A quotation that goes on may close without having been opened again.
            (None, false) if carried => carried = false,
            (None, false) => left.push((*at, None)),
            (Some((start, kind)), false) => {
                if kind.is_straight() != mark.is_straight() {
                    left.push((*at, Some(start)));
                }
                open.pop();
            }
        }
    }
    (left, open.first().map(|(at, _)| *at))
}

/// The double quotation mark at a token; `inside` says that a quotation is open there.
fn mark(block: &Block, at: usize, inside: bool) -> Option<Mark> {
    let token = block.tokens.get(at).filter(|token| token.kind == TokenKind::Mark)?;
    let before = at.checked_sub(1).and_then(|before| block.tokens.get(before));
    let next = block.tokens.get(at + 1);
    match token.text(&block.prose) {
        "“" => Some(Mark::Opens),
        "”" if is_feet_and_inches(block, at) => None,
        "”" => Some(Mark::Closes),
        "\"" => {
            // 6'2", 12": inches stand directly behind their number, where no quotation is open.
            let number = before.is_some_and(|before| before.kind == TokenKind::Number) && !token.spaced;
            if is_feet_and_inches(block, at) || number && !inside {
                return None;
            }
            let inner = before
                .is_none_or(|before| matches!(before.text(&block.prose), "(" | "[" | "—" | "–" | "“" | "‘" | "'"));
            let free = token.spaced && next.is_some_and(|next| next.spaced);
            let ends =
                next.is_some_and(|next| matches!(next.text(&block.prose), "." | "," | ";" | ":" | "!" | "?" | ")"));
            // A mark with space on both sides faces either way, and so does one between a space and what ends a clause.
            let either = free || token.spaced && ends && inside;
            let opens = if either { !inside } else { (token.spaced || inner) && next.is_some_and(|next| !next.spaced) };
            Some(if opens { Mark::StraightOpens } else { Mark::StraightCloses })
        }
        _ => None,
    }
}

/// 6’2”: behind feet and a number.
fn is_feet_and_inches(block: &Block, at: usize) -> bool {
    let number = at.checked_sub(1).and_then(|before| block.tokens.get(before));
    number.is_some_and(|token| token.kind == TokenKind::Number)
        && at.checked_sub(2).is_some_and(|feet| matches!(block.word(feet), "'" | "’" | "′"))
}

/// A finding, and whether it is about mixed marks.
fn report(
    draft: &Draft<'_>,
    rule: &Rule,
    block: &Block,
    at: usize,
    partner: Option<usize>,
) -> Option<(Diagnostic, bool)> {
    let span = block.span(at..at + 1);
    let (message, proof, note) = match partner {
        Some(partner) => {
            let (own, other) = (block.word(at), block.word(partner));
            (format!("this quotation mixes {other} and {own}"), block.span(partner..partner + 1), "the other mark")
        }
        None if mark(block, at, true).is_some_and(Mark::opens) => {
            ("this quotation is opened and not closed".to_owned(), span, "no mark closes it")
        }
        None => ("this quotation is closed and not opened".to_owned(), span, "no mark opens it"),
    };
    let mut evidence = draft.cite(proof);
    evidence.note = note.to_owned();
    let found = draft.finding(rule, Severity::Warning, message, span, vec![evidence])?;
    Some((found, partner.is_some()))
}
