//! What judging a claim comes to.

use super::held::Held;
use crate::claim::Value;
use crate::diagnostic::Severity;
use crate::fact::Weight;
use crate::pattern::SlotId;

/// What can be said of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nobody knows.
    Unknown,
    /// What is known agrees.
    Supported,
    /// What is known disagrees.
    Conflict,
}

impl Verdict {
    /// The word for outputs.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Unknown => "unknown",
            Verdict::Supported => "supported",
            Verdict::Conflict => "conflict",
        }
    }
}

/// A conflict that was found for one reading of a claim.
#[derive(Debug, Clone)]
pub struct Found {
    /// The slot that differs; nothing means the mood.
    pub differ: Option<SlotId>,
    /// The value that belongs there instead.
    pub right: Option<Value>,
    /// What is said.
    pub message: String,
    /// How loudly it may be said.
    pub severity: Severity,
    /// What is known instead, the strongest first.
    pub rivals: Vec<Held>,
    /// What stands for the claim.
    pub supporters: Vec<Held>,
    /// How much stands against the claim.
    pub against: Weight,
    /// How much stands for it.
    pub support: Weight,
    /// Other repairs.
    pub others: Vec<String>,
    /// Whether the claim was so once.
    pub outdated: bool,
}

/// The verdict on a claim with what it rests on.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether sources differ on it.
    pub disputed: bool,
    /// For a conflict: what was found.
    pub found: Option<Found>,
    /// What agrees with it.
    pub supporters: Vec<Held>,
}
