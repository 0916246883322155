//! `factlint check`

use super::Outcome;
use super::baseline;
use super::changed::Changed;
use super::mend::{self, Fixes};
use super::setup::{self, BaseOptions, Known, PackOptions};
use crate::claim::Reading;
use crate::config;
use crate::corpus::Corpus;
use crate::desk::{Answer, Desk};
use crate::diagnostic::Severity;
use crate::fact::BaseError;
use crate::lint::Counts;
use crate::pack::{Packs, Rule};
use crate::report::{Checked, FORMATS, Format, Report};
use crate::terms::Wish;
use crate::text::{Date, Language};
use clap::Args;
use clap::builder::PossibleValuesParser;
use rayon::prelude::*;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Check {
    /// Drafts: files, folders, or `-` for standard input; without any, every article of the corpus. In folders hidden files
    /// are passed over, and what .gitignore or .ignore leaves out; a file that is named is read
    #[arg(value_name = "FILES")]
    drafts: Vec<PathBuf>,
    #[command(flatten)]
    base: BaseOptions,
    /// The date at which claims are judged, instead of each draft's own
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    date: Option<Date>,
    /// Report too what the articles of `--against` do not contain: names, figures, quotations
    #[arg(long, requires = "against")]
    grounded: bool,
    /// Apply the safe fixes, then report what is left
    #[arg(long, conflicts_with = "diff")]
    fix: bool,
    /// Show the safe fixes as a unified diff; exit 1 if there are any
    #[arg(long)]
    diff: bool,
    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "pretty", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: String,
    /// The severity from which the exit status is 1; else what `factlint.toml` says, else `error`
    #[arg(long, value_name = "SEVERITY", value_parser = PossibleValuesParser::new(config::FAIL_ON))]
    fail_on: Option<String>,
    /// Leave out the findings that this file knows; it is written where it is missing, and what is mended leaves it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff"])]
    baseline: Option<PathBuf>,
    /// Write the baseline afresh, with all that is found now
    #[arg(long, requires = "baseline", conflicts_with = "changed_since")]
    write_baseline: bool,
    /// Report only what is on lines that were changed since a revision of git
    #[arg(long, value_name = "REV", conflicts_with_all = ["fix", "diff"])]
    changed_since: Option<String>,
    /// Apply only this rule (may be repeated)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// The name to show for standard input
    #[arg(long, value_name = "NAME", default_value = "stdin.txt")]
    stdin_filename: String,
    /// Do not fail where something could not be read, in whole or in part; it is named all the same
    #[arg(long)]
    allow_unreadable: bool,
    /// Leave out notices and the closing counts
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    packs: PackOptions,
}

/// What is reported of an answer in a format, in which programs find no fix that they must not make.
fn sound(mut answer: Answer, format: &Format, language: &Language) -> Checked {
    format.withhold(&answer.document, &mut answer.diagnostics, language);
    format.withhold(&answer.document, &mut answer.allowed, language);
    let source = Arc::clone(&answer.document.source);
    Checked { source, diagnostics: answer.diagnostics, allowed: answer.allowed }
}

impl Check {
    pub(super) fn run(self) -> Outcome {
        Outcome::settled(self.look())
    }

    /// What cannot be done is refused before anything is read.
    fn refuse(&self) -> Result<(), Outcome> {
        if self.drafts.is_empty() && self.base.against.is_empty() {
            return Err(Outcome::failed(vec![
                "error: nothing to check: name a draft, or a corpus with `--against DIR` to check its articles against each other".to_owned(),
            ]));
        }
        if (self.fix || self.diff) && self.drafts.iter().any(|draft| draft == Path::new("-")) {
            let error = "error: standard input cannot be fixed in place; name a file";
            return Err(Outcome::failed(vec![error.to_owned()]));
        }
        Ok(())
    }

    /// Whether the rules that are asked for are there.
    fn find_rules(&self, packs: &Packs) -> Result<(), Outcome> {
        let Some(unknown) = self.only.iter().find(|id| packs.rules.get(id).is_none()) else { return Ok(()) };
        let ids = packs.rules.iter().map(|rule| rule.id.as_str());
        let help = crate::pack::suggest(unknown, ids).unwrap_or_default();
        Err(Outcome::failed(vec![format!("error: there is no rule `{unknown}`; {help}")]))
    }

