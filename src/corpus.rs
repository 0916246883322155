//! Walking folders and reading files, on all cores and in a fixed order.

use crate::claim::{self, Reading};
use crate::config::{Config, CorpusEntry};
use crate::pack::Packs;
use crate::terms::{self, Settings as _, Terms};
use crate::text::{self, Date, Dated, Document, Encoding, MAX_BYTES, Position, READERS, Source, SourceError, fold};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::File as Opened;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Why an input cannot be used.
#[derive(Debug)]
pub enum InputError {
    /// There is no such file or folder, or it cannot be read.
    Missing(String, std::io::Error),
    /// A folder holds nothing that is read.
    NoArticles(String),
    /// A file is not text.
    Source(SourceError),
    /// Something in a folder cannot be looked at, for this reason: a folder that is closed, a link, a pipe.
    Unlooked(String, String),
    /// A part of a file was not read: from where on, and why.
    Part(String, Position, String),
    /// A file was read, and no word was in it.
    Wordless(String),
}

impl InputError {
    /// What it is about.
    pub fn path(&self) -> &str {
        match self {
            InputError::Missing(path, _)
            | InputError::NoArticles(path)
            | InputError::Unlooked(path, _)
            | InputError::Part(path, ..)
            | InputError::Wordless(path) => path,
            InputError::Source(error) => error.path(),
        }
    }

    /// Whether nobody looked: what was there before may be there still. An empty file was looked at.
    pub fn is_unlooked(&self) -> bool {
        match self {
            InputError::Missing(..) | InputError::Unlooked(..) => true,
            InputError::Source(error) => !matches!(error, SourceError::Empty(_)),
            InputError::NoArticles(_) | InputError::Part(..) | InputError::Wordless(_) => false,
        }
    }

    /// Whether a file was looked at, and words may stand in it that nobody read.
    pub fn is_part(&self) -> bool {
        matches!(self, InputError::Part(..) | InputError::Wordless(_))
    }
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
            InputError::Unlooked(path, why) => write!(f, "{path}: {why}"),
            InputError::Part(path, at, why) => write!(f, "{path}:{}:{}: {why}", at.line, at.column),
            InputError::Wordless(path) => write!(f, "{path}: no word of an article was found in it"),
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
    /// What was not read, in whole or in part, though somebody wanted it read.
    pub unread: Vec<InputError>,
    /// Inputs that cannot be used.
    pub errors: Vec<InputError>,
    /// Names that do not lead back to their files, which are no UTF-8: nothing is to be written under them.
    pub misnamed: BTreeSet<String>,
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
}

