//! Quotation marks, paired by the way they face.
//!
//! Which marks there are is said by the language, in pairs. A straight mark opens when white space, a bracket or a dash
//! stands before it, else it closes. An opening mark while another of its sort is open means that the first was never
//! closed: in careless copy a mark is missing. Such a quotation ends with its sentence, so that one missing mark does not
//! swallow the rest of the paragraph; where it goes on in the next one, `carried.rs` finds out.

use super::fold::is_apostrophe;
use super::{Language, Prose, Token, TokenKind};
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

/// Number of the quotation that holds a token; quotations are in order and do not overlap.
pub(crate) fn at(quotations: &[Quotation], at: usize) -> Option<usize> {
    let after = quotations.partition_point(|quotation| quotation.tokens.end <= at);
    quotations.get(after).filter(|quotation| quotation.tokens.contains(&at)).map(|_| after)
}

/// Whether a text is one of the marks that open (or else close) quotations.
pub(crate) fn is_mark(text: &str, opens: bool, language: &Language) -> bool {
    let mut pairs = language.quotation_marks.iter();
    pairs.any(|(open, close)| text.chars().eq([if opens { *open } else { *close }]))
}

/// The marks of a language.
pub(super) struct Marks<'a> {
    pairs: &'a [(char, char)],
    /// The sort of each pair: those that share a mark are of one sort.
    sorts: Vec<usize>,
}

/// The sort of the marks that are apostrophes too.
pub(super) const SINGLE: usize = 0;

/// A mark as it stands in a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    pub(super) at: usize,
    /// Marks of one sort make a pair.
    pub(super) sort: usize,
    pub(super) opens: bool,
    /// Whether it opens by default, and is no apostrophe.
    pub(super) surely: bool,
}

impl Marks<'_> {
    pub(super) fn of(language: &Language) -> Marks<'_> {
        let pairs = language.quotation_marks.as_slice();
        let mut sorts: Vec<usize> = (1..=pairs.len()).collect();
        for (number, (open, close)) in pairs.iter().enumerate() {
            let shares = |(a, b): &(char, char)| [open, close].iter().any(|mark| **mark == *a || **mark == *b);
            let before = pairs.iter().take(number).position(shares).and_then(|known| sorts.get(known)).copied();
            let single = [*open, *close].into_iter().any(is_apostrophe);
            if let (Some(sort), Some(slot)) = (before.or(single.then_some(SINGLE)), sorts.get_mut(number)) {
                *slot = sort;
            }
        }
        Marks { pairs, sorts }
    }

    /// The sort of a character, whether it is an opening mark in its first pair, and whether it is the other one in another.
    fn look(&self, c: char) -> Option<(usize, bool, bool)> {
        let first = self.pairs.iter().position(|(open, close)| *open == c || *close == c)?;
        let (open, close) = self.pairs.get(first)?;
        let opens = *open == c && open != close;
        let either = self.pairs.iter().any(|(open, close)| if opens { *close == c } else { *open == c });
        Some((*self.sorts.get(first)?, opens, either))
    }

    /// The marks of a block, in order.
    pub(super) fn all(&self, tokens: &[Token], prose: &Prose) -> Vec<Mark> {
        (0..tokens.len()).filter_map(|at| self.mark(tokens, at, prose)).collect()
    }

    /// The mark at a token.
    fn mark(&self, tokens: &[Token], at: usize, prose: &Prose) -> Option<Mark> {
        let token = tokens.get(at).filter(|token| token.kind == TokenKind::Mark)?;
        let c = token.text(prose).chars().next()?;
        let (sort, by_default, either) = self.look(c)?;
        let next = tokens.get(at + 1);
        let behind_opener = at.checked_sub(1).and_then(|before| tokens.get(before)).is_none_or(|before| {
            let is_opener = |c| self.look(c).is_some_and(|(_, opens, either)| opens || either);
            let text = before.text(prose);
            before.kind == TokenKind::Mark
                && text.chars().all(|c| matches!(c, '(' | '[' | '—' | '–' | '-') || is_opener(c) && !is_apostrophe(c))
        });
        let faces_next = (token.spaced || behind_opener) && next.is_some_and(|next| !next.spaced);
        let ends_word = next.is_none_or(|next| next.spaced || next.kind == TokenKind::Mark);
        let before_word = next.is_some_and(|next| next.kind != TokenKind::Mark);
        let opens = match (by_default, either) {
            _ if is_apostrophe(c) => {
                let opens = faces_next && next.is_some_and(|next| next.kind == TokenKind::Word);
                (opens || ends_word).then_some(opens)?
            }
            // "… „bis dann“ …", and a mark that faces the wrong way.
            (true, true) => token.spaced || behind_opener || !ends_word,
            (false, true) => faces_next && (before_word || self.is_straight(c)),
            (opens, false) => opens,
        };
        Some(Mark { at, sort, opens, surely: by_default && !is_apostrophe(c) })
    }

    /// Whether a mark opens and closes in one pair.
    fn is_straight(&self, c: char) -> bool {
        self.pairs.contains(&(c, c))
    }
}

