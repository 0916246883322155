//! What most commands need first: packs, what they state, a corpus, and how to show things.

use super::Outcome;
use crate::claim::Reading;
use crate::corpus::{self, Corpus};
use crate::fact::{Both, Memory, stated};
use crate::learn::learn;
use crate::pack::{self, Packs};
use crate::report::{self, Look};
use crate::text::{Date, Source};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;

/// Options of every command that reads packs.
#[derive(Args)]
pub(super) struct PackOptions {
    /// A pack of your own beside the built-in ones, a file or a folder (may be repeated)
    #[arg(long = "pack", value_name = "PATH", global = true)]
    packs: Vec<PathBuf>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto, global = true)]
    color: When,
}

/// When to use colours.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

/// The fact base of a run.
pub(super) type Base = Both<Memory, Memory>;

/// Packs that are in order, and what they state.
pub(super) struct Setup {
    pub(super) packs: Packs,
    pub(super) stated: Memory,
}

impl PackOptions {
    /// Loads the built-in packs and those given.
    pub(super) fn load(&self) -> Result<Setup, Outcome> {
        let mut sources = built_in();
        let mut errors = Vec::new();
        for path in self.packs.iter().flat_map(pack_files) {
            let name = corpus::display(&path);
            match std::fs::read(&path).map_err(|error| corpus::InputError::Missing(name.clone(), error)) {
                Ok(bytes) => match Source::read(name, bytes) {
                    Ok(source) => sources.push(Arc::new(source)),
                    Err(error) => errors.push(format!("error: {error}")),
                },
                Err(error) => errors.push(format!("error: {error}")),
            }
        }
        let (packs, problems) = pack::link(sources.par_iter().map(pack::decode).collect());
        let (folded, unread) = stated(&packs);
        let mut problems = problems;
        problems.all.extend(unread.all);
        problems.sort(&sources);
        let all = problems.all;
        if !all.is_empty() {
            errors.push(report::problems(&all, self.look(false, std::io::stderr().is_terminal())));
            errors.push(format!(
                "error: {} in packs; nothing was checked",
                if all.len() == 1 { "1 problem".to_owned() } else { format!("{} problems", all.len()) }
            ));
        }
        if !errors.is_empty() {
            return Err(Outcome::failed(errors));
        }
        let stated = Memory::stated(folded, &packs);
        Ok(Setup { packs, stated })
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

/// The built-in packs as sources.
pub(super) fn built_in() -> Vec<Arc<Source>> {
    let packs = pack::built_in().iter().filter_map(|(name, text)| Source::read(*name, text.as_bytes().to_vec()).ok());
    packs.map(Arc::new).collect()
}

/// A pack, or every pack of a folder.
fn pack_files(path: &PathBuf) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.clone()];
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|file| file.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    files
}

impl Setup {
    /// Reads a corpus and folds it beside what the packs state.
    pub(super) fn base(self, readings: &[Reading]) -> (Packs, Base) {
        let memory = learn(readings, &self.packs);
        (self.packs, Both(self.stated, memory))
    }
}

/// Turns what was wrong with the inputs into an outcome.
pub(super) fn errors(corpus: &Corpus) -> Option<Outcome> {
    let errors: Vec<String> = corpus.errors.iter().map(|error| format!("error: {error}")).collect();
    (!errors.is_empty()).then(|| Outcome::failed(errors))
}

/// Reads a date of the command line.
pub(super) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a date is written 2025-08-17".to_owned())
}
