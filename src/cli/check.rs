//! `factlint check`

use super::Outcome;
use super::allow::AllowFile;
use super::baseline;
use super::changed::Changed;
use super::setup::{self, BaseOptions, Known, PackOptions};
use super::write;
use crate::claim::Reading;
use crate::config::{self, Config};
use crate::corpus::Settings;
use crate::diagnostic::Severity;
use crate::fact::{BaseError, Grounds, Parallels};
use crate::fix::fix;
use crate::learn;
use crate::lint::{Counts, Options, lint};
use crate::pack::{Packs, Rule};
use crate::report::{Checked, FORMATS, Format, Report, rows, shown};
use crate::suppress::{Allowed, suppress};
use crate::text::{Date, Document, Encoding, Language, Source};
use clap::Args;
use clap::builder::PossibleValuesParser;
use rayon::prelude::*;
use similar::TextDiff;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
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

/// A draft that was checked.
struct Looked {
    /// As it was read.
    document: Arc<Document>,
    checked: Checked,
    counts: Counts,
    /// Fingerprints of the allowed findings.
    used: Vec<String>,
}

impl Looked {
    /// What is reported in a format, in which programs find no fix that they must not make.
    fn sound(mut self, format: &Format, language: &Language) -> Checked {
        format.withhold(&self.document, &mut self.checked.diagnostics, language);
        format.withhold(&self.document, &mut self.checked.allowed, language);
        self.checked
    }
}

