//! Links what a language says of numbers and of days.

use super::Linker;
use crate::pack::counting::Unit;
use crate::pack::decode::At;
use crate::pack::wire::{DaysTable, NumbersTable, PackFile};
use crate::pattern::WordId;
use crate::text::{Source, fold};
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Linker {
    pub(super) fn counting(&mut self, source: &Arc<Source>, file: &PackFile) {
        if let Some(table) = &file.numbers {
            self.numbers(table);
        }
        if let Some(table) = &file.days {
            self.days(source, table);
        }
    }

    fn numbers(&mut self, table: &NumbersTable) {
        let maps =
            [&table.words, &table.powers, &table.parts, &table.ordinals, &table.multiples].map(|map| self.valued(map));
        let phrases = [&table.at_least, &table.at_most, &table.about, &table.percent, &table.points, &table.totals]
            .map(|phrases| self.phrases(phrases));
        let sets = [&table.changes, &table.from, &table.to, &table.partly, &table.others, &table.loose, &table.persons]
            .map(|words| self.word_set(words));
        let fates: Vec<(WordId, usize)> = (0..)
            .zip(&table.fates)
            .flat_map(|(number, words)| words.iter().map(move |word| (number, word)))
            .map(|(number, word)| (self.word(word), number))
            .collect();
        let numbers = &mut self.packs.grammar.numbers;
        let known = [
            &mut numbers.words,
            &mut numbers.powers,
            &mut numbers.parts,
            &mut numbers.ordinals,
            &mut numbers.multiples,
        ];
        known.into_iter().zip(maps).for_each(|(known, map)| known.extend(map));
        let known = [
            &mut numbers.at_least,
            &mut numbers.at_most,
            &mut numbers.about,
            &mut numbers.percent,
            &mut numbers.points,
            &mut numbers.totals,
        ];
        known.into_iter().zip(phrases).for_each(|(known, phrases)| known.extend(phrases));
        let known = [
            &mut numbers.changes,
            &mut numbers.from,
            &mut numbers.to,
            &mut numbers.partly,
            &mut numbers.others,
            &mut numbers.loose,
            &mut numbers.persons,
        ];
        known.into_iter().zip(sets).for_each(|(known, words)| known.extend(words));
        numbers.fates.extend(fates);
        numbers.currencies.extend(table.currencies.iter().map(|word| fold::fold(word)));
        numbers.named_powers.extend(table.powers.iter().map(|(word, power)| (fold::fold(word), *power)));
        numbers.ordinal_endings.extend(table.ordinal_endings.iter().map(|ending| fold::fold(ending)));
    }

    fn days(&mut self, source: &Arc<Source>, table: &DaysTable) {
        for (number, words) in (1_i8..).zip(&table.weekdays) {
            for word in words {
                let word = self.word(word);
                self.packs.grammar.days.weekdays.insert(word, number);
                self.packs.grammar.calendar.insert(word);
            }
        }
        let title = |word: &String| -> String {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
        };
        let names = table.weekdays.iter().filter_map(|words| words.first()).map(title);
        self.packs.grammar.days.weekday_names.extend(names);
        for (days, words) in (-1..).zip(&table.relative) {
            for word in words {
                let word = self.word(word);
                self.packs.grammar.days.relative.insert(word, days);
            }
        }
        for (name, words) in &table.units {
            let Some((unit, _)) = Unit::ALL.iter().find(|(_, known)| known == name) else {
                let written = At { value: name.clone(), span: words.span };
                self.unknown(source, "unit", &written, &Unit::ALL.map(|(_, name)| name));
                continue;
            };
            for word in &words.value {
                let word = self.word(word);
                self.packs.grammar.days.units.insert(word, *unit);
            }
        }
        let sets = [
            &table.ago,
            &table.anniversary,
            &table.born,
            &table.died,
            &table.from,
            &table.to,
            &table.clock,
            &table.standing,
            &table.aged,
            &table.shifted,
            &table.within,
        ]
        .map(|words| self.word_set(words));
        let days = &mut self.packs.grammar.days;
        let known = [
            &mut days.ago,
            &mut days.anniversary,
            &mut days.born,
            &mut days.died,
            &mut days.from,
            &mut days.to,
            &mut days.clock,
            &mut days.standing,
            &mut days.aged,
            &mut days.shifted,
            &mut days.within,
        ];
        known.into_iter().zip(sets).for_each(|(known, words)| known.extend(words));
    }

    fn valued(&mut self, words: &BTreeMap<String, u32>) -> HashMap<WordId, u32> {
        words.iter().map(|(word, value)| (self.word(word), *value)).collect()
    }

    pub(super) fn phrases(&mut self, phrases: &[String]) -> Vec<Vec<WordId>> {
        phrases.iter().map(|phrase| fold::words(phrase).into_iter().map(|word| self.word(word)).collect()).collect()
    }
}
