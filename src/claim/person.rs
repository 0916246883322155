//! Names of people in an article: capitalised runs, and who is meant by a surname alone.
//!
//! A full name introduces somebody; later surnames, with or without an honorific, resolve to who bears them. A
//! given name guards: "Olena Zelenska" is nobody's spelling but her own. Where two people share a surname, a mention
//! keeps both, and nothing is guessed.

use super::Value;
use super::mention::{Mention, MentionForm};
use super::name::{ends_with, surname};
use super::own::Own;
use crate::pack::Packs;
use crate::pattern::{Form, KindId, WordId};
use crate::text::fold::skeleton;
use crate::text::{Article, Block, Shape, TokenKind, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
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
    honorific: bool,
    /// Whether it stands where any word has a capital letter.
    initial: bool,
}

/// Somebody whom the article names in full.
#[derive(Debug, Clone)]
struct Person {
    key: String,
    label: String,
}

/// Everybody whom the article names in full, found by full name, last word and the skeleton of that.
#[derive(Debug, Default)]
struct People {
    all: Vec<Person>,
    by_key: HashMap<String, usize>,
    by_last: HashMap<String, Vec<usize>>,
    by_skeleton: HashMap<String, Vec<usize>>,
}

impl People {
    fn add(&mut self, person: Person) {
        if self.by_key.contains_key(&person.key) {
            return;
        }
        let number = self.all.len();
        let last = surname(&person.key).to_owned();
        self.by_skeleton.entry(skeleton(&last)).or_default().push(number);
        self.by_last.entry(last).or_default().push(number);
        self.by_key.insert(person.key.clone(), number);
        self.all.push(person);
    }

    fn numbered<'a>(&'a self, numbers: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a Person> {
        numbers.into_iter().flatten().filter_map(|number| self.all.get(*number))
    }

    fn named(&self, key: &str) -> Option<&Person> {
        self.by_key.get(key).and_then(|number| self.all.get(*number))
    }

    /// Those whose name ends with these words.
    fn surnamed(&self, words: &str) -> Vec<&Person> {
        self.numbered(self.by_last.get(surname(words))).filter(|person| ends_with(&person.key, words)).collect()
    }

