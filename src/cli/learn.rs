//! `factlint learn`: derives the fact base from a corpus, or brings it up to date.

use super::Outcome;
use super::setup::{self, BaseOptions, PackOptions, Setup};
use super::write;
use crate::corpus::{self, File, Files, InputError, Settings};
use crate::fact::{Learning, Rows, StoreError, Summary, observe};
use crate::pack::Packs;
use crate::report::row;
use crate::text::{Dated, fold};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// So many documents may wait for the writer.
const WAITING: usize = 256;

#[derive(Args)]
pub(super) struct Learn {
    /// Articles to learn from: files or folders; without any, the corpora of `factlint.toml`. In folders hidden files are
    /// passed over, and what .gitignore or .ignore leaves out; a file that is named is read
    #[arg(value_name = "CORPUS")]
    corpus: Vec<PathBuf>,
    /// The fact base; else the one that `factlint.toml` names, else `factlint.db` beside it or here
    #[arg(long, value_name = "DB")]
    facts: Option<PathBuf>,
    /// Where the paths of articles hold their dates: %Y, %m and %d, as in `%Y/%m/%d`
    #[arg(long, value_name = "PATTERN", value_parser = setup::dated)]
    dated: Option<Dated>,
    /// Read every article again, changed or not, and take one that cannot be read whole as it is now
    #[arg(long)]
    afresh: bool,
    /// How many threads read articles; as many as there are processors unless said otherwise
    #[arg(long, value_name = "NUMBER")]
    threads: Option<usize>,
    /// Do not fail where something could not be looked at; it is named all the same, and nothing of it is forgotten
    #[arg(long)]
    allow_unreadable: bool,
    /// Leave out notices and the summary
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    packs: PackOptions,
}

/// What became of the files.
#[derive(Default)]
struct Changes {
    new: usize,
    changed: usize,
    same: usize,
    forgotten: usize,
    /// How many of those are there still.
    ignored: usize,
    /// What was looked at and is no article.
    skipped: Vec<String>,
    /// What nobody could look at: what is known of it stays as it was.
    unread: Vec<InputError>,
    /// What was learned in part.
    parts: Vec<InputError>,
    notices: Vec<String>,
}

/// A file that was looked at.
enum Looked {
    Same,
    Read(Box<Rows>, Option<String>, Vec<InputError>),
    /// It changed, and parts of it cannot be read in which what was known may stand still.
    Damaged(Vec<InputError>),
    Refused(InputError),
}

impl Learn {
    /// Learning what the configuration names.
    pub(super) fn configured(packs: PackOptions) -> Learn {
        Learn {
            corpus: Vec::new(),
            facts: None,
            dated: None,
            afresh: false,
            threads: None,
            allow_unreadable: false,
            quiet: false,
            packs,
        }
    }

    /// The same into the base that somebody uses.
    pub(super) fn into(self, base: &BaseOptions) -> Learn {
        Learn { facts: base.facts.clone(), dated: base.dated.clone(), ..self }
    }

