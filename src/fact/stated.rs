//! Facts that packs state, read by the same patterns that read drafts, each when something in it is asked for.

use super::base::{Base, Extent};
use super::error::BaseError;
use super::memory::{Folded, keys, order};
use super::model::{Authority, Fact, KnownName, Right, Witness, Witnesses, Words};
use super::remembering::Kept;
use super::unread::{self, Unread};
use crate::claim::{self, Claim, Value, Values, handles};
use crate::diagnostic::Evidence;
use crate::pack::{Frame, Like, Packs, Place, Problem, Problems, StatedFact, StatedSlots, suggest};
use crate::pattern::{KindId, RelationId, SlotId};
use crate::text::{self, Date, Source, Span, fold};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The facts that packs state. Starting costs next to nothing: packs know which facts hold a word.
pub struct Stated {
    packs: Arc<Packs>,
    /// The source whose facts these are, where it is not all.
    source: Option<Arc<Source>>,
    read: Vec<OnceLock<Box<Read>>>,
    /// What was asked for already.
    asked: Mutex<Kept<Asked, Vec<Arc<Fact>>>>,
}

/// A relation, a slot of it, and a key.
type Asked = (RelationId, SlotId, String);

/// A fact that was read: as stated and as ruled out.
#[derive(Debug, Default)]
struct Read {
    facts: Vec<Arc<Fact>>,
    names: Vec<Arc<KnownName>>,
    problems: Problems,
}

impl Stated {
    /// All that packs state.
    pub fn new(packs: &Arc<Packs>) -> Stated {
        let read = (0..packs.facts.len()).map(|_| OnceLock::new()).collect();
        Stated { packs: Arc::clone(packs), source: None, read, asked: Mutex::default() }
    }

    /// What one of the packs states.
    pub fn in_source(packs: &Arc<Packs>, source: &Arc<Source>) -> Stated {
        Stated { source: Some(Arc::clone(source)), ..Stated::new(packs) }
    }

    /// The facts that these are, with their numbers.
    fn chosen(&self) -> impl Iterator<Item = (usize, &StatedFact)> {
        self.packs.facts.iter().enumerate().filter(|(_, fact)| self.is_chosen(fact))
    }

    fn is_chosen(&self, fact: &StatedFact) -> bool {
        self.source.as_ref().is_none_or(|source| Arc::ptr_eq(source, &fact.place.source))
    }

    /// Reads the facts of some places, and returns what is wrong with them.
    pub fn problems(&self, of: impl Fn(&Place) -> bool) -> Problems {
        let mut problems = Problems::default();
        for (number, _) in self.packs.facts.untried().filter(|(_, fact)| of(&fact.place)) {
            problems.all.extend(self.read(number).into_iter().flat_map(|read| read.problems.all.iter().cloned()));
        }
        problems
    }

    fn read(&self, number: usize) -> Option<&Read> {
        let fact = self.packs.facts.get(number).filter(|fact| self.is_chosen(fact))?;
        let read = || {
            let (folded, problems) = read_facts(std::slice::from_ref(fact), &self.packs);
            let facts = folded.facts.into_iter().map(Arc::new).collect();
            Box::new(Read { facts, names: folded.names.into_iter().map(Arc::new).collect(), problems })
        };
        self.read.get(number).map(|cell| &**cell.get_or_init(read))
    }

    /// The facts of a relation whose slot holds a value, found anew.
    fn find(&self, relation: RelationId, slot: SlotId, key: &str) -> Vec<Arc<Fact>> {
        let kinds = self.packs.slot(relation, slot);
        let kinds = kinds.map(|slot| slot.kinds.as_slice()).unwrap_or_default();
        let forms = self
            .packs
            .entity_by_key(kinds, key)
            .into_iter()
            .flat_map(|entity| entity.forms.iter().chain(&entity.adjectives));
        let read = self.holding(forms.map(String::as_str).chain([key]));
        let holds = |fact: &&Arc<Fact>| {
            let value = fact.value(slot).filter(|_| fact.relation == relation);
            value.is_some_and(|value| keys(&self.packs, relation, slot, value).contains(key))
        };
        let mut facts: Vec<Arc<Fact>> = read.into_iter().flat_map(|read| &read.facts).filter(holds).cloned().collect();
        facts.sort_by(|a, b| order(a).cmp(&order(b)));
        facts
    }

    /// The facts that hold any of some phrases, each known by its rarest word.
    fn holding<'a>(&self, phrases: impl IntoIterator<Item = &'a str>) -> Vec<&Read> {
        let mut found: Vec<u32> = Vec::new();
        for phrase in phrases {
            let holders =
                self.packs.language.words(phrase).into_iter().map(|word| self.packs.facts.with(&fold::fold(word)));
            found.extend(holders.min_by_key(ExactSizeIterator::len).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|number| self.read(number as usize)).collect()
    }
}

