//! `factlint allow`: lets a finding stand, with the reason, in a file of the project and not in the text.

use super::Outcome;
use super::facts::quoted;
use super::setup::{self, BaseOptions, PackOptions};
use super::write;
use crate::config;
use crate::corpus;
use crate::diagnostic::Diagnostic;
use crate::lint::{Options, lint};
use crate::report::shown;
use crate::suppress::Allowed;
use crate::text::{Date, Source};
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct Allow {
    /// Where the finding is, as `check` shows it
    #[arg(value_name = "FILE:LINE:COLUMN")]
    place: String,
    /// The rule that found it
    #[arg(value_name = "RULE")]
    rule: String,
    /// Why it stands
    #[arg(long, value_name = "REASON")]
    because: String,
    /// The last day on which it stands
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    until: Option<Date>,
    #[command(flatten)]
    base: BaseOptions,
    /// The date at which claims are judged, instead of the draft's own
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    date: Option<Date>,
    #[command(flatten)]
    packs: PackOptions,
}

impl Allow {
    /// Letting the finding of a rule at a place stand.
    #[cfg(feature = "lsp")]
    pub(super) fn finding(place: &str, rule: &str, because: &str, base: BaseOptions, packs: PackOptions) -> Allow {
        let [place, rule, because] = [place, rule, because].map(str::to_owned);
        Allow { place, rule, because, until: None, base, date: None, packs }
    }

    pub(super) fn run(self) -> Outcome {
        match self.write() {
            Ok(said) => Outcome::new(said, 0),
            Err(outcome) => outcome,
        }
    }

    fn write(&self) -> Result<String, Outcome> {
        let failed = |error: String| Outcome::failed(vec![format!("error: {error}")]);
        let (path, line, column) = super::why::place(&self.place)
            .ok_or_else(|| failed(format!("`{}` is no place; write FILE:LINE:COLUMN", self.place)))?;
        if self.because.trim().is_empty() {
            return Err(failed("say why with `--because`".to_owned()));
        }
        let setup = self.packs.load_for(&[PathBuf::from(path)])?;
        let folder = setup.config.folder.clone();
        let said = setup.for_file(path);
        let settings = setup.draft_settings(self.date);
        let drafts = corpus::read(&[PathBuf::from(path)], &setup.packs, &settings);
        if let Some(outcome) = setup::errors(&drafts) {
            return Err(outcome);
        }
        let (packs, known) = setup.known(&self.base)?;
        let Some(reading) = drafts.readings.first() else { return Err(failed(format!("{path}: nothing is read"))) };
        let source = &reading.document.source;
        let options = Options { date: self.date.or(said.date), rules: said.rules, ..Options::default() };
        let findings = lint(reading, &packs, &*known.base, &options)?.diagnostics;
        let found = find(&findings, source, &self.rule, line, column).ok_or_else(|| {
            failed(format!("`{}` finds nothing at {}; {}", self.rule, self.place, there(&findings, source)))
        })?;
        let file = file(folder.as_deref());
        let name = corpus::display(&file);
        let base = corpus::absolute(&file).parent().map(Path::to_owned).unwrap_or_default();
        let mut entry = String::from("[[allow]]\n");
        let words = source.slice(found.primary().span);
        for (key, value) in [
            ("path", corpus::seen_from(&base, &corpus::absolute(Path::new(path))).as_str()),
            ("rule", found.rule()),
            ("words", words),
            ("fingerprint", found.fingerprint.as_str()),
            ("because", self.because.trim()),
        ] {
            entry.push_str(&format!("{key} = {}\n", quoted(value)));
        }
        if let Some(until) = self.until {
            entry.push_str(&format!("until = {until}\n"));
        }
        let before = match std::fs::read_to_string(&file) {
            Ok(text) if text.contains(&format!("fingerprint = {}", quoted(&found.fingerprint))) => {
                return Ok(format!("{}\n", shown(&format!("{name} allows this already"))));
            }
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(format!("{name}: cannot be read: {error}"))),
        };
        let written = match &before {
            Some(before) => write::over(&file, before, &format!("{}\n\n{entry}", before.trim_end())),
            None => write::whole(&file, &format!("# Findings that somebody looked at and let stand.\n\n{entry}")),
        };
        written.map_err(|error| failed(format!("{name}: cannot be written: {error}")))?;
        let said = format!("allowed \"{words}\" ({}): {}; kept in {name}", found.rule(), found.message());
        Ok(format!("{}\n", shown(&said)))
    }
}

fn find<'a>(
    findings: &'a [Diagnostic],
    source: &Source,
    rule: &str,
    line: u32,
    column: Option<u32>,
) -> Option<&'a Diagnostic> {
    findings.iter().filter(|found| found.rule() == rule).find(|found| {
        let (from, to) = (source.position(found.primary().span.start), source.position(found.primary().span.end));
        match column {
            None => from.line == line,
            Some(column) => (from.line, from.column) <= (line, column) && (line, column) <= (to.line, to.column),
        }
    })
}

/// What is found in the file, for somebody who mistook the place.
fn there(findings: &[Diagnostic], source: &Source) -> String {
    let places: Vec<String> = findings
        .iter()
        .map(|found| {
            let at = source.position(found.primary().span.start);
            format!("{}:{} {}", at.line, at.column, found.rule())
        })
        .collect();
    if places.is_empty() {
        "nothing is found in this file".to_owned()
    } else {
        format!("there are: {}", places.join(", "))
    }
}

fn file(folder: Option<&Path>) -> PathBuf {
    folder.map(Path::to_owned).unwrap_or_default().join(config::ALLOW)
}

/// The findings that a project lets stand.
#[derive(Default)]
pub(super) struct AllowFile {
    path: PathBuf,
    entries: Vec<config::AllowEntry>,
}

impl AllowFile {
    /// Reads the file of a project; without one nothing is allowed.
    pub(super) fn load(folder: Option<&Path>) -> Result<AllowFile, String> {
        let path = file(folder);
        let Ok(bytes) = std::fs::read(&path) else { return Ok(AllowFile::default()) };
        let name = corpus::display(&path);
        let source = Source::read(name, bytes).map_err(|error| format!("error: {error}"))?;
        let (entries, problems) = config::read_allowed(&std::sync::Arc::new(source));
        match problems.all.as_slice() {
            [] => Ok(AllowFile { path, entries }),
            problems => {
                Err(format!("error: {}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
            }
        }
    }

    fn is_of(&self, entry: &config::AllowEntry, path: &str) -> bool {
        let base = corpus::absolute(&self.path).parent().map(Path::to_owned).unwrap_or_default();
        corpus::absolute(Path::new(path)) == corpus::absolute(&base.join(&entry.path))
    }

    /// What is allowed in a file.
    pub(super) fn of(&self, path: &str) -> Vec<Allowed> {
        self.entries.iter().filter(|entry| self.is_of(entry, path)).map(|entry| entry.allowed.clone()).collect()
    }

    /// Entries for files that were checked and in which nothing is left to allow.
    pub(super) fn unused(&self, checked: &[(&Source, &[String])]) -> Vec<String> {
        let unused = self.entries.iter().filter(|entry| {
            let of: Vec<_> = checked.iter().filter(|(source, _)| self.is_of(entry, source.path())).collect();
            !of.is_empty() && of.iter().all(|(_, used)| !used.contains(&entry.allowed.fingerprint))
        });
        unused
            .map(|entry| {
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
