//! An entity as a card: how it is written, what is held about it in time, who says so, and what stands against it.

use super::base::Base;
use super::conflict::Conflicts;
use super::error::BaseError;
use super::model::{Authority, Fact, KnownName, Witness};
use super::support::{Weight, weigh};
use super::{keys, tell};
use crate::claim::{Likeness, Value, compare, handles};
use crate::pack::{Frame, Like, Packs};
use crate::pattern::KindId;
use crate::text::{Date, fold};
use std::collections::BTreeSet;
use std::sync::Arc;

/// An entity with everything that is known of it.
#[derive(Debug, Clone)]
pub struct Card {
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// How its name is written, and in how many articles, the commonest first.
    pub spellings: Vec<(String, usize)>,
    /// What is held about it, in the order of relation and time.
    pub facts: Vec<Entry>,
}

/// A fact on a card.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What is said.
    pub text: String,
    /// The fact; what packs state and what articles say are one here.
    pub fact: Fact,
    /// What stands behind it.
    pub weight: Weight,
    /// In how many articles it stands.
    pub articles: usize,
    /// The dates of its first and last article.
    pub seen: Option<(Date, Date)>,
    /// From when and until when packs state that it holds, the latest first.
    pub stated: Vec<(Option<Date>, Option<Date>)>,
    /// Facts that cannot hold at the same time and are said of it.
    pub against: Vec<Arc<Fact>>,
    /// Whether what stands against it outweighs it: a slip of the past.
    pub slip: bool,
}

/// The cards of everything that is called so.
///
/// # Errors
/// A base that cannot be asked says why.
pub fn cards(query: &str, packs: &Packs, base: &dyn Base) -> Result<Vec<Card>, BaseError> {
    let key = fold::fold_phrase(query);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let declared = declared(&key, packs).into_iter().map(|found| card(found, packs, base));
    let mut cards: Vec<Card> = declared.collect::<Result<_, _>>()?;
    cards.extend(people(&key, packs, base)?);
    // Somebody of whom nothing is said is shown where nobody else is called so.
    if cards.iter().any(|card| !card.facts.is_empty()) {
        cards.retain(|card| !card.facts.is_empty());
    }
    Ok(cards)
}

/// Facts with what stands for them and against them; those that say the same are one.
///
/// # Errors
/// A base that cannot be asked says why.
pub fn entries(held: &[Arc<Fact>], packs: &Packs, base: &dyn Base) -> Result<Vec<Entry>, BaseError> {
    let mut merged: Vec<Fact> = Vec::new();
    for fact in held {
        match merged.iter_mut().find(|known| agrees(known, fact)) {
            Some(known) => known.witnesses.take_over(&mut fact.witnesses.clone())?,
            None => merged.push((**fact).clone()),
        }
    }
    merged.into_iter().map(|fact| entry(fact, packs, base)).collect()
}

fn agrees(a: &Fact, b: &Fact) -> bool {
    let keys =
        |fact: &Fact| -> Vec<_> { fact.values.each().map(|value| value.map(|value| value.key.clone())).collect() };
    (a.relation, a.frame, a.year) == (b.relation, b.frame, b.year) && a.ruled_out == b.ruled_out && keys(a) == keys(b)
}

fn entry(fact: Fact, packs: &Packs, base: &dyn Base) -> Result<Entry, BaseError> {
    let witnesses = fact.witnesses.share()?;
    let weight = weigh(witnesses.iter().map(|witness| &witness.authority), None);
    let dates = || witnesses.iter().filter_map(Witness::date);
    let articles: BTreeSet<_> = witnesses.iter().filter_map(article).collect();
    let intervals = witnesses.iter().filter_map(|witness| match &witness.authority {
        Authority::Stated { since, until, .. } => Some((*since, *until)),
        Authority::Corpus { .. } => None,
    });
    let mut stated: Vec<_> = intervals.collect();
    stated.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
    let against = against(&fact, packs, base)?;
    let others: Vec<&[Witness]> = against.iter().map(|fact| fact.witnesses.read()).collect::<Result<_, _>>()?;
    let counter = weigh(others.into_iter().flatten().map(|witness| &witness.authority), None);
    Ok(Entry {
        text: tell(packs, fact.relation, &fact.values, fact.frame, fact.year),
        weight,
        articles: articles.len(),
        seen: dates().min().zip(dates().max()),
        stated,
        slip: !weight.stated && (counter.stated || counter.witnesses >= 2 * weight.witnesses.max(1)),
        against,
        fact,
    })
}

