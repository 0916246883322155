//! A finding in a draft.

use super::{Amount, Arithmetic, Fix, Proof, Severity};
use crate::text::{Span, fold};

/// Words of the draft and what is to be said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Byte span in the draft.
    pub span: Span,
    /// What is said of it.
    pub text: String,
}

/// A finding. Its fields are read through methods, because the primary label and the proof are never missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    rule: String,
    severity: Severity,
    message: String,
    primary: Label,
    proofs: Vec<Proof>,
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
    /// A finding of a rule at a place, resting on a proof; more may follow. There is none where the proof is nothing but the
    /// words at that place.
    pub fn new(rule: &str, severity: Severity, message: String, primary: Label, proof: Proof) -> Option<Diagnostic> {
        if proof.is_claim(primary.span) {
            return None;
        }
        let group = format!("{rule}: {message}");
        Some(Diagnostic {
            rule: rule.to_owned(),
            severity,
            message,
            primary,
            proofs: vec![proof],
            secondary: Vec::new(),
            fix: None,
            notes: Vec::new(),
            outdated: false,
            group,
            fingerprint: String::new(),
            setting: String::new(),
            trial: false,
        })
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

    /// Adds proofs behind the first; what is nothing but the words of the finding is none.
    #[must_use]
    pub fn with_proofs(mut self, more: impl IntoIterator<Item = Proof>) -> Diagnostic {
        let claim = self.primary.span;
        self.proofs.extend(more.into_iter().filter(|proof| !proof.is_claim(claim)));
        self
    }

    /// Marks the rest of the claim, of which its words are reckoned, where there is more than these words.
    #[must_use]
    pub fn reckoned_from(mut self, span: Span) -> Diagnostic {
        if !self.primary.span.contains(span) {
            self.secondary.push(Label { span, text: "reckoned from".to_owned() });
        }
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

    /// The words that the proof determines.
    pub fn primary(&self) -> &Label {
        &self.primary
    }

    /// What proves it, the strongest first; never empty.
    pub fn proofs(&self) -> &[Proof] {
        &self.proofs
    }
}

/// So many findings of a rule are shown in an article, or of comments in a text; the most in 3,281 published articles
/// is 78.
pub const SHOWN: usize = 1_000;

/// A finding that stands for those of a rule that are not shown: how many more there are from a place on.
pub fn left_out(rule: &str, more: usize, from: Span) -> Option<Diagnostic> {
    let message = format!("{more} more findings of `{rule}` from here on are not shown");
    let label = Label { span: from, text: "from here on".to_owned() };
    let parts = vec![format!("{SHOWN} shown"), format!("{more} more")];
    let sum = Arithmetic::Sum { parts, sum: Amount::plain((SHOWN + more) as f64) };
    Diagnostic::new(rule, Severity::Info, message, label, Proof::Arithmetic(sum, None))
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
