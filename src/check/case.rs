//! One reading of a claim before the facts: which of them bear on it, how they part into rivals and supporters, and what
//! they weigh at the date of the draft.

use super::Draft;
use super::held::{Held, days_between, weight};
use super::parted::{Parted, is_filled, is_of_a_time, speaks_of};
use super::verdict::Found;
use super::wording::{Said, message};
use crate::claim::Value;
use crate::diagnostic::Severity;
use crate::fact::{
    Authority, Base, BaseError, Bearing, Conflicts, Fact, Standing, Weight, Witness, figures, is_within, standing,
};
use crate::pack::{Conflict, Frame, When};
use crate::pattern::SlotId;
use crate::text::Date;
use rustc_hash::FxHashMap as HashMap;
use std::cmp::Reverse;
use std::sync::Arc;

/// One reading of a claim before the facts.
pub(super) struct Case<'a> {
    pub(super) draft: &'a Draft<'a>,
    pub(super) conflicts: Conflicts<'a>,
    pub(super) said: Said<'a>,
    /// The year at which the claim is said to hold, where it is not the draft's.
    pub(super) year: Option<i16>,
    pub(super) base: &'a dyn Base,
}

impl Case<'_> {
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

    fn slots(&self) -> impl Iterator<Item = SlotId> {
        self.conflicts.relation.ids()
    }

    fn value(&self, slot: SlotId) -> Option<&Value> {
        self.said.values.get(slot)
    }

    fn is_named(&self, slot: SlotId) -> bool {
        self.conflicts.is_named(slot)
    }

    /// Facts of the time that share the values of the slots.
    fn sharing(&self, same: &[SlotId]) -> Result<Vec<Held>, BaseError> {
        self.sharing_at(same, |witness| self.is_of_the_time(witness))
    }

    /// Facts that share the values of the slots, asked for by the most telling one.
    fn sharing_at(&self, same: &[SlotId], timely: impl Fn(&Witness) -> bool) -> Result<Vec<Held>, BaseError> {
        // A name tells most; of entities a kind of which there are many.
        let telling =
            |slot: &SlotId| (!self.is_named(*slot), Reverse(self.draft.packs.count_of(self.conflicts.id, *slot)));
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
            self.base.alike(self.conflicts.id, slot, &value.key)
        } else {
            self.base.holding(self.conflicts.id, slot, &value.key)
        }
    }

    /// Whether a known value is the one that is claimed.
    fn agree(&self, slot: SlotId, known: Option<&Value>) -> bool {
        self.value(slot).zip(known).is_some_and(|(claimed, known)| self.conflicts.agree(slot, claimed, known))
    }

    /// Facts that bear on a conflict, or nothing where the claim does not say enough for it.
    pub(super) fn part(&self, conflict: &Conflict) -> Result<Option<Parted>, BaseError> {
        let of_a_time = conflict.differ.is_none();
        let asked = match of_a_time {
            // In the year that is named it is nobody's past.
            true => self.year.is_none(),
            false => self.said.frame == Frame::Present && self.conflicts.applies(conflict, self.said.values),
        };
        let given = conflict.differ.is_none_or(|slot| self.value(slot).is_some());
        if !asked || !given || !self.conflicts.are_enough(conflict, self.said.values) {
            return Ok(None);
        }
        let mut parted = Parted { rivals: Vec::new(), supporters: Vec::new() };
        for mut held in self.sharing(&conflict.same)? {
            let fact = Arc::clone(&held.fact);
            if fact.ruled_out.is_some() || !of_a_time && fact.frame != Frame::Present {
                continue;
            }
            let bearing = match of_a_time {
                true => {
                    let (claimed, known) = ((self.said.values, self.said.frame), (&fact.values, fact.frame));
                    self.conflicts.bear_in_time(conflict, claimed, known)
                }
                false => self.conflicts.bear(conflict, self.said.values, &fact.values),
            };
            match bearing {
                Some(Bearing::Supports) => parted.supporters.push(held),
                Some(Bearing::Contradicts) if held.keep(|witness| self.is_timely(conflict, &fact, witness)) => {
                    parted.rivals.push(held);
                }
                _ => {}
            }
        }
        Ok(Some(parted))
    }

    /// Whether a witness to a figure is near enough in time, and not of a time when there was more or less to count.
    fn is_timely(&self, conflict: &Conflict, fact: &Fact, witness: &Witness) -> bool {
        let values = conflict.differ.and_then(|slot| self.value(slot).zip(fact.value(slot)));
        let counted = values.filter(|_| !witness.is_stated()).and_then(|(claimed, known)| figures(claimed, known));
        let Some((claimed, known)) = counted else { return true };
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

    /// A stated `not` that says just this.
    pub(super) fn ruled_out(&self) -> Result<Option<Found>, BaseError> {
        let filled = self.filled();
        let says_this = |held: &Held| {
            held.fact.ruled_out.is_some()
                && self.slots().all(|slot| held.fact.value(slot).is_none() || self.agree(slot, held.fact.value(slot)))
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
        self.slots().filter(|slot| self.value(*slot).is_some()).collect()
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
        let (mut rivals, supporters) = parted.at_date(self.date(), conflict.differ.is_none());
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
        let (relation, known) = (self.conflicts.relation, rivals.first().map(|held| &*held.fact));
        let mut message = message(&conflict.message, relation, &self.said, known, self.draft.packs);
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
        let mut spelled: HashMap<_, usize> = HashMap::default();
        for held in &rivals {
            let alike = || rivals.iter().filter(|other| key(other) == key(held));
            spelled.entry(key(held)).or_insert_with(|| weight(alike(), self.date()).witnesses);
        }
        rivals.sort_by_cached_key(|held| {
            (!held.is_stated(), Reverse(spelled.get(&key(held)).copied()), self.days_from(held))
        });
        rivals.iter_mut().for_each(|held| held.nearest_first(self.date()));
        Some(rivals)
    }

    /// How loudly a conflict may be reported: of a year that is not filled, and of an office that ended not long ago, no
    /// louder than a warning; nothing is said of what is history.
    fn softened(&self, severity: Severity, filled: bool, ended: Option<Date>) -> Option<Severity> {
        let severity = if filled { severity } else { severity.min(Severity::Warning) };
        let office = &self.draft.tuning.office;
        match self.date().zip(ended).map(|(date, ended)| (date - ended).get_days()) {
            Some(days) if days > office.history_days => None,
            Some(days) if days > office.recent_days => Some(severity.min(Severity::Warning)),
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
        let same = facts
            .iter()
            .filter(|fact| self.slots().all(|slot| self.value(slot).is_none() || self.agree(slot, fact.value(slot))));
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
        let same = |held: &&Held| {
            held.fact.value(slot).is_some_and(|known| self.conflicts.are_compatible(slot, claimed, known))
        };
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
            for conflict in &self.conflicts.relation.conflicts {
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
                (Some(a), Some(b)) => self.conflicts.are_compatible(slot, a, b),
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
}
