//! Walking folders and reading files, on all cores and in a fixed order.

use crate::claim::{self, Reading};
use crate::config::{Config, CorpusEntry};
use crate::pack::Packs;
use crate::text::{self, Date, Dated, Document, Encoding, READERS, Source, SourceError, fold};
use rayon::prelude::*;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Why an input cannot be used.
#[derive(Debug)]
pub enum InputError {
    /// There is no such file or folder, or it cannot be read.
    Missing(String, std::io::Error),
    /// A folder holds nothing that is read.
    NoArticles(String),
    /// A file is not text.
    Source(SourceError),
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputError::Missing(path, error) if error.kind() == std::io::ErrorKind::NotFound => {
                write!(f, "{path}: there is no such file or folder")
            }
            InputError::Missing(path, error) => write!(f, "{path}: cannot be read: {error}"),
            InputError::NoArticles(path) => {
                let formats: Vec<String> =
                    READERS.iter().flat_map(|reader| reader.extensions).map(|end| format!(".{end}")).collect();
                write!(f, "{path}: the folder holds no articles; files ending in {} are read", formats.join(", "))
            }
            InputError::Source(error) => write!(f, "{error}"),
        }
    }
}

/// Documents that were read, and notices and errors about the others.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The documents, sorted by name.
    pub readings: Vec<Reading>,
    /// What people should know, as another encoding.
    pub notices: Vec<String>,
    /// Files of folders that cannot be read.
    pub left_out: Vec<InputError>,
    /// Inputs that cannot be used.
    pub errors: Vec<InputError>,
}

/// What is said of articles that do not say it themselves.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The corpora of the configuration.
    pub corpora: Vec<CorpusEntry>,
    /// Where paths hold the date, for all files.
    pub dated: Option<Dated>,
    /// The date of drafts, whatever they say themselves.
    pub date: Option<Date>,
    /// The configuration that gives dates to single drafts.
    pub files: Option<Arc<Config>>,
}

impl Settings {
    /// The entry of the configuration that a file belongs to: the innermost.
    fn entry(&self, path: &Path) -> Option<&CorpusEntry> {
        let path = absolute(path);
        let inside = self.corpora.iter().filter(|entry| path.starts_with(absolute(&entry.path)));
        inside.max_by_key(|entry| entry.path.components().count())
    }

    fn dated(&self, path: &Path) -> Option<&Dated> {
        self.dated.as_ref().or_else(|| self.entry(path)?.dated.as_ref())
    }

    /// The date that a draft is given, whatever it says itself: the command line goes before the configuration.
    fn given(&self, path: &str) -> Option<Date> {
        self.date.or_else(|| {
            let config = self.files.as_ref()?;
            config.date_of(&seen(config, path))
        })
    }

    /// A hash of what they say of a file.
    pub fn hash(&self, path: &Path) -> u64 {
        let outlet = self.entry(path).and_then(|entry| entry.outlet.as_deref()).unwrap_or_default();
        fold::stable_hash(&[outlet, self.dated(path).map(Dated::pattern).unwrap_or_default()])
    }

    /// Gives articles what they do not say themselves, before they are read: a day without its year is that of their date.
    pub(crate) fn fill(&self, document: &mut Document) {
        let path = document.source.path().to_owned();
        let given = self.given(&path);
        let date = self.dated(Path::new(&path)).and_then(|dated| dated.find(&path));
        let outlet = self.entry(Path::new(&path)).and_then(|entry| entry.outlet.clone());
        for article in &mut document.articles {
            article.date = given.or(article.date).or(date);
            article.outlet = article.outlet.take().or_else(|| outlet.clone());
        }
    }
}

/// A file to read, and whether it was named itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was named, and not found in a folder.
    pub named: bool,
}

