//! Sentences of a block, as ranges of its tokens. A quotation of several sentences stays whole inside its sentence.

use super::{Language, Prose, Quotation, Shape, Token, TokenKind, fold::fold, quotation};
use std::ops::Range;

/// Who said it is named in at most so many words.
const SPEAKER: usize = 7;

/// A sentence has at most so many tokens. What reads one looks at all of it for each of its words, so that a text in which
/// no sentence ends would cost the square of its length. The longest sentence of 3,281 published articles has 239.
const TOKENS: usize = 1_000;

/// Cuts a block's tokens into sentences.
pub(crate) fn split(
    tokens: &[Token],
    quotations: &[Quotation],
    prose: &Prose,
    language: &Language,
) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let behind = behind_closers(tokens, prose, language);
    while at < tokens.len() {
        let end = behind.get(at + 1).copied().unwrap_or(tokens.len());
        // A quotation that ends with its sentence has a comma there where its speaker follows.
        let spoken = tokens.get(at).is_some_and(|token| token.text(prose) != ".")
            && quotation::at(quotations, end - 1)
                .and_then(|number| quotations.get(number))
                .is_some_and(|quotation| quotation.closed && quotation.tokens.end == end)
            && is_reported(tokens, end, prose, language);
        let inside = quotation::at(quotations, end).and_then(|number| quotations.get(number));
        let inside = inside.is_some_and(|quotation| quotation.closed && quotation.tokens.start < end);
        let ends = !inside && !spoken && ends_sentence(tokens, at, end, prose, language);
        if ends || end - start >= TOKENS {
            sentences.push(start..end);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

/// “Is that all?” Trump said: behind a quotation the sentence goes on to who said it.
fn is_reported(tokens: &[Token], from: usize, prose: &Prose, language: &Language) -> bool {
    let near = tokens.get(from..).unwrap_or_default().iter().take(SPEAKER);
    let mut words = near.take_while(|token| token.kind == TokenKind::Word);
    words.any(|token| language.reporting.contains(&fold(token.text(prose))))
}

/// For each token the first one that is no closing quotation mark or bracket of the sentence before it, from there on.
fn behind_closers(tokens: &[Token], prose: &Prose, language: &Language) -> Vec<usize> {
    let mut behind: Vec<usize> = (0..=tokens.len()).collect();
    let mut next = tokens.len();
    for (at, token) in tokens.iter().enumerate().rev() {
        let text = token.text(prose);
        let closes = matches!(text, ")" | "]") || quotation::is_mark(text, false, language);
        next = if closes && !token.spaced { next } else { at };
        if let Some(behind) = behind.get_mut(at) {
            *behind = next;
        }
    }
    behind
}

fn ends_sentence(tokens: &[Token], at: usize, end: usize, prose: &Prose, language: &Language) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let Some(next) = tokens.get(end) else { return false };
    if !next.spaced {
        return false;
    }
    let text = token.text(prose);
    if token.kind == TokenKind::Mark {
        let stop = matches!(text, "." | "?" | "!" | "…");
        return stop && (text != "." || starts_sentence(next, prose, language));
    }
    // "… in the U.S. He said": an acronym's last dot ends the sentence only before a word that seldom follows one.
    let dotted = token.kind == TokenKind::Word && text.ends_with('.') && text.matches('.').count() > 1;
    dotted && next.shape != Shape::Lower && language.is_function_word(&fold(next.text(prose)))
}

fn starts_sentence(next: &Token, prose: &Prose, language: &Language) -> bool {
    match next.kind {
        TokenKind::Word => next.shape != Shape::Lower,
        TokenKind::Mark => {
            let text = next.text(prose);
            matches!(text, "(" | "[" | "—" | "–" | "-" | "*" | "•") || quotation::is_mark(text, true, language)
        }
        _ => true,
    }
}
