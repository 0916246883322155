//! What most commands need first: the project, its packs, what is known, and how to show things.

use super::Outcome;
use super::gather::{Unsaved, config_of, gather};
use super::house::House;
use super::kept::Shelf;
use super::trail::Trail;
use crate::config::{self, Config};
use crate::corpus::{self, Corpus, InputError, Settings};
use crate::desk::Desk;
use crate::fact::{Both, Seen, Stated, Store, StoreError};
use crate::learn::learn;
use crate::pack::{self, Packs, Problem, Problems};
use crate::report::{self, Look};
use crate::text::{Date, Dated};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Options of every command that reads packs.
#[derive(Args, Clone)]
pub(super) struct PackOptions {
    /// A pack of your own beside the built-in ones, a file or a folder (may be repeated)
    #[arg(long = "pack", value_name = "PATH", global = true)]
    packs: Vec<PathBuf>,
    /// Packs that the project names and that are not loaded.
    #[arg(skip)]
    without: Vec<PathBuf>,
    /// What an editor has of packs and configuration that are not saved yet.
    #[arg(skip)]
    unsaved: Unsaved,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto, global = true)]
    color: When,
}

/// Options of every command that asks what is known.
#[derive(Args, Clone)]
pub(super) struct BaseOptions {
    /// The fact base; else the one that `factlint.toml` names, else `factlint.db` beside it or here
    #[arg(long, value_name = "DB")]
    pub(super) facts: Option<PathBuf>,
    /// Articles to check against, instead of the fact base unless `--facts` is given too
    #[arg(long, value_name = "CORPUS")]
    pub(super) against: Vec<PathBuf>,
    /// Where the paths of articles hold their dates: %Y, %m and %d, as in `%Y/%m/%d`
    #[arg(long, value_name = "PATTERN", value_parser = dated)]
    pub(super) dated: Option<Dated>,
}

/// When to use colours.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

/// A project: its configuration, its packs, and what they state.
pub(super) struct Setup {
    pub(super) config: Arc<Config>,
    pub(super) packs: Arc<Packs>,
    stated: Stated,
}

/// The packs of a project.
#[derive(Default)]
struct Loaded {
    packs: Packs,
    /// Mistakes in them.
    problems: Problems,
    /// Packs that are named and not there, or not to be read.
    unread: Problems,
    /// Files that cannot be read.
    errors: Vec<String>,
    /// Where to keep them, where that is worth it and nothing else is wrong.
    keep: Option<(Shelf, Vec<u8>, Trail)>,
}

/// What keeps a project from being loaded.
pub(super) struct Flawed {
    /// Files that cannot be read.
    pub(super) errors: Vec<String>,
    /// Mistakes in packs and configuration.
    pub(super) problems: Vec<Problem>,
}

/// What a run checks with.
pub(super) struct Known {
    pub(super) desk: Desk,
    pub(super) house: Arc<House>,
    pub(super) store: Option<Store>,
    /// The articles of `--against`.
    pub(super) corpus: Corpus,
}

