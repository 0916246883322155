//! `factlint compare`: which findings come and go between two packs or two fact bases.

use super::Outcome;
use super::setup::{self, BaseOptions, Known, PackOptions};
use crate::claim::Reading;
use crate::fact::BaseError;
use crate::report::row;
use crate::terms::Wish;
use clap::Args;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct Compare {
    /// A pack (a TOML file or a folder) or a fact base
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Another of the same sort
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Drafts to check with both: files or folders
    #[arg(value_name = "FILES", required = true)]
    drafts: Vec<PathBuf>,
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    packs: PackOptions,
}

/// A finding by what it is; places move, and are for people.
type Findings = BTreeMap<(String, String, String), String>;

impl Compare {
    pub(super) fn run(self) -> Outcome {
        Outcome::settled(self.look())
    }

    fn look(self) -> Result<Outcome, Outcome> {
        if is_pack(&self.old) != is_pack(&self.new) {
            let error = "error: compare two packs or two fact bases; one of each says nothing";
            return Err(Outcome::failed(vec![error.to_owned()]));
        }
        let (old, new) = (self.findings(&self.old)?, self.findings(&self.new)?);
        let gone: Vec<_> = old.iter().filter(|(key, _)| !new.contains_key(*key)).collect();
        let come: Vec<_> = new.iter().filter(|(key, _)| !old.contains_key(*key)).collect();
        let mut out = String::new();
        for (sign, findings) in [("-", &gone), ("+", &come)] {
            for (_, line) in findings {
                row(&mut out, format_args!("{sign} {line}"));
            }
        }
        row(&mut out, format_args!("{} gone · {} new · {} in both", gone.len(), come.len(), old.len() - gone.len()));
        Ok(Outcome::new(out, 0))
    }

    /// What one side finds. A pack of the comparison that the project names stands on its own side alone.
    fn findings(&self, side: &Path) -> Result<Findings, Outcome> {
        let (mut packs, mut base) = (self.packs.clone(), self.base.clone());
        if is_pack(side) {
            packs = packs.without(&[&self.old, &self.new]).and(side);
        } else {
            base = base.with_facts(side);
        }
        let setup = packs.load_for(&self.drafts)?;
        let drafts = crate::corpus::read(&self.drafts, &setup.packs, &setup.draft_settings(None));
        if let Some(outcome) = setup::errors(&drafts).or_else(|| setup::unlooked(&drafts)) {
            return Err(outcome);
        }
        let Known { desk, corpus, .. } = setup.known(&base)?;
        if let Some(outcome) = setup::unlooked(&corpus) {
            return Err(outcome);
        }
        let lines = |reading: &Reading| {
            let source = &reading.document.source;
            let found = desk.check(reading, &Wish::default())?.diagnostics;
            Ok(found
                .into_iter()
                .map(|diagnostic| {
                    let at = source.position(diagnostic.primary().span.start);
                    let said = format!("{}[{}]: {}", diagnostic.severity(), diagnostic.rule(), diagnostic.message());
                    let line = format!("{}:{}:{}: {said}", source.path(), at.line, at.column);
                    ((source.path().to_owned(), diagnostic.fingerprint.clone(), said), line)
                })
                .collect())
        };
        let found: Vec<Vec<_>> = drafts.readings.par_iter().map(lines).collect::<Result<_, BaseError>>()?;
        Ok(found.into_iter().flatten().collect())
    }
}

fn is_pack(path: &Path) -> bool {
    path.is_dir() || path.extension().is_some_and(|end| end == "toml")
}
