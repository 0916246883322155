//! A fact before a draft: with those of its witnesses that may speak.

use crate::fact::{BaseError, Fact, Weight, Witness, weigh};
use crate::text::Date;
use std::cmp::Reverse;
use std::sync::Arc;

/// A fact with those of its witnesses that may judge a draft at its date. They are read when it is made.
#[derive(Debug, Clone)]
pub struct Held {
    /// The fact.
    pub fact: Arc<Fact>,
    /// All who say it.
    all: Arc<Vec<Witness>>,
    /// Numbers of those who may speak.
    pub(super) witnesses: Vec<usize>,
}

impl Held {
    /// A fact before a draft, if any of its witnesses may speak.
    pub(super) fn new(fact: Arc<Fact>, admitted: impl Fn(&Witness) -> bool) -> Result<Option<Held>, BaseError> {
        let all = fact.witnesses.share()?;
        let witnesses = admit(&all, admitted);
        Ok((!witnesses.is_empty()).then_some(Held { fact, all, witnesses }))
    }

    /// Of facts those that may speak, each with the witnesses that may.
    pub(super) fn each<'f>(
        facts: impl IntoIterator<Item = &'f Arc<Fact>>,
        admitted: impl Fn(&Witness) -> bool,
    ) -> Result<Vec<Held>, BaseError> {
        facts.into_iter().filter_map(|fact| Held::new(Arc::clone(fact), &admitted).transpose()).collect()
    }

    /// Its witnesses.
    pub fn witnesses(&self) -> impl Iterator<Item = &Witness> {
        self.witnesses.iter().filter_map(|number| self.all.get(*number))
    }

    /// Whether a pack states it.
    pub fn is_stated(&self) -> bool {
        self.witnesses().any(Witness::is_stated)
    }

    /// Keeps some of its witnesses; whether any are left.
    pub(super) fn keep(&mut self, keeps: impl Fn(&Witness) -> bool) -> bool {
        let all = &self.all;
        self.witnesses.retain(|number| all.get(*number).is_some_and(&keeps));
        !self.witnesses.is_empty()
    }

    /// Puts the witnesses that are nearest to a date first, the newer of two that are as near.
    pub(super) fn nearest_first(&mut self, date: Option<Date>) {
        let all = &self.all;
        self.witnesses.sort_by_key(|number| {
            let said = all.get(*number).and_then(Witness::date);
            (days_between(said, date), Reverse(said))
        });
    }
}

/// Numbers of the witnesses that may speak.
pub(super) fn admit(all: &[Witness], admitted: impl Fn(&Witness) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, witness)| admitted(witness)).map(|(number, _)| number).collect()
}

/// How many days lie between two dates.
pub(super) fn days_between(a: Option<Date>, b: Option<Date>) -> i32 {
    a.zip(b).map_or(i32::MAX, |(a, b)| (a - b).get_days().abs())
}

/// How much facts weigh together at a date.
pub(super) fn weight<'a>(facts: impl IntoIterator<Item = &'a Held>, date: Option<Date>) -> Weight {
    weigh(facts.into_iter().flat_map(Held::witnesses).map(|witness| &witness.authority), date)
}
