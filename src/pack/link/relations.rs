//! Links relations: slots, patterns, conflicts.

use super::Linker;
use crate::pack::decode::At;
use crate::pack::model::{ANY_MOOD, Conflict, Relation, Slot, When};
use crate::pack::problem::suggest;
use crate::pack::wire::{ConflictTable, RelationTable};
use crate::pattern::{Accept, Element, Form, Item, RelationId, SlotId, parse};
use crate::text::{Source, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Linker {
    pub(super) fn relations(&mut self, source: &Arc<Source>, relations: &BTreeMap<String, RelationTable>) {
        for (name, table) in relations {
            let known = self.packs.relation_named(name);
            let id = known.unwrap_or(RelationId::at(self.packs.relations.len()));
            if known.is_none() {
                self.packs.relations.push(Relation {
                    name: name.clone(),
                    event: false,
                    speech: false,
                    says: None,
                    slots: Vec::new(),
                    patterns: Vec::new(),
                    pattern_places: Vec::new(),
                    conflicts: Vec::new(),
                });
            }
            self.slots(source, id, table);
            if let Some(relation) = self.packs.relation_mut(id) {
                relation.event |= table.event;
                relation.speech |= table.speech;
            }
            if let Some(says) = &table.says {
                self.placeholders(source, id, says);
                if let Some(relation) = self.packs.relation_mut(id) {
                    relation.says = Some(says.value.clone());
                }
            }
            for text in &table.patterns {
                self.pattern(source, id, text, false);
            }
            for text in &table.descriptions {
                self.pattern(source, id, text, true);
            }
            for conflict in &table.conflict {
                self.conflict(source, id, conflict);
            }
        }
    }

    fn slots(&mut self, source: &Arc<Source>, relation: RelationId, table: &RelationTable) {
        for (name, kinds) in &table.slots {
            let mut ids = Vec::new();
            for kind in kinds.split('|') {
                let kind = At { value: kind.trim().to_owned(), span: kinds.span };
                ids.extend(self.kind_id(source, &kind));
            }
            let Some(relation) = self.packs.relation_mut(relation) else { continue };
            match relation.slots.iter().find(|slot| slot.name == *name) {
                None => relation.slots.push(Slot { name: name.clone(), kinds: ids }),
                Some(known) if known.kinds == ids => {}
                Some(_) => {
                    let message = format!("the slot `{name}` is known with another kind in this relation");
                    let help = Some("give this relation or slot another name".to_owned());
                    self.problems.add(source, kinds.span, message, help);
                }
            }
        }
    }

    fn pattern(&mut self, source: &Arc<Source>, relation: RelationId, text: &At<String>, description: bool) {
        let (pattern, errors) = parse(text);
        for error in &errors {
            let (message, help) = (error.message.clone(), error.help.to_owned());
            self.problems.add(source, inside(source, text, &error.range), message, Some(help));
        }
        let Some(slots) = self.packs.relation(relation).map(|relation| relation.slots.clone()) else { return };
        let number = self.packs.relation(relation).map_or(0, |relation| relation.patterns.len());
        let accept = Accept { relation, pattern: u16::try_from(number).unwrap_or(u16::MAX), description };
        let mut program = std::mem::take(&mut self.packs.program);
        let mut slot_count = 0;
        let result = program.add(&pattern, &accept, &mut |item| {
            slot_count += usize::from(matches!(item, Item::Slot { .. }));
            self.element(source, text, &slots, item)
        });
        self.packs.program = program;
        if let Err(too_many) = result {
            let message = format!("this pattern has more than {} readings", too_many.0);
            self.problems.add(source, text.span, message, Some("write several patterns instead".to_owned()));
        } else if slot_count == 0 && errors.is_empty() {
            let help = Some("name a slot, such as {person}".to_owned());
            self.problems.add(source, text.span, "a pattern without a slot claims nothing", help);
        }
        if let Some(relation) = self.packs.relation_mut(relation) {
            relation.patterns.push(pattern);
            relation.pattern_places.push((Arc::clone(source), text.span));
        }
        self.problems.all.dedup_by(|a, b| a.span == b.span && a.message == b.message);
    }

    /// What an item of a pattern matches.
    fn element(&mut self, source: &Arc<Source>, text: &At<String>, slots: &[Slot], item: &Item) -> Option<Element> {
        match item {
            Item::Word(word) => Some(Element::Word(self.word(word))),
            Item::Mark(mark) => Some(Element::Mark(*mark)),
            Item::Class { name, at } => {
                if let Some(id) = self.classes.get(name) {
                    return Some(Element::Class(*id));
                }
                let mut known: Vec<&str> = self.classes.keys().map(String::as_str).collect();
                known.sort_unstable();
                let help = suggest(name, known);
                self.problems.add(source, inside(source, text, &at.0), format!("unknown word class `{name}`"), help);
                None
            }
            Item::Slot { name, form, at } => {
                let at = inside(source, text, &at.0);
                let Some((slot, kinds)) = (0..)
                    .map(SlotId)
                    .zip(slots)
                    .find(|(_, slot)| slot.name == *name)
                    .map(|(id, slot)| (id, slot.kinds.clone()))
                else {
                    let help = suggest(name, slots.iter().map(|slot| slot.name.as_str()));
                    self.problems.add(source, at, format!("the relation has no slot `{name}`"), help);
                    return None;
                };
                let read = form.as_deref().and_then(Form::parse);
                if let Some(form) = form
                    && read.is_none()
                {
                    let help = suggest(form, ["name", "adjective", "possessive"]);
                    self.problems.add(source, at, format!("unknown form `{form}`"), help);
                }
                Some(Element::Slot { kinds, form: read, slot })
            }
            _ => None,
        }
    }

    fn conflict(&mut self, source: &Arc<Source>, relation: RelationId, table: &ConflictTable) {
        let Some(slots) = self.packs.relation(relation).map(|relation| relation.slots.clone()) else { return };
        let names: Vec<&str> = slots.iter().map(|slot| slot.name.as_str()).collect();
        let id = |name: &str| slots.iter().position(|slot| slot.name == name).map(SlotId::at);
        let same: Vec<Option<SlotId>> = table
            .same
            .iter()
            .map(|name| {
                let found = id(name);
                if found.is_none() {
                    self.unknown(source, "slot", name, &names);
                }
                found
            })
            .collect();
        let differ = id(&table.differ);
        if differ.is_none() && table.differ.value != ANY_MOOD {
            let known: Vec<&str> = names.iter().copied().chain([ANY_MOOD]).collect();
            self.unknown(source, "slot", &table.differ, &known);
            return;
        }
        let when = match table.when.as_ref().map(|when| when.as_str()) {
            None | Some("always") => When::Always,
            Some("exclusive") => When::Exclusive,
            Some("unique") => When::Unique,
            Some("growing") => When::Growing,
            Some(_) => {
                if let Some(when) = &table.when {
                    self.unknown(source, "condition", when, &["always", "exclusive", "unique", "growing"]);
                }
                return;
            }
        };
        self.placeholders(source, relation, &table.message);
        let same: Vec<SlotId> = same.into_iter().flatten().collect();
        if let Some(relation) = self.packs.relation_mut(relation) {
            let needs = named_of_fact(&table.message).filter_map(id).collect();
            let (within, message) = (table.within, table.message.value.clone());
            relation.conflicts.push(Conflict { same, differ, when, within, needs, message });
        }
    }

    /// Everything that a message names must be a slot.
    fn placeholders(&mut self, source: &Arc<Source>, relation: RelationId, message: &At<String>) {
        let Some(relation) = self.packs.relation(relation) else { return };
        for name in message.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name) {
            let slot = name.trim_start_matches("claim.").trim_start_matches("fact.");
            if relation.slot_named(slot).is_none() && slot != ANY_MOOD {
                let help = suggest(slot, relation.slots.iter().map(|slot| slot.name.as_str()));
                self.problems.add(
                    source,
                    message.span,
                    format!("the message names `{{{name}}}`, which is no slot"),
                    help,
                );
            }
        }
    }
}

/// The slots that a message names of the fact.
fn named_of_fact(message: &str) -> impl Iterator<Item = &str> {
    message.split("{fact.").skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

/// A range of a TOML string's text in its file. The text begins behind quotation marks. Where it holds escapes, which are
/// rare in patterns, its places are not those of the file, and the whole string is shown.
fn inside(source: &Source, text: &At<String>, range: &std::ops::Range<usize>) -> Span {
    let written = source.slice(text.span);
    let quote = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
    if written.get(quote..).is_none_or(|written| !written.starts_with(text.as_str())) {
        return text.span;
    }
    let base = text.span.start as usize + quote;
    Span::from(base + range.start..base + range.end)
}
