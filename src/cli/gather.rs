//! Which configuration and which packs a run loads: the built-in ones, those of the project, those given, and those that any of
//! them extends.

use super::trail::{Trail, pack_files};
use crate::config::Config;
use crate::corpus;
use crate::pack::{self, At, Decoded, Packs, Problem, Problems};
use crate::text::{Source, Span};
use rayon::prelude::*;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Texts that stand for files, as an editor has them, and what may be read for their sake.
///
/// What somebody is just writing, or a client sends, is nothing that the project says. So beside such texts only files are
/// read that the project names as it is saved, and those in its folder.
#[derive(Clone, Default)]
pub(super) struct Unsaved {
    /// By their absolute paths.
    texts: BTreeMap<PathBuf, String>,
    /// The packs of the command line.
    given: Vec<PathBuf>,
    /// The files that the saved project reads, found when somebody asks.
    saved: OnceCell<HashSet<PathBuf>>,
}

/// What is said of a file that may not be read yet.
const UNREAD: &str = "this is not in the folder of the project and was not read";
const SAVE: &str = "save to have it read";

impl Unsaved {
    /// Whether there are no such texts.
    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// These texts, in a project with these packs of the command line.
    pub(super) fn new(texts: BTreeMap<PathBuf, String>, given: &[PathBuf]) -> Unsaved {
        Unsaved { texts, given: given.to_vec(), saved: OnceCell::new() }
    }

    /// Whether a file may be read, or a folder looked into.
    fn may_read(&self, path: &Path) -> bool {
        let path = corpus::absolute(path);
        let inside = || {
            let here = corpus::absolute(Path::new(""));
            let folder = Config::find(&here).and_then(|file| file.parent().map(Path::to_owned)).unwrap_or(here);
            let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
            real(&path).starts_with(real(&folder))
        };
        self.texts.is_empty() || self.texts.contains_key(&path) || inside() || self.saved().contains(&path)
    }

    fn saved(&self) -> &HashSet<PathBuf> {
        self.saved.get_or_init(|| {
            let saved = Unsaved::default();
            let (config, _) = config_of(&[], &saved, &mut Vec::new());
            let mut read = gather(&config, &self.given, &saved).seen;
            let named = config.packs.iter().map(|pack| &pack.value).chain(&self.given);
            read.extend(named.map(|pack| corpus::absolute(pack)));
            read
        })
    }
}

/// Packs in the order of loading, each once.
pub(super) struct Gathered<'a> {
    /// Whether all built-in packs are loaded; then they are linked already.
    whole: bool,
    /// The others.
    packs: Vec<Decoded>,
    /// What was read for them.
    pub(super) trail: Trail,
    /// Packs that are named and not there, or not to be read.
    pub(super) problems: Problems,
    /// Files that cannot be read.
    pub(super) errors: Vec<String>,
    /// The files that were read, and the names of built-in packs.
    seen: HashSet<PathBuf>,
    /// Texts that stand for files.
    unsaved: &'a Unsaved,
}

/// Gathers and decodes the packs of a project and those that are given.
pub(super) fn gather<'a>(config: &Config, given: &[PathBuf], unsaved: &'a Unsaved) -> Gathered<'a> {
    let loaded = |source: &Arc<Source>| !config.without.iter().any(|left_out| *left_out == source.path());
    let built_in: Vec<Arc<Source>> = pack::built_in_sources().into_iter().filter(loaded).collect();
    let whole = config.without.is_empty();
    let mut gathered = Gathered {
        whole,
        seen: built_in.iter().map(|source| PathBuf::from(source.path())).collect(),
        packs: if whole { Vec::new() } else { built_in.par_iter().map(pack::decode).collect() },
        trail: Trail::default(),
        problems: Problems::default(),
        errors: Vec::new(),
        unsaved,
    };
    for pack in &config.packs {
        gathered.add_all(&pack.value, config.source.as_ref().map(|source| (source, pack.span)));
    }
    for pack in given {
        gathered.add_all(pack, None);
    }
    gathered
}

