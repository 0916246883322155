//! `factlint check`

use super::Outcome;
use super::setup::{self, BaseOptions, PackOptions};
use crate::claim::Reading;
use crate::diagnostic::Severity;
use crate::lint::{Counts, Options, lint};
use crate::report::{Checked, FORMATS, Report};
use crate::text::Date;
use clap::Args;
use clap::builder::PossibleValuesParser;
use rayon::prelude::*;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Check {
    /// Drafts: files, folders, or `-` for standard input; without any, every article of the corpus
    #[arg(value_name = "FILES")]
    drafts: Vec<PathBuf>,
    #[command(flatten)]
    base: BaseOptions,
    /// The date at which claims are judged, instead of each draft's own
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    date: Option<Date>,
    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "pretty", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: String,
    /// The severity from which the exit status is 1
    #[arg(long, value_name = "SEVERITY", default_value = "error", value_parser = PossibleValuesParser::new(["error", "warning", "info", "never"]))]
    fail_on: String,
    /// Apply only this rule (may be repeated)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// The name to show for standard input
    #[arg(long, value_name = "NAME", default_value = "stdin.txt")]
    stdin_filename: String,
    /// Leave out notices and the closing counts
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    packs: PackOptions,
}

impl Check {
    pub(super) fn run(self) -> Outcome {
        if self.drafts.is_empty() && self.base.against.is_empty() {
            return Outcome::failed(vec![
                "error: nothing to check: name a draft, or a corpus with `--against DIR` to check its articles against each other".to_owned(),
            ]);
        }
        let setup = match self.packs.load() {
            Ok(setup) => setup,
            Err(outcome) => return outcome,
        };
        if let Some(unknown) = self.only.iter().find(|id| !setup.packs.rules.iter().any(|rule| rule.id == **id)) {
            let ids = setup.packs.rules.iter().map(|rule| rule.id.as_str());
            let help = crate::pack::suggest(unknown, ids).unwrap_or_default();
            return Outcome::failed(vec![format!("error: there is no rule `{unknown}`; {help}")]);
        }
        let mut drafts = setup.drafts(&self.drafts, &self.stdin_filename);
        let mut errors = setup::input_errors(&drafts);
        let (packs, known) = match setup.known(&self.base) {
            Ok(known) if errors.is_empty() => known,
            Ok(_) => return Outcome::failed(errors),
            Err(outcome) => {
                errors
                    .extend(outcome.notices.into_iter().filter(|notice| !errors.contains(notice)).collect::<Vec<_>>());
                return Outcome::failed(errors);
            }
        };
        let mut notices = std::mem::take(&mut drafts.notices);
        notices.extend(known.corpus.notices.iter().cloned());
        notices.extend(known.corpus.left_out.iter().map(|error| format!("left out: {error}")));
        let readings = if self.drafts.is_empty() { &known.corpus.readings } else { &drafts.readings };
        let options = Options { date: self.date, only: self.only.clone() };
        let results: Vec<(Checked, Counts)> = readings
            .par_iter()
            .map(|reading| {
                let findings = lint(reading, &packs, &*known.base, &options);
                (
                    Checked { source: Arc::clone(&reading.document.source), diagnostics: findings.diagnostics },
                    findings.counts,
                )
            })
            .collect();
        let mut counts = Counts::default();
        results.iter().for_each(|(_, more)| counts.add(*more));
        let checked: Vec<Checked> = results.into_iter().map(|(checked, _)| checked).collect();
        let dated = dated(readings, self.date);
        let report = Report {
            checked: &checked,
            counts,
            extent: known.extent(),
            dated,
            packs: &packs,
            look: self.packs.look(self.quiet, std::io::stdout().is_terminal()),
        };
        if let Some(outcome) = known.failure() {
            return outcome;
        }
        let Some(format) = FORMATS.iter().find(|format| format.name == self.format) else {
            return Outcome::new(String::new(), 2);
        };
        let out = (format.write)(&report);
        let threshold = Severity::parse(&self.fail_on);
        let fails = checked
            .iter()
            .flat_map(|checked| &checked.diagnostics)
            .any(|diagnostic| threshold.is_some_and(|threshold| diagnostic.severity() >= threshold));
        if self.quiet {
            notices.clear();
        }
        let mut notices: Vec<String> = notices.into_iter().map(|notice| format!("note: {notice}")).collect();
        // A draft that nobody could read was not checked, whatever the others came to.
        let unread = !drafts.left_out.is_empty();
        notices.extend(drafts.left_out.iter().map(|error| format!("error: not checked: {error}")));
        // The process ends here: packs, base and readings are left to the system, which is faster than taking them apart.
        std::mem::forget((packs, known, drafts));
        Outcome { out, notices, status: if unread { 2 } else { u8::from(fails) } }
    }
}

/// "draft dated 2025-08-17", or that it is not.
fn dated(readings: &[Reading], date: Option<Date>) -> Option<String> {
    let [reading] = readings else { return date.map(|date| format!("judged at {date}")) };
    let own = reading.document.articles.first().and_then(|article| article.date);
    match (date, own) {
        (Some(date), _) => Some(format!("judged at {date}")),
        (None, Some(date)) => Some(format!("draft dated {date}")),
        (None, None) => Some("draft undated".to_owned()),
    }
}
