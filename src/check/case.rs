//! One reading of a claim before the facts: which of them bear on it, how they part into rivals and supporters, and what
//! they weigh at the date of the draft.

use super::Draft;
use super::held::{Held, days_between, weight};
use super::verdict::Found;
use super::wording::{Said, message};
use crate::claim::{Likeness, Measure, Value, compare};
use crate::diagnostic::Severity;
use crate::fact::{Authority, Base, BaseError, Fact, Standing, Weight, Witness, is_unique, standing};
use crate::pack::{Conflict, Entity, Frame, Like, Packs, Relation, When};
use crate::pattern::{RelationId, SlotId};
use crate::text::Date;
use std::cmp::Reverse;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Who left an office so many days ago is no slip any more where he is called by it, but history.
const HISTORY_DAYS: i32 = 5 * 365;
/// For so many days after it the change may have been missed.
const RECENT_DAYS: i32 = 2 * 365;

/// One reading of a claim before the facts.
pub(super) struct Case<'a> {
    pub(super) draft: &'a Draft<'a>,
    pub(super) id: RelationId,
    pub(super) relation: &'a Relation,
    pub(super) said: Said<'a>,
    /// The year at which the claim is said to hold, where it is not the draft's.
    pub(super) year: Option<i16>,
    pub(super) base: &'a dyn Base,
}

/// Facts that agree with a claim where they must, parted by whether they differ where it counts.
pub(super) struct Parted {
    pub(super) rivals: Vec<Held>,
    pub(super) supporters: Vec<Held>,
}

