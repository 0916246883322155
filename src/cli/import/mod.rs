//! `factlint import`: what another tool knows, as a pack; and plainly, what was not carried over.

mod vale;
mod wikidata;

use super::Outcome;
use super::setup::PackOptions;
use super::write;
use crate::report::row;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct Import {
    #[command(subcommand)]
    from: From,
    /// The pack to write; standard output unless given. One that is there is not overwritten
    #[arg(long, value_name = "PACK", global = true)]
    to: Option<PathBuf>,
    #[command(flatten)]
    packs: PackOptions,
}

#[derive(Subcommand)]
enum From {
    /// The substitution, consistency and existence rules of a Vale style
    Vale {
        /// The folder of the style
        #[arg(value_name = "STYLE")]
        style: PathBuf,
    },
    /// Office holders (P39 with P580 and P582), the JSON that the Wikidata Query Service gives
    Wikidata {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What became of an import.
#[derive(Default)]
struct Imported {
    /// The pack.
    pack: String,
    /// How many rules or facts are in it.
    carried: usize,
    /// What is not in it, and why.
    left: Vec<String>,
}

impl Import {
    pub(super) fn run(self) -> Outcome {
        let imported = match &self.from {
            From::Vale { style } => vale::import(style),
            From::Wikidata { file } => match self.packs.load() {
                Ok(setup) => wikidata::import(file, &setup.packs),
                Err(outcome) => return outcome,
            },
        };
        let imported = match imported {
            Ok(imported) => imported,
            Err(error) => return Outcome::failed(vec![format!("error: {error}")]),
        };
        let mut outcome = Outcome::new(String::new(), 0);
        outcome.notices.extend(imported.left.iter().map(|left| format!("not carried over: {left}")));
        outcome.notices.push(format!("note: {} carried over, {} not", imported.carried, imported.left.len()));
        let Some(to) = &self.to else {
            outcome.out = imported.pack;
            return outcome;
        };
        let name = crate::corpus::display(to);
        match write::new(to, &imported.pack) {
            Ok(()) => row(&mut outcome.out, format_args!("wrote {name}; `factlint test {name}` reads it")),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Outcome::failed(vec![format!("error: {name} is here already; name another file with --to")]);
            }
            Err(error) => return Outcome::failed(vec![format!("error: {name}: cannot be written: {error}")]),
        }
        outcome
    }
}
