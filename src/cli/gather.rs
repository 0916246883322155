//! Which packs a run loads: the built-in ones, those of the project, those given, and those that any of them extends.

use crate::config::Config;
use crate::corpus;
use crate::pack::{self, At, Decoded, Problems};
use crate::text::Source;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Texts that stand for files, by their absolute paths.
pub(super) type Unsaved = BTreeMap<PathBuf, String>;

/// Packs in the order of loading, each once.
pub(super) struct Gathered<'a> {
    pub(super) packs: Vec<Decoded>,
    /// Packs that are extended and not there.
    pub(super) problems: Problems,
    /// Files that cannot be read.
    pub(super) errors: Vec<String>,
    seen: HashSet<PathBuf>,
    /// Texts that stand for files.
    unsaved: &'a Unsaved,
}

/// Gathers and decodes the packs of a project and those that are given.
pub(super) fn gather<'a>(config: &Config, given: &[PathBuf], unsaved: &'a Unsaved) -> Gathered<'a> {
    let left_out = |path: &&(&'static str, &'static str)| !config.without.contains(&path.0);
    let built_in: Vec<Arc<Source>> = pack::built_in().iter().filter(left_out).filter_map(built_in_source).collect();
    let mut gathered = Gathered {
        seen: built_in.iter().map(|source| PathBuf::from(source.path())).collect(),
        packs: built_in.par_iter().map(pack::decode).collect(),
        problems: Problems::default(),
        errors: Vec::new(),
        unsaved,
    };
    for path in config.packs.iter().chain(given).flat_map(|path| pack_files(path)) {
        gathered.add(&path);
    }
    gathered
}

impl Gathered<'_> {
    fn add(&mut self, path: &Path) {
        if !self.seen.insert(corpus::absolute(path)) {
            return;
        }
        let read = match source(path, self.unsaved) {
            Ok(read) => read,
            Err(error) => return self.errors.push(error),
        };
        let decoded = with_tables(pack::decode(&read), self.unsaved);
        if let Some(base) = decoded.extends().cloned() {
            self.extend(&read, path, &base);
        }
        self.packs.push(decoded);
    }

    /// Loads what a pack extends, before it.
    fn extend(&mut self, source: &Arc<Source>, path: &Path, base: &At<String>) {
        let file = path.parent().unwrap_or(Path::new("")).join(&base.value);
        if file.exists() {
            pack_files(&file).iter().for_each(|file| self.add(file));
            return;
        }
        let named = pack::built_in_named(base);
        let Some(found) = pack::built_in().iter().find(|(path, _)| Some(*path) == named) else {
            let help = "name a file or folder from the folder of this pack, or a built-in pack".to_owned();
            self.problems.add(source, base.span, format!("there is no pack `{}`", base.value), Some(help));
            return;
        };
        if self.seen.insert(PathBuf::from(found.0)) {
            self.packs.extend(built_in_source(found).map(|source| pack::decode(&source)));
        }
    }
}

fn built_in_source(pack: &(&'static str, &'static str)) -> Option<Arc<Source>> {
    Source::read(pack.0, pack.1.as_bytes().to_vec()).ok().map(Arc::new)
}

/// Reads the tables of facts that a pack names.
fn with_tables(mut decoded: Decoded, unsaved: &Unsaved) -> Decoded {
    let folder = Path::new(decoded.path()).parent().map(Path::to_owned).unwrap_or_default();
    for table in decoded.tables() {
        let read = source(&folder.join(&table), unsaved);
        let read = read.map_err(|error| error.trim_start_matches("error: ").to_owned());
        decoded.give(table, read);
    }
    decoded
}

/// A pack, or every pack of a folder.
fn pack_files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|file| file.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    files
}

/// A TOML file as a source, or why it cannot be read.
pub(super) fn source(path: &Path, unsaved: &Unsaved) -> Result<Arc<Source>, String> {
    let bytes = match unsaved.get(&corpus::absolute(path)) {
        Some(text) => text.clone().into_bytes(),
        None => corpus::bytes(path).map_err(|error| format!("error: {error}"))?,
    };
    Source::read(corpus::display(path), bytes).map(Arc::new).map_err(|error| format!("error: {error}"))
}
