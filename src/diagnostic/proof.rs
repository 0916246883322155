//! What a finding rests on. In goes what a check found; out come the words in which every output says it.
//!
//! A proof is what its name says, and none cites the claim itself: what is reckoned has no place, or that of its parts
//! elsewhere.

use super::{Absent, Arithmetic, Calendar, Evidence};
use crate::text::Span;

/// What proves a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A sentence of the corpus.
    Passage(Evidence),
    /// A fact or an entity that a pack states.
    Stated(Evidence),
    /// Another place of the draft than the claim.
    Draft(Evidence),
    /// The calendar.
    Calendar(Calendar),
    /// Arithmetic, and where its figures stand if that is another place than the claim.
    Arithmetic(Arithmetic, Option<Evidence>),
    /// The line of the rule itself.
    Rule(Evidence),
    /// That something is missing.
    Absent(Absent),
}

impl Proof {
    /// The word for outputs.
    pub fn name(&self) -> &'static str {
        match self {
            Proof::Passage(_) => "passage",
            Proof::Stated(_) => "stated",
            Proof::Draft(_) => "draft",
            Proof::Calendar(_) => "calendar",
            Proof::Arithmetic(..) => "arithmetic",
            Proof::Rule(_) => "rule",
            Proof::Absent(_) => "absent",
        }
    }

    /// The sentence that it shows: the one that proves, that of the figures elsewhere, or the nearest one.
    pub fn evidence(&self) -> Option<&Evidence> {
        match self {
            Proof::Passage(evidence) | Proof::Stated(evidence) | Proof::Draft(evidence) | Proof::Rule(evidence) => {
                Some(evidence)
            }
            Proof::Arithmetic(_, evidence) => evidence.as_ref(),
            Proof::Absent(absent) => absent.nearest.as_ref(),
            Proof::Calendar(_) => None,
        }
    }

    /// What it says where no sentence says it: "17 August 2025 is a Sunday", "7 + 6 = 13".
    pub fn reckoned(&self) -> Option<String> {
        match self {
            Proof::Passage(_) | Proof::Stated(_) | Proof::Draft(_) | Proof::Rule(_) => None,
            Proof::Calendar(calendar) => Some(calendar.words()),
            Proof::Arithmetic(arithmetic, _) => Some(arithmetic.words()),
            Proof::Absent(absent) => Some(absent.words()),
        }
    }

    /// The same with what kind of proof it is: "calendar: 17 August 2025 is a Sunday".
    pub fn statement(&self) -> Option<String> {
        self.reckoned().map(|said| format!("{}: {said}", self.name()))
    }

    /// What stands beside its sentence, or alone: what it says itself, and what is said of the sentence.
    pub fn remarks(&self) -> Vec<String> {
        self.statement().into_iter().chain(self.evidence().map(Evidence::remarks).unwrap_or_default()).collect()
    }

    /// It in words, without its place: "calendar: 17 August 2025 is a Sunday", "“It rained.” · 1 article, none against".
    pub fn words(&self) -> String {
        self.said(Evidence::words)
    }

    /// It in words, with its place: "archive/a.txt:3: “It rained.” · 1 article, none against".
    pub fn line(&self) -> String {
        self.said(|evidence| format!("{}: {}", evidence.place(), evidence.words()))
    }

    /// The same with the proving words of its sentence alone: "archive/a.txt:3: “rained” · 1 article, none against".
    pub fn brief(&self) -> String {
        self.said(|evidence| format!("{}: {}", evidence.place(), evidence.brief()))
    }

    /// It as short as it can be: its place, or what is reckoned.
    pub fn short(&self) -> String {
        self.said(Evidence::place)
    }

    fn said(&self, cited: impl Fn(&Evidence) -> String) -> String {
        self.statement().into_iter().chain(self.evidence().map(cited)).collect::<Vec<_>>().join(" · ")
    }

    /// The same without the words of its sentence: where there are many, and none is shown.
    #[must_use]
    pub(crate) fn without_sentence(mut self) -> Proof {
        let evidence = match &mut self {
            Proof::Passage(evidence) | Proof::Stated(evidence) | Proof::Draft(evidence) | Proof::Rule(evidence) => {
                Some(evidence)
            }
            Proof::Arithmetic(_, evidence) => evidence.as_mut(),
            Proof::Absent(absent) => absent.nearest.as_mut(),
            Proof::Calendar(_) => None,
        };
        if let Some(evidence) = evidence {
            (evidence.sentence, evidence.mark) = (String::new(), 0..0);
        }
        self
    }

    /// Whether it is no more than the words of the draft that it is to prove something of.
    pub(super) fn is_claim(&self, claim: Span) -> bool {
        match self {
            Proof::Draft(evidence) | Proof::Arithmetic(_, Some(evidence)) => claim.contains(evidence.span),
            _ => false,
        }
    }
}
