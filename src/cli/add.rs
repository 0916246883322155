//! `factlint add`: a fact into the project's pack, after reading it back.

use super::Outcome;
use super::facts::quoted;
use super::setup::{self, PackOptions, Setup};
use super::write;
use crate::config;
use crate::corpus;
use crate::fact::read_sentence;
use crate::pack::{self, Packs};
use crate::report::row;
use crate::text::{Date, Source};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The pack that is made where a project has none.
const PACK: &str = "facts.toml";

#[derive(Args)]
pub(super) struct Add {
    /// The fact as a plain sentence: "Alexander Stubb is President of Finland"
    #[arg(value_name = "SENTENCE")]
    says: String,
    /// From when it holds
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    since: Option<Date>,
    /// Until when it holds
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    until: Option<Date>,
    /// Where it is from
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// The slip that it rules out, as a sentence
    #[arg(long, value_name = "SENTENCE")]
    not: Option<String>,
    /// The pack to write to; else the first pack file that factlint.toml names, else `facts.toml` beside it or here
    #[arg(long, value_name = "PACK")]
    to: Option<PathBuf>,
    #[command(flatten)]
    packs: PackOptions,
}

impl Add {
    /// Adding a sentence and nothing else.
    #[cfg(feature = "lsp")]
    pub(super) fn sentence(says: &str, packs: PackOptions) -> Add {
        Add { says: says.to_owned(), since: None, until: None, source: None, not: None, to: None, packs }
    }

    pub(super) fn run(self) -> Outcome {
        let setup = match self.packs.load() {
            Ok(setup) => setup,
            Err(outcome) => return outcome,
        };
        let mut errors = Vec::new();
        let mut out = String::new();
        for (label, sentence) in [("read as", Some(&self.says)), ("rules out", self.not.as_ref())] {
            match sentence.map(|sentence| read_back(sentence, &setup.packs)) {
                Some(Ok(read)) => {
                    row(&mut out, format_args!("{label} {read}"));
                }
                Some(Err(error)) => errors.push(error),
                None => {}
            }
        }
        if let (Some(since), Some(until)) = (self.since, self.until)
            && until < since
        {
            errors.push(format!("error: it ends on {until}, before it begins on {since}"));
        }
        if !errors.is_empty() {
            return Outcome::failed(errors);
        }
        match self.write(&setup) {
            Ok(notes) => {
                out.push_str(&notes);
                Outcome::new(out, 0)
            }
            Err(error) => Outcome::failed(vec![error]),
        }
    }

    /// Appends the fact, and makes the pack and the configuration where there are none.
    fn write(&self, setup: &Setup) -> Result<String, String> {
        let folder = setup.config.folder.clone().unwrap_or_default();
        let named = setup.config.packs.iter().map(|pack| &pack.value).find(|pack| is_pack(pack) && pack.is_file());
        let pack = self.to.clone().or_else(|| named.cloned()).unwrap_or_else(|| folder.join(PACK));
        let name = corpus::display(&pack);
        if !is_pack(&pack) {
            return Err(format!("error: {name}: a pack is a file whose name ends in .toml; name one with `--to`"));
        }
        let mut line = 0;
        let written = write::change(&pack, |before| {
            let start = before.unwrap_or("# What this desk knows.\n");
            let text = format!("{}\n\n{}", start.trim_end(), self.table());
            line = text.lines().count() - self.table().lines().count() + 1;
            sound(&name, &text).map(|()| Some(text))
        });
        written.map_err(|error| format!("error: {name}: cannot be written: {error}"))?;
        let mut notes = String::new();
        row(&mut notes, format_args!("added to {name}:{line}"));
        if setup.config.folder.is_none() && self.to.is_none() {
            let file = Path::new(config::FILE);
            match write::new(file, &format!("packs = [{}]\n", quoted(PACK))) {
                Ok(()) => row(&mut notes, format_args!("made {}, which names {name}", config::FILE)),
                // Somebody who added to this pack at the same time was faster.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => match self.packs.load() {
                    Ok(now) if is_loaded(&pack, &now) => {}
                    _ => row(&mut notes, format_args!("{}", advice(&name))),
                },
                Err(error) => return Err(format!("error: {}: cannot be written: {error}", config::FILE)),
            }
        } else if !is_loaded(&pack, setup) {
            row(&mut notes, format_args!("{}", advice(&name)));
        }
        Ok(notes)
    }

    fn table(&self) -> String {
        let mut table = format!("[[fact]]\nsays = {}\n", quoted(self.says.trim()));
        if let Some(not) = &self.not {
            row(&mut table, format_args!("not = {}", quoted(not.trim())));
        }
        for (key, date) in [("since", self.since), ("until", self.until)] {
            if let Some(date) = date {
                row(&mut table, format_args!("{key} = {date}"));
            }
        }
        if let Some(source) = &self.source {
            row(&mut table, format_args!("source = {}", quoted(source)));
        }
        table
    }
}

/// Whether a file may be a pack: a draft is never taken for one.
fn is_pack(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "toml")
}

/// Whether a text reads as a pack: facts written into other TOML would break it.
fn sound(name: &str, text: &str) -> std::io::Result<()> {
    let source = Source::read(name, text.as_bytes().to_vec()).map_err(std::io::Error::other)?;
    match pack::decode(&Arc::new(source)).problems().all.first() {
        Some(problem) => Err(std::io::Error::other(format!("with the fact in it, it is no pack: {problem}"))),
        None => Ok(()),
    }
}

/// Whether a project loads a pack.
fn is_loaded(pack: &Path, setup: &Setup) -> bool {
    let pack = corpus::absolute(pack);
    let known = setup.config.packs.iter().map(|known| corpus::absolute(known));
    known.into_iter().any(|known| pack == known || pack.parent() == Some(&known))
}

fn advice(name: &str) -> String {
    format!("name it in {}, or give it with `--pack {name}`: packs = [{}]", config::FILE, quoted(name))
}

/// How the patterns read a sentence.
fn read_back(sentence: &str, packs: &Packs) -> Result<String, String> {
    let claim = read_sentence(sentence, packs).map_err(|unread| {
        if unread.help.is_some() {
            return format!("error: \"{sentence}\": {unread}");
        }
        let forms: Vec<String> = packs
            .relations
            .iter()
            .filter_map(|relation| relation.says.as_ref())
            .map(|says| format!("\"{}\"", says.replace("{mood} ", "")))
            .collect();
        format!("error: \"{sentence}\": {unread}; facts are read as, for example: {}", forms.join(", "))
    })?;
    let relation = packs.relation(claim.relation);
    let slots: Vec<String> = claim
        .slots
        .iter()
        .filter_map(|fill| {
            let name = &relation?.slot(fill.slot)?.name;
            Some(format!("{name}: {}", fill.sure()?.label))
        })
        .collect();
    Ok(format!("{}({})", relation.map(|relation| relation.name.as_str()).unwrap_or_default(), slots.join(", ")))
}
