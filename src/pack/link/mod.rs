//! Links packs: names become numbers, patterns are compiled, and everything that does not fit is reported.

/// Takes the words of a pack's table into the grammar, whose fields have the names of the table's: a list of words is
/// named in either, and in one such line.
macro_rules! take {
    ($linker:ident . $read:ident, $table:ident => $into:expr; $($field:ident),+ $(,)?) => {
        $(
            let read = $linker.$read(&$table.$field);
            $into.$field.extend(read);
        )+
    };
}

mod counting;
mod entities;
mod facts;
mod language;
mod relations;
mod rules;
mod speech;
mod tables;

use super::built_in::built_in_sources;
use super::decode::{At, Decoder, Wire};
use super::model::Packs;
use super::place::Place;
use super::problem::{Problems, suggest};
use super::wire::{EntityTable, LanguageTable, PackFile};
use crate::pattern::{ClassId, KindId, WordId};
use crate::text::{Source, Span, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::Arc;

/// For how many days after it was checked a stated fact keeps its weight, unless its pack says otherwise.
const HORIZON_DAYS: u32 = 365;

/// An acronym has at most so many letters.
const MAX_ACRONYM: usize = 5;

/// A pack that was decoded and is not linked yet.
#[derive(Debug)]
pub struct Decoded {
    source: Arc<Source>,
    file: Option<PackFile>,
    problems: Problems,
    tables: Tables,
}

/// Tables of facts by the name that a pack gives them: what was read, or why it could not be.
type Tables = HashMap<String, Result<Arc<Source>, String>>;

impl Decoded {
    /// The name of the pack's source.
    pub fn path(&self) -> &str {
        self.source.path()
    }

    /// The tables of facts that the pack names, for the one who reads files.
    pub fn tables(&self) -> Vec<String> {
        self.file.iter().flat_map(|file| &file.facts).map(|facts| facts.csv.value.clone()).collect()
    }

    /// The pack that this one extends, and where it says so.
    pub fn extends(&self) -> Option<&At<String>> {
        self.file.as_ref()?.pack.as_ref()?.extends.as_ref()
    }

    /// The pack's source.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// What is wrong with the pack itself, whatever it is linked with.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// Gives the pack a table that it names, or says why it cannot be read.
    pub fn give(&mut self, table: String, source: Result<Arc<Source>, String>) {
        self.tables.insert(table, source);
    }
}

/// Decodes one pack. Packs can be decoded side by side.
pub fn decode(source: &Arc<Source>) -> Decoded {
    let mut problems = Problems::default();
    let file = decode_toml(source, &mut problems);
    Decoded { source: Arc::clone(source), file, problems, tables: Tables::default() }
}

/// Loads packs: decodes each and links them.
pub fn load(sources: &[Arc<Source>]) -> (Packs, Problems) {
    link(sources.iter().map(decode).collect())
}

/// Links packs, all together: names of one are known in all. What could be read is returned with every problem.
pub fn link(decoded: Vec<Decoded>) -> (Packs, Problems) {
    Linker::over(Packs::default()).link(decoded)
}

/// Links packs over the built-in ones, which are linked already.
pub fn link_over_built_in(decoded: Vec<Decoded>) -> (Packs, Problems) {
    let mut files = decoded.iter().filter_map(|decoded| decoded.file.as_ref());
    match Packs::linked().map(Linker::over).filter(|linker| !files.any(|file| linker.reaches_under(file))) {
        Some(linker) => linker.link(decoded),
        None => link(built_in_sources().iter().map(decode).chain(decoded).collect()),
    }
}

impl Packs {
    /// The packs that come with factlint.
    pub fn built_in() -> Arc<Packs> {
        Arc::new(link_over_built_in(Vec::new()).0)
    }
}

/// Decodes a TOML file of any sort, with every mistake in it.
pub(crate) fn decode_toml<T: Wire>(source: &Arc<Source>, problems: &mut Problems) -> Option<T> {
    let (table, errors) = toml::de::DeTable::parse_recoverable(source.text());
    let mut broken = Vec::new();
    for error in errors {
        let span = error.span().map(Span::from).unwrap_or_default();
        broken.push(source.position(span.start).line);
        problems.add(source, span, format!("this is no TOML: {}", error.message()), None);
    }
    let span = table.span();
    let table = toml::Spanned::new(span, toml::de::DeValue::Table(table.into_inner()));
    let mut decoded = Problems::default();
    let file = T::decode(&table, &mut Decoder { source, problems: &mut decoded });
    // What a line that is no TOML was taken for says nothing more.
    decoded.all.retain(|problem| !broken.contains(&source.position(problem.span.start).line));
    problems.all.extend(decoded.all);
    file
}

/// Where a table of a pack stands, with the weight of its pack.
fn place(source: &Arc<Source>, file: &PackFile, span: Span) -> Place {
    let head = file.pack.as_ref();
    Place {
        source: Arc::clone(source),
        span,
        checked: head.and_then(|head| head.checked),
        horizon: head.and_then(|head| head.horizon).unwrap_or(HORIZON_DAYS),
    }
}

/// Whether a pack decides how articles are read; others hold facts and rules alone.
fn reads(file: &PackFile) -> bool {
    let declared = [file.class.is_empty(), file.mood.is_empty(), file.kind.is_empty(), file.relation.is_empty()];
    file.language.is_some()
        || file.numbers.is_some()
        || file.days.is_some()
        || file.speech.is_some()
        || !file.entity.is_empty()
        || declared.contains(&false)
}

struct Linker {
    packs: Packs,
    problems: Problems,
    kinds: HashMap<String, KindId>,
    classes: HashMap<String, ClassId>,
    /// So many entities were linked before.
    linked: usize,
}

impl Linker {
    /// A linker that lays packs over others.
    fn over(packs: Packs) -> Linker {
        let kinds = (0..).map(KindId).zip(&packs.kinds).map(|(id, kind)| (kind.name.clone(), id)).collect();
        let classes = (0..).map(ClassId).zip(&packs.grammar.classes);
        let classes = classes.map(|(id, class)| (class.name.clone(), id)).collect();
        let linked = packs.entities.len();
        Linker { packs, problems: Problems::default(), kinds, classes, linked }
    }

    /// Whether a pack says something by which those under it would have been linked otherwise: what is no part of a name,
    /// how a kind is read, or what is broader than an entity and so than all inside it.
    fn reaches_under(&self, file: &PackFile) -> bool {
        let cuts = |language: &LanguageTable| !language.determiners.is_empty() || !language.possessives.is_empty();
        let names = file.language.as_ref().is_some_and(cuts);
        let broadens = |table: &EntityTable| {
            let kind = self.kinds.get(&table.kind.value);
            let key = || fold::fold_phrase(self.without_determiner(&table.name));
            !table.is_a.is_empty() && kind.is_some_and(|kind| self.packs.entity_id(&[*kind], &key()).is_some())
        };
        names
            || file.kind.keys().any(|name| self.kinds.contains_key(name))
            || file.entity.iter().any(|table| broadens(table))
    }

    fn link(mut self, decoded: Vec<Decoded>) -> (Packs, Problems) {
        let mut files: Vec<(Arc<Source>, PackFile)> = Vec::new();
        let mut tables: Vec<Tables> = Vec::new();
        for decoded in decoded {
            self.problems.all.extend(decoded.problems.all);
            self.packs.sources.push(Arc::clone(&decoded.source));
            if let Some(file) = decoded.file {
                files.push((decoded.source, file));
                tables.push(decoded.tables);
            }
        }
        let reading = files.iter().filter(|(_, file)| reads(file)).map(|(source, _)| Arc::clone(source));
        self.packs.reading.extend(reading);
        for (source, file) in &files {
            self.language(source, file);
            self.counting(source, file);
            self.speech(source, file);
            self.kinds(source, &file.kind);
        }
        for (source, file) in &files {
            self.entities(source, file);
        }
        self.close_is_a(&files);
        for (source, file) in &files {
            self.relations(source, &file.relation);
        }
        for ((source, file), tables) in files.iter().zip(&tables) {
            self.facts(source, file);
            self.tables(source, file, tables);
            rules::link(source, file, &mut self.packs, &mut self.problems);
        }
        self.problems.sort(&self.packs.sources);
        (self.packs, self.problems)
    }

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
}
