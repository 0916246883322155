//! How packs that are linked become bytes, and what of them is read when somebody asks for it.

use super::counting::{Days, Numbers, Unit};
use super::example::{Example, Expect};
use super::facts::{Facts, StatedFact, StatedSlots};
use super::grammar::{Class, Frame, Grammar, Mood};
use super::lexicon::{Case, EntityId, Lexicon, Term};
use super::model::{ClosedName, Conflict, Entity, Kind, Like, Packs, Relation, Slot, When};
use super::place::Place;
use super::rules::{HouseForm, Rule, RuleKind, Rules, TermRule};
use super::speech::{Cue, Speech};
use super::upkeep::Upkeep;
use crate::diagnostic::Severity;
use crate::image::{Reader, Stored, Table, Writer, stored};

stored! {
    Packs {
        sources, tables, reading, language, grammar, vocabulary, lexicon, program, kinds, entities, relations, facts, rules, house, closed, aliases,
    }
    Rules { all, by_id, by_word, always, reviewed }
    Lexicon { by_first, by_key }
    Term { entity, words, cases, form }
    Place { source, span, checked, horizon }
    Kind { name, like, closed, free_case, entities }
    Entity { kind, name, key, forms, adjectives, exclusive, unique, unique_in, is_a, place }
    ClosedName { entity, kind, form, key, acronym }
    Relation { name, event, speech, says, slots, patterns, pattern_places, conflicts }
    Slot { name, kinds }
    Conflict { same, differ, when, within, needs, message }
    StatedFact { says, not, slots, since, until, from, place }
    StatedSlots { relation, slots }
    Rule { id, description, severity, off, upkeep, kind, examples, place }
    Upkeep { trial, owner, reason, source, review }
    TermRule { avoid, prefer, near, field, quoted, any_case, message }
    HouseForm { right, wrong, place }
    Example { text, expect, sources, given, not, date, span, why }
    Class { name, words }
    Mood { name, frame, written, before, after }
    Speech { cues, according, between, between_endings, passive, times, pronouns }
    Grammar {
        determiners, prepositions, conjunctions, subordinators, function_words, pronouns, reporting, negations,
        hypotheticals, elsewhen, respectively, honorifics, particles, nicknames, written_out, name_suffixes, head_nouns,
        acronyms, sort_nouns, mark_nouns, ranks, compounds, endings, capital_nouns, plurals, calendar, classes, moods, mood_words, numbers, days,
        speech,
    }
    Numbers {
        words, powers, named_powers, tens, ones, joining, halves, currency_before, currency_behind, percent_signs, ranges,
        or_more, parts, ordinals, ordinal_endings, at_least, at_most, about, loose, percent, points,
        multiples, changes, from, to, totals, partly, others, persons, currencies, fates,
    }
    Days {
        weekdays, weekday_names, relative, units, decades, ago, anniversary, born, died, from, to, standing, clock, aged, shifted,
        within,
    }
}

/// Packs are only kept when their facts were read; those of the built-in ones are read by their tests.
impl Stored for Facts {
    fn store(&self, to: &mut Writer<'_>) {
        self.all.store(to);
        self.words.store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<Facts> {
        let (all, words) = (Table::load(from)?, Stored::load(from)?);
        Some(Facts { sound: all.len(), all, words })
    }
}

stored! { EntityId(..) }

stored! {
    enum Like { 0 Name, 1 Entity, 2 Regex(expression), 3 Date, 4 Quantity, 5 Quotation }
    enum When { 0 Always, 1 Exclusive, 2 Unique, 3 Growing }
    enum Case { 0 Upper, 1 Capital, 2 Free, 3 Mark(mark) }
    enum Frame { 0 Present, 1 Former, 2 Other }
    enum Cue { 0 Verb, 1 Addressing, 2 Depicting, 3 Participle }
    enum Unit { 0 Day, 1 Week, 2 Month, 3 Year, 4 Decade }
    enum Expect { 0 Bad { marks, good }, 1 Ok, 2 Learns(fact) }
    enum Severity { 0 Info, 1 Warning, 2 Error }
    enum RuleKind {
        0 Relation(relation),
        1 Name,
        2 Consistency { either },
        3 Date,
        4 Quantity,
        5 Field,
        6 Acronym,
        7 Quote,
        8 Quotation(relation),
        9 Alignment,
        10 Unsupported,
        11 Term(term),
        12 Pattern { regex, message, field, quoted },
    }
}
