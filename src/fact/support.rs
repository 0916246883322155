//! Weighing: how many independent witnesses stand for a value and against it, and what that allows to say.

use super::joined::Joined;
use super::model::Authority;
use crate::diagnostic::Severity;
use crate::text::Date;
use rustc_hash::FxHashMap as HashMap;

// Not among the thresholds of a desk (`check::Tuning`): a base is weighed without one too, by `facts` and for disputes.

/// An article's word counts so many days before and after its date.
const WINDOW_DAYS: i32 = 366;
/// Later than so many days after the last witness, things may have changed: no more than a hint.
const FRESH_DAYS: i32 = 90;

/// How an authority stands to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It says nothing of that date.
    Silent,
    /// It holds, but is old.
    Stale,
    /// It holds.
    Firm,
}

/// How an authority stands to the date of a draft. Without a date everything is of the same time.
pub fn standing(authority: &Authority, date: Option<Date>) -> Standing {
    match authority {
        Authority::Stated { since, until, fresh_until } => {
            let Some(date) = date else { return Standing::Firm };
            if since.is_some_and(|since| date < since) || until.is_some_and(|until| date > until) {
                Standing::Silent
            } else if until.is_none() && fresh_until.is_some_and(|fresh| date > fresh) {
                Standing::Stale
            } else {
                Standing::Firm
            }
        }
        Authority::Corpus { year: Some(year), .. } => match date {
            Some(date) if date.year() != *year => Standing::Silent,
            _ => Standing::Firm,
        },
        Authority::Corpus { article, .. } => match (date, article.date) {
            (Some(date), Some(said)) => match (date - said).get_days().abs() {
                0..=FRESH_DAYS => Standing::Firm,
                ..=WINDOW_DAYS => Standing::Stale,
                _ => Standing::Silent,
            },
            _ => Standing::Firm,
        },
    }
}

/// What stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weight {
    /// Independent witnesses in the corpus.
    pub witnesses: usize,
    /// Whether a pack states it, and its word is not old.
    pub stated: bool,
    /// Whether all of it is old.
    pub stale: bool,
}

impl Weight {
    /// Whether nothing stands for it.
    pub fn is_nothing(self) -> bool {
        self.witnesses == 0 && !self.stated && !self.stale
    }

    /// How loudly a claim with `against` (this) and `support` behind it may be reported; nothing where the claim is
    /// supported well enough.
    pub fn severity(self, support: Weight) -> Option<Severity> {
        // What a pack states is so; at no date that an undated draft may have does it conflict with itself.
        if self.is_nothing() || support.stated {
            return None;
        }
        if self.stated {
            return Some(Severity::Error);
        }
        let (against, for_it) = (self.witnesses, support.witnesses);
        let found = match (against, for_it) {
            (0, _) => Severity::Info,
            (1, 0) => Severity::Warning,
            (_, 0) => Severity::Error,
            _ if against >= 2 * for_it => Severity::Warning,
            // The claim itself is a voice too where others join it.
            _ if for_it + 1 >= 2 * against => return None,
            _ => Severity::Info,
        };
        Some(if self.stale { Severity::Info } else { found })
    }
}

/// Counts the independent witnesses among authorities at a date: sentences that are equal or stand in near-duplicate
/// articles are one.
pub fn weigh<'a>(authorities: impl IntoIterator<Item = &'a Authority>, date: Option<Date>) -> Weight {
    let mut weight = Weight::default();
    let mut firm = false;
    let mut any = false;
    let mut voices: Vec<(u64, u64)> = Vec::new();
    for authority in authorities {
        let standing = standing(authority, date);
        if standing == Standing::Silent {
            continue;
        }
        any = true;
        firm |= standing == Standing::Firm;
        match authority {
            Authority::Stated { .. } => weight.stated |= standing == Standing::Firm,
            Authority::Corpus { article, sentence, .. } => voices.push((article.group, *sentence)),
        }
    }
    weight.witnesses = match voices.len() {
        // Most values have one witness.
        0 | 1 => voices.len(),
        _ => independent(voices),
    };
    weight.stale = any && !firm;
    weight
}

/// How many independent voices there are among places that say something, each with the group of its article and the hash of
/// its sentence: what either has in common is one. The one count, of bases in memory and in a file.
pub(super) fn independent(places: impl IntoIterator<Item = (u64, u64)>) -> usize {
    let (mut groups, mut sentences): (HashMap<u64, usize>, HashMap<u64, usize>) = Default::default();
    let mut joined = Joined::default();
    for (group, sentence) in places {
        let number = joined.add();
        joined.join(number, *groups.entry(group).or_insert(number));
        joined.join(number, *sentences.entry(sentence).or_insert(number));
    }
    joined.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(witnesses: usize) -> Weight {
        Weight { witnesses, ..Weight::default() }
    }

    #[test]
    fn severity_follows_the_witnesses() {
        assert_eq!(weight(2).severity(weight(0)), Some(Severity::Error));
        assert_eq!(weight(1).severity(weight(0)), Some(Severity::Warning));
        assert_eq!(weight(4).severity(weight(2)), Some(Severity::Warning));
        assert_eq!(weight(2).severity(weight(2)), Some(Severity::Info));
        assert_eq!(weight(1).severity(weight(1)), None);
        assert_eq!(weight(1).severity(weight(2)), None);
        assert_eq!(weight(0).severity(weight(0)), None);
        let stated = Weight { stated: true, ..Weight::default() };
        assert_eq!(stated.severity(weight(5)), Some(Severity::Error));
        assert_eq!(weight(5).severity(stated), None);
    }
}
