//! `acronym`: "the International Atomic Energy Association (IAEA)": words that an acronym does not stand for, and one
//! acronym with two readings.

use super::cited::cite_entity;
use super::{Check, Draft};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fact::{Base, BaseError};
use crate::pack::{Entity, Packs, Rule};
use crate::text::{Block, Shape, Span, TokenKind, fold};
use std::collections::BTreeMap;
use std::ops::Range;

/// The check.
pub(super) struct Acronym;

/// An acronym in parentheses behind its expansion.
struct Introduced {
    acronym: String,
    /// The acronym.
    span: Span,
    /// Byte spans of the expansion's words, with their folded text, small words left out.
    words: Vec<(String, Span)>,
    /// All of the expansion.
    whole: Span,
}

impl Introduced {
    /// Whether the words spell the acronym: each gives its first letters, in their order. Words in front of a
    /// country or a party ("Ada Lund (UK)") give others.
    fn is_spelled(&self) -> bool {
        let words: Vec<&str> = self.words.iter().map(|(word, _)| word.as_str()).collect();
        // The article at the start of a sentence has a capital letter too.
        (0..words.len().saturating_sub(1))
            .any(|from| spells(words.get(from..).unwrap_or_default(), &self.acronym.to_lowercase()))
    }
}

/// Whether letters are made of the beginnings of words, one letter or more of each.
fn spells(words: &[&str], letters: &str) -> bool {
    let Some((word, others)) = words.split_first() else { return letters.is_empty() };
    let shared = word.chars().zip(letters.chars()).take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8());
    let ends = shared.scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    ends.into_iter().any(|end| spells(others, letters.get(end..).unwrap_or_default()))
}

impl Check for Acronym {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let mut found = Vec::new();
        let mut first: BTreeMap<String, Introduced> = BTreeMap::new();
        for block in &draft.article.blocks {
            for introduced in (0..block.tokens.len()).filter_map(|at| introduced(draft, block, at)) {
                // What is known decides; only what nobody knows can have two readings.
                if let Some((entity, long)) = bearer(draft, &introduced.acronym) {
                    found.extend(unknown_reading(draft, rule, &introduced, entity, long));
                } else if let Some(known) = first.get(&introduced.acronym) {
                    found.extend(twice(draft, rule, known, &introduced));
                } else if introduced.is_spelled() {
                    first.insert(introduced.acronym.clone(), introduced);
                }
            }
        }
        Ok(found)
    }
}

/// "Word Word of Word (ABC)" at its opening parenthesis.
fn introduced(draft: &Draft<'_>, block: &Block, at: usize) -> Option<Introduced> {
    let tuning = &draft.tuning.acronym;
    let token = |at: usize| block.tokens.get(at);
    let acronym = token(at + 1).filter(|token| token.kind == TokenKind::Word && token.shape == Shape::Upper)?;
    let text = acronym.text(&block.prose);
    let letters = fold::fold(text).to_uppercase();
    if block.word(at) != "("
        || block.word(at + 2) != ")"
        || !(tuning.least_letters..=tuning.most_letters).contains(&letters.chars().count())
        || !text.chars().all(|c| c.is_alphabetic() || c == '.')
    {
        return None;
    }
    let small = |at: usize| {
        let word = draft.packs.vocabulary.get(&fold::fold(block.word(at)));
        token(at).is_some_and(|token| token.shape == Shape::Lower)
            && word.is_some_and(|word| draft.packs.grammar.function_words.contains(&word))
    };
    // Back over capitalised words and small words between them, as many as the acronym has letters and a few more.
    let mut words: Vec<(String, Span)> = Vec::new();
    let mut start = at;
    let mut smalls = 0;
    while let Some(before) = start.checked_sub(1) {
        let here = token(before)?;
        let capital = here.kind == TokenKind::Word && here.is_capital();
        if capital && words.len() < letters.chars().count() + 1 {
            words.insert(0, (fold::fold(here.text(&block.prose)), here.span));
        } else if small(before) && smalls < tuning.small_words && before > 0 && words.len() < letters.chars().count() {
            smalls += 1;
        } else {
            break;
        }
        start = before;
        if words.len() >= letters.chars().count() && !here.joined && initials(&words) == letters.to_lowercase() {
            break;
        }
    }
    while small(start) {
        start += 1;
    }
    // An ordinary word at the start of its sentence is no part of a name: "The", "Britain's".
    (words.len() >= 2).then(|| Introduced { acronym: letters, span: acronym.span, words, whole: block.span(start..at) })
}

fn initials(words: &[(String, Span)]) -> String {
    words.iter().filter_map(|(word, _)| word.chars().next()).collect()
}