impl Base for Stated {
    fn facts(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Vec<Arc<Fact>>, BaseError> {
        let asked = (relation, slot, key.to_owned());
        if let Some(known) = self.asked.lock().unwrap_or_else(PoisonError::into_inner).get(&asked) {
            return Ok(known);
        }
        let facts = self.find(relation, slot, key);
        Ok(self.asked.lock().unwrap_or_else(PoisonError::into_inner).keep(asked, facts))
    }

    fn names(&self, word: &str) -> Result<Vec<Arc<KnownName>>, BaseError> {
        let read = self.holding([word]);
        let names = read.into_iter().flat_map(|read| &read.names);
        Ok(names.filter(|name| handles(&name.key).contains(word)).cloned().collect())
    }

    fn all(&self) -> Result<Vec<Arc<Fact>>, BaseError> {
        let read = self.chosen().filter_map(|(number, _)| self.read(number));
        let mut facts: Vec<Arc<Fact>> = read.flat_map(|read| read.facts.iter().cloned()).collect();
        facts.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(facts)
    }

    fn holds(&self, _: u64) -> Result<bool, BaseError> {
        Ok(false)
    }

    fn extent(&self) -> Extent {
        Extent {
            articles: 0,
            stated: if self.source.is_none() { self.read.len() } else { self.chosen().count() },
            newest: None,
        }
    }
}

/// Reads facts, of packs or of an example. A sentence that yields no claim or several is a problem of the pack.
pub fn read_facts(facts: &[StatedFact], packs: &Packs) -> (Folded, Problems) {
    let mut folded = Folded::default();
    let mut problems = Problems::default();
    for fact in facts {
        let read = read_fact(fact, packs, &mut problems);
        folded.names.extend(read.iter().filter(|fact| fact.ruled_out.is_none()).flat_map(|fact| names(fact, packs)));
        folded.facts.extend(read);
    }
    (folded, problems)
}

fn read_fact(fact: &StatedFact, packs: &Packs, problems: &mut Problems) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut read = |sentence: &(String, Span)| match read_sentence(&sentence.0, packs) {
        Ok(claim) => Some(claim),
        Err(unread) => {
            let mut found = problem(&fact.place, sentence.1, &unread.reason, packs);
            found.help = unread.help.or(found.help);
            problems.all.push(found);
            None
        }
    };
    let mut right = Right::default();
    if let Some(says) = &fact.says
        && let Some(claim) = read(says)
    {
        right = Right { says: says.0.trim_end_matches('.').to_owned(), values: claim.values(packs) };
        facts.push(held(fact, claim.relation, right.values.clone(), claim.frame, says.1));
    }
    if let Some(not) = &fact.not
        && let Some(claim) = read(not)
    {
        let mut ruled = held(fact, claim.relation, claim.values(packs), claim.frame, not.1);
        ruled.ruled_out = Some(right);
        facts.push(ruled);
    }
    if let Some(StatedSlots { relation, slots }) = &fact.slots {
        let values = structured(fact, *relation, slots, packs, problems);
        let named = slots.iter().filter(|(slot, ..)| packs.is_named(*relation, *slot)).map(|(.., span)| *span);
        facts.push(held(fact, *relation, values, Frame::Present, named.min().unwrap_or(fact.place.span)));
    }
    facts
}

/// Reads a sentence that states one fact.
///
/// # Errors
/// A sentence that is read as no claim, as several, or as one with a doubtful slot is refused with the reason.
pub fn read_sentence(sentence: &str, packs: &Packs) -> Result<Claim, Unread> {
    let sentence = sentence.trim();
    let full = if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") };
    let source = Source::read("fact.txt", full.into_bytes()).map_err(|_| Unread::new("this sentence is empty"))?;
    let reading = claim::read(Arc::new(text::read(Arc::new(source), &packs.language)), packs);
    let claims: Vec<&Claim> = reading.articles.iter().flat_map(|article| &article.claims).collect();
    match claims.as_slice() {
        [] => Err(unread::explain(&reading, packs)),
        [one] => match one.slots.iter().find(|fill| fill.sure().is_none()) {
            Some(fill) => Err(Unread::new(format!(
                "this sentence leaves open which of {} is meant",
                fill.values.iter().map(|value| value.label.to_string()).collect::<Vec<_>>().join(", ")
            ))),
            None => Ok((*one).clone()),
        },
        several => Err(Unread::new(format!("this sentence makes {} claims; a fact is one", several.len()))),
    }
}