/// The files of a corpus in their order, and the folders that hold none.
pub fn files(paths: &[PathBuf]) -> (Vec<File>, Vec<InputError>) {
    let mut files: Vec<File> = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        if path.is_dir() {
            let found = walk(path);
            if found.is_empty() {
                errors.push(InputError::NoArticles(display(path)));
            }
            files.extend(found.into_iter().map(|path| File { path, named: false }));
        } else {
            files.push(File { path: path.clone(), named: true });
        }
    }
    files.sort();
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(absolute(&file.path)));
    (files, errors)
}

/// Reads files and folders. A file that is named is read whatever its name, and must be readable; in folders only
/// known formats are, and what cannot be read is left out with a notice.
pub fn read(paths: &[PathBuf], packs: &Packs, settings: &Settings) -> Corpus {
    let (files, errors) = files(paths);
    let mut corpus = Corpus { errors, ..Corpus::default() };
    let read: Vec<_> = files.par_iter().map(|file| (read_file(&file.path, packs, settings), file.named)).collect();
    for (result, named) in read {
        match result {
            Ok((reading, notice)) => {
                corpus.notices.extend(notice);
                corpus.readings.push(reading);
            }
            Err(error) if named => corpus.errors.push(error),
            Err(error) => corpus.left_out.push(error),
        }
    }
    if corpus.readings.is_empty() && corpus.errors.is_empty() {
        corpus.errors.extend(paths.first().map(|path| InputError::NoArticles(display(path))));
    }
    corpus
}

/// Reads one text under a name.
///
/// # Errors
/// A text that is empty, binary or too large is refused.
pub fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    packs: &Packs,
    settings: &Settings,
) -> Result<(Reading, Option<String>), InputError> {
    let source = Source::read(name, bytes).map_err(InputError::Source)?;
    let notice =
        (source.encoding() == Encoding::Windows1252).then(|| format!("{name}: no UTF-8; read as Windows-1252"));
    let mut document = text::read(Arc::new(source), &packs.language);
    settings.fill(&mut document);
    Ok((claim::read(Arc::new(document), packs), notice))
}

fn read_file(path: &Path, packs: &Packs, settings: &Settings) -> Result<(Reading, Option<String>), InputError> {
    read_bytes(&display(path), bytes(path)?, packs, settings)
}

/// The bytes of a file.
///
/// # Errors
/// A file that cannot be read is refused with the reason.
pub fn bytes(path: &Path) -> Result<Vec<u8>, InputError> {
    std::fs::read(path).map_err(|error| InputError::Missing(display(path), error))
}

/// A path from the root, without steps back. Links are not followed.
pub fn absolute(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    let here = std::env::current_dir().unwrap_or_default();
    for part in here.join(path).components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

/// A path as it is seen from a folder; both from the root. Empty for the folder itself.
pub fn seen_from(folder: &Path, path: &Path) -> String {
    let shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    if shared <= 1 && path.is_absolute() && folder != Path::new("/") {
        return path.to_string_lossy().into_owned();
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// A path as a configuration sees it, from its own folder.
pub fn seen(config: &Config, path: &str) -> String {
    let folder = absolute(config.folder.as_deref().unwrap_or(Path::new("")));
    seen_from(&folder, &absolute(Path::new(path)))
}

/// Every file of a known format under a folder, honouring ignore files, without following links.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let known = |path: &Path| {
        let extension = text::extension(&path.to_string_lossy());
        READERS.iter().any(|reader| reader.extensions.contains(&extension.as_str()))
    };
    let entries = ignore::WalkBuilder::new(folder).require_git(false).build().flatten();
    entries
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| known(path))
        .collect()
}

/// A path as people see it: from the working folder where it is inside, without `./`, with forward slashes.
pub fn display(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let inside = path.is_absolute().then(|| path.strip_prefix(&here).ok()).flatten();
    let path = inside.filter(|inside| *inside != Path::new("")).unwrap_or(path);
    let parts: Vec<String> = path
        .components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| match part {
            Component::RootDir => String::new(),
            part => part.as_os_str().to_string_lossy().into_owned(),
        })
        .collect();
    if parts == [String::new()] { "/".to_owned() } else { parts.join("/") }
}