impl PackOptions {
    /// The text of a pack that comes with factlint, where one is named and no file is.
    pub(super) fn built_in(&self) -> Option<&'static str> {
        let name = self.packs.first().filter(|pack| self.packs.len() == 1 && !pack.exists())?.to_str()?;
        let path = pack::built_in_named(name)?;
        pack::built_in().iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
    }

    /// The same with another pack.
    pub(super) fn and(mut self, pack: &Path) -> PackOptions {
        self.packs.push(pack.to_owned());
        self
    }

    /// The same without some packs that the project names.
    pub(super) fn without(mut self, packs: &[&PathBuf]) -> PackOptions {
        self.without.extend(packs.iter().map(|pack| corpus::absolute(pack)));
        self
    }

    /// The same with texts that stand for files.
    pub(super) fn with_unsaved(mut self, texts: BTreeMap<PathBuf, String>) -> PackOptions {
        self.unsaved = Unsaved::new(texts, &self.packs);
        self
    }

    /// Loads the configuration of the working folder, its packs, and those given.
    pub(super) fn load(&self) -> Result<Setup, Outcome> {
        self.load_for(&[])
    }

    /// Loads the configuration that files belong to, the built-in packs, those of the project and those given.
    pub(super) fn load_for(&self, files: &[PathBuf]) -> Result<Setup, Outcome> {
        self.assemble(files).map_err(|Flawed { mut errors, problems }| {
            let mut drawn = String::new();
            if !problems.is_empty() {
                drawn = report::problems(&problems, self.look(false, std::io::stderr().is_terminal()));
                let count = problems.len();
                let count = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
                errors.push(format!("error: {count} in packs and configuration; nothing was checked"));
            }
            Outcome { drawn, ..Outcome::failed(errors) }
        })
    }

    /// The same, with every mistake at its place.
    pub(super) fn assemble(&self, files: &[PathBuf]) -> Result<Setup, Flawed> {
        let mut errors = Vec::new();
        let (mut config, config_problems) = config_of(files, &self.unsaved, &mut errors);
        config.packs.retain(|pack| !self.without.contains(&corpus::absolute(pack)));
        let shelf = Shelf::of(&config, &self.packs, &self.unsaved);
        let mut loaded = match shelf.as_ref().and_then(Shelf::find) {
            Some(packs) => Loaded { packs, ..Loaded::default() },
            None => self.gathered(&config, shelf),
        };
        errors.append(&mut loaded.errors);
        let Loaded { mut packs, mut problems, unread, keep, .. } = loaded;
        // What nobody could read or link is no mistake of the configuration, which may name rules of such a pack.
        let whole = errors.is_empty() && problems.all.is_empty() && unread.all.is_empty();
        let applied = config.apply(&mut packs).all;
        problems.all.extend(unread.all);
        let packs = Arc::new(packs);
        let stated = Stated::new(&packs);
        // Those of the built-in packs are read by their tests, and here when they are asked for.
        problems.all.extend(stated.problems(|place| !pack::is_built_in(place.source.path())).all);
        problems.sort(&packs.sources);
        explain_missing(&config, &mut problems.all);
        let mut all = config_problems;
        all.extend(applied.into_iter().filter(|_| whole));
        all.sort_by_key(|problem| problem.span);
        all.extend(problems.all);
        if errors.is_empty() && all.is_empty() {
            if let Some((shelf, bytes, trail)) = keep {
                shelf.keep(bytes, &trail);
            }
            return Ok(Setup { config: Arc::new(config), packs, stated });
        }
        Err(Flawed { errors, problems: all })
    }

    /// The packs of a configuration, read and linked.
    fn gathered(&self, config: &Config, shelf: Option<Shelf>) -> Loaded {
        let mut gathered = gather(config, &self.packs, &self.unsaved);
        let (errors, unread) = (std::mem::take(&mut gathered.errors), std::mem::take(&mut gathered.problems));
        let trail = std::mem::take(&mut gathered.trail);
        let (packs, problems) = gathered.link();
        let whole = errors.is_empty() && unread.all.is_empty() && problems.all.is_empty();
        let shelf = shelf.filter(|_| whole && trail.is_worth_keeping());
        let keep = shelf.map(|shelf| (shelf, packs.to_bytes(), trail));
        Loaded { packs, problems, unread, errors, keep }
    }

    /// How reports look here.
    pub(super) fn look(&self, quiet: bool, terminal: bool) -> Look {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !no_color,
        };
        let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let seen = || terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| usize::from(width.0));
        Look { color, width: said.or_else(seen).unwrap_or(80).clamp(50, 120), quiet }
    }
}

/// What a built-in pack lacks where the project leaves another one out.
fn explain_missing(config: &Config, problems: &mut [Problem]) {
    let names: Vec<&str> = config.without.iter().map(|path| pack::built_in_name(path)).collect();
    if names.is_empty() {
        return;
    }
    for problem in problems.iter_mut().filter(|problem| pack::is_built_in(problem.source.path())) {
        let without = names.join("`, `");
        problem.help = Some(format!(
            "`without` in {} leaves out `{without}`, which this pack needs: leave it out too, or load what it needs",
            config::FILE
        ));
    }
}

impl BaseOptions {
    /// The same with another fact base.
    pub(super) fn with_facts(mut self, facts: &Path) -> BaseOptions {
        self.facts = Some(facts.to_owned());
        self
    }
}

impl Setup {
    /// What is said of articles that do not say it themselves.
    pub(super) fn settings(&self, dated: Option<&Dated>) -> Settings {
        Settings { corpora: self.config.corpora.clone(), dated: dated.cloned(), ..Settings::default() }
    }

    /// The same for drafts, which the command line and the configuration may date.
    pub(super) fn draft_settings(&self, date: Option<Date>) -> Settings {
        Settings { date, files: Some(Arc::clone(&self.config)), ..self.settings(None) }
    }

    /// Reads drafts: files, folders, and standard input for `-`, under a name.
    pub(super) fn drafts(&self, paths: &[PathBuf], stdin_name: &str, date: Option<Date>) -> Corpus {
        let settings = self.draft_settings(date);
        let (stdin, files): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.iter().cloned().partition(|path| path == Path::new("-"));
        let mut drafts =
            if files.is_empty() { Corpus::default() } else { corpus::read(&files, &self.packs, &settings) };
        if !stdin.is_empty() {
            let result = corpus::bounded(std::io::stdin().lock())
                .map_err(|error| InputError::Missing(stdin_name.to_owned(), error))
                .and_then(|bytes| corpus::read_bytes(stdin_name, bytes, &self.packs, &settings));
            match result {
                Ok(read) => drafts.take(read),
                Err(error) => drafts.errors.push(error),
            }
        }
        drafts
    }