impl Check {
    pub(super) fn run(self) -> Outcome {
        if self.drafts.is_empty() && self.base.against.is_empty() {
            return Outcome::failed(vec![
                "error: nothing to check: name a draft, or a corpus with `--against DIR` to check its articles against each other".to_owned(),
            ]);
        }
        if (self.fix || self.diff) && self.drafts.iter().any(|draft| draft == Path::new("-")) {
            return Outcome::failed(vec!["error: standard input cannot be fixed in place; name a file".to_owned()]);
        }
        let setup = match self.packs.load_for(&self.named()) {
            Ok(setup) => setup,
            Err(outcome) => return outcome,
        };
        if let Some(unknown) = self.only.iter().find(|id| !setup.packs.rules.iter().any(|rule| rule.id == **id)) {
            let ids = setup.packs.rules.iter().map(|rule| rule.id.as_str());
            let help = crate::pack::suggest(unknown, ids).unwrap_or_default();
            return Outcome::failed(vec![format!("error: there is no rule `{unknown}`; {help}")]);
        }
        let allow = match AllowFile::load(setup.config.folder.as_deref()) {
            Ok(allow) => allow,
            Err(error) => return Outcome::failed(vec![error]),
        };
        let settings = setup.draft_settings(self.date);
        let config = setup.config.clone();
        let mut drafts = setup.drafts(&self.drafts, &self.stdin_filename, self.date);
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
        let readings = if self.drafts.is_empty() { &known.corpus.readings } else { &drafts.readings };
        let grounds = self.grounded.then(|| Arc::new(Grounds::new(&known.corpus.readings, &packs)));
        let parallels =
            (!known.corpus.readings.is_empty()).then(|| Arc::new(Parallels::new(&known.corpus.readings, &packs)));
        let run = Run {
            check: &self,
            packs: &packs,
            known: &known,
            allow: &allow,
            settings: &settings,
            config: &config,
            grounds,
            parallels,
        };
        let looked: Result<Vec<Looked>, BaseError> = readings.par_iter().map(|reading| run.check(reading)).collect();
        let mut results = match looked {
            Ok(results) => results,
            Err(error) => return error.into(),
        };
        if self.diff {
            let left =
                results.iter().flat_map(|result| left(result, &packs.language)).map(|left| format!("note: {left}"));
            let notices = if self.quiet { Vec::new() } else { left.collect() };
            return Outcome { notices, ..diff(&results, &packs.language) };
        }
        let mut refused = Vec::new();
        if self.fix {
            notices.extend(results.iter().flat_map(|result| left(result, &packs.language)));
            for result in &mut results {
                match run.fix(result) {
                    Ok(Some((fixed, notice))) => {
                        notices.push(notice);
                        match run.check(&fixed) {
                            Ok(again) => *result = again,
                            // What was written is said all the same.
                            Err(error) => {
                                refused.extend(notices.into_iter().map(|notice| format!("note: {notice}")));
                                refused.push(format!("error: {error}"));
                                return Outcome::failed(refused);
                            }
                        }
                    }
                    Ok(None) => {}
                    Err(error) => refused.push(format!("error: {error}")),
                }
            }
        }
        notices.extend(
            allow.unused(&results.iter().map(|result| (&*result.checked.source, &*result.used)).collect::<Vec<_>>()),
        );
        let mut counts = Counts::default();
        results.iter().for_each(|result| counts.add(result.counts));
        let Some(format) = FORMATS.iter().find(|format| format.name == self.format) else {
            return Outcome::new(String::new(), 2);
        };
        let mut checked: Vec<Checked> =
            results.into_iter().map(|result| result.sound(format, &packs.language)).collect();
        notices.extend(run.overdue(readings));
        if self.drafts.is_empty() || self.drafts.iter().any(|draft| draft.is_dir()) {
            let paths: Vec<String> = checked.iter().map(|one| setup::seen(&config, one.source.path())).collect();
            notices.extend(config.idle_globs(&paths));
        }
        match self.narrow(&run, &mut checked) {
            Ok(said) => notices.extend(said),
            Err(error) => return Outcome::failed(vec![error]),
        }
        let unread: Vec<String> = drafts.unread.iter().chain(&known.corpus.unread).map(ToString::to_string).collect();
        let is_whole = unread.is_empty();
        let report = Report {
            checked: &checked,
            unread,
            counts,
            extent: known.extent(),
            dated: dated(readings, self.date),
            packs: &packs,
            look: self.packs.look(self.quiet, std::io::stdout().is_terminal()),
        };
        let out = (format.write)(&report);
        let fail_on = self.fail_on.as_deref().or(config.fail_on.as_deref()).unwrap_or("error");
        let threshold = Severity::parse(fail_on);
        let fails = checked
            .iter()
            .flat_map(|checked| &checked.diagnostics)
            .filter(|diagnostic| !diagnostic.is_trial())
            .any(|diagnostic| threshold.is_some_and(|threshold| diagnostic.severity() >= threshold));
        if self.quiet {
            notices.clear();
        }
        let mut notices: Vec<String> = notices.into_iter().map(|notice| format!("note: {notice}")).collect();
        let is_done = (is_whole || self.allow_unreadable) && refused.is_empty();
        notices.extend(refused);
        notices.extend(setup::unread(&drafts).chain(setup::unread(&known.corpus)));
        // The process ends here: packs, base and readings are left to the system, which is faster than taking them apart.
        std::mem::forget((packs, known, drafts));
        // What nobody could read was not checked, and what is not fixed is as it was, whatever the rest came to.
        let status = if !is_done && !fails { 2 } else { u8::from(fails) };
        Outcome { notices, ..Outcome::new(out, status) }
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
    check: &'a Check,
    packs: &'a Packs,
    known: &'a Known,
    allow: &'a AllowFile,
    settings: &'a Settings,
    config: &'a Config,
    grounds: Option<Arc<Grounds>>,
    parallels: Option<Arc<Parallels>>,
}

impl Run<'_> {
    /// What holds for a file: the command line goes before the configuration.
    fn options(&self, path: &str) -> Options {
        let said = self.config.for_file(&setup::seen(self.config, path), self.packs);
        Options {
            date: self.check.date.or(said.date),
            only: self.check.only.clone(),
            rules: said.rules,
            grounds: self.grounds.clone(),
            parallels: self.parallels.clone(),
        }
    }

    /// Whether a rule is applied to a file; one that no pack has any more is as good as applied.
    fn applies(&self, path: &str, id: &str) -> bool {
        let rule = self.packs.rules.iter().find(|rule| rule.id == id);
        rule.is_none_or(|rule| self.options(path).applied(rule).is_some())
    }

