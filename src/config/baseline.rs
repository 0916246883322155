//! The baseline: findings that were there when factlint was switched on, kept by fingerprint, so that only new ones
//! count.
//!
//! In goes the text of a baseline and what was found, out comes what is new and what the file should say now. A baseline
//! never grows by itself: findings leave it when they are mended, and none comes in unless it is written afresh.

use serde::{Deserialize, Serialize};

/// The version of the format.
const VERSION: u32 = 1;

/// Findings that were there before, sorted, without places: moved paragraphs change nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    /// The findings.
    pub findings: Vec<BaselineEntry>,
}

/// A finding that was there before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// Its file, from the folder of the baseline.
    pub path: String,
    /// Its rule.
    pub rule: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// What was said, for people.
    pub message: String,
}

/// What a comparison came to.
#[derive(Debug, Default)]
pub struct Compared {
    /// For each finding, in order, whether the baseline has it.
    pub known: Vec<bool>,
    /// How many findings of the baseline are gone.
    pub fixed: usize,
    /// The baseline without them.
    pub left: Baseline,
}

impl Baseline {
    /// A baseline of findings, sorted.
    pub fn new(mut findings: Vec<BaselineEntry>) -> Baseline {
        findings.sort();
        findings.dedup();
        Baseline { version: VERSION, findings }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// What is no baseline, or one of a later version, is refused with what to do.
    pub fn read(text: &str) -> Result<Baseline, String> {
        if text.trim().is_empty() {
            return Err("this file is empty; write it afresh with `--write-baseline`".to_owned());
        }
        let baseline: Baseline = serde_json::from_str(text).map_err(|error| {
            format!("this is no baseline: {error}; name the file of one, or a new file, which is made then")
        })?;
        if baseline.version != VERSION {
            return Err(format!("its version is {}; this factlint reads version {VERSION}", baseline.version));
        }
        Ok(baseline)
    }

    /// Whether a text may be replaced by a baseline: it is empty, or one itself, of whatever version.
    pub fn may_replace(text: &str) -> bool {
        let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
        let is_one = |value: serde_json::Value| {
            value.get("version").is_some_and(serde_json::Value::is_u64)
                && value.get("findings").is_some_and(serde_json::Value::is_array)
        };
        text.trim().is_empty() || value.is_some_and(is_one)
    }

    /// Writes it with one finding on four lines, so that changes are small in a diff.
    pub fn write(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }

    /// Compares with what was found. `judged` says whether an entry's file and rule were checked at all: what was not
    /// looked at is not mended. `is_gone` says whether a file is there no more: its findings may have moved with it.
    pub fn compare(
        &self,
        found: &[BaselineEntry],
        judged: impl Fn(&BaselineEntry) -> bool,
        is_gone: impl Fn(&str) -> bool,
    ) -> Compared {
        let mut used = vec![false; self.findings.len()];
        let mut left = Vec::new();
        let mut known = Vec::new();
        for one in found {
            let same = |entry: &BaselineEntry| entry.rule == one.rule && entry.fingerprint == one.fingerprint;
            let here = self.findings.iter().position(|entry| same(entry) && entry.path == one.path);
            let moved = || {
                let mut entries = self.findings.iter().zip(&used);
                entries.position(|(entry, used)| !used && same(entry) && is_gone(&entry.path))
            };
            let number = here.or_else(moved);
            known.push(number.is_some());
            if let Some(slot) = number.and_then(|number| used.get_mut(number)) {
                *slot = true;
                left.push(one.clone());
            }
        }
        let unused = self.findings.iter().zip(&used).filter(|(_, used)| !**used).map(|(entry, _)| entry);
        let (fixed, kept): (Vec<_>, Vec<_>) = unused.partition(|entry| judged(entry) || is_gone(&entry.path));
        left.extend(kept.into_iter().cloned());
        Compared { known, fixed: fixed.len(), left: Baseline::new(left) }
    }
}
