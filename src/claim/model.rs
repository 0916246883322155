//! Claims, and matches that are none.

use super::{Value, Values};
use crate::pack::{Frame, Packs};
use crate::pattern::{RelationId, SlotId};
use crate::text::{Block, Span};
use std::ops::Range;

/// Who asserts a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// The paper.
    Narrator,
    /// Somebody in quotation marks.
    Quotation,
    /// Somebody whom the paper reports in its own words.
    Reported,
}

impl Voice {
    /// Whether the words are the paper's own, and so are checked and learned. Reported speech is in its words.
    pub fn is_own(self) -> bool {
        self != Voice::Quotation
    }

    /// The word for outputs.
    pub fn name(self) -> &'static str {
        match self {
            Voice::Narrator => "narrator",
            Voice::Quotation => "quotation",
            Voice::Reported => "reported",
        }
    }
}

/// What fills a slot of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct SlotFill {
    /// The slot of its relation.
    pub slot: SlotId,
    /// Tokens of the block, without asides; of an earlier block where a quotation goes on from it.
    pub tokens: Range<usize>,
    /// Byte span of the words that stand there; for an antecedent, of the words that refer to it.
    pub span: Span,
    /// What they may refer to; several where the text leaves it open.
    pub values: Vec<Value>,
}

impl SlotFill {
    /// The value, where there is no doubt about it.
    pub fn sure(&self) -> Option<&Value> {
        match self.values.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// One instance of a relation in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The relation.
    pub relation: RelationId,
    /// Number of the pattern in its relation; nothing for a quotation that a cue ties to its speaker.
    pub pattern: Option<usize>,
    /// Number of the article in its document.
    pub article: usize,
    /// Number of the block in its article.
    pub block: usize,
    /// Tokens of the sentence.
    pub sentence: Range<usize>,
    /// Tokens of the claim.
    pub tokens: Range<usize>,
    /// Byte span of the claim.
    pub span: Span,
    /// Byte span of the sentence.
    pub sentence_span: Span,
    /// Its slots, in order of the text.
    pub slots: Vec<SlotFill>,
    /// Who asserts it.
    pub voice: Voice,
    /// What it says of the time.
    pub frame: Frame,
    /// The year at which it is said to hold, where the sentence names another than the article's.
    pub year: Option<i16>,
    /// The mood word as the pack names it.
    pub mood: Option<String>,
    /// Whether it is asserted and not denied.
    pub affirmed: bool,
    /// Whether it stands in a line in Title Case, where only a known name is surely one.
    pub title_case: bool,
    /// Whether it refers back to somebody named before.
    pub description: bool,
}

impl Claim {
    /// The values of its slots, where there is no doubt about them.
    pub fn values(&self, packs: &Packs) -> Values {
        let slots = packs.relation(self.relation).map_or(0, |relation| relation.slots.len());
        Values::of(slots, |slot| self.slot(slot)?.sure().cloned())
    }

    /// The same claim in an article where its block has another number, or another place in the source. Its slots are
    /// filled from that block.
    pub(super) fn moved(&self, article: usize, number: usize, block: &Block) -> Claim {
        let slots = self.slots.iter().map(|fill| SlotFill { span: block.span(fill.tokens.clone()), ..fill.clone() });
        Claim {
            article,
            block: number,
            span: block.span(self.tokens.clone()),
            sentence_span: block.span(self.sentence.clone()),
            slots: slots.collect(),
            ..self.clone()
        }
    }

    /// What fills a slot.
    pub fn slot(&self, slot: SlotId) -> Option<&SlotFill> {
        self.slots.iter().find(|fill| fill.slot == slot)
    }
}

impl Rejected {
    /// The same where its block has another number, or another place in the source.
    pub(super) fn moved(&self, number: usize, block: &Block) -> Rejected {
        Rejected { block: number, span: block.span(self.tokens.clone()), ..self.clone() }
    }
}

/// A match that is no claim, and why; `factlint why` shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The relation.
    pub relation: RelationId,
    /// Number of the pattern in its relation.
    pub pattern: usize,
    /// Number of the block in its article.
    pub block: usize,
    /// Tokens of the match.
    pub tokens: Range<usize>,
    /// Byte span of the match.
    pub span: Span,
    /// Why it was not read as a claim.
    pub reason: &'static str,
}