impl Gathered<'_> {
    /// Links the packs.
    pub(super) fn link(self) -> (Packs, Problems) {
        if self.whole { pack::link_over_built_in(self.packs) } else { pack::link(self.packs) }
    }

    /// Loads a pack, or every pack of a folder, that is named at a place.
    fn add_all(&mut self, path: &Path, named: Option<(&Arc<Source>, Span)>) {
        let files = if self.unsaved.may_read(path) { pack_files(path) } else { vec![path.to_owned()] };
        self.trail.look(path, Some(&files));
        for file in files {
            match named {
                Some((source, span)) if !self.unsaved.may_read(&file) => {
                    self.problems.add(source, span, UNREAD, Some(SAVE.to_owned()));
                }
                _ => self.add(&file),
            }
        }
    }

    fn add(&mut self, path: &Path) {
        if !self.seen.insert(corpus::absolute(path)) {
            return;
        }
        let read = match source(path, self.unsaved) {
            Ok(read) => read,
            Err(error) => return self.errors.push(error),
        };
        let (decoded, tables) = self.with_tables(pack::decode(&read));
        if let Some(base) = decoded.extends().cloned() {
            self.extend(&read, path, &base);
        }
        self.trail.read((path, &read), &tables);
        self.packs.push(decoded);
    }

    /// Loads what a pack extends, before it.
    fn extend(&mut self, source: &Arc<Source>, path: &Path, base: &At<String>) {
        let file = path.parent().unwrap_or(Path::new("")).join(&base.value);
        if !self.unsaved.may_read(&file) || file.exists() {
            return self.add_all(&file, Some((source, base.span)));
        }
        self.trail.look(&file, None);
        let named = pack::built_in_named(base);
        let mut built_in = pack::built_in_sources().into_iter();
        let Some(found) = built_in.find(|found| Some(found.path()) == named) else {
            let help = "name a file or folder from the folder of this pack, or a built-in pack".to_owned();
            self.problems.add(source, base.span, format!("there is no pack `{}`", base.value), Some(help));
            return;
        };
        if self.seen.insert(PathBuf::from(found.path())) {
            self.packs.push(pack::decode(&found));
        }
    }

    /// Reads the tables of facts that a pack names.
    fn with_tables(&mut self, mut decoded: Decoded) -> (Decoded, Vec<(PathBuf, Arc<Source>)>) {
        let mut tables = Vec::new();
        let folder = Path::new(decoded.path()).parent().map(Path::to_owned).unwrap_or_default();
        for table in decoded.tables() {
            let file = folder.join(&table);
            let read = match self.unsaved.may_read(&file) {
                true => source(&file, self.unsaved).map_err(|error| error.trim_start_matches("error: ").to_owned()),
                false => Err(format!("{UNREAD}; {SAVE}")),
            };
            self.seen.insert(corpus::absolute(&file));
            if let Ok(read) = &read {
                tables.push((file, Arc::clone(read)));
            }
            decoded.give(table, read);
        }
        (decoded, tables)
    }
}

/// The configuration that files belong to: each the nearest above it, else that of the working folder. One run has one.
pub(super) fn config_of(files: &[PathBuf], unsaved: &Unsaved, errors: &mut Vec<String>) -> (Config, Vec<Problem>) {
    let here = corpus::absolute(Path::new(""));
    let of = |file: &PathBuf| {
        let file = corpus::absolute(file);
        let folder = if file.is_dir() { Some(file.as_path()) } else { file.parent() };
        folder.and_then(Config::find)
    };
    let mut found: Vec<PathBuf> = files.iter().filter_map(|file| of(file).or_else(|| Config::find(&here))).collect();
    found.extend(Config::find(&here).filter(|_| files.is_empty()));
    found.sort();
    found.dedup();
    let shown: Vec<String> = found.iter().map(|file| corpus::display(file)).collect();
    let file = match found.as_slice() {
        [] => return (Config::default(), Vec::new()),
        [file] => file,
        _ => {
            errors.push(format!(
                "error: these files belong to {} projects, {}: check each project on its own",
                shown.len(),
                shown.join(" and ")
            ));
            return (Config::default(), Vec::new());
        }
    };
    let seen = PathBuf::from(corpus::seen_from(&here, file));
    match source(&seen, unsaved) {
        Ok(source) => {
            let folder = seen.parent().map(Path::to_owned).unwrap_or_default();
            let (config, problems) = Config::read(&source, &folder);
            (config, problems.all)
        }
        // An empty file configures nothing.
        Err(_) if std::fs::metadata(file).is_ok_and(|file| file.len() == 0) => {
            (Config::of(seen.parent().map(Path::to_owned)), Vec::new())
        }
        Err(error) => {
            errors.push(error);
            (Config::default(), Vec::new())
        }
    }
}

/// A TOML file as a source, or why it cannot be read.
pub(super) fn source(path: &Path, unsaved: &Unsaved) -> Result<Arc<Source>, String> {
    let bytes = match unsaved.texts.get(&corpus::absolute(path)) {
        Some(text) => text.clone().into_bytes(),
        None => corpus::bytes(path).map_err(|error| format!("error: {error}"))?,
    };
    Source::read(corpus::display(path), bytes).map(Arc::new).map_err(|error| format!("error: {error}"))
}
