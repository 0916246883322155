//! Who keeps a rule, why, and until when: what a pack says of it beside what it checks.

use crate::text::Date;

/// Who keeps a rule, why, and until when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// Whether it is on trial: what it reports never fails a run.
    pub trial: bool,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Why the desk has it.
    pub reason: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
    /// The day by which somebody looks at it again.
    pub review: Option<Date>,
}

impl Upkeep {
    /// Whether a rule should have been looked at before a date.
    pub fn is_overdue(&self, date: Date) -> bool {
        self.review.is_some_and(|review| date > review)
    }

    /// What is said of it, each with its word.
    pub fn entries(&self) -> Vec<(&'static str, String)> {
        let entries = [
            ("status", self.trial.then(|| "trial".to_owned())),
            ("owner", self.owner.clone()),
            ("reason", self.reason.clone()),
            ("source", self.source.clone()),
            ("review", self.review.map(|review| review.to_string())),
        ];
        entries.into_iter().filter_map(|(word, value)| Some((word, value?))).collect()
    }
}
