//! `factlint.toml`: the packs, the fact base and the corpora of a project.

use crate::pack::{At, Problems, decode_toml, wire};
use crate::suppress::Allowed;
use crate::text::{Date, Dated, Source};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of a configuration file.
pub const FILE: &str = "factlint.toml";
/// The name of a fact base, where nothing else is said.
pub const BASE: &str = "factlint.db";

wire! {
/// A project's configuration. Paths start at its own folder.
ConfigFile {
    /// Packs beside the built-in ones: files or folders.
    optional packs: Vec<At<String>>,
    /// The fact base; `factlint.db` in this folder unless said otherwise.
    optional facts: Option<String>,
    /// What the fact base is learned from.
    optional corpus: Vec<At<CorpusTable>>,
}

/// What a project lets stand.
AllowFile {
    /// One entry a finding.
    optional allow: Vec<At<AllowTable>>,
}

/// A finding that somebody looked at and let stand.
AllowTable {
    /// The file that it is in, from the folder of this one.
    required path: String,
    /// The rule that finds it.
    required rule: String,
    /// The words that it is at.
    optional words: Option<String>,
    /// The fingerprint of the finding, which survives moved paragraphs.
    required fingerprint: String,
    /// Why it stands.
    required because: String,
    /// The last day on which it stands.
    optional until: Option<Date>,
}

/// A folder or file of articles.
CorpusTable {
    /// Where it is.
    required path: String,
    /// Who published its articles, where they do not say so themselves.
    optional outlet: Option<String>,
    /// Where paths hold the date, for articles without one: `%Y/%m/%d`.
    optional dated: Option<At<String>>,
}
}

/// The name of the file in which a project keeps what it lets stand.
pub const ALLOW: &str = "factlint.allow.toml";

/// A finding that a project lets stand.
#[derive(Debug, Clone)]
pub struct AllowEntry {
    /// The file that it is in, from the folder of the allowing file.
    pub path: String,
    /// What is allowed.
    pub allowed: Allowed,
    /// The line of the entry.
    pub line: u32,
}

/// Reads what a project lets stand.
pub fn read_allowed(source: &Arc<Source>) -> (Vec<AllowEntry>, Problems) {
    let mut problems = Problems::default();
    let file: Option<AllowFile> = decode_toml(source, &mut problems);
    let entries = file.into_iter().flat_map(|file| file.allow).map(|table| AllowEntry {
        line: source.position(table.span.start).line,
        allowed: Allowed { rule: table.value.rule, fingerprint: table.value.fingerprint, until: table.value.until },
        path: table.value.path,
    });
    (entries.collect(), problems)
}

/// A project's configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder that it stands in; nothing where there is no configuration.
    pub folder: Option<PathBuf>,
    /// Packs beside the built-in ones.
    pub packs: Vec<PathBuf>,
    /// The fact base that it names.
    pub facts: Option<PathBuf>,
    /// What the fact base is learned from.
    pub corpora: Vec<CorpusEntry>,
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

/// The JSON Schema of `factlint.toml`, as pretty JSON with a line break at its end.
pub fn schema() -> String {
    crate::pack::schema_of::<ConfigFile>("factlint configuration", REQUIRED)
}

impl Config {
    /// Finds the configuration of a folder: its own, else that of the nearest folder above it.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
    }

    /// Reads a configuration. What could be read is returned with every problem.
    pub fn read(source: &Arc<Source>, folder: &Path) -> (Config, Problems) {
        let mut problems = Problems::default();
        let file: Option<ConfigFile> = decode_toml(source, &mut problems);
        let Some(file) = file else { return (Config::default(), problems) };
        let mut corpora = Vec::new();
        for table in &file.corpus {
            let dated = table.dated.as_ref().and_then(|dated| match Dated::parse(dated) {
                Ok(read) => Some(read),
                Err(reason) => {
                    problems.add(source, dated.span, reason, None);
                    None
                }
            });
            corpora.push(CorpusEntry { path: folder.join(&table.path), outlet: table.outlet.clone(), dated });
        }
        for (table, entry) in file.corpus.iter().zip(&corpora) {
            if !entry.path.exists() {
                let help = Some("paths start at the folder of this file".to_owned());
                problems.add(source, table.span, format!("there is no `{}`", table.path), help);
            }
        }
        for pack in &file.packs {
            if !folder.join(&pack.value).exists() {
                let help = Some("paths start at the folder of this file".to_owned());
                problems.add(source, pack.span, format!("there is no pack `{}`", pack.value), help);
            }
        }
        let config = Config {
            folder: Some(folder.to_owned()),
            packs: file.packs.iter().map(|pack| folder.join(&pack.value)).collect(),
            facts: file.facts.map(|facts| folder.join(facts)),
            corpora,
        };
        (config, problems)
    }
}
