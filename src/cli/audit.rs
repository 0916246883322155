//! `factlint audit`: which articles of a corpus contradict a fact, as after a correction or an election.

use super::Outcome;
use super::setup::{self, PackOptions};
use crate::claim::Reading;
use crate::corpus;
use crate::desk::Desk;
use crate::fact::{BaseError, Extent, Memory, read_facts, read_sentence};
use crate::lint::Counts;
use crate::pack::{Packs, Place, RuleKind, StatedFact};
use crate::report::{Checked, FORMATS, Report};
use crate::terms::Wish;
use crate::text::{Date, Source, Span};
use clap::Args;
use clap::builder::PossibleValuesParser;
use rayon::prelude::*;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Audit {
    /// The fact as a plain sentence: "Alexander Stubb is President of Finland"
    #[arg(value_name = "SENTENCE")]
    says: String,
    /// Articles: files or folders; without any, the corpora of `factlint.toml`
    #[arg(value_name = "CORPUS")]
    corpus: Vec<PathBuf>,
    /// From when it holds
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    since: Option<Date>,
    /// Until when it holds
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    until: Option<Date>,
    /// How the articles are listed
    #[arg(long, value_name = "FORMAT", default_value = "short", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: String,
    #[command(flatten)]
    packs: PackOptions,
}

impl Audit {
    pub(super) fn run(self) -> Outcome {
        Outcome::settled(self.look())
    }

    fn look(self) -> Result<Outcome, Outcome> {
        let setup = self.packs.load_for(&self.corpus)?;
        let corpora = setup.config.corpora.iter().map(|entry| entry.path.clone());
        let paths = if self.corpus.is_empty() { corpora.collect() } else { self.corpus.clone() };
        if paths.is_empty() {
            return Err(Outcome::failed(vec![
                "error: nothing to look through: name files or folders of articles, or a [[corpus]] in factlint.toml"
                    .to_owned(),
            ]));
        }
        let fact = self.fact(&setup.packs).map_err(|error| Outcome::failed(vec![format!("error: {error}")]))?;
        let articles = corpus::read(&paths, &setup.packs, &setup.draft_settings(None));
        if let Some(outcome) = setup::errors(&articles) {
            return Err(outcome);
        }
        let house = setup.house().map_err(|error| Outcome::failed(vec![error]))?;
        let desk = Desk::new(Arc::clone(&setup.packs), fact).under(house);
        let packs = desk.packs();
        // The rules that hold claims against facts; what else may be wrong in an article is not asked.
        let relations = packs.rules.iter().filter(|rule| !rule.off && matches!(rule.kind, RuleKind::Relation(_)));
        let wish = Wish { only: relations.map(|rule| rule.id.clone()).collect(), ..Wish::default() };
        if wish.only.is_empty() {
            // To want none of them would be to want every rule.
            return Err(Outcome::failed(vec![
                "error: no rule that holds claims against facts is switched on; see `[rules]` in factlint.toml, or load a pack that has one"
                    .to_owned(),
            ]));
        }
        let format = FORMATS.iter().find(|format| format.name == self.format);
        let look = |reading: &Reading| {
            let mut answer = desk.check(reading, &wish)?;
            if let Some(format) = format {
                format.withhold(&reading.document, &mut answer.diagnostics, &packs.language);
            }
            let source = Arc::clone(&reading.document.source);
            Ok((Checked { source, diagnostics: answer.diagnostics, allowed: answer.allowed }, answer.counts))
        };
        let looked: Vec<(Checked, Counts)> =
            articles.readings.par_iter().map(look).collect::<Result<_, BaseError>>()?;
        let mut counts = Counts::default();
        looked.iter().for_each(|(_, of)| counts.add(*of));
        let checked: Vec<Checked> = looked.into_iter().map(|(checked, _)| checked).collect();
        let contradict = checked.iter().filter(|checked| !checked.diagnostics.is_empty()).count();
        let report = Report {
            checked: &checked,
            unread: articles.unread.iter().map(ToString::to_string).collect(),
            counts,
            extent: Extent { stated: 1, ..Extent::default() },
            dated: None,
            packs,
            look: self.packs.look(false, std::io::stdout().is_terminal()),
        };
        let out = format.map(|format| (format.write)(&report));
        let notices = vec![format!("note: {contradict} of {} files contradict it", checked.len())];
        Ok(setup::seen(Outcome { notices, ..Outcome::new(out.unwrap_or_default(), 0) }, &[&articles]))
    }

    /// The fact alone as a base: whatever else is known says nothing here.
    fn fact(&self, packs: &Packs) -> Result<Memory, String> {
        let says = self.says.trim();
        read_sentence(says, packs)
            .map_err(|reason| format!("\"{says}\": {reason}; write it as `factlint add` does"))?;
        let source = Source::read("the fact", says.as_bytes().to_vec()).map_err(|error| error.to_string())?;
        let span = Span::from(0..source.text().len());
        let place = Place { source: Arc::new(source), span, checked: None, horizon: u32::MAX };
        let fact = StatedFact {
            says: Some((says.to_owned(), span)),
            not: None,
            slots: None,
            since: self.since,
            until: self.until,
            from: None,
            place,
        };
        let (folded, problems) = read_facts(&[fact], packs);
        match problems.all.first() {
            Some(problem) => Err(problem.message.clone()),
            None => Ok(Memory::of(folded, packs)),
        }
    }
}
