//! Links kinds and entities.

use super::rules;
use super::{Linker, MAX_ACRONYM, place};
use crate::pack::built_in::is_built_in;
use crate::pack::decode::At;
use crate::pack::lexicon::{Case, EntityId, Term, parts};
use crate::pack::model::{ClosedName, Entity, Kind, Like};
use crate::pack::place::Place;
use crate::pack::wire::{EntityTable, KindTable, PackFile};
use crate::pattern::{Form, KindId};
use crate::text::{Source, Span, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Linker {
    pub(super) fn kinds(&mut self, source: &Arc<Source>, kinds: &BTreeMap<String, KindTable>) {
        for (name, table) in kinds {
            let Some(like) = self.like(source, table) else { continue };
            let kind = Kind {
                name: name.clone(),
                like,
                closed: table.closed,
                free_case: table.case.as_ref().is_some_and(|case| case.value == "free"),
                entities: 0,
            };
            if let Some(case) = table.case.as_ref().filter(|case| case.value != "free") {
                self.unknown(source, "case", case, &["free"]);
            }
            match self.kinds.get(name) {
                Some(known) => {
                    let before = self.packs.kinds.get(usize::from(known.0)).map(|known| known.like.word());
                    if before.is_some_and(|before| before != kind.like.word()) {
                        let message =
                            format!("the kind `{name}` is known as one that is like `{}`", before.unwrap_or_default());
                        let help = Some("give this one another name".to_owned());
                        self.problems.add(source, table.like.span, message, help);
                        continue;
                    }
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
                    self.problems.add(
                        source,
                        table.like.span,
                        "the key `regex` is missing",
                        Some("add `regex = '…'`".into()),
                    );
                    None
                }
            },
            _ => {
                self.unknown(source, "way to read a kind", &table.like, &WORDS);
                None
            }
        }
    }

    pub(super) fn kind_id(&mut self, source: &Arc<Source>, name: &At<String>) -> Option<KindId> {
        let id = self.kinds.get(&name.value).copied();
        if id.is_none() {
            let mut known: Vec<String> = self.kinds.keys().cloned().collect();
            known.sort();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.unknown(source, "kind", name, &known);
        }
        id
    }

    pub(super) fn entities(&mut self, source: &Arc<Source>, file: &PackFile) {
        for table in &file.entity {
            let Some(kind) = self.kind_id(source, &table.kind) else { continue };
            let place = place(source, file, table.name.span);
            let entity = self.entity(kind, table, place.clone());
            let id = match self.packs.entity_id(&[kind], &entity.key) {
                Some(id) => self.unite(id, entity, table),
                None => self.push_entity(entity),
            };
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

    fn entity(&self, kind: KindId, table: &EntityTable, place: Place) -> Entity {
        let forms = std::iter::once(&table.name).chain(&table.also).chain(&table.acronym).chain(&table.expansion);
        // An article in a name ("the Netherlands") is for messages; reading takes it or leaves it.
        let forms: Vec<String> = forms.map(|form| self.without_determiner(form).to_owned()).collect();
        Entity {
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
        }
    }

    /// Adds to an entity what another entry of its kind and name says; what cannot both hold is reported at both places.
    fn unite(&mut self, id: EntityId, more: Entity, table: &EntityTable) -> EntityId {
        let Some(known) = self.packs.entities.get_mut(id.0 as usize) else { return id };
        let everywhere = |entity: &Entity| entity.unique && entity.unique_in.is_empty();
        let mut contradictions: Vec<(Span, String, String)> = Vec::new();
        match (&known.exclusive, &more.exclusive, &table.exclusive) {
            (Some(old), Some(new), Some(at)) if old != new => {
                let says = |group: &str| format!("`exclusive` is `{group}`");
                contradictions.push((at.span, says(new), says(old)));
            }
            (None, Some(_), _) => known.exclusive.clone_from(&more.exclusive),
            _ => {}
        }
        if known.unique && more.unique && everywhere(known) != everywhere(&more) {
            let says = |entity: &Entity| {
                let places = if everywhere(entity) { "everywhere" } else { "in some places alone" };
                format!("it is unique {places}")
            };
            let at = table.unique_in.first().map_or(table.name.span, |place| place.span);
            contradictions.push((at, says(&more), says(known)));
        } else {
            known.unique |= more.unique;
            known.unique_in.extend(more.unique_in);
        }
        let new: Vec<String> = more.forms.iter().filter(|form| !known.forms.contains(form)).cloned().collect();
        known.forms.extend(new.iter().cloned());
        known.adjectives.extend(more.adjectives);
        known.is_a.extend(more.is_a);
        let (name, before) = (known.name.clone(), known.place.clone());
        for (span, says, said) in contradictions {
            let (here, there) = (&more.place.source, &before.source);
            let line = |source: &Source, span: Span| format!("{}:{}", source.path(), source.position(span.start).line);
            let help =
                |place: String| Some(format!("{place} says otherwise; entries of one kind and name are one entity"));
            let message = |says: &str| format!("of `{name}` two entries say what cannot both hold: here {says}");
            self.problems.add(here, span, message(&says), help(line(there, before.span)));
            self.problems.add(there, before.span, message(&said), help(line(here, span)));
        }
        self.forms(id, &new);
        id
    }

    pub(super) fn without_determiner<'t>(&self, text: &'t str) -> &'t str {
        match text.split_once(' ') {
            Some((first, rest))
                if self
                    .packs
                    .vocabulary
                    .get(&fold::fold(first))
                    .is_some_and(|word| self.packs.grammar.determiners.contains(&word)) =>
            {
                rest
            }
            _ => text,
        }
    }

    /// An entity that another one mentions, unless it is declared already.
    fn plain_entity(&mut self, kind: KindId, name: &str, part_of: String, place: Place) {
        let key = fold::fold_phrase(name);
        if self.packs.entity_by_key(&[kind], &key).is_none() {
            let (name, forms) = (name.to_owned(), vec![name.to_owned()]);
            let (exclusive, unique, unique_in, is_a) = (None, false, Vec::new(), vec![part_of]);
            self.push_entity(Entity {
                kind,
                name,
                key,
                forms,
                adjectives: Vec::new(),
                exclusive,
                unique,
                unique_in,
                is_a,
                place,
            });
        }
    }

    fn push_entity(&mut self, entity: Entity) -> EntityId {
        let id = EntityId(u32::try_from(self.packs.entities.len()).unwrap_or(u32::MAX));
        self.packs.lexicon.add_key(&entity.key, id);
        let (kind, forms) = (entity.kind, entity.forms.clone());
        self.packs.entities.push(entity);
        if let Some(kind) = self.packs.kinds.get_mut(usize::from(kind.0)) {
            kind.entities += 1;
        }
        self.forms(id, &forms);
        id
    }

    /// Makes the names of an entity known.
    fn forms(&mut self, id: EntityId, forms: &[String]) {
        let Some(kind) = self.packs.entity(id).map(|entity| entity.kind) else { return };
        let named = matches!(self.packs.kind(kind).map(|kind| &kind.like), Some(Like::Name));
        if self.packs.kind(kind).is_some_and(|kind| kind.closed) {
            forms.iter().for_each(|form| {
                self.packs.closed.push(ClosedName {
                    entity: id,
                    kind,
                    form: form.as_str().into(),
                    key: fold::fold_phrase(form),
                    acronym: form.chars().count() <= MAX_ACRONYM && form.chars().all(char::is_uppercase),
                })
            });
        }
        for form in forms {
            if named {
                self.packs.aliases.add(&fold::fold_phrase(form), id.0);
            } else {
                self.form(id, form, Form::Name);
            }
        }
    }

    fn form(&mut self, entity: EntityId, text: &str, form: Form) {
        let free = self
            .packs
            .entity(entity)
            .and_then(|entity| self.packs.kind(entity.kind))
            .is_some_and(|kind| kind.free_case);
        let parts = parts(text, &self.packs.language);
        let words = parts.iter().map(|(word, mark)| mark.is_none().then(|| self.word(word))).collect();
        let case = |(word, mark): &(&str, Option<char>)| {
            let upper = word.chars().filter(|c| c.is_uppercase()).count();
            let lower = word.chars().any(char::is_lowercase);
            match (mark, upper, lower) {
                (Some(mark), ..) => Case::Mark(*mark),
                (None, 2.., false) => Case::Upper,
                (None, 1.., _) if !free => Case::Capital,
                _ => Case::Free,
            }
        };
        let cases = parts.iter().map(case).collect();
        self.packs.lexicon.add(Term { entity, words, cases, form });
    }

    /// Follows `is_a` all the way up, and reports names in it and in `unique_in` that nothing has.
    pub(super) fn close_is_a(&mut self, files: &[(Arc<Source>, PackFile)]) {
        for (source, file) in files {
            for table in &file.entity {
                // A project may leave out packs that name the places of built-in offices.
                let places = if is_built_in(source.path()) { &[][..] } else { &table.unique_in };
                for broader in table.is_a.iter().chain(places) {
                    if self.packs.lexicon.by_key(&fold::fold_phrase(self.without_determiner(broader))).next().is_none()
                    {
                        let known: Vec<String> = self.packs.entities.iter().map(|entity| entity.name.clone()).collect();
                        let known: Vec<&str> = known.iter().map(String::as_str).collect();
                        self.unknown(source, "entity", broader, &known);
                    }
                }
            }
        }
        let own = self.linked..self.packs.entities.len();
        let own_entities = own.clone().filter_map(|number| self.packs.entities.get(number));
        let direct: HashMap<String, Vec<String>> =
            own_entities.map(|entity| (entity.key.clone(), entity.is_a.clone())).collect();
        for number in own {
            let Some(entity) = self.packs.entities.get(number) else { continue };
            let (own_key, mut is_a, mut at) = (entity.key.clone(), entity.is_a.clone(), 0);
            while let Some(key) = is_a.get(at).cloned() {
                let below = || Some(self.packs.entity(self.packs.lexicon.by_key(&key).last()?)?.is_a.as_slice());
                let further = direct.get(&key).map(Vec::as_slice).or_else(below).unwrap_or_default();
                let known: HashSet<String> = is_a.iter().cloned().collect();
                is_a.extend(further.iter().filter(|key| !known.contains(*key) && **key != own_key).cloned());
                at += 1;
            }
            if let Some(entity) = self.packs.entities.get_mut(number) {
                entity.is_a = is_a;
            }
        }
    }
}