impl terms::Settings for Settings {
    fn of(&self, path: &str) -> Terms {
        let entry = || self.entry(Path::new(path));
        Terms {
            date: self.given(path),
            undated: self.dated(Path::new(path)).and_then(|dated| dated.find(path)),
            outlet: entry().and_then(|entry| entry.outlet.clone()),
            ..Terms::default()
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

/// What a corpus is made of.
#[derive(Debug, Default)]
pub struct Files {
    /// Its files, in their order.
    pub files: Vec<File>,
    /// What nobody could look at.
    pub unread: Vec<InputError>,
    /// Folders that hold nothing that is read.
    pub errors: Vec<InputError>,
}

/// Finds the files of a corpus.
pub fn files(paths: &[PathBuf]) -> Files {
    let mut found = Files::default();
    for path in paths {
        if path.is_dir() {
            let (before, unread) = (found.files.len(), found.unread.len());
            walk(path, &mut found);
            if found.files.len() == before && found.unread.len() == unread {
                found.errors.push(InputError::NoArticles(display(path)));
            }
        } else {
            found.files.push(File { path: path.clone(), named: true });
        }
    }
    found.files.sort();
    let mut seen = std::collections::HashSet::new();
    found.files.retain(|file| seen.insert(absolute(&file.path)));
    found
}

/// Reads files and folders. A file that is named is read whatever its name, and must be readable; in folders only
/// known formats are. What cannot be read is said.
pub fn read(paths: &[PathBuf], packs: &Packs, settings: &Settings) -> Corpus {
    let Files { files, unread, errors } = files(paths);
    let misnamed = files.iter().filter(|file| is_misnamed(&file.path)).map(|file| display(&file.path)).collect();
    let mut corpus = Corpus { errors, unread, misnamed, ..Corpus::default() };
    let read: Vec<_> = files.par_iter().map(|file| (read_file(&file.path, packs, settings), file.named)).collect();
    for (result, named) in read {
        match result {
            Ok(read) => corpus.take(read),
            Err(error) if named => corpus.errors.push(error),
            Err(error) => corpus.unread.push(error),
        }
    }
    if corpus.readings.is_empty() && corpus.errors.is_empty() && corpus.unread.is_empty() {
        corpus.errors.extend(paths.first().map(|path| InputError::NoArticles(display(path))));
    }
    corpus
}

/// A text that was read.
pub struct Read {
    /// What was read.
    pub reading: Reading,
    /// What people should know of it, as another encoding.
    pub notice: Option<String>,
    /// What of it was not read.
    pub unread: Vec<InputError>,
}

impl Corpus {
    /// Takes in a text that was read.
    pub fn take(&mut self, read: Read) {
        self.notices.extend(read.notice);
        self.unread.extend(read.unread);
        self.readings.push(read.reading);
    }
}

/// Reads one text under a name.
///
/// # Errors
/// A text that is empty, binary or too large is refused.
pub fn read_bytes(name: &str, bytes: Vec<u8>, packs: &Packs, settings: &Settings) -> Result<Read, InputError> {
    let source = Source::read(name, bytes).map_err(InputError::Source)?;
    let notice =
        (source.encoding() == Encoding::Windows1252).then(|| format!("{name}: no UTF-8; read as Windows-1252"));
    let mut document = text::read(Arc::new(source), &packs.language);
    settings.of(name).fill(&mut document);
    let unread = unread(&document);
    Ok(Read { reading: claim::read(Arc::new(document), packs), notice, unread })
}

/// What of a document was not read.
pub fn unread(document: &Document) -> Vec<InputError> {
    let path = document.source.path();
    let part =
        |part: &text::Unread| InputError::Part(path.to_owned(), document.source.position(part.at), part.why.clone());
    let parts: Vec<InputError> = document.unread.iter().map(part).collect();
    if parts.is_empty() && document.words() == 0 {
        return vec![InputError::Wordless(path.to_owned())];
    }
    parts
}

fn read_file(path: &Path, packs: &Packs, settings: &Settings) -> Result<Read, InputError> {
    read_bytes(&display(path), bytes(path)?, packs, settings)
}

/// The bytes of a file.
///
/// # Errors
/// A file that cannot be read is refused with the reason.
pub fn bytes(path: &Path) -> Result<Vec<u8>, InputError> {
    let read = open(path).and_then(bounded);
    read.map_err(|error| InputError::Missing(display(path), error))
}

/// Opens a file. A pipe with a name opens when somebody opens it to write, and is not waited for longer than [`WRITER`];
/// `<(command)` of a shell is one that is open.
fn open(path: &Path) -> std::io::Result<Opened> {
    if !is_pipe(path) {
        return Opened::open(path);
    }
    let (send, opened) = std::sync::mpsc::channel();
    let pipe = path.to_owned();
    // Where nobody comes it waits until the process ends; nothing else can call it off.
    std::thread::spawn(move || send.send(Opened::open(pipe)));
    let nobody = || std::io::Error::new(std::io::ErrorKind::TimedOut, "this is a pipe, and nobody writes to it");
    opened.recv_timeout(WRITER).unwrap_or_else(|_| Err(nobody()))
}

/// Who writes to a pipe is there after so long: a shell starts both of its ends at once, so that it takes a few
/// milliseconds, and more where much else is running.
const WRITER: Duration = Duration::from_secs(2);

#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    path.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

/// Reads to the end, or a byte further than any source may be long: what has no end says nothing of its length.
///
/// # Errors
/// What cannot be read fails as it does.
pub fn bounded(input: impl std::io::Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
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

/// Finds every file of a known format under a folder, honouring ignore files. Links are not followed; one that leads to
/// something in the folder itself needs not be.
fn walk(folder: &Path, found: &mut Files) {
    let known = |path: &Path| {
        let extension = text::extension(&path.to_string_lossy());
        READERS.iter().any(|reader| reader.extensions.contains(&extension.as_str()))
    };
    // A link to nothing may have led to a folder, whose name has no ending.
    let may_lead = |path: &Path| known(path) || path.is_dir() || (path.extension().is_none() && !path.exists());
    let inside = |path: &Path| match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    };
    let mut unlooked = |path: &Path, why: &str| found.unread.push(InputError::Unlooked(display(path), why.to_owned()));
    for entry in ignore::WalkBuilder::new(folder).require_git(false).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = path_of(&error).unwrap_or(folder).to_owned();
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                unlooked(&path, &format!("cannot be read: {why}"));
                continue;
            }
        };
        let path = entry.path();
        let Some(kind) = entry.file_type() else { continue };
        if kind.is_file() && known(path) {
            found.files.push(File { path: entry.into_path(), named: false });
        } else if kind.is_symlink() && may_lead(path) && !inside(path) {
            unlooked(path, "a link is not followed; name what it leads to, if it is to be read");
        } else if !kind.is_file() && !kind.is_dir() && !kind.is_symlink() && known(path) {
            unlooked(path, "this is no file but a pipe, a socket or a device");
        }
    }
}

/// What an error of walking is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

/// Whether a path as people see it does not lead to its file, but to none or to another one.
pub fn is_misnamed(path: &Path) -> bool {
    absolute(Path::new(&display(path))) != absolute(path)
}

/// A path as people see it: from the working folder where it is inside, without `./`, with forward slashes.
pub fn display(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    // Steps back lead out of the working folder, and perhaps in again: `../archive/a.txt` is `a.txt` in `archive`.
    let leads_out = path.components().next() == Some(Component::ParentDir);
    let clean = if leads_out { absolute(path) } else { path.to_owned() };
    let inside = clean.is_absolute().then(|| clean.strip_prefix(&here).ok()).flatten();
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