fn article(witness: &Witness) -> Option<(&str, usize)> {
    match &witness.authority {
        Authority::Corpus { article, .. } => Some((article.key.path.as_str(), article.key.number)),
        Authority::Stated { .. } => None,
    }
}

/// Facts that contradict this one, at a time that overlaps with its own.
fn against(fact: &Fact, packs: &Packs, base: &dyn Base) -> Result<Vec<Arc<Fact>>, BaseError> {
    let is_of_now = |fact: &Fact| fact.frame == Frame::Present && fact.year.is_none() && fact.ruled_out.is_none();
    let Some(conflicts) = Conflicts::of(packs, fact.relation).filter(|_| is_of_now(fact)) else {
        return Ok(Vec::new());
    };
    let mut found: Vec<Arc<Fact>> = Vec::new();
    for (slot, value) in fact.values.filled() {
        for key in keys(packs, fact.relation, slot, value) {
            for other in base.facts(fact.relation, slot, &key)? {
                let new = !found.iter().any(|known| Arc::ptr_eq(known, &other));
                let rival = new && is_of_now(&other) && conflicts.contradict(&fact.values, &other.values);
                if rival && overlap(fact, &other)? {
                    found.push(other);
                }
            }
        }
    }
    Ok(found)
}

/// Whether two facts are said of the same time; on the day of a handover both are right.
fn overlap(a: &Fact, b: &Fact) -> Result<bool, BaseError> {
    let meet = |a: &(Date, Date), b: &(Date, Date)| {
        a.0 <= b.1 && b.0 <= a.1 && !(a.1 == b.0 && a.0 != a.1) && !(b.1 == a.0 && b.0 != b.1)
    };
    let (own, others) = (times(a)?, times(b)?);
    Ok(own.iter().any(|own| others.iter().any(|other| meet(own, other))))
}

/// From when to when a fact is said to hold: each time that packs state, and that of its articles together. An undated
/// article speaks of a day that no pack has closed.
fn times(fact: &Fact) -> Result<Vec<(Date, Date)>, BaseError> {
    let mut times = Vec::new();
    let mut said: Option<(Date, Date)> = None;
    for witness in fact.witnesses.read()? {
        match &witness.authority {
            Authority::Stated { since, until, .. } => {
                times.push((since.unwrap_or(Date::MIN), until.unwrap_or(Date::MAX)));
            }
            Authority::Corpus { article, .. } => {
                let date = article.date.unwrap_or(Date::MAX);
                let (first, last) = said.unwrap_or((date, date));
                said = Some((first.min(date), last.max(date)));
            }
        }
    }
    times.extend(said);
    Ok(times)
}

/// Who or what a card is about.
struct Subject {
    name: String,
    kind: KindId,
    value: Value,
}

/// Entities of packs that are called so.
fn declared(key: &str, packs: &Packs) -> Vec<Subject> {
    let called = packs.entities.iter().zip(0..).filter(|(entity, _)| {
        let forms = entity.forms.iter().chain(&entity.adjectives);
        entity.key == key || forms.into_iter().any(|form| fold::fold_phrase(form) == *key)
    });
    called
        .map(|(entity, number)| Subject {
            name: entity.name.clone(),
            kind: entity.kind,
            value: Value::entity_of(crate::pack::EntityId(number), entity.key.as_str(), entity.name.as_str()),
        })
        .collect()
}

