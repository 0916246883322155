//! `factlint init`: switches factlint on in a folder: a commented configuration, a first pack, and what a corpus says.

use super::Outcome;
use super::facts::quoted;
use super::learn::Learn;
use super::setup::PackOptions;
use super::write;
use crate::config;
use crate::corpus;
use clap::Args;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The first pack of a project.
const PACK: &str = "desk.toml";

/// What stands in the configuration, with the corpora in the place of `{corpora}`.
const CONFIGURATION: &str = include_str!("init/factlint.toml");
/// What stands in the first pack.
const FIRST_PACK: &str = include_str!("init/desk.toml");

#[derive(Args)]
pub(super) struct Init {
    /// Articles to learn from: files or folders
    #[arg(value_name = "CORPUS")]
    corpus: Vec<PathBuf>,
    #[command(flatten)]
    packs: PackOptions,
}

impl Init {
    pub(super) fn run(self) -> Outcome {
        if Path::new(config::FILE).exists() {
            let error = format!("error: {} is here already; it was left as it is", config::FILE);
            return Outcome::failed(vec![error]);
        }
        let missing = corpus::files(&self.corpus).errors;
        let mut errors: Vec<String> = missing.iter().map(|error| format!("error: {error}")).collect();
        for path in self.corpus.iter().filter(|path| !path.exists()) {
            errors.push(format!("error: {}: there is no such file or folder", corpus::display(path)));
        }
        if !errors.is_empty() {
            return Outcome::failed(errors);
        }
        let mut out = String::new();
        for (name, text) in [(PACK, FIRST_PACK.to_owned()), (config::FILE, self.configuration())] {
            match write::new(Path::new(name), &text) {
                Ok(()) => {
                    let _ = writeln!(out, "wrote {name}");
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                    let _ = writeln!(out, "{name} is here already; it was left as it is");
                }
                Err(error) => return Outcome::failed(vec![format!("error: {name}: cannot be written: {error}")]),
            }
        }
        let learned = !self.corpus.is_empty();
        let mut outcome = if learned { Learn::configured(self.packs).run() } else { Outcome::new(String::new(), 0) };
        out.push_str(&outcome.out);
        out.push_str(&next(learned));
        outcome.out = out;
        outcome
    }

    fn configuration(&self) -> String {
        let here = corpus::absolute(Path::new(""));
        let mut corpora = String::new();
        for path in &self.corpus {
            let seen = corpus::seen_from(&here, &corpus::absolute(path));
            let seen = if seen.is_empty() { "." } else { &seen };
            let _ = writeln!(corpora, "\n[[corpus]]\npath = {}", quoted(seen));
        }
        if corpora.is_empty() {
            corpora.push_str("\n# [[corpus]]\n# path = \"archive\"\n");
        }
        corpora.push('\n');
        CONFIGURATION.replace("# {corpora}\n", &corpora)
    }
}

fn next(learned: bool) -> String {
    let mut steps = Vec::new();
    if !learned {
        steps.push("factlint learn ARCHIVE                     learn what your archive says");
    }
    steps.extend([
        "factlint check DRAFT                       check a draft",
        "factlint check . --baseline FILE.json      keep what is found today; later only new findings fail",
        "factlint add \"Ada Lund is Mayor of Oslo\"   write a fact down",
        "factlint test                              run the examples of desk.toml",
    ]);
    let steps: String = steps.iter().map(|step| format!("  {step}\n")).collect();
    let keep = if learned { "Commit them; leave factlint.db out (.gitignore), it is learned again.\n" } else { "" };
    format!("{keep}Next:\n{steps}")
}