    fn look(self) -> Result<Outcome, Outcome> {
        self.refuse()?;
        let setup = self.packs.load_for(&self.named())?;
        self.find_rules(&setup.packs)?;
        let mut drafts = setup.drafts(&self.drafts, &self.stdin_filename, self.date);
        let errors = setup::input_errors(&drafts);
        let known = match setup.known(&self.base) {
            Ok(known) if errors.is_empty() => known,
            Ok(_) => return Err(Outcome::failed(errors)),
            Err(outcome) => {
                let others = outcome.notices.into_iter().filter(|notice| !errors.contains(notice));
                return Err(Outcome::failed(errors.iter().cloned().chain(others).collect()));
            }
        };
        let Known { mut desk, house, corpus, .. } = known;
        let mut notices = std::mem::take(&mut drafts.notices);
        notices.extend(corpus.notices.iter().cloned());
        let readings = if self.drafts.is_empty() { &corpus.readings } else { &drafts.readings };
        if self.grounded {
            desk = desk.grounded(&corpus.readings);
        }
        let run = Run { desk: &desk, wish: Wish { date: self.date, only: self.only.clone(), ..Wish::default() } };
        let packs = desk.packs();
        let mut results: Vec<Answer> =
            readings.par_iter().map(|reading| desk.check(reading, &run.wish)).collect::<Result<_, BaseError>>()?;
        if self.diff {
            let mut outcome = mend::diff(&desk, &run.wish, &results)?;
            if self.quiet {
                outcome.notices.clear();
            }
            return Ok(self.seen(outcome, &[&drafts, &corpus]));
        }
        let refused = if self.fix { mended(&run, &drafts, &mut results, &mut notices) } else { Vec::new() };
        let used: Vec<_> = results.iter().map(|answer| (&*answer.document.source, &*answer.used)).collect();
        notices.extend(house.allow.unused(&used));
        let mut counts = Counts::default();
        results.iter().for_each(|result| counts.add(result.counts));
        let Some(format) = FORMATS.iter().find(|format| format.name == self.format) else {
            return Err(Outcome::new(String::new(), 2));
        };
        let mut checked: Vec<Checked> =
            results.into_iter().map(|answer| sound(answer, format, &packs.language)).collect();
        notices.extend(run.overdue(readings));
        if self.drafts.is_empty() || self.drafts.iter().any(|draft| draft.is_dir()) {
            let paths: Vec<String> = checked.iter().map(|one| house.seen(one.source.path())).collect();
            notices.extend(house.config.idle_globs(&paths));
        }
        notices.extend(self.narrow(&run, &mut checked).map_err(|error| Outcome::failed(vec![error]))?);
        let unread: Vec<String> = drafts.unread.iter().chain(&corpus.unread).map(ToString::to_string).collect();
        let report = Report {
            checked: &checked,
            unread,
            counts,
            extent: desk.base().extent(),
            dated: dated(readings, self.date),
            packs,
            look: self.packs.look(self.quiet, std::io::stdout().is_terminal()),
        };
        let out = (format.write)(&report);
        let fail_on = self.fail_on.as_deref().or(house.config.fail_on.as_deref()).unwrap_or("error");
        let fails = fails(&checked, Severity::parse(fail_on));
        if self.quiet {
            notices.clear();
        }
        let mut notices: Vec<String> = notices.into_iter().map(|notice| format!("note: {notice}")).collect();
        // What is not fixed is as it was, whatever the rest came to.
        let status = if !refused.is_empty() && !fails { 2 } else { u8::from(fails) };
        notices.extend(refused);
        let outcome = self.seen(Outcome { notices, ..Outcome::new(out, status) }, &[&drafts, &corpus]);
        // The process ends here: packs, base and readings are left to the system, which is faster than taking them apart.
        std::mem::forget((desk, corpus, drafts));
        Ok(outcome)
    }

    /// What nobody could read was not checked, unless that is all right.
    fn seen(&self, outcome: Outcome, looked_at: &[&Corpus]) -> Outcome {
        let status = outcome.status;
        let seen = setup::seen(outcome, looked_at);
        if self.allow_unreadable { Outcome { status, ..seen } } else { seen }
    }

