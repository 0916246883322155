//! What values say, as a sentence.

use crate::claim::Value;
use crate::pack::Packs;

/// The values of a relation as the sentence that its pack gives for it, else as `relation(slot: value, …)`.
pub fn say(packs: &Packs, relation: usize, values: &[Option<Value>]) -> String {
    let Some(declared) = packs.relations.get(relation) else { return String::new() };
    let label = |slot: usize| values.get(slot).and_then(Option::as_ref).map(|value| &*value.label);
    let filled = declared.says.as_ref().and_then(|template| {
        let mut text = String::with_capacity(template.len() * 2);
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, behind) = after.split_once('}')?;
            text.push_str(before);
            text.push_str(label(declared.slot(slot)?)?);
            rest = behind;
        }
        text.push_str(rest);
        Some(text)
    });
    filled.unwrap_or_else(|| {
        let slots = declared.slots.iter().enumerate();
        let slots: Vec<String> =
            slots.filter_map(|(number, slot)| Some(format!("{}: {}", slot.name, label(number)?))).collect();
        format!("{}({})", declared.name, slots.join(", "))
    })
}
