//! An entity as a card: how it is written, what is held about it in time, who says so, and what stands against it.

use super::base::Facts;
use super::model::{Authority, Fact, KnownName, Witness};
use super::question::answers;
use super::support::{Weight, weigh};
use super::{keys, say};
use crate::claim::{Likeness, Value, compare};
use crate::pack::{Like, Packs};
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
    /// The fact.
    pub fact: Arc<Fact>,
    /// What stands behind it.
    pub weight: Weight,
    /// In how many articles it stands.
    pub articles: usize,
    /// The dates of its first and last article.
    pub seen: Option<(Date, Date)>,
    /// From when and until when packs state that it holds.
    pub stated: Option<(Option<Date>, Option<Date>)>,
    /// Facts that cannot hold at the same time and are said of it.
    pub against: Vec<Arc<Fact>>,
    /// Whether what stands against it outweighs it: a slip of the past.
    pub slip: bool,
}

/// The cards of everything that is called so.
pub fn cards(query: &str, packs: &Packs, facts: &dyn Facts) -> Vec<Card> {
    let key = fold::fold_phrase(query);
    if key.is_empty() {
        return Vec::new();
    }
    let mut cards: Vec<Card> = declared(&key, packs).into_iter().map(|found| card(found, packs, facts)).collect();
    cards.extend(people(&key, packs, facts));
    // Somebody of whom nothing is said is shown where nobody else is called so.
    if cards.iter().any(|card| !card.facts.is_empty()) {
        cards.retain(|card| !card.facts.is_empty());
    }
    cards
}

/// A fact with what stands for it and against it.
pub fn entry(fact: &Arc<Fact>, packs: &Packs, facts: &dyn Facts) -> Entry {
    let weight = weigh(fact.witnesses.iter().map(|witness| &witness.authority), None);
    let dates = || fact.witnesses.iter().filter_map(Witness::date);
    let articles: BTreeSet<_> = fact.witnesses.iter().filter_map(article).collect();
    let stated = fact.witnesses.iter().find_map(|witness| match &witness.authority {
        Authority::Stated { since, until, .. } => Some((*since, *until)),
        Authority::Corpus { .. } => None,
    });
    let against = against(fact, packs, facts);
    let counter = weigh(against.iter().flat_map(|fact| fact.witnesses.iter()).map(|witness| &witness.authority), None);
    Entry {
        text: say(packs, fact.relation, &fact.values, fact.frame),
        weight,
        articles: articles.len(),
        seen: dates().min().zip(dates().max()),
        stated,
        slip: !weight.stated && (counter.stated || counter.witnesses >= 2 * weight.witnesses.max(1)),
        against,
        fact: Arc::clone(fact),
    }
}

fn article(witness: &Witness) -> Option<(&str, usize)> {
    match &witness.authority {
        Authority::Corpus { article, .. } => Some((article.key.path.as_str(), article.key.number)),
        Authority::Stated { .. } => None,
    }
}

/// Facts that give another answer to a question of this one, at a time that overlaps with its own.
fn against(fact: &Arc<Fact>, packs: &Packs, facts: &dyn Facts) -> Vec<Arc<Fact>> {
    let own = answers(packs, fact.relation, &fact.values, fact.frame);
    let slots = packs.relations.get(fact.relation).map_or(0, |relation| relation.slots.len());
    let mut found: Vec<Arc<Fact>> = Vec::new();
    for slot in 0..slots {
        let Some(value) = fact.value(slot) else { continue };
        for key in keys(packs, fact.relation, slot, value) {
            for other in facts.facts(fact.relation, slot, &key) {
                let differs = answers(packs, other.relation, &other.values, other.frame)
                    .iter()
                    .any(|answer| own.iter().any(|own| own.question == answer.question && own.answer != answer.answer));
                let new = !found.iter().any(|known| Arc::ptr_eq(known, &other));
                if differs && new && other.ruled_out.is_none() && overlap(fact, &other) {
                    found.push(other);
                }
            }
        }
    }
    found
}

/// Whether two facts are said of the same time; what is undated is of any.
fn overlap(a: &Fact, b: &Fact) -> bool {
    let (Some((a_from, a_to)), Some((b_from, b_to))) = (span(a), span(b)) else { return true };
    a_from <= b_to && b_from <= a_to && !(a_to == b_from && a_from != a_to) && !(b_to == a_from && b_from != b_to)
}