fn structured(
    fact: &StatedFact,
    relation: RelationId,
    slots: &[(SlotId, String, Span)],
    packs: &Packs,
    problems: &mut Problems,
) -> Values {
    let Some(relation) = packs.relation(relation) else { return Values::default() };
    let mut values = Values::of(relation.slots.len(), |_| None);
    for (slot, text, span) in slots {
        let kinds = relation.slot(*slot).map(|slot| slot.kinds.as_slice()).unwrap_or_default();
        let key = fold::fold_phrase(text);
        let declared = kinds.iter().any(|kind| packs.kind(*kind).is_some_and(|kind| matches!(kind.like, Like::Entity)));
        let of_kinds = |id: crate::pack::EntityId| {
            packs.entity(id).filter(|entity| kinds.contains(&entity.kind)).map(|entity| (entity, id.0))
        };
        let called = |entity: &crate::pack::Entity| {
            kinds.contains(&entity.kind) && entity.forms.iter().any(|form| fold::fold_phrase(form) == key)
        };
        let named = || packs.lexicon.by_key(&key).find_map(of_kinds);
        let other =
            || packs.called(text).into_iter().filter_map(of_kinds).find(|(entity, _)| declared && called(entity));
        let entity = named().or_else(other);
        let value = match entity {
            Some((entity, id)) => {
                Value::entity_of(crate::pack::EntityId(id), entity.key.as_str(), entity.name.as_str())
            }
            None if declared => {
                let known: Vec<&str> = packs
                    .entities
                    .iter()
                    .filter(|entity| kinds.contains(&entity.kind))
                    .map(|entity| entity.name.as_str())
                    .collect();
                let mut unknown =
                    problem(&fact.place, *span, &format!("`{text}` is no known entity of this slot"), packs);
                unknown.help = suggest(text, known).or(Some("declare it as an [[entity]]".to_owned()));
                problems.all.push(unknown);
                continue;
            }
            None => match by_look(text, kinds, packs) {
                Ok(look) => look.unwrap_or_else(|| Value::named(key, text.as_str())),
                Err(what) => {
                    let mut unread = problem(&fact.place, *span, &format!("`{text}` is no {what}"), packs);
                    unread.help = Some(format!("write a {what} as an article does, in marks"));
                    problems.all.push(unread);
                    continue;
                }
            },
        };
        values.set(*slot, value);
    }
    values
}

/// The value of a slot that is read by its look, as articles are read; nothing where it is not.
///
/// # Errors
/// What it should be.
fn by_look(text: &str, kinds: &[KindId], packs: &Packs) -> Result<Option<Value>, &'static str> {
    match kinds.first().and_then(|kind| packs.kind(*kind)).map(|kind| &kind.like) {
        Some(Like::Date) => {
            let day = text::parse_date(text, &packs.language).ok_or("date")?;
            Ok(Some(Value::day_of(day, text)))
        }
        Some(Like::Quantity) => {
            let source = Source::read("fact.txt", format!("{text}.").into_bytes()).map_err(|_| "quantity")?;
            let reading = claim::read(Arc::new(text::read(Arc::new(source), &packs.language)), packs);
            let blocks = reading.articles.iter().flat_map(|article| &article.blocks);
            let figure = blocks.flat_map(|block| block.mentions()).find(|mention| kinds.contains(&mention.kind));
            Ok(Some(figure.and_then(|mention| mention.values.first()).cloned().ok_or("quantity")?))
        }
        _ => Ok(None),
    }
}

fn held(fact: &StatedFact, relation: RelationId, values: Values, frame: Frame, span: Span) -> Fact {
    let mut notes = vec!["stated".to_owned()];
    notes.extend(fact.since.map(|since| format!("since {since}")));
    notes.extend(fact.until.map(|until| format!("until {until}")));
    notes.extend(fact.place.checked.map(|checked| format!("checked {checked}")));
    notes.extend(fact.from.clone());
    let evidence = cite(&fact.place, span).noted(notes.join(" · "));
    let authority = Authority::Stated { since: fact.since, until: fact.until, fresh_until: fresh_until(&fact.place) };
    let line = evidence.position.line;
    let witness = Witness { authority, line, words: Words::Here(Box::new(evidence), Vec::new()) };
    Fact { relation, values, frame, year: None, ruled_out: None, witnesses: Witnesses::here(vec![witness]) }
}

fn fresh_until(place: &Place) -> Option<Date> {
    let days = jiff::Span::new().days(i64::from(place.horizon).min(36_500));
    place.checked.and_then(|checked| checked.checked_add(days).ok())
}

/// A line of a pack.
pub(crate) fn cite(place: &Place, span: Span) -> Evidence {
    let line = place.source.position(span.start).line;
    let row = place.source.line(line).unwrap_or(span);
    Evidence::at(&place.source, span, row)
}

fn names(fact: &Fact, packs: &Packs) -> Vec<KnownName> {
    let named = fact.values.filled().filter(|(slot, _)| packs.is_named(fact.relation, *slot));
    named
        .map(|(_, value)| KnownName {
            key: value.key.to_string(),
            written: value.label.to_string(),
            witnesses: fact.witnesses.clone(),
        })
        .collect()
}

fn problem(place: &Place, span: Span, reason: &str, packs: &Packs) -> Problem {
    let forms: Vec<String> = packs
        .relations
        .iter()
        .filter_map(|relation| relation.patterns.first().map(|pattern| format!("{pattern} ({})", relation.name)))
        .take(4)
        .collect();
    let help = if forms.is_empty() {
        "declare a relation with patterns first".to_owned()
    } else {
        format!("facts are read as, for example: {}", forms.join("; "))
    };
    Problem {
        source: Arc::clone(&place.source),
        span,
        message: reason.to_owned(),
        label: "this fact".to_owned(),
        help: Some(help),
    }
}
