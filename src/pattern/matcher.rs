//! Walks the program over a sentence.

use super::compile::{Accept, ClassId, Element, Form, KindId, Program, SlotId, WordId};
use std::ops::Range;

/// A gap (`..`) spans at most so many tokens.
pub const GAP_TOKENS: usize = 8;

/// A sentence as the matcher sees it, by token numbers.
pub trait Input {
    /// The tokens that may be read.
    fn range(&self) -> Range<usize>;
    /// The word at a token, if it matters.
    fn word(&self, at: usize) -> Option<WordId>;
    /// Whether the word at a token is of a class.
    fn is_class(&self, at: usize, class: ClassId) -> bool;
    /// The mark at a token.
    fn mark(&self, at: usize) -> Option<char>;
    /// Whether a gap may not cross this token.
    fn ends_clause(&self, at: usize) -> bool;
    /// How many tokens of mood words ("former") stand here, before a slot.
    fn mood_words(&self, at: usize) -> usize;
    /// The noun phrases that start at a token, with the token behind them.
    fn fills(&self, at: usize, kinds: &[KindId], form: Option<Form>) -> Vec<Fill>;
}

/// A noun phrase that fills a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// The number of the mention that it is.
    pub mention: usize,
    /// Its tokens, asides included.
    pub tokens: Range<usize>,
}

/// A full walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// What it means.
    pub accept: Accept,
    /// The tokens from the first to the last element.
    pub tokens: Range<usize>,
    /// Slot numbers with what fills them, in order of the text.
    pub fills: Vec<(SlotId, Fill)>,
    /// The tokens that matched a word class, with the class.
    pub classes: Vec<(ClassId, usize)>,
    /// Marks that the pattern asked for.
    pub marks: Vec<usize>,
    /// Those of them that stand directly behind a slot.
    pub marks_behind_slots: Vec<usize>,
    /// Whether the last element is a slot.
    pub ends_in_slot: bool,
}

/// All matches that start at token `start`.
pub fn run(program: &Program, input: &dyn Input, start: usize) -> Vec<Match> {
    let mut walk = Walk {
        program,
        input,
        start,
        found: Vec::new(),
        fills: Vec::new(),
        classes: Vec::new(),
        marks: Vec::new(),
        marks_behind_slots: Vec::new(),
    };
    walk.step(0, start, false);
    walk.found
}

struct Walk<'a> {
    program: &'a Program,
    input: &'a dyn Input,
    start: usize,
    found: Vec<Match>,
    fills: Vec<(SlotId, Fill)>,
    classes: Vec<(ClassId, usize)>,
    marks: Vec<usize>,
    marks_behind_slots: Vec<usize>,
}

impl Walk<'_> {
    fn step(&mut self, node: usize, at: usize, after_slot: bool) {
        let program = self.program;
        let Some(node) = program.nodes.get(node) else { return };
        for accept in &node.accepts {
            self.found.push(Match {
                accept: accept.clone(),
                tokens: self.start..at,
                fills: self.fills.clone(),
                classes: self.classes.clone(),
                marks: self.marks.clone(),
                marks_behind_slots: self.marks_behind_slots.clone(),
                ends_in_slot: after_slot,
            });
        }
        if at >= self.input.range().end {
            return;
        }
        if let Some(next) = self.input.word(at).and_then(|word| node.words.get(&word)) {
            self.step(*next, at + 1, false);
        }
        for (element, next) in &node.others {
            self.element(element, *next, at, after_slot);
        }
    }

    fn element(&mut self, element: &Element, next: usize, at: usize, after_slot: bool) {
        match element {
            Element::Word(_) => {}
            Element::Class(class) => {
                if self.input.is_class(at, *class) {
                    self.classes.push((*class, at));
                    self.step(next, at + 1, false);
                    self.classes.pop();
                }
            }
            Element::Mark(mark) => {
                if self.input.mark(at) == Some(*mark) {
                    let behind = self.marks_behind_slots.len();
                    self.marks.push(at);
                    self.marks_behind_slots.extend(after_slot.then_some(at));
                    self.step(next, at + 1, false);
                    self.marks.pop();
                    self.marks_behind_slots.truncate(behind);
                }
            }
            Element::Gap => {
                for skipped in 0..=GAP_TOKENS {
                    self.step(next, at + skipped, false);
                    if at + skipped >= self.input.range().end || self.input.ends_clause(at + skipped) {
                        break;
                    }
                }
            }
            Element::Slot { kinds, form, slot } => {
                let behind_mood = at + self.input.mood_words(at);
                for fill in self.input.fills(behind_mood, kinds, *form) {
                    let end = fill.tokens.end;
                    self.fills.push((*slot, fill));
                    self.step(next, end, true);
                    self.fills.pop();
                }
            }
        }
    }
}
