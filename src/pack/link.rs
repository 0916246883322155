//! Links packs: names become numbers, patterns are compiled, and everything that does not fit is reported.

use super::decode::{At, Decoder, Wire};
use super::grammar::{Class, Frame, Mood};
use super::lexicon::{Case, Term};
use super::model::{ANY_MOOD, ClosedName, Conflict, Entity, EntityId, Kind, Like, Packs, Place, Relation, Slot, StatedFact, When};
use super::problem::{Problems, suggest};
use super::wire::{ConflictTable, EntityTable, FactTable, KindTable, LanguageTable, PackFile, RelationTable};
use super::{rules, wire};
use crate::pattern::{Accept, ClassId, Element, Form, Item, KindId, WordId, parse};
use crate::text::{Field, Glob, LineRule, Source, Span, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::Arc;

/// For how many days after it was checked a stated fact keeps its weight, unless its pack says otherwise.
const HORIZON_DAYS: u32 = 365;

/// An acronym has at most so many letters.
const MAX_ACRONYM: usize = 5;

/// Loads packs, all together. Names of one pack are known in all. What could be read is returned with every problem.
pub fn load(sources: &[Arc<Source>]) -> (Packs, Problems) {
    let mut problems = Problems::default();
    let files: Vec<(Arc<Source>, PackFile)> =
        sources.iter().filter_map(|source| Some((Arc::clone(source), decode(source, &mut problems)?))).collect();
    let mut linker = Linker { packs: Packs::default(), problems, kinds: HashMap::default(), classes: HashMap::default() };
    linker.packs.sources = sources.to_vec();
    for (source, file) in &files {
        linker.language(source, file);
        linker.kinds(source, &file.kind);
    }
    for (source, file) in &files {
        linker.entities(source, file);
    }
    linker.close_is_a(&files);
    for (source, file) in &files {
        linker.relations(source, &file.relation);
    }
    for (source, file) in &files {
        linker.facts(source, file);
        rules::link(source, file, &mut linker.packs, &mut linker.problems);
    }
    (linker.packs, linker.problems)
}

fn decode(source: &Arc<Source>, problems: &mut Problems) -> Option<PackFile> {
    let (table, errors) = toml::de::DeTable::parse_recoverable(source.text());
    for error in errors {
        let span = error.span().map(Span::from).unwrap_or_default();
        problems.add(source, span, format!("this is no TOML: {}", error.message()), None);
    }
    let span = table.span();
    let table = toml::Spanned::new(span, toml::de::DeValue::Table(table.into_inner()));
    PackFile::decode(&table, &mut Decoder { source, problems })
}

/// Where a table of a pack stands, with the weight of its pack.
pub(super) fn place(source: &Arc<Source>, file: &PackFile, span: Span) -> Place {
    let head = file.pack.as_ref();
    Place {
        source: Arc::clone(source),
        span,
        checked: head.and_then(|head| head.checked),
        horizon: head.and_then(|head| head.horizon).unwrap_or(HORIZON_DAYS),
    }
}

struct Linker {
    packs: Packs,
    problems: Problems,
    kinds: HashMap<String, KindId>,
    classes: HashMap<String, ClassId>,
}

impl Linker {
    fn word(&mut self, word: &str) -> WordId {
        self.packs.vocabulary.intern(&fold::fold(word))
    }

    fn word_set(&mut self, words: &[String]) -> HashSet<WordId> {
        words.iter().map(|word| self.word(word)).collect()
    }

    fn unknown(&mut self, source: &Arc<Source>, what: &str, name: &At<String>, known: &[&str]) {
        let help = suggest(name, known.iter().copied());
        self.problems.add(source, name.span, format!("unknown {what} `{}`", name.value), help);
    }

    fn language(&mut self, source: &Arc<Source>, file: &PackFile) {
        if let Some(table) = &file.language {
            self.reading(source, table);
            self.grammar(table);
        }
        for (name, class) in &file.class {
            let past: HashSet<WordId> = self.word_set(&class.past);
            let id = self.class_id(name);
            for word in class.words.iter().chain(&class.past) {
                let word = self.word(word);
                if let Some(class) = self.packs.grammar.classes.get_mut(usize::from(id.0)) {
                    class.words.insert(word, past.contains(&word));
                }
            }
        }
        for (name, mood) in &file.mood {
            let Some(frame) = Frame::parse(&mood.frame) else {
                self.unknown(source, "frame", &mood.frame, &Frame::ALL.map(|(_, name)| name));
                continue;
            };
            let (before, after) = (self.word_set(&mood.before), self.word_set(&mood.after));
            self.packs.grammar.mood_words.extend(&before);
            self.packs.grammar.moods.push(Mood { name: name.clone(), frame, before, after });
        }
    }

    fn class_id(&mut self, name: &str) -> ClassId {
        let next = ClassId(u16::try_from(self.packs.grammar.classes.len()).unwrap_or(u16::MAX));
        let id = *self.classes.entry(name.to_owned()).or_insert(next);
        if id == next {
            self.packs.grammar.classes.push(Class { name: name.to_owned(), words: HashMap::default() });
        }
        id
    }

    /// What the reader needs.
    fn reading(&mut self, source: &Arc<Source>, table: &LanguageTable) {
        let language = &mut self.packs.language;
        language.abbreviations.extend(table.abbreviations.iter().map(|word| fold::fold(word)));
        let words = [
            &table.determiners,
            &table.prepositions,
            &table.conjunctions,
            &table.subordinators,
            &table.function_words,
            &table.pronouns,
        ];
        language.function_words.extend(words.into_iter().flatten().map(|word| fold::fold(word)));
        for (number, names) in (1_i8..).zip(&table.months) {
            language.months.extend(names.iter().map(|name| (fold::fold(name), number)));
        }
        language.article_ages.extend(table.article_ages.iter().map(|glob| Glob::new(glob)));
        language.date_labels.extend(table.date_labels.iter().map(|label| label.to_lowercase()));
        for line in &table.line {
            match Field::parse(&line.field) {
                Some(field) => {
                    let globs = line.like.iter().map(|glob| Glob::new(glob)).collect();
                    self.packs.language.lines.push(LineRule { field, globs });
                }
                None => self.unknown(source, "field", &line.field, &Field::ALL.map(|(_, name)| name)),
            }
        }
    }

    /// What extraction needs.
    fn grammar(&mut self, table: &LanguageTable) {
        let function_words = self.packs.language.function_words.clone();
        for word in &function_words {
            let word = self.packs.vocabulary.intern(word);
            self.packs.grammar.function_words.insert(word);
        }
        let calendar: Vec<String> = table.months.iter().flatten().chain(&table.weekdays).cloned().collect();
        let sets: [(&[String], fn(&mut super::Grammar) -> &mut HashSet<WordId>); 15] = [
            (&table.determiners, |grammar| &mut grammar.determiners),
            (&table.prepositions, |grammar| &mut grammar.prepositions),
            (&table.conjunctions, |grammar| &mut grammar.conjunctions),
            (&table.subordinators, |grammar| &mut grammar.subordinators),
            (&table.pronouns, |grammar| &mut grammar.pronouns),
            (&table.negations, |grammar| &mut grammar.negations),
            (&table.hypotheticals, |grammar| &mut grammar.hypotheticals),
            (&table.respectively, |grammar| &mut grammar.respectively),
            (&table.honorifics, |grammar| &mut grammar.honorifics),
            (&table.particles, |grammar| &mut grammar.particles),
            (&table.name_suffixes, |grammar| &mut grammar.name_suffixes),
            (&table.head_nouns, |grammar| &mut grammar.head_nouns),
            (&table.ranks, |grammar| &mut grammar.ranks),
            (&calendar, |grammar| &mut grammar.calendar),
            (&[], |grammar| &mut grammar.function_words),
        ];
        for (words, set) in sets {
            let words = self.word_set(words);
            set(&mut self.packs.grammar).extend(words);
        }
    }

    fn kinds(&mut self, source: &Arc<Source>, kinds: &std::collections::BTreeMap<String, KindTable>) {
        for (name, table) in kinds {
            let Some(like) = self.like(source, table) else { continue };
            let kind = Kind {
                name: name.clone(),
                like,
                closed: table.closed,
                free_case: table.case.as_ref().is_some_and(|case| case.value == "free"),
            };
            if let Some(case) = table.case.as_ref().filter(|case| case.value != "free") {
                self.unknown(source, "case", case, &["free"]);
            }
            match self.kinds.get(name) {
                Some(known) => {
                    // A later pack may refine a kind, as a project that closes its list of outlets does.
                    if let Some(slot) = self.packs.kinds.get_mut(usize::from(known.0)) {
                        *slot = kind;
                    }
                }
                None => {
                    let id = KindId(u16::try_from(self.packs.kinds.len()).unwrap_or(u16::MAX));
                    self.kinds.insert(name.clone(), id);
                    self.packs.kinds.push(kind);
                }
            }
        }
    }

    fn like(&mut self, source: &Arc<Source>, table: &KindTable) -> Option<Like> {
        const WORDS: [&str; 6] = ["name", "entity", "regex", "date", "quantity", "quotation"];
        match table.like.as_str() {
            "name" => Some(Like::Name),
            "entity" => Some(Like::Entity),
            "date" => Some(Like::Date),
            "quantity" => Some(Like::Quantity),
            "quotation" => Some(Like::Quotation),
            "regex" => match &table.regex {
                Some(text) => rules::regex(source, text, "^(?:", ")", &mut self.problems).map(Like::Regex),
                None => {
                    self.problems.add(source, table.like.span, "the key `regex` is missing", Some("add `regex = '…'`".into()));
                    None
                }
            },
            _ => {
                self.unknown(source, "way to read a kind", &table.like, &WORDS);
                None
            }
        }
    }

    fn kind_id(&mut self, source: &Arc<Source>, name: &At<String>) -> Option<KindId> {
        let id = self.kinds.get(&name.value).copied();
        if id.is_none() {
            let mut known: Vec<String> = self.kinds.keys().cloned().collect();
            known.sort();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.unknown(source, "kind", name, &known);
        }
        id
    }

    fn entities(&mut self, source: &Arc<Source>, file: &PackFile) {
        for table in &file.entity {
            let Some(kind) = self.kind_id(source, &table.kind) else { continue };
            let place = place(source, file, table.name.span);
            let id = self.entity(kind, table, place.clone());
            if let Some(capital) = &table.capital {
                let place = Place { span: capital.span, ..place };
                let country = fold::fold_phrase(self.without_determiner(&table.name));
                self.plain_entity(kind, capital, country, place);
            }
            for form in &table.adjective {
                self.form(id, form, Form::Adjective);
            }
        }
    }

    fn entity(&mut self, kind: KindId, table: &EntityTable, place: Place) -> EntityId {
        let forms = std::iter::once(&table.name).chain(&table.also).chain(&table.acronym).chain(&table.expansion);
        // An article in a name ("the Netherlands") is for messages; reading takes it or leaves it.
        let forms: Vec<String> = forms.map(|form| self.without_determiner(form).to_owned()).collect();
        self.push_entity(Entity {
            kind,
            name: table.name.value.clone(),
            key: fold::fold_phrase(self.without_determiner(&table.name)),
            forms,
            adjectives: table.adjective.iter().map(|form| form.value.clone()).collect(),
            exclusive: table.exclusive.as_ref().map(|group| group.value.clone()),
            unique: table.unique || !table.unique_in.is_empty(),
            unique_in: table.unique_in.iter().map(|place| fold::fold_phrase(self.without_determiner(place))).collect(),
            is_a: table.is_a.iter().map(|broader| fold::fold_phrase(self.without_determiner(broader))).collect(),
            place,
        })
    }

    fn without_determiner<'t>(&self, text: &'t str) -> &'t str {
        match text.split_once(' ') {
            Some((first, rest)) if self.packs.vocabulary.get(&fold::fold(first)).is_some_and(|word| self.packs.grammar.determiners.contains(&word)) => rest,
            _ => text,
        }
    }

    /// An entity that another one mentions, unless it is declared already.
    fn plain_entity(&mut self, kind: KindId, name: &str, part_of: String, place: Place) {
        let key = fold::fold_phrase(name);
        if self.packs.entity_by_key(&[kind], &key).is_none() {
            let (name, forms) = (name.to_owned(), vec![name.to_owned()]);
            let (exclusive, unique, unique_in, is_a) = (None, false, Vec::new(), vec![part_of]);
            self.push_entity(Entity { kind, name, key, forms, adjectives: Vec::new(), exclusive, unique, unique_in, is_a, place });
        }
    }

    fn push_entity(&mut self, entity: Entity) -> EntityId {
        let id = EntityId(u32::try_from(self.packs.entities.len()).unwrap_or(u32::MAX));
        self.packs.lexicon.add_key(&entity.key, id);
        let forms = entity.forms.clone();
        let named = matches!(self.packs.kind(entity.kind).map(|kind| &kind.like), Some(Like::Name));
        let kind = entity.kind;
        if self.packs.kind(kind).is_some_and(|kind| kind.closed) {
            self.packs.closed.extend(forms.iter().map(|form| ClosedName {
                entity: id,
                kind,
                form: form.as_str().into(),
                key: fold::fold_phrase(form),
                acronym: form.chars().count() <= MAX_ACRONYM && form.chars().all(char::is_uppercase),
            }));
        }
        self.packs.entities.push(entity);
        for form in &forms {
            if named {
                self.packs.aliases.insert(fold::fold_phrase(form), id);
            } else {
                self.form(id, form, Form::Name);
            }
        }
        id
    }

    fn form(&mut self, entity: EntityId, text: &str, form: Form) {
        let free = self.packs.entity(entity).and_then(|entity| self.packs.kind(entity.kind)).is_some_and(|kind| kind.free_case);
        let parts = fold::words(text);
        let words = parts.iter().map(|word| self.word(word)).collect();
        let cases = parts
            .iter()
            .map(|word| {
                let upper = word.chars().filter(|c| c.is_uppercase()).count();
                let lower = word.chars().any(char::is_lowercase);
                match (upper, lower) {
                    (2.., false) => Case::Upper,
                    (1.., _) if !free => Case::Capital,
                    _ => Case::Free,
                }
            })
            .collect();
        self.packs.lexicon.add(Term { entity, words, cases, form });
    }

    /// Follows `is_a` all the way up, and reports names that nothing has.
    fn close_is_a(&mut self, files: &[(Arc<Source>, PackFile)]) {
        for (source, file) in files {
            for table in &file.entity {
                for broader in &table.is_a {
                    if self.packs.lexicon.by_key(&fold::fold_phrase(self.without_determiner(broader))).is_empty() {
                        let known: Vec<String> = self.packs.entities.iter().map(|entity| entity.name.clone()).collect();
                        let known: Vec<&str> = known.iter().map(String::as_str).collect();
                        self.unknown(source, "entity", broader, &known);
                    }
                }
            }
        }
        let direct: HashMap<String, Vec<String>> =
            self.packs.entities.iter().map(|entity| (entity.key.clone(), entity.is_a.clone())).collect();
        for entity in &mut self.packs.entities {
            let mut at = 0;
            while let Some(key) = entity.is_a.get(at).cloned() {
                let further = direct.get(&key).cloned().unwrap_or_default();
                let known: HashSet<String> = entity.is_a.iter().cloned().collect();
                entity.is_a.extend(further.into_iter().filter(|key| !known.contains(key) && *key != entity.key));
                at += 1;
            }
        }
    }

    fn relations(&mut self, source: &Arc<Source>, relations: &std::collections::BTreeMap<String, RelationTable>) {
        for (name, table) in relations {
            let known = self.packs.relations.iter().position(|relation| relation.name == *name);
            let number = known.unwrap_or(self.packs.relations.len());
            if known.is_none() {
                self.packs.relations.push(Relation { name: name.clone(), event: false, says: None, slots: Vec::new(), patterns: Vec::new(), conflicts: Vec::new() });
            }
            self.slots(source, number, table);
            if let Some(relation) = self.packs.relations.get_mut(number) {
                relation.event |= table.event;
            }
            if let Some(says) = &table.says {
                self.placeholders(source, number, says);
                if let Some(relation) = self.packs.relations.get_mut(number) {
                    relation.says = Some(says.value.clone());
                }
            }
            for text in &table.patterns {
                self.pattern(source, number, text, false);
            }
            for text in &table.descriptions {
                self.pattern(source, number, text, true);
            }
            for conflict in &table.conflict {
                self.conflict(source, number, conflict);
            }
        }
    }

    fn slots(&mut self, source: &Arc<Source>, relation: usize, table: &RelationTable) {
        for (name, kinds) in &table.slots {
            let mut ids = Vec::new();
            for kind in kinds.split('|') {
                let kind = At { value: kind.trim().to_owned(), span: kinds.span };
                ids.extend(self.kind_id(source, &kind));
            }
            if let Some(relation) = self.packs.relations.get_mut(relation)
                && relation.slot(name).is_none()
            {
                relation.slots.push(Slot { name: name.clone(), kinds: ids });
            }
        }
    }

    fn pattern(&mut self, source: &Arc<Source>, relation: usize, text: &At<String>, description: bool) {
        let (pattern, errors) = parse(text);
        // The text of a TOML string begins behind its quotation mark; escapes are rare in patterns.
        let inside = |range: &std::ops::Range<usize>| {
            let quote = if source.slice(text.span).starts_with("\"\"\"") || source.slice(text.span).starts_with("'''") { 3 } else { 1 };
            let base = text.span.start as usize + quote;
            Span::from(base + range.start..base + range.end)
        };
        for error in &errors {
            self.problems.add(source, inside(&error.range), error.message.clone(), Some(error.help.to_owned()));
        }
        let Some(slots) = self.packs.relations.get(relation).map(|relation| relation.slots.clone()) else { return };
        let number = self.packs.relations.get(relation).map_or(0, |relation| relation.patterns.len());
        let accept = Accept {
            relation: u16::try_from(relation).unwrap_or(u16::MAX),
            pattern: u16::try_from(number).unwrap_or(u16::MAX),
            description,
        };
        let mut program = std::mem::take(&mut self.packs.program);
        let mut slot_count = 0;
        let result = program.add(&pattern, &accept, &mut |item| match item {
            Item::Word(word) => Some(Element::Word(self.word(word))),
            Item::Mark(mark) => Some(Element::Mark(*mark)),
            Item::Class { name, at } => match self.classes.get(name) {
                Some(id) => Some(Element::Class(*id)),
                None => {
                    let mut known: Vec<&str> = self.classes.keys().map(String::as_str).collect();
                    known.sort_unstable();
                    let help = suggest(name, known);
                    self.problems.add(source, inside(&at.0), format!("unknown word class `{name}`"), help);
                    None
                }
            },
            Item::Slot { name, form, at } => {
                slot_count += 1;
                let Some(slot) = slots.iter().position(|slot| slot.name == *name) else {
                    let help = suggest(name, slots.iter().map(|slot| slot.name.as_str()));
                    self.problems.add(source, inside(&at.0), format!("the relation has no slot `{name}`"), help);
                    return None;
                };
                let read = form.as_deref().and_then(Form::parse);
                if let Some(form) = form
                    && read.is_none()
                {
                    let help = suggest(form, ["name", "adjective", "possessive"]);
                    self.problems.add(source, inside(&at.0), format!("unknown form `{form}`"), help);
                }
                let kinds = slots.get(slot).map(|slot| slot.kinds.clone()).unwrap_or_default();
                Some(Element::Slot { kinds, form: read, slot: u16::try_from(slot).unwrap_or(u16::MAX) })
            }
            _ => None,
        });
        self.packs.program = program;
        if let Err(too_many) = result {
            let message = format!("this pattern has more than {} readings", too_many.0);
            self.problems.add(source, text.span, message, Some("write several patterns instead".to_owned()));
        } else if slot_count == 0 && errors.is_empty() {
            let help = Some("name a slot, such as {person}".to_owned());
            self.problems.add(source, text.span, "a pattern without a slot claims nothing", help);
        }
        if let Some(relation) = self.packs.relations.get_mut(relation) {
            relation.patterns.push(pattern);
        }
        self.problems.all.dedup_by(|a, b| a.span == b.span && a.message == b.message);
    }

    fn conflict(&mut self, source: &Arc<Source>, relation: usize, table: &ConflictTable) {
        let Some(slots) = self.packs.relations.get(relation).map(|relation| relation.slots.clone()) else { return };
        let names: Vec<&str> = slots.iter().map(|slot| slot.name.as_str()).collect();
        let number = |name: &str| slots.iter().position(|slot| slot.name == name);
        let same: Vec<Option<usize>> = table
            .same
            .iter()
            .map(|name| {
                let found = number(name);
                if found.is_none() {
                    self.unknown(source, "slot", name, &names);
                }
                found
            })
            .collect();
        let differ = number(&table.differ);
        if differ.is_none() && table.differ.value != ANY_MOOD {
            let known: Vec<&str> = names.iter().copied().chain([ANY_MOOD]).collect();
            self.unknown(source, "slot", &table.differ, &known);
            return;
        }
        let when = match table.when.as_ref().map(|when| when.as_str()) {
            None | Some("always") => When::Always,
            Some("exclusive") => When::Exclusive,
            Some("unique") => When::Unique,
            Some(_) => {
                if let Some(when) = &table.when {
                    self.unknown(source, "condition", when, &["always", "exclusive", "unique"]);
                }
                return;
            }
        };
        self.placeholders(source, relation, &table.message);
        let same: Vec<usize> = same.into_iter().flatten().collect();
        if let Some(relation) = self.packs.relations.get_mut(relation) {
            relation.conflicts.push(Conflict { same, differ, when, message: table.message.value.clone() });
        }
    }

    /// Everything that a message names must be a slot.
    fn placeholders(&mut self, source: &Arc<Source>, relation: usize, message: &At<String>) {
        let Some(relation) = self.packs.relations.get(relation) else { return };
        for name in message.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name) {
            let slot = name.trim_start_matches("claim.").trim_start_matches("fact.");
            if relation.slot(slot).is_none() && slot != ANY_MOOD {
                let help = suggest(slot, relation.slots.iter().map(|slot| slot.name.as_str()));
                self.problems.add(source, message.span, format!("the message names `{{{name}}}`, which is no slot"), help);
            }
        }
    }

    fn facts(&mut self, source: &Arc<Source>, file: &PackFile) {
        for table in &file.fact {
            let place = place(source, file, fact_span(table));
            let slots = self.structured(source, table);
            if table.says.is_none() && table.not.is_none() && table.relation.is_none() {
                let help = Some("write `says = \"…\"`, or `relation = \"…\"` with its slots".to_owned());
                self.problems.add(source, place.span, "this fact says nothing", help);
                continue;
            }
            let text = |text: &Option<At<String>>| text.as_ref().map(|text| (text.value.clone(), text.span));
            self.packs.facts.push(StatedFact {
                says: text(&table.says),
                not: text(&table.not),
                slots,
                since: table.since,
                until: table.until,
                from: table.source.clone(),
                place,
            });
        }
    }

    fn structured(&mut self, source: &Arc<Source>, table: &FactTable) -> Option<(usize, Vec<(usize, String, Span)>)> {
        const KEYS: [&str; 6] = ["says", "not", "since", "until", "source", "relation"];
        let Some(name) = &table.relation else {
            for (key, value) in &table.rest {
                self.problems.add(source, value.span, format!("unknown key `{key}`"), suggest(key, KEYS));
            }
            return None;
        };
        let found = self.packs.relations.iter().position(|relation| relation.name == name.value);
        let Some((number, relation)) = found.and_then(|number| Some((number, self.packs.relations.get(number)?))) else {
            let known: Vec<String> = self.packs.relations.iter().map(|relation| relation.name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.unknown(source, "relation", name, &known);
            return None;
        };
        let mut slots = Vec::new();
        for (key, value) in &table.rest {
            match relation.slot(key) {
                Some(slot) => slots.push((slot, value.value.clone(), value.span)),
                None => {
                    let known = relation.slots.iter().map(|slot| slot.name.as_str()).chain(KEYS);
                    self.problems.add(source, value.span, format!("unknown key `{key}`"), suggest(key, known));
                }
            }
        }
        Some((number, slots))
    }
}

fn fact_span(table: &At<wire::FactTable>) -> Span {
    let first = [&table.says, &table.not, &table.relation];
    first.into_iter().flatten().map(|text| text.span).next().unwrap_or(table.span)
}
