//! What values say, as a sentence.

use crate::claim::Values;
use crate::pack::{ANY_MOOD, Frame, Packs};
use crate::pattern::{RelationId, SlotId};

/// The values of a relation as the sentence that its pack gives for it, else as `relation(slot: value, …)`. In the
/// pack's sentence `{mood}` is the mood word of another time, and a part in parentheses falls out where it lacks a value.
pub fn say(packs: &Packs, relation: RelationId, values: &Values, frame: Frame) -> String {
    let Some(declared) = packs.relation(relation) else { return String::new() };
    let label = |slot: SlotId| values.get(slot).map(|value| &*value.label);
    let value = |name: &str| match name {
        ANY_MOOD => Some(packs.mood(frame)),
        slot => label(declared.slot_named(slot)?),
    };
    declared.says.as_deref().and_then(|template| fill(template, &value)).unwrap_or_else(|| {
        let slots: Vec<String> =
            declared.numbered().filter_map(|(id, slot)| Some(format!("{}: {}", slot.name, label(id)?))).collect();
        format!("{}({})", declared.name, slots.join(", "))
    })
}

/// What a fact says, with the year of which it says so.
pub fn tell(packs: &Packs, relation: RelationId, values: &Values, frame: Frame, year: Option<i16>) -> String {
    let said = say(packs, relation, values, frame);
    year.map_or_else(|| said.clone(), |year| format!("{said} ({year})"))
}

/// Fills `{name}` in a template; nothing where a value lacks that stands in no parentheses.
fn fill<'a>(template: &str, value: &impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '(']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        match from.strip_prefix('(') {
            Some(inside) => {
                let (part, behind) = inside.split_once(')')?;
                text.push_str(&fill(part, value).unwrap_or_default());
                rest = behind;
            }
            None => {
                let (name, behind) = from.get(1..)?.split_once('}')?;
                text.push_str(value(name)?);
                rest = behind;
            }
        }
    }
    text.push_str(rest);
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
