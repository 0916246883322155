//! Links stated facts; their sentences are read later, by extraction.

use super::{Linker, place};
use crate::pack::decode::At;
use crate::pack::facts::{StatedFact, StatedSlots};
use crate::pack::model::Packs;
use crate::pack::place::Place;
use crate::pack::problem::suggest;
use crate::pack::wire::{FactTable, PackFile};
use crate::text::{Date, Source, Span};
use std::sync::Arc;

impl Linker {
    pub(super) fn facts(&mut self, source: &Arc<Source>, file: &PackFile) {
        for table in &file.fact {
            let place = place(source, file, fact_span(table));
            let slots = self.structured(source, table);
            if table.says.is_none() && table.not.is_none() && table.relation.is_none() {
                let help = Some("write `says = \"…\"`, or `relation = \"…\"` with its slots".to_owned());
                self.problems.add(source, place.span, "this fact says nothing", help);
                continue;
            }
            if let (Some(since), Some(until)) = (table.since, table.until)
                && until < since
            {
                let message = format!("this fact ends on {until}, before it begins on {since}");
                self.problems.add(source, place.span, message, None);
                continue;
            }
            self.dated(source, &place, table.since);
            let text = |text: &Option<At<String>>| text.as_ref().map(|text| (text.value.clone(), text.span));
            let Packs { facts, language, .. } = &mut self.packs;
            let fact = StatedFact {
                says: text(&table.says),
                not: text(&table.not),
                slots,
                since: table.since,
                until: table.until,
                from: table.source.clone(),
                place,
            };
            facts.add(fact, language);
        }
    }

    /// Reports a fact that begins after the day on which its pack says that somebody last looked. An end may be known before.
    pub(super) fn dated(&mut self, source: &Arc<Source>, place: &Place, since: Option<Date>) {
        let Some((since, checked)) = since.zip(place.checked).filter(|(since, checked)| since > checked) else {
            return;
        };
        let message = format!("this fact begins on {since}, and its pack was checked on {checked}");
        let help =
            "look at the open facts of the pack again, and set `checked` in [pack] to the day of that look".to_owned();
        self.problems.add(source, place.span, message, Some(help));
    }

    fn structured(&mut self, source: &Arc<Source>, table: &FactTable) -> Option<StatedSlots> {
        const KEYS: [&str; 6] = ["says", "not", "since", "until", "source", "relation"];
        let Some(name) = &table.relation else {
            for (key, value) in &table.rest {
                self.problems.add(source, value.span, format!("unknown key `{key}`"), suggest(key, KEYS));
            }
            return None;
        };
        let found = self.packs.relation_named(name);
        let Some((id, relation)) = found.and_then(|id| Some((id, self.packs.relation(id)?))) else {
            let known: Vec<String> = self.packs.relations.iter().map(|relation| relation.name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.unknown(source, "relation", name, &known);
            return None;
        };
        let mut slots = Vec::new();
        for (key, value) in &table.rest {
            match relation.slot_named(key) {
                Some(slot) => slots.push((slot, value.value.clone(), value.span)),
                None => {
                    let known = relation.slots.iter().map(|slot| slot.name.as_str()).chain(KEYS);
                    self.problems.add(source, value.span, format!("unknown key `{key}`"), suggest(key, known));
                }
            }
        }
        Some(StatedSlots { relation: id, slots })
    }
}

fn fact_span(table: &At<FactTable>) -> Span {
    let first = [&table.says, &table.not, &table.relation];
    first.into_iter().flatten().map(|text| text.span).next().unwrap_or(table.span)
}
