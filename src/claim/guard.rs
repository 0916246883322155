//! What stands against reading a match as a claim. Each guard is a trap that real articles set.

use super::input::SentenceInput;
use super::mention::MentionForm;
use crate::pack::Like;
use crate::pattern::{Input, Match};
use crate::text::{Shape, TokenKind};

/// A noun phrase before a name reaches back at most so many tokens.
const PHRASE: usize = 8;

/// A guard: whether it stands against a match, and why.
type Guard = (fn(&SentenceInput<'_>, &Match) -> bool, &'static str);

/// Why a match is no claim; nothing where it is one.
pub(super) fn reject(input: &SentenceInput<'_>, found: &Match) -> Option<&'static str> {
    const GUARDS: &[Guard] = &[
        (pairwise, "the sentence reads its lists pairwise"),
        (ranked, "another rank stands before it, which makes it another office"),
        (continued, "the noun phrase goes on behind it"),
        (embedded, "the name is inside a larger noun phrase, which is the subject"),
        (list, "this is a list, not an apposition"),
        (governed, "the name belongs to the noun before the preposition"),
        (opener, "the comma ends an opening phrase and begins no apposition"),
        (compound, "another word before it belongs to the noun phrase"),
        (crosses_quote, "it reaches across a quotation mark"),
    ];
    GUARDS.iter().find(|(guard, _)| guard(input, found)).map(|(_, reason)| *reason)
}

fn pairwise(input: &SentenceInput<'_>, _: &Match) -> bool {
    input.range().any(|at| input.word(at).is_some_and(|word| input.packs.grammar.respectively.contains(&word)))
}

/// "deputy prime minister", "vice president": the rank is part of an office that is another, or not known.
fn ranked(input: &SentenceInput<'_>, found: &Match) -> bool {
    found.fills.iter().any(|(_, fill)| {
        let Some(mention) = input.mention(fill.mention) else { return false };
        let free = input.packs.kind(mention.kind).is_some_and(|kind| kind.free_case);
        let before = mention.core.start.checked_sub(1).filter(|before| *before >= input.range.start);
        // The bank of "European Central Bank President" is no rank.
        let before = before.filter(|before| !found.fills.iter().any(|(_, other)| other.tokens.contains(before)));
        let rank =
            before.and_then(|before| input.word(before)).is_some_and(|word| input.packs.grammar.ranks.contains(&word));
        free && rank
    })
}

/// "Finnish prime minister's office", "the minister of defence", "President of Georgia Tech", "French President" of
/// the next phrase: what stands behind the last slot takes it over.
fn continued(input: &SentenceInput<'_>, found: &Match) -> bool {
    let Some((slot, last)) = found.fills.last().filter(|_| found.ends_in_slot) else { return false };
    let Some(mention) = input.mention(last.mention) else { return false };
    let Some(kind) = input.packs.kind(mention.kind) else { return false };
    let closed = input.packs.is_closed(found.accept.relation, *slot);
    if matches!(kind.like, Like::Name | Like::Quotation) || closed {
        return false;
    }
    let end = found.tokens.end;
    // The mark of "St John's" is part of the name.
    let owned = end > mention.tokens.end
        && input.block.tokens.get(end - 1).is_some_and(|token| token.kind == TokenKind::Possessive);
    if owned {
        return true;
    }
    let Some(next) = input.block.tokens.get(end).filter(|_| end < input.range.end) else { return false };
    let word = input.word(end);
    let grammar = &input.packs.grammar;
    let mood = grammar.mood_after(word).is_some();
    let joined = next.joined && !mood;
    let capital = next.is_capital()
        && next.spaced
        && !word.is_some_and(|word| grammar.calendar.contains(&word) || grammar.function_words.contains(&word));
    let head = word.is_some_and(|word| grammar.head_nouns.contains(&word));
    // A preposition behind an office goes on to say which one.
    let of = kind.free_case
        && word.is_some_and(|word| grammar.prepositions.contains(&word) && !grammar.subordinators.contains(&word))
        && input.fills_exist(end + 1);
    next.kind == TokenKind::Possessive || joined || capital || head || of
}

/// "A source close to Mr Trump told …": behind a preposition a name is no subject.
fn embedded(input: &SentenceInput<'_>, found: &Match) -> bool {
    let Some((_, first)) = found.fills.first().filter(|(_, fill)| fill.tokens.start == found.tokens.start) else {
        return false;
    };
    let Some(mention) = input.mention(first.mention) else { return false };
    let named = input.packs.kind(mention.kind).is_some_and(|kind| matches!(kind.like, Like::Name));
    let verb_follows = !found.marks.contains(&first.tokens.end) && first.tokens.end < found.tokens.end;
    if !named || !verb_follows {
        return false;
    }
    let grammar = &input.packs.grammar;
    let mut at = found.tokens.start;
    for _ in 0..PHRASE {
        let Some(before) = at.checked_sub(1).filter(|before| *before >= input.range.start) else { return false };
        let Some(token) = input.block.tokens.get(before) else { return false };
        let word = input.word(before);
        if let Some(word) = word {
            if grammar.prepositions.contains(&word) {
                return !grammar.subordinators.contains(&word);
            }
            let title = grammar.determiners.contains(&word) || input.mood_at(before).is_some();
            if grammar.function_words.contains(&word) && !title {
                return false;
            }
        }
        let reporting = word.is_some_and(|word| grammar.classes.iter().any(|class| class.words.contains_key(&word)));
        if reporting || !matches!(token.kind, TokenKind::Word | TokenKind::Possessive) {
            return false;
        }
        at = before;
    }
    false
}

/// The mark between two slots that stand side by side, as in an apposition.
fn apposition(input: &SentenceInput<'_>, found: &Match) -> Option<usize> {
    // "In comments to CNN, Mr Witkoff …": an outlet is no apposition to anybody.
    let closed = |mark: &usize| {
        input.reading.ending(*mark).any(|mention| input.packs.kind(mention.kind).is_some_and(|kind| kind.closed))
            || found.fills.iter().any(|(_, fill)| {
                let mention = (fill.tokens.end == *mark).then(|| input.mention(fill.mention)).flatten();
                mention.is_some_and(|mention| input.packs.kind(mention.kind).is_some_and(|kind| kind.closed))
            })
    };
    found.marks_behind_slots.iter().copied().filter(|mark| !closed(mark)).find(|mark| {
        let determiner = input.word(mark + 1).is_some_and(|word| input.packs.grammar.determiners.contains(&word));
        let behind = mark + 1 + usize::from(determiner);
        let moods = input.mood_words(behind);

        found.fills.iter().any(|(_, fill)| fill.tokens.start == behind + moods || fill.tokens.start == mark + 1)
    })
}

/// "the US president, Mr Zelensky and Nato allies": an apposition is closed by a mark, a list goes on.
fn list(input: &SentenceInput<'_>, found: &Match) -> bool {
    if apposition(input, found).is_none() {
        return false;
    }
    let end = found.tokens.end;
    if end >= input.range.end {
        return false;
    }
    // "…, the prime minister of Finland and a keen golfer, …" goes on about the same person.
    let same = |at: usize| {
        let article = input.word(at).is_some_and(|word| input.packs.grammar.determiners.contains(&word));
        article && !input.fills_exist(at + 1)
    };
    let conjunction = |at: usize| {
        input.word(at).is_some_and(|word| input.packs.grammar.conjunctions.contains(&word)) && !same(at + 1)
    };
    match input.mark(end) {
        // ", and others" goes on about nobody else.
        Some(',') => conjunction(end + 1) && input.fills_exist(end + 2) || input.fills_exist(end + 1),
        Some(_) => false,
        // "Stubb, the Finnish prime minister flew": a verb may follow a role without its comma; a name wants it.
        None => {
            conjunction(end)
                || found.fills.last().and_then(|(_, fill)| input.mention(fill.mention)).is_some_and(|mention| {
                    input.packs.kind(mention.kind).is_some_and(|kind| matches!(kind.like, Like::Name))
                        && !input.block.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Possessive)
                })
        }
    }
}

/// "An adviser to the French president, Emmanuel Bonne, …", "the wife of …": the apposition is to the governing noun.
fn governed(input: &SentenceInput<'_>, found: &Match) -> bool {
    if apposition(input, found).is_none() {
        return false;
    }
    let grammar = &input.packs.grammar;
    let article = found.tokens.start.checked_sub(1).and_then(|before| input.word(before));
    let start = found.tokens.start - usize::from(article.is_some_and(|word| grammar.determiners.contains(&word)));
    let preposition = start
        .checked_sub(1)
        .and_then(|before| input.word(before))
        .is_some_and(|word| grammar.prepositions.contains(&word));
    let Some(noun) = start.checked_sub(2).filter(|noun| preposition && *noun >= input.range.start) else {
        return false;
    };
    let head = input.word(noun).is_some_and(|word| grammar.head_nouns.contains(&word));
    let office =
        input.reading.ending(noun + 1).any(|mention| input.packs.kind(mention.kind).is_some_and(|kind| kind.free_case));
    head || office
}

/// "After talks with the US president, Mr Zelensky, …" and "Against Clinton, the Ohio governor won".
fn opener(input: &SentenceInput<'_>, found: &Match) -> bool {
    let Some(mark) = apposition(input, found) else { return false };
    let last_is_name = found
        .fills
        .last()
        .and_then(|(_, fill)| input.mention(fill.mention))
        .and_then(|mention| input.packs.kind(mention.kind))
        .is_some_and(|kind| matches!(kind.like, Like::Name));
    let first = input.range.start;
    let begins = input.word(first).is_some_and(|word| {
        let grammar = &input.packs.grammar;
        grammar.prepositions.contains(&word) || grammar.subordinators.contains(&word)
    });
    let inside = found.tokens.start == first;
    let earlier = inside || (first..mark).any(|at| input.mark(at) == Some(','));
    // "Against Clinton, the Ohio governor won", but "For Mr Stubb, the Finnish president, it is …".
    let closed = found.tokens.end >= input.range.end || input.mark(found.tokens.end).is_some();
    // "Among them was the Finnish president, Alexander Stubb." has its verb before the comma, and ends behind the name.
    let verb = (first..mark).any(|at| {
        input
            .word(at)
            .is_some_and(|word| input.packs.grammar.classes.iter().any(|class| class.words.contains_key(&word)))
    });
    let ends =
        matches!(input.mark(found.tokens.end), None | Some('.' | '!' | '?')) && found.tokens.end + 1 >= input.range.end;
    begins && !earlier && !verb && !ends && (last_is_name || !closed)
}

/// "Turkish Cypriot President X", "Goldman Sachs President Y of New York": a capitalised word directly before.
fn compound(input: &SentenceInput<'_>, found: &Match) -> bool {
    let start = found.tokens.start;
    let Some((_, first)) = found.fills.first().filter(|(_, fill)| fill.tokens.start == start) else { return false };
    let Some(mention) = input.mention(first.mention) else { return false };
    let named = input.packs.kind(mention.kind).is_some_and(|kind| matches!(kind.like, Like::Name | Like::Quotation));
    let Some(before) = start.checked_sub(1).filter(|before| *before >= input.range.start) else { return false };
    let Some(token) = input.block.tokens.get(before) else { return false };
    if named || mention.form == MentionForm::Pronoun {
        return false;
    }
    let tied = input.block.tokens.get(start).is_some_and(|first| first.joined);
    let word = input.word(before);
    let grammar = &input.packs.grammar;
    let ordinary = word.is_some_and(|word| {
        grammar.function_words.contains(&word)
            || grammar.calendar.contains(&word)
            || input.mood_at(before).is_some()
            || grammar.classes.iter().any(|class| class.words.contains_key(&word))
    });
    let possessive = token.kind == TokenKind::Possessive;
    let initial = before == input.range.start;
    let capital = token.is_capital() && token.shape != Shape::Initial;
    let mood_tie = tied && input.mood_at(before).is_none();
    // "France's Finance Minister X of Bercy": an owner before an office decides whose it is.
    possessive || mood_tie || (capital && !ordinary && !(initial && input.mention_ending(start).is_none()))
}

fn crosses_quote(input: &SentenceInput<'_>, found: &Match) -> bool {
    let quoted = |at: usize| input.block.quotation(at);
    let holds_quotation = found.fills.iter().any(|(_, fill)| {
        input
            .mention(fill.mention)
            .and_then(|mention| input.packs.kind(mention.kind).map(|kind| matches!(kind.like, Like::Quotation)))
            .unwrap_or_default()
    });
    if holds_quotation {
        return false;
    }
    quoted(found.tokens.start) != quoted(found.tokens.end.saturating_sub(1))
}

impl SentenceInput<'_> {
    /// The mention that ends right before a token.
    fn mention_ending(&self, at: usize) -> Option<&super::Mention> {
        self.reading.ending(at).next()
    }
}
