//! The words of messages and fixes.

use crate::claim::{SlotFill, Value, Values};
use crate::fact::Fact;
use crate::pack::{Frame, Packs, Relation};
use crate::text::fold;

/// What a claim says, as a message names it: one value a slot.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) values: &'a Values,
    pub(super) frame: Frame,
    pub(super) mood: Option<&'a str>,
}

/// Fills a message: `{slot}`, `{claim.slot}`, `{fact.slot}`, `{claim.mood}`, `{fact.mood}`.
pub(super) fn message(
    template: &str,
    relation: &Relation,
    said: &Said<'_>,
    fact: Option<&Fact>,
    packs: &Packs,
) -> String {
    let value = |name: &str| {
        let (of_claim, of_fact) = (name.strip_prefix("claim."), name.strip_prefix("fact."));
        let slot = of_claim.or(of_fact).unwrap_or(name);
        if slot == crate::pack::ANY_MOOD {
            return match (of_claim, fact) {
                (Some(_), _) => mood(said.frame, said.mood, packs),
                (None, Some(fact)) => mood(fact.frame, None, packs),
                (None, None) => "",
            }
            .to_owned();
        }
        let slot = relation.slot_named(slot);
        let claimed = slot.and_then(|slot| said.values.get(slot));
        let known = slot.zip(fact).and_then(|(slot, fact)| fact.value(slot));
        let chosen = match (of_claim, of_fact) {
            (Some(_), _) => claimed,
            (_, Some(_)) => known,
            _ => fuller(claimed, known),
        };
        chosen.map(|value| value.label.to_string()).unwrap_or_default()
    };
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else { break };
        text.push_str(&value(name));
        rest = behind;
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Of two values that agree the one with the fuller name.
fn fuller<'a>(claimed: Option<&'a Value>, known: Option<&'a Value>) -> Option<&'a Value> {
    match (claimed, known) {
        (Some(claimed), Some(known)) if known.label.len() > claimed.label.len() && !claimed.key.contains(' ') => {
            Some(known)
        }
        (None, known) => known,
        (claimed, _) => claimed,
    }
}

/// The mood word of a claim, else the first mood of its frame; the present needs none.
fn mood<'a>(frame: Frame, word: Option<&'a str>, packs: &'a Packs) -> &'a str {
    if frame == Frame::Present { "" } else { word.unwrap_or_else(|| packs.mood(frame)) }
}

/// A label without its article, for a place where one stands already.
fn without_determiner<'a>(label: &'a str, packs: &Packs) -> &'a str {
    match label.split_once(' ') {
        Some((first, rest))
            if packs
                .vocabulary
                .get(&fold::fold(first))
                .is_some_and(|word| packs.grammar.determiners.contains(&word)) =>
        {
            rest
        }
        _ => label,
    }
}

/// How the right value is written in the place of a fill: as an adjective for an adjective, with its possessive, in
/// lower case for a name that is free to be and is so here.
pub(super) fn in_place_of(
    written: &str,
    fill: &SlotFill,
    right: &Value,
    determined: bool,
    packs: &Packs,
) -> Option<String> {
    let entity = right.entity().and_then(|id| packs.entity(id));
    let possessive = packs.language.possessive(written);
    let wrong = fill.sure().and_then(|value| value.entity()).and_then(|id| packs.entity(id));
    let adjective = wrong.is_some_and(|entity| entity.is_adjective(written));
    if adjective {
        return entity.and_then(|entity| entity.adjectives.first().cloned());
    }
    let lower = wrong.or(entity).and_then(|entity| packs.kind(entity.kind)).is_some_and(|kind| kind.free_case)
        && written.chars().next().is_some_and(char::is_lowercase);
    let label = if determined { without_determiner(&right.label, packs) } else { &right.label };
    let label = if lower { label.to_lowercase() } else { label.to_owned() };
    Some(format!("{label}{}", possessive))
}
