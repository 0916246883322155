//! Walking folders and reading files, on all cores and in a fixed order.

use crate::claim::{self, Reading};
use crate::pack::Packs;
use crate::text::{self, Encoding, READERS, Source, SourceError};
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
    /// What people should know: another encoding, a file left out.
    pub notices: Vec<String>,
    /// Inputs that cannot be used.
    pub errors: Vec<InputError>,
}

/// Reads files and folders. A file that is named is read whatever its name, and must be readable; in folders only
/// known formats are, and what cannot be read is left out with a notice.
pub fn read(paths: &[PathBuf], packs: &Packs) -> Corpus {
    let mut corpus = Corpus::default();
    let mut files: Vec<(PathBuf, bool)> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let found = walk(path);
            if found.is_empty() {
                corpus.errors.push(InputError::NoArticles(display(path)));
            }
            files.extend(found.into_iter().map(|file| (file, false)));
        } else {
            files.push((path.clone(), true));
        }
    }
    files.sort();
    files.dedup_by(|a, b| a.0 == b.0);
    let read: Vec<_> = files.par_iter().map(|(path, named)| (read_file(path, packs), *named)).collect();
    for (result, named) in read {
        match result {
            Ok((reading, notice)) => {
                corpus.notices.extend(notice);
                corpus.readings.push(reading);
            }
            Err(error) if named => corpus.errors.push(error),
            Err(error) => corpus.notices.push(format!("left out: {error}")),
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
pub fn read_bytes(name: &str, bytes: Vec<u8>, packs: &Packs) -> Result<(Reading, Option<String>), InputError> {
    let source = Source::read(name, bytes).map_err(InputError::Source)?;
    let notice =
        (source.encoding() == Encoding::Windows1252).then(|| format!("{name}: no UTF-8; read as Windows-1252"));
    let document = text::read(Arc::new(source), &packs.language);
    Ok((claim::read(Arc::new(document), packs), notice))
}

fn read_file(path: &Path, packs: &Packs) -> Result<(Reading, Option<String>), InputError> {
    let name = display(path);
    let bytes = std::fs::read(path).map_err(|error| InputError::Missing(name.clone(), error))?;
    read_bytes(&name, bytes, packs)
}

/// Every file of a known format under a folder, honouring ignore files, without following links.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let known = |path: &Path| {
        let extension = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase();
        READERS.iter().any(|reader| reader.extensions.contains(&extension.as_str()))
    };
    let entries = ignore::WalkBuilder::new(folder).require_git(false).build().flatten();
    entries
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| known(path))
        .collect()
}

/// A path as people see it: without `./`, with forward slashes.
pub fn display(path: &Path) -> String {
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