    /// Those whose surname is another transliteration of this word.
    fn alike(&self, word: &str) -> Vec<&Person> {
        self.numbered(self.by_skeleton.get(&skeleton(word))).collect()
    }
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

/// Finds the names of an article; one list of mentions a block.
pub(super) fn find(article: &Article, views: &[View<'_>], packs: &Packs, kind: KindId) -> Vec<Vec<Mention>> {
    let lower = lower_words(article);
    let mut runs: Vec<Run> = Vec::new();
    let mut titles: Vec<Run> = Vec::new();
    for (number, view) in views.iter().enumerate() {
        let found = self::runs(view, number, packs, &lower);
        if view.own.title_case {
            titles.extend(found);
        } else {
            runs.extend(found);
        }
    }
    let people = introduce(&runs, article, packs);
    let mut mentions = vec![Vec::new(); views.len()];
    // Nobody is introduced by a line in Title Case.
    for run in runs.iter().chain(&titles) {
        let Some(block) = article.blocks.get(run.block) else { continue };
        let values = resolve(run, block, &people, packs, &lower);
        if let Some(list) = mentions.get_mut(run.block)
            && !values.is_empty()
        {
            list.push(Mention {
                tokens: run.tokens.clone(),
                core: run.core.clone(),
                kind,
                form: MentionForm::Form(Form::Name),
                values,
            });
        }
    }
    mentions
}

/// Words that the article also writes without a capital letter: they are no names where they begin a sentence.
fn lower_words(article: &Article) -> HashSet<String> {
    let tokens = article.blocks.iter().flat_map(|block| block.tokens.iter().map(move |token| (block, token)));
    tokens
        .filter(|(_, token)| token.kind == TokenKind::Word && token.shape == Shape::Lower)
        .map(|(block, token)| fold::fold(token.text(&block.prose)))
        .collect()
}

/// The capitalised runs of a block.
fn runs(view: &View<'_>, number: usize, packs: &Packs, lower: &HashSet<String>) -> Vec<Run> {
    let mut taken = vec![false; view.block.tokens.len()];
    for mention in view.entities {
        if !is_part_of_name(view, mention, packs) {
            taken.get_mut(mention.tokens.clone()).into_iter().flatten().for_each(|taken| *taken = true);
        }
    }
    let mut runs = Vec::new();
    let mut at = 0;
    while at < view.block.tokens.len() {
        match run_at(view, number, packs, &taken, lower, at) {
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

fn run_at(
    view: &View<'_>,
    number: usize,
    packs: &Packs,
    taken: &[bool],
    lower: &HashSet<String>,
    at: usize,
) -> Option<Run> {
    let grammar = &packs.grammar;
    let token = |at: usize| view.block.tokens.get(at);
    let word = |at: usize| view.own.word(at);
    let is = |set: &HashSet<WordId>, at: usize| word(at).is_some_and(|word| set.contains(&word));
    let free = |at: usize| taken.get(at) == Some(&false);
    let capital =
        |at: usize| free(at) && token(at).is_some_and(|token| token.is_capital() && token.kind == TokenKind::Word);
    let ordinary = |at: usize| {
        (is(&grammar.function_words, at) && token(at).is_some_and(|token| token.shape != Shape::Initial))
            || is(&grammar.calendar, at)
    };
    // "Theresa May" and "Mrs May" have a month for a surname; "met Trump May 5" has not.
    let month = |at: usize| {
        let number = token(at + 1).is_some_and(|next| next.kind == TokenKind::Number);
        capital(at)
            && packs.language.month(view.block.word(at)).is_some()
            && !number
            && !view.block.word(at).ends_with('.')
    };
    let particle = |at: usize| free(at) && is(&grammar.particles, at);

    let mut core = at;
    while core - at < MAX_WORDS
        && free(core)
        && is(&grammar.honorifics, core)
        && token(core).is_some_and(|token| token.is_capital())
        && token(core + 1).is_some_and(|next| next.spaced)
    {
        core += 1;
    }
    let honorific = core > at;
    let mut start = core;
    while start - core < MAX_WORDS && particle(start) && !capital(start) {
        start += 1;
    }
    // Small words before a surname count only behind an honorific or where the surname is resolved with them.
    if !capital(start)
        || (ordinary(start) && !(honorific && (particle(start) || month(start))))
        || (token(start)?.joined && start == at)
    {
        return None;
    }
    let mut end = start + 1;
    while end - core < MAX_WORDS {
        let next = token(end);
        let tied = next.is_some_and(|next| next.spaced || next.joined);
        let particles = (end..end + 3).take_while(|at| particle(*at) && !capital(*at)).count();
        let goes_on = if particles > 0 {
            capital(end + particles) && !ordinary(end + particles)
        } else {
            capital(end) && (!ordinary(end) || month(end) || particle(end) && capital(end + 1) && !ordinary(end + 1))
        };
        let suffix = is(&grammar.name_suffixes, end) && free(end);
        if !tied || !(goes_on || suffix) {
            break;
        }
        end += particles + 1;
    }
    // "Moon Jae-in", and not "Donald Trump-led".
    let syllable = token(end).is_some_and(|next| {
        next.joined && next.kind == TokenKind::Word && next.shape == Shape::Lower && next.span.len() <= MAX_SYLLABLE
    });
    if syllable && end - start > 1 && free(end) && !is(&grammar.compounds, end) {
        end += 1;
    }
    // A symbol inside a word is what a wrong encoding leaves of a letter: such a name is broken.
    if token(end).is_some_and(|next| !next.spaced && next.kind == TokenKind::Mark && is_symbol(view.block.word(end))) {
        return None;
    }
    let initial = !honorific && is_initial(view.block, core);
    // "Billionaire Steve Witkoff": at the start of a sentence an ordinary word has a capital letter too.
    if initial && end - start > 2 && lower.contains(&fold::fold(view.block.word(start))) {
        start += 1;
        core = start;
    }
    let tokens = if honorific { at } else { core }..end;
    Some(Run { block: number, tokens, core: core..end, honorific, initial })
}

fn is_symbol(mark: &str) -> bool {
    mark.chars().all(|c| matches!(c, '\u{80}'..='\u{bf}') && !matches!(c, '«' | '»'))
}

/// The folded name of a run, without initials in the middle.
fn key(block: &Block, core: Range<usize>) -> String {
    let phrase = fold::fold_phrase(block.text(core));
    let words: Vec<&str> = phrase.split(' ').collect();
    let last = words.len().saturating_sub(1);
    let kept: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(at, word)| *at == 0 || *at == last || word.chars().count() > 1)
        .map(|(_, word)| *word)
        .collect();
    kept.join(" ")
}

/// Everybody whom the article names in full, by their folded name.
fn introduce(runs: &[Run], article: &Article, packs: &Packs) -> People {
    let mut people = People::default();
    for run in runs {
        let Some(block) = article.blocks.get(run.block) else { continue };
        let core = without_small_words(block, run.core.clone(), packs);
        if run.core.len() < 2 || core.len() < 2 || run.honorific && core.len() < run.core.len() {
            continue;
        }
        let key = key(block, core.clone());
        if !key.contains(' ') || is_surname_with_particle(&key, packs) {
            continue;
        }
        people.add(Person { key, label: block.text(core).to_owned() });
    }
    people
}

/// "Von der Leyen": small words and a surname are no full name.
fn is_surname_with_particle(key: &str, packs: &Packs) -> bool {
    key.split(' ')
        .next()
        .and_then(|word| packs.vocabulary.get(word))
        .is_some_and(|word| packs.grammar.particles.contains(&word))
        && key
            .split(' ')
            .rev()
            .skip(1)
            .all(|word| packs.vocabulary.get(word).is_some_and(|word| packs.grammar.particles.contains(&word)))
}

/// The core without small words at its start.
fn without_small_words(block: &Block, core: Range<usize>, packs: &Packs) -> Range<usize> {
    let small = |at: &usize| {
        packs.vocabulary.get(&fold::fold(block.word(*at))).is_some_and(|word| packs.grammar.particles.contains(&word))
    };
    let lower = |at: &usize| block.tokens.get(*at).is_some_and(|token| token.shape == Shape::Lower);
    let skipped = core.clone().take_while(|at| small(at) && lower(at)).count();
    core.start + skipped..core.end
}

/// Who a run refers to: somebody named in full, else the name as it stands.
fn resolve(run: &Run, block: &Block, people: &People, packs: &Packs, lower: &HashSet<String>) -> Vec<Value> {
    let name = key(block, run.core.clone());
    let declared = |key: &str| packs.alias(key).and_then(|id| Some((id, packs.entity(id)?)));
    if let Some((id, entity)) = declared(&name) {
        let value = Value::entity_of(id, entity.key.as_str(), entity.name.as_str());
        return vec![value];
    }
    let as_value = |person: &Person| match declared(&person.key) {
        Some((id, entity)) => Value::entity_of(id, entity.key.as_str(), entity.name.as_str()),
        None => Value::named(person.key.as_str(), person.label.as_str()),
    };
    if let Some(person) = people.named(&name) {
        return vec![as_value(person)];
    }
    let exact = people.surnamed(&name);
    if !exact.is_empty() {
        return exact.into_iter().map(as_value).collect();
    }
    if name.contains(' ') && !is_surname_with_particle(&name, packs) {
        let value = Value::named(name, block.text(run.core.clone()));
        return vec![value];
    }
    // Another transliteration of a surname that the article gives in full.
    let alike = if name.chars().count() > 4 { people.alike(&name) } else { Vec::new() };
    if !alike.is_empty() {
        return alike.into_iter().map(as_value).collect();
    }
    if run.initial && lower.contains(&name) {
        return Vec::new();
    }
    vec![Value::surname_of(name, block.text(run.core.clone()))]
}