/// From when to when the witnesses of a fact speak; nothing where one of them is undated.
fn span(fact: &Fact) -> Option<(Date, Date)> {
    let spans: Option<Vec<(Date, Date)>> = fact
        .witnesses
        .iter()
        .map(|witness| match &witness.authority {
            Authority::Stated { since: None, until: None, .. } => None,
            Authority::Stated { since, until, .. } => Some((since.unwrap_or(Date::MIN), until.unwrap_or(Date::MAX))),
            Authority::Corpus { article, .. } => article.date.map(|date| (date, date)),
        })
        .collect();
    let spans = spans?;
    Some((spans.iter().map(|span| span.0).min()?, spans.iter().map(|span| span.1).max()?))
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
            value: Value {
                entity: Some(crate::pack::EntityId(number)),
                ..Value::named(entity.key.as_str(), entity.name.as_str())
            },
        })
        .collect()
}

fn card(subject: Subject, packs: &Packs, facts: &dyn Facts) -> Card {
    let named = packs.kind(subject.kind).is_some_and(|kind| matches!(kind.like, Like::Name));
    let same = |value: &Value| {
        if named {
            compare(&value.key, &subject.value.key) != Likeness::Different
        } else {
            value.key == subject.value.key
        }
    };
    let mut held: Vec<Arc<Fact>> = Vec::new();
    for (number, relation) in packs.relations.iter().enumerate() {
        for (slot, _) in relation.slots.iter().enumerate().filter(|(_, slot)| slot.kinds.contains(&subject.kind)) {
            for key in keys(packs, number, slot, &subject.value) {
                for fact in facts.facts(number, slot, &key) {
                    let about = fact.value(slot).is_some_and(same);
                    if about && !held.iter().any(|known| Arc::ptr_eq(known, &fact)) {
                        held.push(fact);
                    }
                }
            }
        }
    }
    let mut entries: Vec<Entry> = held.iter().map(|fact| entry(fact, packs, facts)).collect();
    entries.sort_by(|a, b| order(a).cmp(&order(b)));
    Card {
        name: subject.name,
        kind: packs.kind(subject.kind).map(|kind| kind.name.clone()).unwrap_or_default(),
        spellings: Vec::new(),
        facts: entries,
    }
}

/// By relation, then the newest first, then the best supported.
fn order(entry: &Entry) -> impl Ord + use<> {
    let last = match entry.stated {
        Some((_, None)) => Some(Date::MAX),
        Some((_, until)) => until.max(entry.seen.map(|seen| seen.1)),
        None => entry.seen.map(|seen| seen.1),
    };
    (
        entry.slip,
        entry.fact.relation,
        std::cmp::Reverse(last),
        std::cmp::Reverse((entry.weight.stated, entry.weight.witnesses)),
        entry.text.clone(),
    )
}

/// The people who are called so: everybody whose name holds the words, spellings of one name together.
fn people(key: &str, packs: &Packs, facts: &dyn Facts) -> Vec<Card> {
    let Some(kind) = packs.kinds.iter().zip(0..).find(|(kind, _)| matches!(kind.like, Like::Name)).map(|(_, id)| id)
    else {
        return Vec::new();
    };
    let words: BTreeSet<&str> = key.split(' ').collect();
    let mut names: Vec<Arc<KnownName>> = Vec::new();
    for word in &words {
        for handle in super::handles(word) {
            for name in facts.names(&handle) {
                if !names.iter().any(|known| Arc::ptr_eq(known, &name)) {
                    names.push(name);
                }
            }
        }
    }
    let holds = |name: &KnownName| compare(&name.key, key) != Likeness::Different;
    names.retain(|name| holds(name));
    let count = |name: &KnownName| name.witnesses.iter().filter_map(article).collect::<BTreeSet<_>>().len();
    let mut counted: Vec<(Arc<KnownName>, usize)> =
        names.into_iter().map(|name| (Arc::clone(&name), count(&name))).collect();
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
    people
        .into_iter()
        .map(|(key, written)| {
            let value = Value::named(key.as_str(), written.as_str());
            let mut card = card(Subject { name: written, kind: KindId(kind), value }, packs, facts);
            let mut spellings: Vec<(String, usize)> = Vec::new();
            for (name, count) in counted.iter().filter(|(name, _)| compare(&name.key, &key) != Likeness::Different) {
                match spellings.iter_mut().find(|(written, _)| *written == name.written) {
                    Some((_, known)) => *known += count,
                    None => spellings.push((name.written.clone(), *count)),
                }
            }
            card.spellings = spellings;
            card
        })
        .collect()
}
