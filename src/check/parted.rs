//! The facts that bear on a claim, parted into rivals and supporters, and what their times decide between them.

use super::held::Held;
use crate::fact::{Authority, Witness};
use crate::text::Date;
use std::ops::RangeInclusive;

/// Facts that agree with a claim where they must, parted by whether they differ where it counts.
pub(super) struct Parted {
    pub(super) rivals: Vec<Held>,
    pub(super) supporters: Vec<Held>,
}

impl Parted {
    /// A value that changed hands: where all witnesses of one side come before all of the other, the date of the
    /// draft decides between them; between the two nothing is known.
    pub(super) fn at_date(self, date: Option<Date>, mood: bool) -> (Vec<Held>, Vec<Held>) {
        let Some(date) = date else { return undated(self, mood) };
        let mut parted = self;
        if mood {
            // On the day of a handover both are right.
            parted.rivals.retain_mut(|held| held.keep(|witness| witness.until() != Some(date)));
        }
        let span = |side: &[Held]| -> Option<(Date, Date)> {
            let dates: Option<Vec<Date>> = side.iter().flat_map(Held::witnesses).map(Witness::date).collect();
            let dates = dates?;
            Some((*dates.iter().min()?, *dates.iter().max()?))
        };
        let (Some(rivals), Some(supporters)) = (span(&parted.rivals), span(&parted.supporters)) else {
            return (parted.rivals, parted.supporters);
        };
        let none = Vec::new;
        if supporters.1 < rivals.0 {
            // The claimed value came first.
            return if date >= rivals.0 { (parted.rivals, none()) } else { (none(), parted.supporters) };
        }
        if rivals.1 < supporters.0 {
            return if date <= rivals.1 { (parted.rivals, none()) } else { (none(), parted.supporters) };
        }
        (parted.rivals, parted.supporters)
    }
}

/// Whether stated facts follow each other through all of a year, so that there is no day for anybody else.
pub(super) fn is_filled(rivals: &[Held], year: i16) -> bool {
    let spans = rivals.iter().flat_map(Held::witnesses).filter_map(|witness| match witness.authority {
        Authority::Stated { since, until, fresh_until } => Some((since?, until.or(fresh_until).unwrap_or(Date::MAX))),
        Authority::Corpus { .. } => None,
    });
    let mut spans: Vec<(Date, Date)> = spans.collect();
    spans.sort_unstable();
    let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else { return false };
    // The day that is to be filled next.
    let mut open = first;
    for (since, until) in spans {
        if since <= open {
            open = open.max(until.tomorrow().unwrap_or(Date::MAX));
        }
    }
    open > last
}

/// Whether a witness speaks of one of the years; nobody knows it of an article without a date.
pub(super) fn speaks_of(witness: &Witness, years: RangeInclusive<i16>) -> Option<bool> {
    match &witness.authority {
        Authority::Stated { since, until, .. } => Some(
            since.is_none_or(|since| since.year() <= *years.end())
                && until.is_none_or(|until| until.year() >= *years.start()),
        ),
        Authority::Corpus { article, year, .. } => {
            year.or_else(|| article.date.map(|date| date.year())).map(|year| years.contains(&year))
        }
    }
}

/// Whether a pack states something for a stretch of time.
pub(super) fn is_of_a_time(witness: &Witness) -> bool {
    matches!(&witness.authority, Authority::Stated { since, until, .. } if since.is_some() || until.is_some())
}

/// An undated draft conflicts with what is stated only if it does at every date. A dated corpus is of its time: against its
/// word an office that ended is no support. Of an undated one nobody knows whether it came before or after.
fn undated(mut parted: Parted, mood: bool) -> (Vec<Held>, Vec<Held>) {
    let ended = |witness: &Witness| matches!(witness.authority, Authority::Stated { until: Some(_), .. });
    let dated = |witness: &Witness| !witness.is_stated() && witness.date().is_some();
    if mood && parted.rivals.iter().flat_map(Held::witnesses).any(ended) {
        parted.rivals.retain_mut(|held| held.keep(|witness| !witness.is_stated()));
    }
    if parted.rivals.iter().flat_map(Held::witnesses).any(dated) {
        parted.supporters.retain_mut(|held| held.keep(|witness| !ended(witness)));
    }
    (parted.rivals, parted.supporters)
}