fn card(subject: Subject, packs: &Packs, base: &dyn Base) -> Result<Card, BaseError> {
    let named = packs.kind(subject.kind).is_some_and(|kind| matches!(kind.like, Like::Name));
    let same = |value: &Value| {
        if named {
            compare(&value.key, &subject.value.key) != Likeness::Different
        } else {
            value.key == subject.value.key
        }
    };
    let mut held: Vec<Arc<Fact>> = Vec::new();
    for (id, relation) in packs.numbered_relations() {
        for (slot, _) in relation.numbered().filter(|(_, slot)| slot.kinds.contains(&subject.kind)) {
            for key in keys(packs, id, slot, &subject.value) {
                for fact in base.facts(id, slot, &key)? {
                    let about = fact.value(slot).is_some_and(same);
                    if about && !held.iter().any(|known| Arc::ptr_eq(known, &fact)) {
                        held.push(fact);
                    }
                }
            }
        }
    }
    let mut entries = entries(&held, packs, base)?;
    entries.sort_by_cached_key(order);
    Ok(Card {
        name: subject.name,
        kind: packs.kind(subject.kind).map(|kind| kind.name.clone()).unwrap_or_default(),
        spellings: Vec::new(),
        facts: entries,
    })
}

/// By relation, then the newest first, then the best supported.
fn order(entry: &Entry) -> impl Ord + use<> {
    let until = entry.stated.first().map(|(_, until)| until.unwrap_or(Date::MAX));
    let last = until.max(entry.seen.map(|seen| seen.1));
    (
        entry.slip,
        entry.fact.relation,
        std::cmp::Reverse(last),
        std::cmp::Reverse((entry.weight.stated, entry.weight.witnesses)),
        entry.text.clone(),
    )
}

/// The people who are called so: everybody whose name holds the words, spellings of one name together.
fn people(key: &str, packs: &Packs, base: &dyn Base) -> Result<Vec<Card>, BaseError> {
    let Some(kind) = packs.kinds.iter().zip(0..).find(|(kind, _)| matches!(kind.like, Like::Name)).map(|(_, id)| id)
    else {
        return Ok(Vec::new());
    };
    let words: BTreeSet<&str> = key.split(' ').collect();
    let mut names: Vec<Arc<KnownName>> = Vec::new();
    for word in &words {
        for handle in handles(word) {
            for name in base.names(&handle)? {
                if !names.iter().any(|known| Arc::ptr_eq(known, &name)) {
                    names.push(name);
                }
            }
        }
    }
    let holds = |name: &KnownName| compare(&name.key, key) != Likeness::Different;
    names.retain(|name| holds(name));
    let mut counted: Vec<(Arc<KnownName>, usize)> = Vec::new();
    for name in names {
        let count = name.witnesses.read()?.iter().filter_map(article).collect::<BTreeSet<_>>().len();
        counted.push((name, count));
    }
    counted.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then(a.written.cmp(&b.written)));
    // The commonest full spelling stands for each person; a surname alone belongs to all who bear it.
    let mut people: Vec<(String, String)> = Vec::new();
    for (name, _) in counted.iter().filter(|(name, _)| name.key.contains(' ')) {
        if !people.iter().any(|(known, _)| compare(known, &name.key) != Likeness::Different) {
            people.push((name.key.clone(), name.written.clone()));
        }
    }
    if people.is_empty() {
        people.extend(counted.first().map(|(name, _)| (name.key.clone(), name.written.clone())));
    }
    let person = |(key, written): (String, String)| {
        let value = Value::named(key.as_str(), written.as_str());
        let mut card = card(Subject { name: written, kind: KindId(kind), value }, packs, base)?;
        let mut spellings: Vec<(String, usize)> = Vec::new();
        for (name, count) in counted.iter().filter(|(name, _)| compare(&name.key, &key) != Likeness::Different) {
            match spellings.iter_mut().find(|(written, _)| *written == name.written) {
                Some((_, known)) => *known += count,
                None => spellings.push((name.written.clone(), *count)),
            }
        }
        card.spellings = spellings;
        Ok(card)
    };
    people.into_iter().map(person).collect()
}