    /// The files that say which project is checked.
    fn named(&self) -> Vec<PathBuf> {
        let name = |draft: &PathBuf| {
            if draft == Path::new("-") { PathBuf::from(&self.stdin_filename) } else { draft.clone() }
        };
        self.drafts.iter().map(name).collect()
    }

    /// Leaves out what a baseline knows and what stands on lines that were not changed.
    fn narrow(&self, run: &Run<'_>, checked: &mut [Checked]) -> Result<Vec<String>, String> {
        let mut notices = Vec::new();
        if let Some(file) = &self.baseline {
            notices
                .extend(baseline::compare(file, self.write_baseline, checked, |path, rule| run.applies(path, rule))?);
        }
        let Some(revision) = &self.changed_since else { return Ok(notices) };
        if self.drafts.iter().any(|draft| draft == Path::new("-")) {
            return Err("error: standard input has no revisions; name a file with `--changed-since`".to_owned());
        }
        let paths: Vec<String> = checked.iter().map(|checked| checked.source.path().to_owned()).collect();
        let changed = Changed::since(revision, &paths).map_err(|error| format!("error: {error}"))?;
        for one in checked {
            let source = Arc::clone(&one.source);
            let line = |at: u32| source.position(at).line;
            one.diagnostics.retain(|diagnostic| {
                let labels = std::iter::once(diagnostic.primary()).chain(&diagnostic.secondary);
                let mut lines = labels.map(|label| line(label.span.start)..=line(label.span.end));
                lines.any(|lines| changed.has(source.path(), &lines))
            });
        }
        Ok(notices)
    }
}

/// What one run checks with.
struct Run<'a> {
    desk: &'a Desk,
    wish: Wish,
}

impl Run<'_> {
    /// Whether a rule is applied to a file; one that no pack has any more is as good as applied.
    fn applies(&self, path: &str, id: &str) -> bool {
        let rule = self.desk.packs().rules.get(id);
        rule.is_none_or(|rule| self.wish.applied(rule, &self.desk.terms(path, &self.wish)).is_some())
    }

    /// Rules that somebody should have looked at before the newest of the drafts.
    fn overdue(&self, readings: &[Reading]) -> Vec<String> {
        let dates = readings.iter().flat_map(|reading| &reading.document.articles).filter_map(|article| article.date);
        let Some(date) = self.wish.date.or(dates.max()) else { return Vec::new() };
        let rules = self.desk.packs().rules.reviewed().filter(|rule| !rule.off && rule.upkeep.is_overdue(date));
        rules.map(overdue).collect()
    }
}

/// That a rule is to be looked at, and by whom.
pub(super) fn overdue(rule: &Rule) -> String {
    let place = &rule.place;
    let line = place.source.position(place.span.start).line;
    let review = rule.upkeep.review.map(|review| review.to_string()).unwrap_or_default();
    let owner = rule.upkeep.owner.as_ref().map(|owner| format!(", which is {owner}'s,")).unwrap_or_default();
    format!(
        "{}:{line}: the rule `{}`{owner} was to be looked at by {review}; keep it with a later `review`, or delete it",
        place.source.path(),
        rule.id
    )
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

/// Makes the fixes of findings in their files, and says which could not be made.
fn mended(run: &Run<'_>, drafts: &Corpus, results: &mut [Answer], notices: &mut Vec<String>) -> Vec<String> {
    let (misnamed, written) = (&drafts.misnamed, Vec::new());
    let mut fixes = Fixes { desk: run.desk, wish: &run.wish, misnamed, written, notices: Vec::new() };
    let errors = results.iter_mut().filter_map(|result| fixes.write(result).err());
    let refused = errors.map(|error| format!("error: {error}")).collect();
    notices.append(&mut fixes.notices);
    refused
}

/// Whether a finding that is not on trial is as loud as a threshold.
fn fails(checked: &[Checked], threshold: Option<Severity>) -> bool {
    let findings = checked.iter().flat_map(|checked| &checked.diagnostics);
    let loud = |severity: Severity| threshold.is_some_and(|threshold| severity >= threshold);
    findings.filter(|diagnostic| !diagnostic.is_trial()).any(|diagnostic| loud(diagnostic.severity()))
}