    /// Where the fact base is, and whether somebody named it.
    pub(super) fn base_path(&self, option: Option<&PathBuf>) -> (PathBuf, bool) {
        let beside = || self.config.folder.clone().unwrap_or_default().join(config::BASE);
        match option.or(self.config.facts.as_ref()) {
            Some(named) => (named.clone(), true),
            None => (beside(), false),
        }
    }

    /// Whether there is an archive to learn, and no fact base yet.
    pub(super) fn is_unlearned(&self, options: &BaseOptions) -> bool {
        !self.config.corpora.is_empty() && !self.base_path(options.facts.as_ref()).0.exists()
    }

    /// What the project says of its files.
    ///
    /// # Errors
    /// A file of findings that stand which holds mistakes.
    pub(super) fn house(&self) -> Result<House, String> {
        House::of(Arc::clone(&self.config), Arc::clone(&self.packs), self.draft_settings(None))
    }

    /// Opens and reads what is known: what packs state, the fact base, and the articles of `--against`.
    pub(super) fn known(self, options: &BaseOptions) -> Result<Known, Outcome> {
        let settings = self.settings(options.dated.as_ref());
        let corpus = match options.against.as_slice() {
            [] => Corpus::default(),
            against => corpus::read(against, &self.packs, &settings),
        };
        let mut errors = input_errors(&corpus);
        let (path, named) = self.base_path(options.facts.as_ref());
        let wanted = options.facts.is_some() || (options.against.is_empty() && (named || path.exists()));
        let store = wanted
            .then(|| self.open(&path))
            .and_then(|store| store.map_err(|error| errors.push(format!("error: {error}"))).ok());
        let house = self.house().map_err(|error| errors.push(error)).ok().filter(|_| errors.is_empty());
        let Some(house) = house.map(Arc::new) else { return Err(Outcome::failed(errors)) };
        let memory = learn(&corpus.readings, &self.packs);
        let desk = match &store {
            Some(store) => Desk::new(self.packs, Both(self.stated, Both(store.clone(), memory))),
            None => Desk::new(self.packs, Both(self.stated, memory)),
        };
        let desk = desk.aligned(&corpus.readings).under(Arc::clone(&house));
        Ok(Known { desk, house, store, corpus })
    }

    fn open(&self, path: &Path) -> Result<Store, StoreError> {
        let folder = corpus::absolute(path).parent().map(Path::to_owned).unwrap_or_default();
        let here = corpus::absolute(Path::new(""));
        let inside = if here.starts_with(&folder) { corpus::seen_from(&folder, &here) } else { String::new() };
        let seen = Seen { folder: corpus::seen_from(&here, &folder), here: inside };
        Store::open(path, seen, Arc::clone(&self.packs))
    }
}

/// What was wrong with inputs, each said once.
pub(super) fn input_errors(corpus: &Corpus) -> Vec<String> {
    corpus.errors.iter().map(|error| format!("error: {error}")).collect()
}

/// What was not read, each said once.
pub(super) fn unread(corpus: &Corpus) -> impl Iterator<Item = String> {
    corpus.unread.iter().map(|unread| format!("error: not read: {unread}"))
}

/// What was not read as an outcome, for a command whose answer would be wrong without it.
pub(super) fn unlooked(corpus: &Corpus) -> Option<Outcome> {
    let unread: Vec<String> = unread(corpus).collect();
    (!unread.is_empty()).then(|| Outcome::failed(unread))
}

/// An outcome of what was read, under which everything is named that was not: then it is no success.
pub(super) fn seen(outcome: Outcome, looked_at: &[&Corpus]) -> Outcome {
    let unread: Vec<String> = looked_at.iter().flat_map(|corpus| unread(corpus)).collect();
    let status = if outcome.status == 0 && !unread.is_empty() { 2 } else { outcome.status };
    Outcome { status, notices: [outcome.notices, unread].concat(), ..outcome }
}

/// Turns what was wrong with the inputs into an outcome.
pub(super) fn errors(corpus: &Corpus) -> Option<Outcome> {
    let errors = input_errors(corpus);
    (!errors.is_empty()).then(|| Outcome::failed(errors))
}

/// Reads a date of the command line.
pub(super) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a date is written 2025-08-17".to_owned())
}

/// Reads a pattern for dates in paths.
pub(super) fn dated(text: &str) -> Result<Dated, String> {
    Dated::parse(text)
}
