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
            self.digits(source, table);
        }
        if let Some(table) = &file.days {
            self.days(source, table);
        }
    }

    fn numbers(&mut self, table: &NumbersTable) {
        take!(self.valued, table => self.packs.grammar.numbers; words, powers, parts, ordinals, multiples);
        take!(self.phrases, table => self.packs.grammar.numbers; at_least, at_most, about, percent, points, totals, halves);
        take!(
            self.word_set, table => self.packs.grammar.numbers;
            changes, from, to, partly, others, loose, persons, tens, ones, joining,
        );
        take!(
            self.marks, table => self.packs.grammar.numbers;
            currency_before, currency_behind, percent_signs, ranges, or_more,
        );
        take!(self.folded, table => self.packs.grammar.numbers; currencies, ordinal_endings);
        let fates: Vec<(WordId, usize)> = (0..)
            .zip(&table.fates)
            .flat_map(|(number, words)| words.iter().map(move |word| (number, word)))
            .map(|(number, word)| (self.word(word), number))
            .collect();
        let numbers = &mut self.packs.grammar.numbers;
        numbers.fates.extend(fates);
        numbers.named_powers.extend(table.powers.iter().map(|(word, power)| (fold::fold(word), *power)));
    }

    /// How numbers are written in digits. A mark means one thing: a pack that names the one before decimals names them all.
    fn digits(&mut self, source: &Arc<Source>, table: &NumbersTable) {
        let digits = &mut self.packs.language.digits;
        if let Some(decimal) = &table.decimal {
            digits.decimal = Some(decimal.value);
            digits.thousands.clear();
        }
        for mark in &table.thousands {
            if digits.decimal == Some(mark.value) {
                let message = format!("`{}` is the mark before decimals", mark.value);
                self.problems.add(source, mark.span, message, None);
            } else {
                digits.thousands.push(mark.value);
            }
        }
        digits.ordinal_dot |= table.ordinal_endings.iter().any(|ending| ending == ".");
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
        take!(self.folded, table => self.packs.grammar.days; decades);
        take!(
            self.word_set, table => self.packs.grammar.days;
            ago, anniversary, born, died, from, to, clock, standing, aged, shifted, within,
        );
    }

    fn folded(&mut self, words: &[String]) -> Vec<String> {
        words.iter().map(|word| fold::fold(word)).collect()
    }

    fn marks(&mut self, marks: &[char]) -> Vec<char> {
        marks.to_vec()
    }

    fn valued(&mut self, words: &BTreeMap<String, u32>) -> HashMap<WordId, u32> {
        words.iter().map(|(word, value)| (self.word(word), *value)).collect()
    }

    pub(super) fn phrases(&mut self, phrases: &[String]) -> Vec<Vec<WordId>> {
        phrases.iter().map(|phrase| self.packs.intern(phrase)).collect()
    }
}
