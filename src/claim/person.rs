//! Names of people in an article, and who is meant by a surname alone.
//!
//! A full name introduces somebody; later surnames, with or without an honorific, resolve to who bears them. A
//! given name guards: "Olena Zelenska" is nobody's spelling but her own. Where two people share a surname, a mention
//! keeps both, and nothing is guessed.

use super::Value;
use super::mention::{Mention, MentionForm};
use super::name::{ends_with, surname};
use super::run::{self, Run, View};
use crate::pack::Packs;
use crate::pattern::{Form, KindId};
use crate::text::fold::skeleton;
use crate::text::{Article, Block, Shape, TokenKind, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::ops::Range;

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

/// Finds the names of an article; one list of mentions a block.
pub(super) fn find(article: &Article, views: &[View<'_>], packs: &Packs, kind: KindId) -> Vec<Vec<Mention>> {
    let lower = lower_words(article);
    let mut runs: Vec<Run> = Vec::new();
    let mut titles: Vec<Run> = Vec::new();
    for (number, view) in views.iter().enumerate() {
        let found = run::runs(view, number, packs, &lower);
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
