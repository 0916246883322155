//! A finding in a draft.

use super::{Evidence, Fix, Severity};
use crate::text::{Span, fold};

/// Words of the draft and what is to be said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Byte span in the draft.
    pub span: Span,
    /// What is said of it.
    pub text: String,
}

/// A finding. Its fields are read through methods, because the primary label and the evidence are never missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    rule: String,
    severity: Severity,
    message: String,
    primary: Label,
    evidence: Vec<Evidence>,
    /// Other parts of the claim.
    pub secondary: Vec<Label>,
    /// The edit that repairs it.
    pub fix: Option<Fix>,
    /// Other repairs, counter-evidence and remarks.
    pub notes: Vec<String>,
    /// Whether it was so once, as an office that somebody has left.
    pub outdated: bool,
    /// The same for all places of one mistake.
    pub group: String,
    /// Survives moved paragraphs; see [`fingerprint`].
    pub fingerprint: String,
    /// The field and date of the article, for the header of a report.
    pub setting: String,
    trial: bool,
}

impl Diagnostic {
    /// A finding of a rule at a place, resting on evidence; more evidence may follow.
    pub fn new(rule: &str, severity: Severity, message: String, primary: Label, evidence: Evidence) -> Diagnostic {
        let group = format!("{rule}: {message}");
        Diagnostic {
            rule: rule.to_owned(),
            severity,
            message,
            primary,
            evidence: vec![evidence],
            secondary: Vec::new(),
            fix: None,
            notes: Vec::new(),
            outdated: false,
            group,
            fingerprint: String::new(),
            setting: String::new(),
            trial: false,
        }
    }

    /// Marks it as a finding of a rule on trial, in words too, so that every output shows it.
    #[must_use]
    pub fn on_trial(mut self) -> Diagnostic {
        self.trial = true;
        self.message = format!("on trial: {}", self.message);
        self
    }

    /// Whether its rule is on trial; then it never fails a run.
    pub fn is_trial(&self) -> bool {
        self.trial
    }

    /// Adds evidence behind the first.
    #[must_use]
    pub fn with_evidence(mut self, more: impl IntoIterator<Item = Evidence>) -> Diagnostic {
        self.evidence.extend(more);
        self
    }

    /// The id of the rule that fired.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// How loudly it is said.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Lowers the severity to a ceiling.
    pub fn cap(&mut self, ceiling: Severity) {
        self.severity = self.severity.min(ceiling);
    }

    /// What conflicts with what.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The words that the evidence determines.
    pub fn primary(&self) -> &Label {
        &self.primary
    }

    /// What proves it, the strongest first; never empty.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }
}

/// So many findings of a rule are shown in an article, or of comments in a text; the most in 3,281 published articles
/// is 78.
pub const SHOWN: usize = 1_000;

/// A finding that stands for those of a rule that are not shown: how many more there are from a place on.
pub fn left_out(rule: &str, more: usize, from: Span, mut evidence: Evidence) -> Diagnostic {
    let message = format!("{more} more findings of `{rule}` from here on are not shown");
    let label = Label { span: from, text: "from here on".to_owned() };
    evidence.note = format!("the first {SHOWN} are shown");
    Diagnostic::new(rule, Severity::Info, message, label, evidence)
}

/// A sentence stands in fingerprints with its words up to so many bytes, a longer one with a hash of them: it is hashed
/// with each of its findings. The longest of 3,281 published articles has 1,395.
const HASHED: usize = 4_000;

/// A sentence as it goes into fingerprints: found once for all of its findings.
pub fn sentence_key(sentence: &str) -> String {
    let folded = fold::fold_phrase(sentence);
    if folded.len() <= HASHED { folded } else { format!("{:016x}", fold::stable_hash(&[&folded])) }
}

/// A fingerprint of a finding: the rule, the folded words at the primary span, the key of the sentence around them, and
/// which of equal ones it is. Line numbers and the other paragraphs are not in it. 16 hexadecimal digits.
pub fn fingerprint(rule: &str, words: &str, key: &str, number: usize) -> String {
    let number = number.to_string();
    let hash = fold::stable_hash(&[rule, &fold::fold_phrase(words), key, &number]);
    format!("{hash:016x}")
}
