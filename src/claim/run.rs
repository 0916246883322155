//! Capitalised runs of a block that may be names of people: in go a block and the declared entities in it, out come the runs in
//! their order, with the honorifics before them.

use super::mention::{Mention, MentionForm};
use super::own::Own;
use crate::pack::Packs;
use crate::pattern::{Form, WordId};
use crate::text::{Block, Shape, Token, TokenKind, fold};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;

/// A name has at most so many words.
const MAX_WORDS: usize = 6;

/// A part of a given name that is joined with a hyphen and has no capital letter is no longer than this, in bytes.
const MAX_SYLLABLE: u32 = 5;

/// A capitalised run that may be somebody's name.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) block: usize,
    /// With honorifics.
    pub(super) tokens: Range<usize>,
    /// Without.
    pub(super) core: Range<usize>,
    pub(super) honorific: bool,
    /// Whether it stands where any word has a capital letter.
    pub(super) initial: bool,
}

/// One block as the finder sees it.
pub(super) struct View<'a> {
    pub(super) block: &'a Block,
    pub(super) own: &'a Own,
    /// Mentions of declared entities, in their order, none inside another.
    pub(super) entities: &'a [Mention],
}

impl<'a> View<'a> {
    pub(super) fn new(block: &'a Block, own: &'a Own, entities: &'a [Mention]) -> View<'a> {
        View { block, own, entities }
    }

    /// Whether a declared entity starts at a token.
    fn starts(&self, at: usize) -> bool {
        self.entities.binary_search_by_key(&at, |mention| mention.tokens.start).is_ok()
    }

    /// Whether a declared entity ends before a token.
    fn ends(&self, at: usize) -> bool {
        self.entities.binary_search_by_key(&at, |mention| mention.tokens.end).is_ok()
    }
}

/// The capitalised runs of a block.
pub(super) fn runs(view: &View<'_>, number: usize, packs: &Packs, lower: &HashSet<String>) -> Vec<Run> {
    let mut taken = vec![false; view.block.tokens.len()];
    for mention in view.entities {
        if !is_part_of_name(view, mention, packs) {
            taken.get_mut(mention.tokens.clone()).into_iter().flatten().for_each(|taken| *taken = true);
        }
    }
    let words = Words { view, packs, taken, lower };
    let mut runs = Vec::new();
    let mut at = 0;
    while at < view.block.tokens.len() {
        match words.run(number, at) {
            Some(run) => {
                at = run.tokens.end;
                runs.push(run);
            }
            None => at += 1,
        }
    }
    runs
}

/// "Jordan Henderson", "Paris Hilton": a place's bare name directly before an unknown capitalised word is a given name.
/// "Michael Bloomberg", "Mr Forbes": a word of a closed kind directly behind one, or behind an honorific, is a surname.
fn is_part_of_name(view: &View<'_>, mention: &Mention, packs: &Packs) -> bool {
    let next = mention.tokens.end;
    let before = mention.tokens.start.checked_sub(1);
    let behind_word =
        before.and_then(|at| view.own.word(at)).is_some_and(|word| packs.grammar.function_words.contains(&word));
    let follows = view
        .block
        .tokens
        .get(next)
        .is_some_and(|token| token.is_capital() && token.spaced && token.shape != Shape::Upper);
    let known = view.starts(next);
    let word = view.own.word(next);
    let ordinary = word.is_some_and(|word| {
        packs.grammar.calendar.contains(&word)
            || packs.grammar.function_words.contains(&word)
            || packs.grammar.honorifics.contains(&word)
    });
    // Offices and the like, which are written without capitals too, stand before names by nature.
    let bare = !packs.kind(mention.kind).is_some_and(|kind| kind.free_case);
    let name = bare && mention.form == MentionForm::Form(Form::Name) && mention.tokens.len() == 1;
    let starts_sentence = is_initial(view.block, mention.tokens.start);
    let title = view.block.tokens.get(mention.tokens.start).is_some_and(|token| token.shape == Shape::Capital);
    let given = name && title && follows && !known && !ordinary && !behind_word && !starts_sentence;
    given || (name && title && (is_surname(view, mention, packs) || is_declared_name(view, mention, packs)))
}

/// "Joseph Muscat", where a pack declares a person of that name.
fn is_declared_name(view: &View<'_>, mention: &Mention, packs: &Packs) -> bool {
    let first = mention.tokens.start;
    (1..=2)
        .filter_map(|words| first.checked_sub(words))
        .any(|from| packs.alias(&fold::fold_phrase(view.block.text(from..mention.tokens.end))).is_some())
}

fn is_surname(view: &View<'_>, mention: &Mention, packs: &Packs) -> bool {
    let closed = packs.kind(mention.kind).is_some_and(|kind| kind.closed);
    let Some(before) = mention.tokens.start.checked_sub(1).filter(|_| closed) else { return false };
    let word = view.own.word(before);
    let honorific = word.is_some_and(|word| packs.grammar.honorifics.contains(&word));
    let ordinary =
        word.is_some_and(|word| packs.grammar.function_words.contains(&word) || packs.grammar.calendar.contains(&word));
    let capital =
        view.block.tokens.get(before).is_some_and(|token| token.is_capital() && token.kind == TokenKind::Word);
    let known = view.ends(mention.tokens.start);
    let spaced = view.block.tokens.get(mention.tokens.start).is_some_and(|token| token.spaced);
    spaced && capital && !known && (honorific || !ordinary)
}

/// Whether any word has a capital letter at a token: at the start of a sentence, and behind an opening mark.
pub(super) fn is_initial(block: &Block, at: usize) -> bool {
    let sentence = block.sentence(at).start;
    let before = at.checked_sub(1).and_then(|before| block.tokens.get(before));
    let behind_mark = before.is_some_and(|token| {
        token.kind == TokenKind::Mark
            && matches!(token.text(&block.prose), "\"" | "“" | "‘" | "'" | ":" | "-" | "–" | "—" | "•" | "*" | "(")
    });
    at == sentence || behind_mark
}

/// A block of which names are sought, token by token.
struct Words<'a> {
    view: &'a View<'a>,
    packs: &'a Packs,
    /// Which tokens are part of a declared entity that is no name of a person.
    taken: Vec<bool>,
    /// Words that the article also writes without a capital letter.
    lower: &'a HashSet<String>,
}

