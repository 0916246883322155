//! Quotation marks, paired by the way they face.
//!
//! A straight mark opens when white space, a bracket or a dash stands before it, else it closes. An opening mark
//! while another of its sort is open means that the first was never closed: in the news convention each paragraph of
//! a long quotation reopens it, and in careless copy a mark is simply missing. Such a quotation ends with its
//! sentence, so that one missing mark does not swallow the rest of the paragraph.

use super::{Prose, Token, TokenKind};
use std::ops::Range;

/// A stretch of quoted words in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Tokens from the opening mark to behind the closing mark.
    pub tokens: Range<usize>,
    /// Whether a closing mark was found.
    pub closed: bool,
}

impl Quotation {
    /// The tokens between the marks.
    pub fn inside(&self) -> Range<usize> {
        let end = if self.closed { self.tokens.end.saturating_sub(1) } else { self.tokens.end };
        (self.tokens.start + 1).min(end)..end
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Double,
    Single,
}

/// Number of the quotation that holds a token; quotations are in order and do not overlap.
pub(crate) fn at(quotations: &[Quotation], at: usize) -> Option<usize> {
    let after = quotations.partition_point(|quotation| quotation.tokens.end <= at);
    quotations.get(after).filter(|quotation| quotation.tokens.contains(&at)).map(|_| after)
}

/// Finds the outermost quotations of a block, in order.
pub(crate) fn find(tokens: &[Token], prose: &Prose) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Sort)> = None;
    // Single marks are apostrophes too: one opens a quotation only where another closes it.
    // Where two of them stand for a double mark, the single ones inside cannot be told from them.
    let doubled = tokens.windows(2).any(|pair| {
        pair.iter().all(|token| token.text(prose) == "'") && pair.last().is_some_and(|second| !second.spaced)
    });
    let last_single =
        (0..tokens.len()).rfind(|at| mark(tokens, *at, prose) == Some((Sort::Single, false))).filter(|_| !doubled);
    for (at, token) in tokens.iter().enumerate() {
        let Some((sort, opens)) = mark(tokens, at, prose) else { continue };
        match open {
            None if opens && (sort == Sort::Double || last_single > Some(at)) => {
                open = Some((at, sort));
            }
            Some((start, kind)) if kind == sort && !opens => {
                found.push(Quotation { tokens: start..at + 1, closed: true });
                open = None;
            }
            Some((start, kind)) if kind == sort && token.spaced => {
                found.push(unclosed(tokens, start, at, prose));
                open = Some((at, sort));
            }
            _ => {}
        }
    }
    if let Some((start, _)) = open {
        found.push(unclosed(tokens, start, tokens.len(), prose));
    }
    found
}

/// The sort of quotation mark at `at` and whether it opens.
fn mark(tokens: &[Token], at: usize, prose: &Prose) -> Option<(Sort, bool)> {
    let token = tokens.get(at).filter(|token| token.kind == TokenKind::Mark)?;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let next = tokens.get(at + 1);
    let after_opener = before.is_none_or(|before| {
        before.kind == TokenKind::Mark
            && before.text(prose).chars().all(|c| matches!(c, '(' | '[' | '—' | '–' | '-' | '“' | '"' | '‘'))
    });
    let opens = (token.spaced || after_opener) && next.is_some_and(|next| !next.spaced);
    let faces_word = next.is_none_or(|next| next.spaced || next.kind == TokenKind::Mark);
    match token.text(prose) {
        // "… „bis dann“ …", and a mark that faces the wrong way.
        "“" if !token.spaced && !after_opener && faces_word => Some((Sort::Double, false)),
        "“" | "„" | "«" => Some((Sort::Double, true)),
        "”" | "»" => Some((Sort::Double, false)),
        "\"" => Some((Sort::Double, opens)),
        "‘" => Some((Sort::Single, true)),
        "'" | "’" if opens && next.is_some_and(|next| next.kind == TokenKind::Word) => Some((Sort::Single, true)),
        "'" | "’" if faces_word => Some((Sort::Single, false)),
        _ => None,
    }
}

fn unclosed(tokens: &[Token], start: usize, limit: usize, prose: &Prose) -> Quotation {
    let stop = (start + 1..limit).find(|at| {
        let ends = tokens.get(*at).is_some_and(|token| matches!(token.text(prose), "." | "?" | "!"));
        ends && tokens.get(at + 1).is_none_or(|next| next.spaced)
    });
    Quotation { tokens: start..stop.map_or(limit, |stop| stop + 1), closed: false }
}
