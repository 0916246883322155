//! Links what packs say of a language.

use super::Linker;
use crate::pack::grammar::{Class, Frame, Mood};
use crate::pack::wire::{LanguageTable, PackFile};
use crate::pattern::{ClassId, WordId};
use crate::text::{Field, Glob, LineRule, Source, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::Arc;

impl Linker {
    pub(super) fn language(&mut self, source: &Arc<Source>, file: &PackFile) {
        if let Some(table) = &file.language {
            self.reading(source, table);
            self.grammar(source, table);
        }
        for (name, class) in &file.class {
            let past: HashSet<WordId> = self.word_set(&class.past);
            let id = self.class_id(name);
            for word in class.words.iter().chain(&class.past) {
                let word = self.word(word);
                if let Some(class) = self.packs.grammar.classes.get_mut(usize::from(id.0)) {
                    class.words.insert(word, past.contains(&word));
                }
            }
        }
        for name in file.language.iter().flat_map(|table| &table.reporting) {
            if let Some(class) = file.class.get(&name.value) {
                let words = class.words.iter().chain(&class.past).map(|word| fold::fold(word));
                self.packs.language.reporting.extend(words);
            }
            let class = self.classes.get(&name.value).and_then(|id| self.packs.grammar.classes.get(usize::from(id.0)));
            match class.map(|class| class.words.keys().copied().collect::<Vec<_>>()) {
                Some(words) => self.packs.grammar.reporting.extend(words),
                None => {
                    let known: Vec<&str> = file.class.keys().map(String::as_str).collect();
                    self.unknown(source, "word class", name, &known);
                }
            }
        }
        for (name, mood) in &file.mood {
            let Some(frame) = Frame::parse(&mood.frame) else {
                self.unknown(source, "frame", &mood.frame, &Frame::ALL.map(|(_, name)| name));
                continue;
            };
            let (before, after) = (self.word_set(&mood.before), self.word_set(&mood.after));
            self.packs.grammar.mood_words.extend(&before);
            self.packs.grammar.moods.push(Mood {
                name: name.clone(),
                frame,
                written: mood.before.clone(),
                before,
                after,
            });
        }
    }

    pub(super) fn class_id(&mut self, name: &str) -> ClassId {
        let next = ClassId(u16::try_from(self.packs.grammar.classes.len()).unwrap_or(u16::MAX));
        let id = *self.classes.entry(name.to_owned()).or_insert(next);
        if id == next {
            self.packs.grammar.classes.push(Class { name: name.to_owned(), words: HashMap::default() });
        }
        id
    }

    /// What the reader needs.
    fn reading(&mut self, source: &Arc<Source>, table: &LanguageTable) {
        let language = &mut self.packs.language;
        language.abbreviations.extend(table.abbreviations.iter().map(|word| fold::fold(word)));
        let words = [
            &table.determiners,
            &table.prepositions,
            &table.conjunctions,
            &table.subordinators,
            &table.function_words,
            &table.pronouns,
        ];
        language.function_words.extend(words.into_iter().flatten().map(|word| fold::fold(word)));
        for pair in &table.quotation_marks {
            let mut marks = pair.chars();
            match (marks.next(), marks.next(), marks.next()) {
                (Some(open), Some(close), None) => language.quotation_marks.push((open, close)),
                _ => {
                    let help = Some("the opening and the closing one, as in \"“”\"".to_owned());
                    let message = format!("`{}` is no pair of quotation marks", pair.value);
                    self.problems.add(source, pair.span, message, help);
                }
            }
        }
        for (number, names) in (1_i8..).zip(&table.months) {
            language.months.extend(names.iter().map(|name| (fold::fold(name), number)));
        }
        self.possessives(source, table);
        let language = &mut self.packs.language;
        language.article_ages.extend(table.article_ages.iter().map(|glob| Glob::new(glob)));
        language.date_labels.extend(table.date_labels.iter().map(|label| label.to_lowercase()));
        for line in &table.line {
            match Field::parse(&line.field) {
                Some(field) => {
                    let globs = line.like.iter().map(|glob| Glob::new(glob)).collect();
                    self.packs.language.lines.push(LineRule { field, globs });
                }
                None => self.unknown(source, "field", &line.field, &Field::ALL.map(|(_, name)| name)),
            }
        }
    }

    fn possessives(&mut self, source: &Arc<Source>, table: &LanguageTable) {
        let language = &mut self.packs.language;
        for written in &table.possessives {
            let folded = fold::fold(written);
            match (folded.strip_prefix('\''), folded.strip_suffix('\'')) {
                (Some(letters), None) => language.possessives.push(letters.to_owned()),
                (None, Some(ending)) => language.bare_possessives.push(ending.to_owned()),
                _ => {
                    let message = "a possessive has an apostrophe at its beginning or at its end";
                    self.problems.add(source, written.span, message, Some("write `'s` or `s'`".to_owned()));
                }
            }
        }
    }

    fn plurals(&mut self, source: &Arc<Source>, table: &LanguageTable) {
        for plural in &table.plurals {
            let endings: Vec<String> = plural.value.iter().map(|ending| fold::fold(ending)).collect();
            match endings.as_slice() {
                [plural] => self.packs.grammar.plurals.push((plural.clone(), String::new())),
                [plural, singular] => self.packs.grammar.plurals.push((plural.clone(), singular.clone())),
                _ => {
                    let message = "a plural is its ending and perhaps that of the singular";
                    self.problems.add(source, plural.span, message, Some("write `[\"ies\", \"y\"]`".to_owned()));
                }
            }
        }
    }

    /// What extraction needs.
    fn grammar(&mut self, source: &Arc<Source>, table: &LanguageTable) {
        self.packs.grammar.endings.extend(table.endings.iter().map(|ending| fold::fold(ending)));
        self.packs.grammar.capital_nouns |= table.capital_nouns;
        self.plurals(source, table);
        let function_words = self.packs.language.function_words.clone();
        for word in &function_words {
            let word = self.packs.vocabulary.intern(word);
            self.packs.grammar.function_words.insert(word);
        }
        let nicknames: Vec<_> = table.nicknames.iter().map(|names| self.word_set(names)).collect();
        self.packs.grammar.nicknames.extend(nicknames);
        self.packs.grammar.written_out.extend(table.written_out.clone());
        let calendar: Vec<String> = table.months.iter().flatten().cloned().collect();
        let calendar = self.word_set(&calendar);
        self.packs.grammar.calendar.extend(calendar);
        take!(
            self.word_set, table => self.packs.grammar;
            determiners, prepositions, conjunctions, subordinators, pronouns, negations, hypotheticals, elsewhen,
            respectively, honorifics, particles, name_suffixes, head_nouns, acronyms, sort_nouns, mark_nouns, ranks,
            compounds,
        );
    }
}