impl Words<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.view.block.tokens.get(at)
    }

    fn is(&self, set: &HashSet<WordId>, at: usize) -> bool {
        self.view.own.word(at).is_some_and(|word| set.contains(&word))
    }

    fn is_free(&self, at: usize) -> bool {
        self.taken.get(at) == Some(&false)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.is_free(at) && self.token(at).is_some_and(Token::is_capital)
    }

    fn is_particle(&self, at: usize) -> bool {
        self.is_free(at) && self.is(&self.packs.grammar.particles, at)
    }

    /// A word of the language, or a day or month, which is no name by itself.
    fn is_ordinary(&self, at: usize) -> bool {
        let grammar = &self.packs.grammar;
        (self.is(&grammar.function_words, at) && self.token(at).is_some_and(|token| token.shape != Shape::Initial))
            || self.is(&grammar.calendar, at)
    }

    /// "Theresa May" and "Mrs May" have a month for a surname; "met Trump May 5" has not.
    fn is_month(&self, at: usize) -> bool {
        let number = self.token(at + 1).is_some_and(|next| next.kind == TokenKind::Number);
        let word = self.view.block.word(at);
        self.is_capital(at) && self.packs.language.month(word).is_some() && !number && !word.ends_with('.')
    }

    /// The name that starts at a token, honorifics included.
    fn run(&self, number: usize, at: usize) -> Option<Run> {
        let mut core = self.behind_honorifics(at);
        let honorific = core > at;
        let mut start = core;
        while start - core < MAX_WORDS && self.is_particle(start) && !self.is_capital(start) {
            start += 1;
        }
        // Small words before a surname count only behind an honorific or where the surname is resolved with them.
        let small = honorific && (self.is_particle(start) || self.is_month(start));
        let joined = self.token(start)?.joined && start == at;
        if !self.is_capital(start) || joined || self.is_ordinary(start) && !small {
            return None;
        }
        let end = self.end(core, start);
        // A symbol inside a word is what a wrong encoding leaves of a letter: such a name is broken.
        let broken =
            |next: &Token| !next.spaced && next.kind == TokenKind::Mark && is_symbol(self.view.block.word(end));
        if self.token(end).is_some_and(broken) {
            return None;
        }
        let initial = !honorific && is_initial(self.view.block, core);
        // "Billionaire Steve Witkoff": at the start of a sentence an ordinary word has a capital letter too.
        if initial && end - start > 2 && self.lower.contains(&fold::fold(self.view.block.word(start))) {
            core = start + 1;
        }
        let tokens = if honorific { at } else { core }..end;
        Some(Run { block: number, tokens, core: core..end, honorific, initial })
    }

    fn behind_honorifics(&self, at: usize) -> usize {
        let mut core = at;
        while core - at < MAX_WORDS
            && self.is_free(core)
            && self.is(&self.packs.grammar.honorifics, core)
            && self.token(core).is_some_and(|token| token.is_capital())
            && self.token(core + 1).is_some_and(|next| next.spaced)
        {
            core += 1;
        }
        core
    }

    /// Where a name ends whose first word with a capital letter is at `start`.
    fn end(&self, core: usize, start: usize) -> usize {
        let named = |at: usize| self.is_capital(at) && !self.is_ordinary(at);
        let mut end = start + 1;
        while end - core < MAX_WORDS {
            let tied = self.token(end).is_some_and(|next| next.spaced || next.joined);
            let particles = (end..end + 3).take_while(|at| self.is_particle(*at) && !self.is_capital(*at)).count();
            let goes_on = if particles > 0 {
                named(end + particles)
            } else {
                named(end) || self.is_month(end) || self.is_capital(end) && self.is_particle(end) && named(end + 1)
            };
            let suffix = self.is(&self.packs.grammar.name_suffixes, end) && self.is_free(end);
            if !tied || !(goes_on || suffix) {
                break;
            }
            end += particles + 1;
        }
        // "Moon Jae-in", and not "Donald Trump-led".
        let syllable = self.token(end).is_some_and(|next| {
            next.joined && next.kind == TokenKind::Word && next.shape == Shape::Lower && next.span.len() <= MAX_SYLLABLE
        });
        let part = syllable && end - start > 1 && self.is_free(end) && !self.is(&self.packs.grammar.compounds, end);
        end + usize::from(part)
    }
}

fn is_symbol(mark: &str) -> bool {
    mark.chars().all(|c| matches!(c, '\u{80}'..='\u{bf}') && !matches!(c, '«' | '»'))
}