/// The entity that bears an acronym, with its longest form.
fn bearer<'a>(draft: &'a Draft<'_>, acronym: &str) -> Option<(&'a Entity, &'a str)> {
    let called = draft.packs.called(acronym).into_iter().filter_map(|id| draft.packs.entity(id));
    let mut bearers = called.filter(|entity| entity.forms.iter().any(|form| form.replace('.', "") == acronym));
    let entity = bearers.next().filter(|_| bearers.next().is_none())?;
    let longest = entity.forms.iter().filter(|form| form.contains(' ')).max_by_key(|form| form.len())?;
    Some((entity, longest))
}

fn folded(form: &str, packs: &Packs) -> Vec<String> {
    packs.language.words(form).into_iter().map(fold::fold).collect()
}

/// What a known acronym does not stand for.
fn unknown_reading(
    draft: &Draft<'_>,
    rule: &Rule,
    introduced: &Introduced,
    entity: &Entity,
    long: &str,
) -> Option<Diagnostic> {
    let small = |word: &String| {
        let known = draft.packs.vocabulary.get(word);
        known.is_some_and(|word| draft.packs.grammar.function_words.contains(&word))
    };
    let content =
        |form: &str| -> Vec<String> { folded(form, draft.packs).into_iter().filter(|word| !small(word)).collect() };
    // "Watch" begins sentences and ends names.
    let written: Vec<&String> = introduced.words.iter().map(|(word, _)| word).filter(|word| !small(word)).collect();
    let is_form = |form: &String| {
        let form = content(form);
        // The acronym itself is no reading of it, nor is one that is spelled like a small word.
        form.len() > 1
            && written.len() >= form.len()
            && form.iter().rev().zip(written.iter().rev()).all(|(a, b)| a == *b)
    };
    if entity.forms.iter().any(is_form) {
        return None;
    }
    let known = content(long);
    let span = match differing(&known, introduced) {
        // Another body by name: the acronym is the slip.
        _ if is_known(draft, entity, &written) => introduced.span,
        Some(range) => introduced.words.get(range.start)?.1.cover(introduced.words.get(range.end - 1)?.1),
        // Something that nobody knows may well have the same letters.
        None => return None,
    };
    let message = format!("{} stands for {long}", introduced.acronym);
    draft.finding(rule, Severity::Warning, message, span, vec![cite_entity(entity, draft.packs)])
}

/// The one word in which the end of an expansion differs from what is known, if it is one.
fn differing(known: &[String], introduced: &Introduced) -> Option<Range<usize>> {
    let from = introduced.words.len().checked_sub(known.len())?;
    let differs = |(at, word): (usize, &String)| {
        (introduced.words.get(from + at).map(|(word, _)| word) != Some(word)).then_some(from + at)
    };
    let differing: Vec<usize> = known.iter().enumerate().filter_map(differs).collect();
    match differing.as_slice() {
        [one] if known.len() > 2 => Some(*one..*one + 1),
        _ => None,
    }
}

/// Whether another entity of the same kind is called so.
fn is_known(draft: &Draft<'_>, bearer: &Entity, written: &[&String]) -> bool {
    // The article at the start of a sentence has a capital letter too.
    (0..written.len().saturating_sub(1)).filter_map(|from| written.get(from..)).any(|words| {
        let phrase = words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" ");
        let mut called = draft.packs.called(&phrase).into_iter().filter_map(|id| draft.packs.entity(id));
        let same = |form: &String| folded(form, draft.packs).join(" ") == phrase;
        called.any(|entity| entity.kind == bearer.kind && entity.forms.iter().any(same))
    })
}

/// One acronym with two readings in one article, of which both spell it.
fn twice(draft: &Draft<'_>, rule: &Rule, first: &Introduced, second: &Introduced) -> Option<Diagnostic> {
    if !second.is_spelled() {
        return None;
    }
    let words =
        |introduced: &Introduced| -> Vec<String> { introduced.words.iter().map(|(word, _)| word.clone()).collect() };
    let (a, b) = (words(first), words(second));
    let shorter = a.len().min(b.len());
    let tail = |words: &[String]| words.get(words.len() - shorter..).map(<[String]>::to_vec);
    if tail(&a) == tail(&b) {
        return None;
    }
    let message = format!(
        "{} was {} before",
        second.acronym,
        draft.source.slice(first.whole).split_whitespace().collect::<Vec<_>>().join(" ")
    );
    draft.finding(rule, Severity::Warning, message, second.whole, vec![draft.cite(first.whole, "its first reading")])
}