impl Case<'_> {
    fn packs(&self) -> &Packs {
        self.draft.packs
    }

    /// The date at which the claim is judged: the draft's, or the first day of the year that the claim names.
    fn date(&self) -> Option<Date> {
        match self.year {
            Some(year) => Date::new(year, 1, 1).ok(),
            None => self.draft.date,
        }
    }

    /// Whether a witness says something of the time of the claim. Of another year than the draft's only those do that are
    /// said to hold in it.
    fn is_of_the_time(&self, witness: &Witness) -> bool {
        match self.year {
            Some(year) => speaks_of(witness, year..=year).unwrap_or_default(),
            // What is said of one year is no word of another time, not even of another day of that year.
            None if matches!(witness.authority, Authority::Corpus { year: Some(_), .. }) => false,
            None => standing(&witness.authority, self.draft.date) != Standing::Silent,
        }
    }

    fn value(&self, slot: SlotId) -> Option<&Value> {
        self.said.values.get(slot)
    }

    fn is_named(&self, slot: SlotId) -> bool {
        self.packs().is_named(self.id, slot)
    }

    /// Facts of the time that share the values of the slots.
    fn sharing(&self, same: &[SlotId]) -> Result<Vec<Held>, BaseError> {
        self.sharing_at(same, |witness| self.is_of_the_time(witness))
    }

    /// Facts that share the values of the slots, asked for by the most telling one.
    fn sharing_at(&self, same: &[SlotId], timely: impl Fn(&Witness) -> bool) -> Result<Vec<Held>, BaseError> {
        // A name tells most; of entities a kind of which there are many.
        let telling = |slot: &SlotId| (!self.is_named(*slot), Reverse(self.packs().count_of(self.id, *slot)));
        let Some(asked) = same.iter().copied().min_by_key(telling) else { return Ok(Vec::new()) };
        let Some(value) = self.value(asked) else { return Ok(Vec::new()) };
        let found = self.known(asked, value)?;
        let agreeing = found
            .iter()
            .filter(|fact| same.iter().filter(|slot| **slot != asked).all(|slot| self.agree(*slot, fact.value(*slot))));
        Held::each(agreeing, |witness| timely(witness) && witness.may_judge(&self.draft.key))
    }

    /// The facts whose slot agrees with a value.
    fn known(&self, slot: SlotId, value: &Value) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        if self.is_named(slot) {
            self.base.alike(self.id, slot, &value.key)
        } else {
            self.base.holding(self.id, slot, &value.key)
        }
    }

    fn agree(&self, slot: SlotId, known: Option<&Value>) -> bool {
        let (Some(claimed), Some(known)) = (self.value(slot), known) else { return false };
        if self.is_named(slot) {
            compare(&claimed.key, &known.key) != Likeness::Different
        } else {
            claimed.key == known.key
        }
    }

    /// Whether two values of a slot agree in a wider sense: one is a sort of the other.
    fn compatible(&self, slot: SlotId, claimed: &Value, known: &Value) -> bool {
        if self.is_named(slot) {
            return compare(&claimed.key, &known.key) != Likeness::Different;
        }
        if let Some(Like::Quantity) = self.like(slot) {
            return figures(claimed, known).is_some_and(|(claimed, known)| claimed.agrees(known));
        }
        let broader = |value: &Value| self.entity(value).map(|entity| entity.is_a.as_slice()).unwrap_or_default();
        let holds = |keys: &[String], value: &Value| keys.iter().any(|key| **key == *value.key);
        // A premier and a taoiseach are prime ministers both.
        let group = |key: &String| {
            let kinds = self.relation.slot(slot).map(|slot| slot.kinds.as_slice()).unwrap_or_default();
            self.packs().entity_by_key(kinds, key).and_then(|entity| entity.exclusive.as_ref())
        };
        let same_sort = || {
            let own = self.entity(claimed).and_then(|entity| entity.exclusive.as_ref());
            let shared = |key: &String| broader(known).contains(key) && group(key) == own;
            own.is_some() && broader(claimed).iter().any(shared)
        };
        claimed.key == known.key || holds(broader(claimed), known) || holds(broader(known), claimed) || same_sort()
    }

    fn entity(&self, value: &Value) -> Option<&Entity> {
        value.entity().and_then(|id| self.packs().entity(id))
    }

    /// Facts that bear on a conflict, or nothing where the claim does not say enough for it.
    pub(super) fn part(&self, conflict: &Conflict) -> Result<Option<Parted>, BaseError> {
        if conflict.same.iter().any(|slot| self.value(*slot).is_none_or(|value| !value.near().is_empty())) {
            return Ok(None);
        }
        let mut parted = Parted { rivals: Vec::new(), supporters: Vec::new() };
        match conflict.differ {
            // In the year that is named it is nobody's past.
            None if self.year.is_some() => return Ok(None),
            None => {
                for held in self.sharing(&conflict.same)? {
                    let fact = &held.fact;
                    let elsewhere = self.relation.ids().any(|slot| match (self.value(slot), fact.value(slot)) {
                        (Some(claimed), Some(known)) => !self.compatible(slot, claimed, known),
                        _ => false,
                    });
                    let rival = fact.frame != self.said.frame;
                    let lacks = rival && conflict.needs.iter().any(|slot| fact.value(*slot).is_none());
                    if elsewhere || lacks || fact.ruled_out.is_some() {
                        continue;
                    }
                    let side = if rival { &mut parted.rivals } else { &mut parted.supporters };
                    side.push(held);
                }
            }
            Some(slot) => {
                let Some(claimed) = self.value(slot) else { return Ok(None) };
                if self.said.frame != Frame::Present || !self.applies(conflict, claimed) {
                    return Ok(None);
                }
                for mut held in self.sharing(&conflict.same)? {
                    let fact = Arc::clone(&held.fact);
                    let Some(known) = fact.value(slot) else { continue };
                    if fact.frame != Frame::Present || fact.ruled_out.is_some() {
                        continue;
                    }
                    if self.compatible(slot, claimed, known) {
                        parted.supporters.push(held);
                    } else if self.counts(conflict, claimed, &fact, known)
                        && held.keep(|witness| self.is_timely(conflict, claimed, known, witness))
                    {
                        parted.rivals.push(held);
                    }
                }
            }
        }
        Ok(Some(parted))
    }

    /// Whether the condition of a conflict can be met by the claim.
    fn applies(&self, conflict: &Conflict, claimed: &Value) -> bool {
        match conflict.when {
            When::Always | When::Growing => true,
            When::Exclusive => self.entity(claimed).is_some_and(|entity| entity.exclusive.is_some()),
            When::Unique => is_unique(self.packs(), conflict, self.said.values),
        }
    }

    /// Whether a known value that differs meets the condition of the conflict too.
    fn counts(&self, conflict: &Conflict, claimed: &Value, fact: &Fact, known: &Value) -> bool {
        match conflict.when {
            When::Always | When::Growing => self.is_comparable(conflict, claimed, known),
            When::Exclusive => self.exclude(claimed, known),
            When::Unique => is_unique(self.packs(), conflict, &fact.values),
        }
    }

    fn like(&self, slot: SlotId) -> Option<&Like> {
        let kind = self.relation.slot(slot)?.kinds.first()?;
        Some(&self.packs().kind(*kind)?.like)
    }

    /// Whether two values can be held against each other: figures count the same, and days are so near that they are
    /// of one event.
    fn is_comparable(&self, conflict: &Conflict, claimed: &Value, known: &Value) -> bool {
        match conflict.differ.and_then(|slot| self.like(slot)) {
            Some(Like::Quantity) => figures(claimed, known).is_some(),
            Some(Like::Date) => {
                let days = claimed.day().zip(known.day());
                days.is_some_and(|(a, b)| is_within(conflict, a, b))
            }
            _ => true,
        }
    }

    /// Whether a witness to a figure is near enough in time, and not of a time when there was more or less to count.
    fn is_timely(&self, conflict: &Conflict, claimed: &Value, known: &Value, witness: &Witness) -> bool {
        let Some((claimed, known)) = figures(claimed, known).filter(|_| !witness.is_stated()) else { return true };
        match (self.draft.date, witness.date()) {
            (Some(here), Some(there)) => {
                let less = claimed.value.total_cmp(&known.value).reverse();
                let grown = conflict.when == When::Growing && here != there && here.cmp(&there) != less;
                is_within(conflict, here, there) && !grown
            }
            // Of what time the other one is, nobody knows.
            (here, there) => conflict.within.is_none() || here == there,
        }
    }

    fn exclude(&self, claimed: &Value, known: &Value) -> bool {
        let group = |value: &Value| self.entity(value).and_then(|entity| entity.exclusive.clone());
        group(claimed).is_some() && group(claimed) == group(known)
    }

    /// A stated `not` that says just this.
    pub(super) fn ruled_out(&self) -> Result<Option<Found>, BaseError> {
        let filled = self.filled();
        let says_this = |held: &Held| {
            held.fact.ruled_out.is_some()
                && self
                    .relation
                    .ids()
                    .all(|slot| held.fact.value(slot).is_none() || self.agree(slot, held.fact.value(slot)))
        };
        let Some(ruled) = self.sharing(&filled)?.into_iter().find(says_this) else { return Ok(None) };
        let right = ruled.fact.ruled_out.clone().unwrap_or_default();
        let mut values = filled.iter().rev().filter_map(|slot| self.value(*slot));
        let Some(wrong) = values.find(|value| !right.says.contains(&*value.label)) else { return Ok(None) };
        let differ = filled.iter().copied().find(|slot| self.value(*slot).is_some_and(|value| value.key == wrong.key));
        let known = differ.and_then(|slot| right.values.get(slot).cloned());
        let message = match ruled.witnesses().next().filter(|_| right.says.is_empty()) {
            Some(witness) => format!("`{}` is ruled out", witness.evidence(None)?.sentence.trim()),
            None => format!("{}, not {}", right.says, wrong.label),
        };
        Ok(Some(Found {
            differ,
            right: known,
            message,
            severity: Severity::Error,
            rivals: vec![ruled],
            supporters: Vec::new(),
            against: Weight { stated: true, ..Weight::default() },
            support: Weight::default(),
            others: Vec::new(),
            outdated: false,
        }))
    }

    /// The slots of which the claim gives the value.
    fn filled(&self) -> Vec<SlotId> {
        self.relation.ids().filter(|slot| self.value(*slot).is_some()).collect()
    }

    /// Facts that say the same in every slot.
    pub(super) fn agreeing(&self) -> Result<Vec<Held>, BaseError> {
        let mut agreeing = self.sharing(&self.filled())?;
        agreeing.retain(|held| held.fact.ruled_out.is_none());
        Ok(agreeing)
    }

    pub(super) fn find(&self, conflict: &Conflict, parted: Parted) -> Result<Option<Found>, BaseError> {
        let filled = self.year.is_none_or(|year| is_filled(&parted.rivals, year));
        if let Some(year) = self.year
            && (!parted.supporters.is_empty() || !filled && self.may_change(conflict, year)?)
        {
            return Ok(None);
        }
        let (mut rivals, supporters) = self.at_date(parted, conflict.differ.is_none());
        if self.draft.date.is_none() && self.is_unheard_of(conflict)? {
            // Somebody may have held it at whatever date this is: what is stated of others in their time says nothing
            // against it.
            rivals.retain_mut(|held| held.keep(|witness| !is_of_a_time(witness)));
        }
        let mut standing = Vec::with_capacity(rivals.len());
        for rival in rivals {
            if !self.is_outweighed(&rival)? {
                standing.push(rival);
            }
        }
        let Some(rivals) = self.strongest_first(conflict, standing) else { return Ok(None) };
        let (against, support) = (weight(&rivals, self.date()), weight(&supporters, self.date()));
        let Some(severity) = against.severity(support) else { return Ok(None) };
        let ended = self.ended(conflict)?;
        let Some(severity) = self.softened(severity, filled, ended) else { return Ok(None) };
        let mut message =
            message(&conflict.message, self.relation, &self.said, rivals.first().map(|held| &*held.fact), self.packs());
        if !support.is_nothing() && severity == Severity::Info {
            message = format!("sources differ: {message}");
        }
        let right = conflict.differ.and_then(|slot| rivals.first()?.fact.value(slot).cloned());
        Ok(Some(Found {
            differ: conflict.differ,
            right,
            message,
            severity,
            rivals,
            supporters,
            against,
            support,
            others: Vec::new(),
            outdated: ended.is_some(),
        }))
    }

    /// The rivals that have the strongest value: what is stated first, then the spelling that most use, then what is
    /// nearest in time.
    fn strongest_first(&self, conflict: &Conflict, mut rivals: Vec<Held>) -> Option<Vec<Held>> {
        let strongest = self.strongest(conflict, &rivals)?;
        rivals.retain(|rival| self.same_value(conflict, rival, &strongest));
        let key =
            |held: &Held| conflict.differ.and_then(|slot| held.fact.value(slot)).map(|value| Arc::clone(&value.key));
        let counts: Vec<_> = rivals.iter().map(|held| (key(held), held.witnesses.len())).collect();
        rivals.sort_by_cached_key(|held| {
            let same = counts.iter().filter(|(other, _)| *other == key(held));
            let alike: usize = same.map(|(_, count)| count).sum();
            (!held.is_stated(), Reverse(alike), self.days_from(held))
        });
        rivals.iter_mut().for_each(|held| held.nearest_first(self.date()));
        Some(rivals)
    }

    /// How loudly a conflict may be reported: of a year that is not filled, and of an office that ended not long ago, no
    /// louder than a warning; nothing is said of what is history.
    fn softened(&self, severity: Severity, filled: bool, ended: Option<Date>) -> Option<Severity> {
        let severity = if filled { severity } else { severity.min(Severity::Warning) };
        match self.date().zip(ended).map(|(date, ended)| (date - ended).get_days()) {
            Some(days) if days > HISTORY_DAYS => None,
            Some(days) if days > RECENT_DAYS => Some(severity.min(Severity::Warning)),
            _ => Some(severity),
        }
    }

    /// Whether the name that a conflict is about is one of which nothing of this sort is known.
    fn is_unheard_of(&self, conflict: &Conflict) -> Result<bool, BaseError> {
        let named = conflict.differ.filter(|slot| self.is_named(*slot));
        match named.and_then(|slot| Some((slot, self.value(slot)?))) {
            Some((slot, value)) => Ok(self.known(slot, value)?.is_empty()),
            None => Ok(false),
        }
    }

    /// When a stated fact that says just what the claim says ended: somebody who held this very office before.
    fn ended(&self, conflict: &Conflict) -> Result<Option<Date>, BaseError> {
        let named = conflict.differ.filter(|slot| self.is_named(*slot));
        let Some((differ, value)) = named.and_then(|slot| Some((slot, self.value(slot)?))) else { return Ok(None) };
        let facts = self.known(differ, value)?;
        let same = facts.iter().filter(|fact| {
            self.relation.ids().all(|slot| self.value(slot).is_none() || self.agree(slot, fact.value(slot)))
        });
        let mut last = None;
        for fact in same {
            last = last.max(fact.witnesses.read()?.iter().filter_map(Witness::until).max());
        }
        Ok(last)
    }

    /// Whether the value that is claimed may be right for a part of a year in which others have another: somebody says it
    /// of that year or one beside it, or of a time that nobody knows.
    fn may_change(&self, conflict: &Conflict, year: i16) -> Result<bool, BaseError> {
        let Some((slot, claimed)) = conflict.differ.and_then(|slot| Some((slot, self.value(slot)?))) else {
            return Ok(true);
        };
        let beside = year - 1..=year + 1;
        let around = |witness: &Witness| speaks_of(witness, beside.clone()).unwrap_or(true);
        let same = |held: &&Held| held.fact.value(slot).is_some_and(|known| self.compatible(slot, claimed, known));
        let known = self.sharing_at(&conflict.same, |_| true)?;
        Ok(known.iter().filter(same).any(|held| held.fact.frame != Frame::Present || held.witnesses().any(around)))
    }

    /// How many days lie between the nearest witness of a fact and the draft.
    fn days_from(&self, held: &Held) -> i32 {
        held.witnesses().map(|witness| days_between(witness.date(), self.date())).min().unwrap_or(i32::MAX)
    }

    /// Whether a witness is itself contradicted by twice as many: one bad source must not accuse a good one.
    fn is_outweighed(&self, rival: &Held) -> Result<bool, BaseError> {
        if rival.is_stated() {
            return Ok(false);
        }
        self.draft.outweighed(&rival.fact, || {
            let said = Said { values: &rival.fact.values, frame: rival.fact.frame, mood: None };
            let case = Case { said, ..*self };
            for conflict in &self.relation.conflicts {
                let Some(parted) = case.part(conflict)? else { continue };
                let date = self.date();
                let (against, support) = (weight(&parted.rivals, date), weight(&parted.supporters, date));
                if (against.stated && !support.stated) || against.witnesses >= 2 * support.witnesses.max(1) {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    fn same_value(&self, conflict: &Conflict, a: &Held, b: &Held) -> bool {
        match conflict.differ {
            None => true,
            Some(slot) => match (a.fact.value(slot), b.fact.value(slot)) {
                (Some(a), Some(b)) => self.compatible(slot, a, b),
                _ => false,
            },
        }
    }

    /// The rival whose value has the most behind it.
    fn strongest(&self, conflict: &Conflict, rivals: &[Held]) -> Option<Held> {
        let strength = |rival: &Held| {
            let alike = rivals.iter().filter(|other| self.same_value(conflict, other, rival));
            let weight = weight(alike, self.date());
            (weight.stated, weight.witnesses)
        };
        // The first of the strongest, in the order of the base.
        rivals.iter().rev().max_by_key(|rival| strength(rival)).cloned()
    }

    /// A value that changed hands: where all witnesses of one side come before all of the other, the date of the
    /// draft decides between them; between the two nothing is known.
    fn at_date(&self, parted: Parted, mood: bool) -> (Vec<Held>, Vec<Held>) {
        let Some(date) = self.date() else { return undated(parted, mood) };
        let mut parted = parted;
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
fn is_filled(rivals: &[Held], year: i16) -> bool {
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
fn speaks_of(witness: &Witness, years: RangeInclusive<i16>) -> Option<bool> {
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
fn is_of_a_time(witness: &Witness) -> bool {
    matches!(&witness.authority, Authority::Stated { since, until, .. } if since.is_some() || until.is_some())
}

/// Two values as figures, if they count the same.
fn figures<'v>(claimed: &'v Value, known: &'v Value) -> Option<(&'v Measure, &'v Measure)> {
    let figures = claimed.figure().zip(known.figure());
    figures.filter(|(claimed, known)| claimed.counted == known.counted)
}

/// Whether two days lie no further apart than a conflict lets them.
fn is_within(conflict: &Conflict, a: Date, b: Date) -> bool {
    conflict.within.is_none_or(|within| (a - b).get_days().unsigned_abs() <= within)
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
