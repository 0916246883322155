//! Rules: what each checks, and which of them concern a text.

use super::example::Example;
use super::expression::Expression;
use super::place::Place;
use super::upkeep::Upkeep;
use crate::diagnostic::Severity;
use crate::image::{Iter, Names, Table};
use crate::pattern::{RelationId, WordId};
use crate::text::Field;

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub description: String,
    /// The ceiling of its severity.
    pub severity: Severity,
    /// Whether the project has switched it off.
    pub off: bool,
    /// Who keeps it, and until when.
    pub upkeep: Upkeep,
    /// What it checks.
    pub kind: RuleKind,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: Place,
}

/// A spelling that a project has chosen.
#[derive(Debug, Clone)]
pub struct HouseForm {
    /// How the house writes it.
    pub right: String,
    /// How it does not, as word ids with their written words.
    pub wrong: Vec<(Vec<WordId>, String)>,
    /// Where the choice is written.
    pub place: Place,
}

/// The kinds of rules with their settings.
#[derive(Debug, Clone)]
pub enum RuleKind {
    /// A claim of this relation that conflicts with a fact.
    Relation(RelationId),
    /// A near-miss of a known name.
    Name,
    /// Either-or variants inside one article.
    Consistency {
        /// Spellings of which an article has one: as word ids with their written words.
        either: Vec<Vec<(Vec<WordId>, String)>>,
    },
    /// The calendar.
    Date,
    /// Arithmetic.
    Quantity,
    /// Headline and captions against the body.
    Field,
    /// What acronyms stand for.
    Acronym,
    /// Quotation marks.
    Quote,
    /// Quotations of this relation against known ones.
    Quotation(RelationId),
    /// Values that stand in another's stead.
    Alignment,
    /// What the sources of grounded mode do not contain.
    Unsupported,
    /// A form that is ruled out.
    Term(TermRule),
    /// A regular expression.
    Pattern {
        /// The expression.
        regex: Expression,
        /// What is said.
        message: String,
        /// Only in this field.
        field: Option<Field>,
        /// Only outside (`Some(false)`) or inside quotations.
        quoted: Option<bool>,
    },
}

impl RuleKind {
    /// The word that packs use for the kind.
    pub fn name(&self) -> &'static str {
        match self {
            RuleKind::Relation(_) => "relation",
            RuleKind::Name => "name",
            RuleKind::Consistency { .. } => "consistency",
            RuleKind::Date => "date",
            RuleKind::Quantity => "quantity",
            RuleKind::Field => "field",
            RuleKind::Acronym => "acronym",
            RuleKind::Quote => "quote",
            RuleKind::Quotation(_) => "quotation",
            RuleKind::Alignment => "alignment",
            RuleKind::Unsupported => "unsupported",
            RuleKind::Term(_) => "term",
            RuleKind::Pattern { .. } => "pattern",
        }
    }

    /// The kinds' words.
    pub const NAMES: [&'static str; 13] = [
        "relation",
        "name",
        "date",
        "quantity",
        "field",
        "acronym",
        "quote",
        "alignment",
        "unsupported",
        "quotation",
        "consistency",
        "term",
        "pattern",
    ];
}

/// A form that a house style rules out.
#[derive(Debug, Clone)]
pub struct TermRule {
    /// The forms, as word ids with their written words.
    pub avoid: Vec<(Vec<WordId>, String)>,
    /// What to write instead.
    pub prefer: Option<String>,
    /// Only in a sentence with one of these words.
    pub near: Vec<WordId>,
    /// Only in this field.
    pub field: Option<Field>,
    /// Only outside (`Some(false)`) or inside quotations.
    pub quoted: Option<bool>,
    /// Whether case is free.
    pub any_case: bool,
    /// What is said.
    pub message: Option<String>,
}

/// Rules in the order of their packs, found without looking at each.
#[derive(Debug, Default)]
pub struct Rules {
    pub(super) all: Table<Rule>,
    pub(super) by_id: Names,
    /// A row for each word, by its number: the rules that concern texts with a form that begins so.
    pub(super) by_word: Table<Vec<u32>>,
    /// The rules that concern any text.
    pub(super) always: Vec<u32>,
    /// The rules that somebody looks at again.
    pub(super) reviewed: Vec<u32>,
}

impl Rules {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Every rule.
    pub fn iter(&self) -> Iter<'_, Rule> {
        self.all.iter()
    }

    /// A rule by its id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.all.get(self.by_id.get(id).next()? as usize)
    }

    /// The same, to change how it is applied.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Rule> {
        self.all.get_mut(self.by_id.get(id).next()? as usize)
    }

    /// The rules that may find something in a text with these words, in order: those for a form that is ruled out only
    /// where a word of the text begins it.
    pub fn concerning(&self, words: impl IntoIterator<Item = WordId>) -> impl Iterator<Item = &Rule> {
        let mut numbers = self.always.clone();
        let words = words.into_iter().filter_map(|word| self.by_word.get(word.0 as usize));
        numbers.extend(words.flatten());
        self.numbered(numbers)
    }

    /// The rules that concern any text: all but those for forms that are ruled out.
    pub fn general(&self) -> impl Iterator<Item = &Rule> {
        self.numbered(self.always.clone())
    }

    /// The rules that somebody looks at again by some day.
    pub fn reviewed(&self) -> impl Iterator<Item = &Rule> {
        self.numbered(self.reviewed.clone())
    }

    fn numbered(&self, mut numbers: Vec<u32>) -> impl Iterator<Item = &Rule> {
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.all.get(number as usize))
    }

    /// Adds a rule. One with an id that is known takes the place of the earlier one.
    pub(super) fn add(&mut self, rule: Rule) {
        let known = self.by_id.get(&rule.id).next();
        let number = known.unwrap_or(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        match rule.first_words() {
            Some(words) => words.iter().for_each(|word| {
                self.by_word.reach(word.0 as usize).into_iter().for_each(|rules| rules.push(number));
            }),
            None => self.always.push(number),
        }
        self.reviewed.extend(rule.upkeep.review.map(|_| number));
        if known.is_none() {
            self.by_id.add(&rule.id, number);
        }
        match self.all.get_mut(number as usize) {
            Some(known) => *known = rule,
            None => self.all.push(rule),
        }
    }
}

impl Rule {
    /// The words of which a text must have one for the rule to find anything; nothing where it may find something in any.
    fn first_words(&self) -> Option<Vec<WordId>> {
        let RuleKind::Term(term) = &self.kind else { return None };
        term.avoid.iter().map(|(words, _)| words.first().copied()).collect()
    }
}

impl<'a> IntoIterator for &'a Rules {
    type Item = &'a Rule;
    type IntoIter = Iter<'a, Rule>;

    fn into_iter(self) -> Iter<'a, Rule> {
        self.iter()
    }
}