    /// Rules that somebody should have looked at before the newest of the drafts.
    fn overdue(&self, readings: &[Reading]) -> Vec<String> {
        let dates = readings.iter().flat_map(|reading| &reading.document.articles).filter_map(|article| article.date);
        let Some(date) = self.check.date.or(dates.max()) else { return Vec::new() };
        let rules = self.packs.rules.iter().filter(|rule| !rule.off && rule.upkeep.is_overdue(date));
        rules.map(overdue).collect()
    }

    fn check(&self, reading: &Reading) -> Result<Looked, BaseError> {
        let source = &reading.document.source;
        let options = self.options(source.path());
        let findings = lint(reading, self.packs, &*self.known.base, &options)?;
        let allowed: Vec<Allowed> = self.allow.of(source.path());
        let date = options.date.or(reading.document.articles.first().and_then(|article| article.date));
        let is_rule = |id: &str| {
            let rule = self.packs.rules.iter().find(|rule| rule.id == id)?;
            Some(options.applied(rule).is_some())
        };
        let suppressed = suppress(source, findings.diagnostics, &allowed, date, is_rule);
        let checked = Checked { source: Arc::clone(source), diagnostics: suppressed.kept, allowed: suppressed.allowed };
        let document = Arc::clone(&reading.document);
        Ok(Looked { document, checked, counts: findings.counts, used: suppressed.used })
    }

    /// Writes the safe fixes of a file and reads it again; or says why the file stays as it was.
    fn fix(&self, result: &Looked) -> Result<Option<(Reading, String)>, String> {
        let source = &result.checked.source;
        let fixed = fix(source, &result.checked.diagnostics, &self.packs.language);
        if fixed.applied == 0 {
            return Ok(None);
        }
        let path = source.path();
        if source.encoding() == Encoding::Packed {
            return Err(format!(
                "{path}: not fixed: nothing is written back to packed files; --diff shows what to change"
            ));
        }
        if source.encoding() != Encoding::Utf8 {
            return Err(format!("{path}: not fixed: the file is not UTF-8; save it as UTF-8 first"));
        }
        write::over(Path::new(path), source.text(), &fixed.text)
            .map_err(|error| format!("{path}: not fixed: {error}"))?;
        let again = Source::read(path, fixed.text.into_bytes()).map_err(|error| error.to_string())?;
        let mut document = crate::text::read(Arc::new(again), &self.packs.language);
        self.settings.fill(&mut document);
        let reading = learn::read_document(document, self.packs);
        let what = if fixed.applied == 1 { "1 fix" } else { "fixes" };
        let count = if fixed.applied == 1 { String::new() } else { format!("{} ", fixed.applied) };
        Ok(Some((reading, format!("{path}: {count}{what} applied"))))
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

/// The fixes of a file that nobody applies unseen, and why.
fn left(result: &Looked, language: &Language) -> Vec<String> {
    let source = &result.checked.source;
    let fixed = fix(source, &result.checked.diagnostics, language);
    let said = fixed.left.iter().map(|(fix, left)| {
        let at = source.position(fix.span.start);
        let (path, words) = (source.path(), source.slice(fix.span));
        format!("{path}:{}:{}: left alone: {words} → {}: {}", at.line, at.column, fix.replacement, left.reason())
    });
    said.collect()
}

/// The safe fixes as a unified diff.
fn diff(results: &[Looked], language: &Language) -> Outcome {
    let mut out = String::new();
    for result in results {
        let source = &result.checked.source;
        let fixed = fix(source, &result.checked.diagnostics, language);
        if fixed.applied > 0 {
            let diff = TextDiff::from_lines(source.text(), fixed.text.as_str());
            let header = ["a", "b"].map(|side| shown(&format!("{side}/{}", source.path())).into_owned());
            let [old, new] = &header;
            let diff = diff.unified_diff().header(old, new).to_string();
            // Written to a file it is a patch, which is applied byte by byte.
            out.push_str(&if std::io::stdout().is_terminal() { rows(&diff) } else { diff });
        }
    }
    let status = u8::from(!out.is_empty());
    Outcome::new(out, status)
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
