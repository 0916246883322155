//! `factlint.toml`: the packs, the fact base, the corpora, the rules and the house style of a project.
//!
//! In goes its text and the folder that it stands in, out comes a [`Config`] and every problem at its line. Nothing here
//! looks for files but for the ones that the configuration names.

mod allow;
mod apply;
mod baseline;
pub mod file;

pub use allow::{ALLOW, AllowEntry, read_allowed};
pub use baseline::{Baseline, BaselineEntry, Compared};
pub use file::schema;

use crate::diagnostic::Severity;
use crate::pack::{At, Problems, built_in_named, decode_toml, suggest};
use crate::text::{Dated, Source, Span};
use file::{ConfigFile, OverrideTable};
use globset::{GlobBuilder, GlobMatcher};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of a configuration file.
pub const FILE: &str = "factlint.toml";
/// The name of a fact base, where nothing else is said.
pub const BASE: &str = "factlint.db";
/// What a run may fail on.
pub const FAIL_ON: [&str; 4] = ["error", "warning", "info", "never"];

/// A project's configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder that it stands in; nothing where there is no configuration.
    pub folder: Option<PathBuf>,
    /// Its own text; nothing where there is none.
    pub source: Option<Arc<Source>>,
    /// Packs beside the built-in ones, and where it names them.
    pub packs: Vec<At<PathBuf>>,
    /// The file names of built-in packs that are not loaded.
    pub without: Vec<&'static str>,
    /// The fact base that it names.
    pub facts: Option<PathBuf>,
    /// What the fact base is learned from.
    pub corpora: Vec<CorpusEntry>,
    /// The severity from which a check fails.
    pub fail_on: Option<String>,
    rules: BTreeMap<String, At<String>>,
    style: BTreeMap<String, At<String>>,
    overrides: Vec<Override>,
}

/// What holds for some files.
#[derive(Debug, Clone)]
struct Override {
    files: Vec<(GlobMatcher, Span)>,
    table: OverrideTable,
}

/// A folder or file of articles, with what holds for those that do not say so themselves.
#[derive(Debug, Clone, Default)]
pub struct CorpusEntry {
    /// Where it is.
    pub path: PathBuf,
    /// Who published its articles.
    pub outlet: Option<String>,
    /// Where paths hold the date.
    pub dated: Option<Dated>,
}

/// Paths of the configuration start at its folder.
const PATHS: &str = "paths start at the folder of this file";

impl Config {
    /// Finds the configuration of a folder: its own, else that of the nearest folder above it.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
    }

    /// The configuration of a folder that says nothing.
    pub fn of(folder: Option<PathBuf>) -> Config {
        Config { folder, ..Config::default() }
    }

    /// Reads a configuration. What could be read is returned with every problem.
    pub fn read(source: &Arc<Source>, folder: &Path) -> (Config, Problems) {
        let mut problems = Problems::default();
        let file: Option<ConfigFile> = decode_toml(source, &mut problems);
        let Some(file) = file else { return (Config::default(), problems) };
        let corpora = corpora(source, folder, &file, &mut problems);
        let without = without(source, &file, &mut problems);
        let mut packs = Vec::new();
        for pack in &file.packs {
            if folder.join(&pack.value).exists() {
                packs.push(At { value: folder.join(&pack.value), span: pack.span });
            } else if built_in_named(pack).is_none() {
                problems.add(source, pack.span, format!("there is no pack `{}`", pack.value), Some(PATHS.to_owned()));
            }
        }
        if let Some(fail_on) = file.fail_on.as_ref().filter(|fail_on| !FAIL_ON.contains(&fail_on.as_str())) {
            let message = format!("unknown severity `{}`", fail_on.value);
            problems.add(source, fail_on.span, message, suggest(fail_on, FAIL_ON));
        }
        let config = Config {
            folder: Some(folder.to_owned()),
            source: Some(Arc::clone(source)),
            packs,
            without,
            facts: file.facts.map(|facts| folder.join(facts)),
            corpora,
            fail_on: file.fail_on.map(|fail_on| fail_on.value),
            overrides: overrides(source, file.overrides, &mut problems),
            rules: file.rules,
            style: file.style,
        };
        (config, problems)
    }
}

fn corpora(source: &Arc<Source>, folder: &Path, file: &ConfigFile, problems: &mut Problems) -> Vec<CorpusEntry> {
    let mut corpora = Vec::new();
    for table in &file.corpus {
        let dated = table.dated.as_ref().and_then(|dated| match Dated::parse(dated) {
            Ok(read) => Some(read),
            Err(reason) => {
                problems.add(source, dated.span, reason, None);
                None
            }
        });
        let path = folder.join(&table.path);
        if !path.exists() {
            problems.add(source, table.span, format!("there is no `{}`", table.path), Some(PATHS.to_owned()));
        }
        corpora.push(CorpusEntry { path, outlet: table.outlet.clone(), dated });
    }
    corpora
}

/// The built-in packs that are left out, without those that `packs` names again.
fn without(source: &Arc<Source>, file: &ConfigFile, problems: &mut Problems) -> Vec<&'static str> {
    let known = || crate::pack::built_in().iter().map(|(path, _)| *path);
    let mut left: Vec<&'static str> = Vec::new();
    for name in &file.without {
        match built_in_named(name) {
            _ if name.value == "*" => left.extend(known()),
            Some(path) => left.push(path),
            None => {
                let help = suggest(name, known().map(crate::pack::built_in_name));
                problems.add(source, name.span, format!("there is no built-in pack `{}`", name.value), help);
            }
        }
    }
    left.retain(|path| !file.packs.iter().any(|pack| built_in_named(pack) == Some(path)));
    left
}

fn overrides(source: &Arc<Source>, tables: Vec<At<OverrideTable>>, problems: &mut Problems) -> Vec<Override> {
    let mut overrides = Vec::new();
    for At { value: table, .. } in tables {
        let mut files = Vec::new();
        for file in &table.files {
            match GlobBuilder::new(file).literal_separator(true).build() {
                Ok(glob) => files.push((glob.compile_matcher(), file.span)),
                Err(error) => problems.add(source, file.span, format!("this is no glob: {}", error.kind()), None),
            }
        }
        overrides.push(Override { files, table });
    }
    overrides
}

/// A ceiling as a configuration writes it; nothing inside stands for `off`.
fn ceiling(written: &str) -> Option<Option<Severity>> {
    if written == "off" { Some(None) } else { Severity::parse(written).map(Some) }
}
