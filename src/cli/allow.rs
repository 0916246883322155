//! `factlint allow`: lets a finding stand, with the reason, in a file of the project and not in the text.

use super::Outcome;
use super::facts::quoted;
use super::house::allow_file;
use super::setup::{self, BaseOptions, Known, PackOptions};
use super::write;
use crate::corpus;
use crate::diagnostic::Diagnostic;
use crate::report::shown;
use crate::terms::Wish;
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
        let drafts = corpus::read(&[PathBuf::from(path)], &setup.packs, &setup.draft_settings(self.date));
        if let Some(outcome) = setup::errors(&drafts) {
            return Err(outcome);
        }
        let Known { desk, house, .. } = setup.known(&self.base)?;
        let Some(reading) = drafts.readings.first() else { return Err(failed(format!("{path}: nothing is read"))) };
        let source = &reading.document.source;
        let answer = desk.check(reading, &Wish { date: self.date, ..Wish::default() })?;
        let findings: Vec<Diagnostic> = answer.diagnostics.into_iter().chain(answer.allowed).collect();
        let found = find(&findings, source, &self.rule, line, column).ok_or_else(|| {
            failed(format!("`{}` finds nothing at {}; {}", self.rule, self.place, there(&findings, source)))
        })?;
        let file = allow_file(house.config.folder.as_deref());
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
        let mut known = false;
        let written = write::change(&file, |before| {
            let start = before.unwrap_or("# Findings that somebody looked at and let stand.\n");
            known = start.contains(&format!("fingerprint = {}", quoted(&found.fingerprint)));
            Ok((!known).then(|| format!("{}\n\n{entry}", start.trim_end())))
        });
        written.map_err(|error| failed(format!("{name}: cannot be written: {error}")))?;
        if known {
            return Ok(format!("{}\n", shown(&format!("{name} allows this already"))));
        }
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