/// Finds the outermost quotations of a block, in order.
pub(crate) fn find(tokens: &[Token], prose: &Prose, language: &Language) -> Vec<Quotation> {
    let marks = Marks::of(language).all(tokens, prose);
    let inner = closing_next(&marks);
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    // The sort of the quotation inside it.
    let mut nested: Option<usize> = None;
    // Single marks are apostrophes too: one opens a quotation only where another closes it.
    // Where two of them stand for a double mark, the single ones inside cannot be told from them.
    let doubled = tokens.windows(2).any(|pair| {
        pair.iter().all(|token| token.text(prose) == "'") && pair.last().is_some_and(|second| !second.spaced)
    });
    let last_single = marks.iter().rfind(|mark| mark.sort == SINGLE && !mark.opens).filter(|_| !doubled);
    for (mark, inner) in marks.iter().zip(inner) {
        let spaced = tokens.get(mark.at).is_some_and(|token| token.spaced);
        match open {
            None if mark.opens && (mark.sort != SINGLE || last_single.is_some_and(|last| last.at > mark.at)) => {
                open = Some((mark.at, mark.sort));
            }
            Some((_, sort)) if sort != mark.sort && (sort == SINGLE || mark.sort == SINGLE) => {}
            // A quotation inside has marks of another sort, and one of the first closes behind it.
            Some((_, sort)) if sort != mark.sort && mark.opens && inner & bit(sort) > 0 => nested = Some(mark.sort),
            Some(_) if !mark.opens && nested == Some(mark.sort) => nested = None,
            Some((start, _)) if !mark.opens => {
                found.push(Quotation { tokens: start..mark.at + 1, closed: true });
                (open, nested) = (None, None);
            }
            Some((start, _)) if spaced => {
                found.push(unclosed(tokens, start, mark.at, prose));
                (open, nested) = (Some((mark.at, mark.sort)), None);
            }
            _ => {}
        }
    }
    if let Some((start, _)) = open {
        found.push(unclosed(tokens, start, tokens.len(), prose));
    }
    found
}

/// The bit of a sort.
fn bit(sort: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(sort).unwrap_or(u32::MAX)).unwrap_or_default()
}

/// For each mark the sorts of which the next mark behind it closes, as bits.
fn closing_next(marks: &[Mark]) -> Vec<u64> {
    let mut closing = 0;
    let mut all: Vec<u64> = Vec::with_capacity(marks.len());
    for mark in marks.iter().rev() {
        all.push(closing);
        closing = if mark.opens { closing & !bit(mark.sort) } else { closing | bit(mark.sort) };
    }
    all.reverse();
    all
}

fn unclosed(tokens: &[Token], start: usize, limit: usize, prose: &Prose) -> Quotation {
    let stop = (start + 1..limit).find(|at| {
        let ends = tokens.get(*at).is_some_and(|token| matches!(token.text(prose), "." | "?" | "!"));
        ends && tokens.get(at + 1).is_none_or(|next| next.spaced)
    });
    Quotation { tokens: start..stop.map_or(limit, |stop| stop + 1), closed: false }
}