    pub(super) fn run(self) -> Outcome {
        if let Some(threads) = self.threads {
            // It fails only where the pool exists already, and it does not yet.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        }
        let setup = match self.packs.load() {
            Ok(setup) => setup,
            Err(outcome) => return outcome,
        };
        let paths = match self.corpus.as_slice() {
            [] => setup.config.corpora.iter().map(|entry| entry.path.clone()).collect(),
            paths => paths.to_vec(),
        };
        if paths.is_empty() {
            return Outcome::failed(vec![
                "error: nothing to learn from: name files or folders of articles, or a [[corpus]] in factlint.toml"
                    .to_owned(),
            ]);
        }
        let Files { files, unread, errors } = corpus::files(&paths);
        let mut errors: Vec<String> = errors.iter().map(|error| format!("error: {error}")).collect();
        for file in files.iter().filter(|file| file.named && !file.path.exists()) {
            errors.push(format!("error: {}: there is no such file or folder", corpus::display(&file.path)));
        }
        if !errors.is_empty() {
            return Outcome::failed(errors);
        }
        let (base, _) = setup.base_path(self.facts.as_ref());
        if let Err(error) = write::may_write(&base) {
            return Outcome::failed(vec![format!("error: {}: cannot be written: {error}", corpus::display(&base))]);
        }
        let archive = Archive::new(&setup, &base, &paths, self.dated.as_ref());
        match self.learn(&base, &archive, files, unread) {
            Ok((changes, summary)) => self.told(&base, changes, summary),
            Err(error) => Outcome::failed(vec![format!("error: {error}")]),
        }
    }

    fn learn(
        &self,
        base: &Path,
        archive: &Archive<'_>,
        files: Vec<File>,
        unread: Vec<InputError>,
    ) -> Result<(Changes, Summary), StoreError> {
        let mut learning = Learning::begin(base)?;
        let changes = self.bring_up_to_date(&mut learning, archive, files, unread)?;
        Ok((changes, learning.finish(archive.reading)?))
    }

    fn bring_up_to_date(
        &self,
        learning: &mut Learning,
        archive: &Archive<'_>,
        files: Vec<File>,
        unread: Vec<InputError>,
    ) -> Result<Changes, StoreError> {
        let known = learning.documents()?;
        // What lies behind a closed door may be there still.
        let closed: Vec<String> = unread.iter().map(|unread| archive.kept_as(Path::new(unread.path()))).collect();
        let mut changes = Changes { unread, ..Changes::default() };
        let files = archive.named(files, &mut changes.unread);
        for path in gone(&known, &files, &archive.roots, &closed) {
            learning.forget(path)?;
            changes.forgotten += 1;
            changes.ignored += usize::from(archive.folder.join(path).is_file());
        }
        let Archive { packs, settings, reading, .. } = archive;
        let look = Look { packs, settings, known: &known, reading: *reading, afresh: self.afresh };
        let progress = self.progress(files.len());
        let (sender, receiver) = mpsc::sync_channel::<(String, Looked)>(WAITING);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                files.par_iter().for_each_with(sender, |sender, (path, file)| {
                    // The receiver is gone when writing failed; then nothing more is wanted.
                    let _ = sender.send((path.clone(), look.at(file, path)));
                });
            });
            // By value: where writing fails, the readers are to stop.
            for (path, looked) in receiver {
                progress.inc(1);
                changes.take(learning, &known, &path, looked)?;
            }
            Ok(())
        })?;
        progress.finish_and_clear();
        changes.skipped.sort();
        changes.unread.sort_by_cached_key(ToString::to_string);
        changes.parts.sort_by_cached_key(ToString::to_string);
        changes.notices.sort();
        Ok(changes)
    }

    fn progress(&self, files: usize) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len} files · {per_sec} · {eta} left");
        ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    fn told(&self, base: &Path, changes: Changes, summary: Summary) -> Outcome {
        let mut notices: Vec<String> = changes.notices.iter().map(|notice| format!("note: {notice}")).collect();
        notices.extend(changes.skipped.iter().map(|skipped| format!("note: left out: {skipped}")));
        notices.extend(changes.parts.iter().map(|part| format!("note: read in part: {part}")));
        if changes.ignored > 0 {
            notices.push(format!(
                "note: {} of the forgotten {} there still: hidden, left out by .gitignore or .ignore, or of a form that is not read in folders; name {} to have it learned",
                changes.ignored,
                if changes.ignored == 1 { "is" } else { "are" },
                if changes.ignored == 1 { "it" } else { "each" },
            ));
        }
        let closed = !changes.unread.is_empty();
        let status = if closed && !self.allow_unreadable { 2 } else { 0 };
        let unread = changes.unread.iter().map(|unread| {
            let read = if matches!(unread, InputError::Part(..)) { "read in part" } else { "not read" };
            let kept = if unread.is_part() { "forgotten without `--afresh`" } else { "forgotten" };
            format!("error: {read}, and nothing of it is {kept}: {unread}")
        });
        notices.extend(unread);
        if summary.read_otherwise > 0 {
            notices.push(format!(
                "note: {} in the base were read with other packs or another version; learn from their folders too",
                count(summary.read_otherwise, "document", "documents")
            ));
        }
        if self.quiet {
            notices.retain(|notice| notice.starts_with("error: "));
            return Outcome { notices, ..Outcome::new(String::new(), status) };
        }
        let mut out = String::new();
        row(
            &mut out,
            format_args!(
                "{}: {} · {} · {} · {} · {}",
                corpus::display(base),
                count(summary.articles, "article", "articles"),
                count(summary.claims, "claim", "claims"),
                count(summary.facts, "fact", "facts"),
                count(summary.disputes, "dispute", "disputes"),
                count(summary.near_duplicates, "group of near-duplicates", "groups of near-duplicates")
            ),
        );
        row(
            &mut out,
            format_args!(
                "files: {} new · {} changed · {} as before · {} forgotten · {} left out{}",
                changes.new,
                changes.changed,
                changes.same,
                changes.forgotten,
                changes.skipped.len(),
                if closed { " · some could not be read" } else { "" }
            ),
        );
        Outcome { notices, ..Outcome::new(out, status) }
    }
}

fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// What is learned, and how its files are called in the base.
struct Archive<'a> {
    packs: &'a Packs,
    settings: Settings,
    reading: u64,
    /// The folder of the base, where paths start.
    folder: PathBuf,
    roots: Vec<String>,
}

impl Archive<'_> {
    fn new<'a>(setup: &'a Setup, base: &Path, paths: &[PathBuf], dated: Option<&Dated>) -> Archive<'a> {
        let folder = corpus::absolute(base).parent().map(Path::to_owned).unwrap_or_default();
        let reading = fold::mix([setup.packs.reading_hash(), fold::stable_hash(&[env!("CARGO_PKG_VERSION")])]);
        let settings = setup.settings(dated);
        let mut archive = Archive { packs: &setup.packs, settings, reading, folder, roots: Vec::new() };
        archive.roots = paths.iter().map(|path| archive.kept_as(path)).collect();
        archive
    }

    fn kept_as(&self, path: &Path) -> String {
        corpus::seen_from(&self.folder, &corpus::absolute(path))
    }

    /// Files under their names in the base. Of two whose names come to the same, since they are no UTF-8, one is kept.
    fn named(&self, files: Vec<File>, unread: &mut Vec<InputError>) -> BTreeMap<String, File> {
        let mut named = BTreeMap::new();
        for file in files {
            match named.entry(self.kept_as(&file.path)) {
                Entry::Vacant(free) => {
                    free.insert(file);
                }
                Entry::Occupied(_) => {
                    let why = "its name is no UTF-8, and another file is shown under the same one; rename it";
                    unread.push(InputError::Unlooked(corpus::display(&file.path), why.to_owned()));
                }
            }
        }
        named
    }
}

/// The documents of a base that should be under one of the paths and are not there any more.
fn gone<'a>(
    known: &'a BTreeMap<String, (u64, u64)>,
    here: &BTreeMap<String, File>,
    roots: &[String],
    closed: &[String],
) -> Vec<&'a str> {
    let under = |path: &str, root: &str| {
        // The folder of the base itself holds everything that does not step out of it.
        (root.is_empty() && !path.starts_with("../") && !path.starts_with('/'))
            || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
    };
    let is_closed = |path: &str| closed.iter().any(|closed| path == closed || under(path, closed));
    let paths = known.keys().map(String::as_str).filter(|path| !here.contains_key(*path));
    paths.filter(|path| roots.iter().any(|root| under(path, root)) && !is_closed(path)).collect()
}

/// How files are looked at, on any thread.
struct Look<'a> {
    packs: &'a Packs,
    settings: &'a Settings,
    known: &'a BTreeMap<String, (u64, u64)>,
    reading: u64,
    afresh: bool,
}

impl Look<'_> {
    fn at(&self, file: &File, path: &str) -> Looked {
        let bytes = match corpus::bytes(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => return Looked::Refused(error),
        };
        let content = fold::mix([fold::hash_bytes(&bytes), self.settings.hash(&file.path)]);
        if !self.afresh && self.known.get(path) == Some(&(content, self.reading)) {
            return Looked::Same;
        }
        let changed = self.known.get(path).is_some_and(|(before, _)| *before != content);
        match corpus::read_bytes(&corpus::display(&file.path), bytes, self.packs, self.settings) {
            Ok(corpus::Read { unread, .. }) if changed && !self.afresh && unread.iter().any(InputError::is_part) => {
                Looked::Damaged(unread)
            }
            Ok(corpus::Read { reading, notice, unread }) => {
                let observed = observe(&reading, self.packs);
                let rows = Rows::new(path.to_owned(), content, self.reading, observed, self.packs);
                Looked::Read(Box::new(rows), notice, unread)
            }
            Err(error) => Looked::Refused(error),
        }
    }
}

impl Changes {
    fn take(
        &mut self,
        learning: &mut Learning,
        known: &BTreeMap<String, (u64, u64)>,
        path: &str,
        looked: Looked,
    ) -> Result<(), StoreError> {
        match looked {
            Looked::Same => self.same += 1,
            Looked::Read(rows, notice, unread) => {
                learning.keep(&rows)?;
                self.notices.extend(notice);
                self.parts.extend(unread);
                let count = if known.contains_key(path) { &mut self.changed } else { &mut self.new };
                *count += 1;
            }
            Looked::Damaged(unread) => self.unread.extend(unread),
            Looked::Refused(error) if error.is_unlooked() => self.unread.push(error),
            Looked::Refused(error) => {
                if known.contains_key(path) {
                    learning.forget(path)?;
                    self.forgotten += 1;
                }
                self.skipped.push(error.to_string());
            }
        }
        Ok(())
    }
}
