//! What a project says of its files: what its configuration says, and which findings it lets stand.

use crate::config::{self, Config};
use crate::corpus::{self, InputError};
use crate::pack::Packs;
use crate::suppress::Allowed;
use crate::terms::{Settings, Terms};
use crate::text::Source;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A project's settings.
pub(super) struct House {
    pub(super) config: Arc<Config>,
    pub(super) allow: AllowFile,
    packs: Arc<Packs>,
    articles: corpus::Settings,
}

impl House {
    /// The settings of a project. `articles` says of articles what they do not say themselves.
    ///
    /// # Errors
    /// A file of findings that stand which cannot be read or holds mistakes.
    pub(super) fn of(config: Arc<Config>, packs: Arc<Packs>, articles: corpus::Settings) -> Result<House, String> {
        let allow = AllowFile::load(config.folder.as_deref())?;
        Ok(House { config, allow, packs, articles })
    }

    /// A path as the configuration sees it.
    pub(super) fn seen(&self, path: &str) -> String {
        corpus::seen(&self.config, path)
    }
}

impl Settings for House {
    fn of(&self, path: &str) -> Terms {
        let rules = self.config.for_file(&self.seen(path), &self.packs);
        Terms { rules, allowed: self.allow.of(path), ..self.articles.of(path) }
    }
}

/// The findings that a project lets stand.
#[derive(Default)]
pub(super) struct AllowFile {
    path: PathBuf,
    /// The entries, each with the file that it is about, from the root.
    entries: Vec<(PathBuf, config::AllowEntry)>,
}

/// Where a project keeps the findings that it lets stand.
pub(super) fn allow_file(folder: Option<&Path>) -> PathBuf {
    folder.map(Path::to_owned).unwrap_or_default().join(config::ALLOW)
}

impl AllowFile {
    /// Reads the file of a project; without one nothing is allowed.
    fn load(folder: Option<&Path>) -> Result<AllowFile, String> {
        let path = allow_file(folder);
        let bytes = match corpus::bytes(&path) {
            Ok(bytes) => bytes,
            Err(InputError::Missing(_, error)) if error.kind() == ErrorKind::NotFound => {
                return Ok(AllowFile::default());
            }
            Err(error) => return Err(format!("error: {error}")),
        };
        let name = corpus::display(&path);
        let source = Source::read(name, bytes).map_err(|error| format!("error: {error}"))?;
        let (entries, problems) = config::read_allowed(&Arc::new(source));
        match problems.all.as_slice() {
            [] => {
                let folder = corpus::absolute(&path).parent().map(Path::to_owned).unwrap_or_default();
                let about = |entry: config::AllowEntry| (corpus::absolute(&folder.join(&entry.path)), entry);
                Ok(AllowFile { path, entries: entries.into_iter().map(about).collect() })
            }
            problems => {
                Err(format!("error: {}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
            }
        }
    }

    /// What is allowed in a file.
    fn of(&self, path: &str) -> Vec<Allowed> {
        let path = corpus::absolute(Path::new(path));
        self.entries.iter().filter(|(about, _)| *about == path).map(|(_, entry)| entry.allowed.clone()).collect()
    }

    /// Entries for files that were checked and in which nothing is left to allow.
    pub(super) fn unused(&self, checked: &[(&Source, &[String])]) -> Vec<String> {
        let checked: Vec<(PathBuf, &[String])> =
            checked.iter().map(|(source, used)| (corpus::absolute(Path::new(source.path())), *used)).collect();
        let unused = self.entries.iter().filter(|(about, entry)| {
            let of: Vec<_> = checked.iter().filter(|(path, _)| path == about).collect();
            !of.is_empty() && of.iter().all(|(_, used)| !used.contains(&entry.allowed.fingerprint))
        });
        unused
            .map(|(_, entry)| {
                let until = entry.allowed.until.map(|until| format!(" (until {until})")).unwrap_or_default();
                format!(
                    "{}:{}: allows nothing any more: {} in {}{until}",
                    corpus::display(&self.path),
                    entry.line,
                    entry.allowed.rule,
                    entry.path
                )
            })
            .collect()
    }
}
