//! `factlint test`

use super::Outcome;
use super::check::overdue;
use super::setup::{self, PackOptions};
use crate::examples::{Tested, test};
use crate::pack::{Entity, Packs, Rule, is_built_in};
use crate::report::{self, row};
use crate::text::{Date, Source, fold};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Test {
    /// Packs beside the built-in ones and those of the project: files or folders
    #[arg(value_name = "PACKS")]
    given: Vec<PathBuf>,
    /// Show for each pack which rules lack an example and which patterns no example uses
    #[arg(long)]
    coverage: bool,
    /// Fail too where a rule was to be looked at before this day
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    date: Option<Date>,
    #[command(flatten)]
    packs: PackOptions,
}

impl Test {
    pub(super) fn run(self) -> Outcome {
        let packs = self.given.iter().fold(self.packs.clone(), |packs, pack| packs.and(pack));
        let setup = match packs.load() {
            Ok(setup) => setup,
            Err(outcome) => return outcome,
        };
        let packs = &setup.packs;
        let tested = test(packs);
        let mut out = report::problems(&tested.failed, self.packs.look(false, std::io::stdout().is_terminal()));
        if self.coverage {
            packs.sources.iter().for_each(|source| coverage(&mut out, source, packs, &tested));
        } else {
            counts(&mut out, &tested);
        }
        out.extend(shared_names(packs));
        let late = |rule: &&Rule| self.date.is_some_and(|date| rule.upkeep.is_overdue(date));
        let late: Vec<String> = packs.rules.iter().filter(late).map(overdue).collect();
        late.iter().for_each(|late| row(&mut out, format_args!("{late}")));
        row(&mut out, format_args!("{} passed, {} failed", tested.passed, tested.failed.len()));
        Outcome::new(out, u8::from(!tested.failed.is_empty() || !late.is_empty()))
    }
}

/// Names that an entity of the project shares with another: where both may stand it is open which one is meant.
fn shared_names(packs: &Packs) -> Vec<String> {
    let mut bearers: BTreeMap<String, Vec<&Entity>> = BTreeMap::new();
    for entity in &packs.entities {
        let forms: BTreeSet<String> = entity.forms.iter().map(|form| fold::fold_phrase(form)).collect();
        forms.into_iter().for_each(|form| bearers.entry(form).or_default().push(entity));
    }
    let own = |entity: &&Entity| !is_built_in(entity.place.source.path());
    let shared = bearers.into_iter().filter(|(_, bearers)| bearers.len() > 1 && bearers.iter().any(own));
    let place = |entity: &&Entity| {
        let source = &entity.place.source;
        let kind = packs.kind(entity.kind).map(|kind| kind.name.as_str()).unwrap_or_default();
        format!("{} ({kind}, {}:{})", entity.name, source.path(), source.position(entity.place.span.start).line)
    };
    let said = shared.map(|(form, bearers)| {
        let bearers: Vec<String> = bearers.iter().map(place).collect();
        format!(
            "note: `{form}` is a name of {}: where both may stand it is open which is meant\n",
            bearers.join(" and of ")
        )
    });
    said.collect()
}

fn counts(out: &mut String, tested: &Tested) {
    let widest = tested.coverage.keys().map(String::len).max().unwrap_or_default();
    for (rule, [fires, silent, learns]) in &tested.coverage {
        let lacking = if *fires == 0 || *silent == 0 { " · no example of the other sort yet" } else { "" };
        row(out, format_args!("{rule:widest$}  {fires} fire · {silent} stay silent · {learns} learn{lacking}"));
    }
}

/// What the examples of a pack's rules leave untried. Patterns count as used by the examples of any pack.
fn coverage(out: &mut String, source: &Arc<Source>, packs: &Packs, tested: &Tested) {
    let line = |at: u32| source.position(at).line;
    let mut gaps: Vec<(u32, String)> = Vec::new();
    let rules: Vec<&Rule> = packs.rules.iter().filter(|rule| Arc::ptr_eq(&rule.place.source, source)).collect();
    let mut whole = 0;
    for rule in &rules {
        let [fires, silent, _] = tested.coverage.get(&rule.id).copied().unwrap_or_default();
        let lacks = [("bad", fires), ("ok", silent)].into_iter().filter(|(_, count)| *count == 0);
        let mut lacks: Vec<&str> = lacks.map(|(word, _)| word).collect();
        whole += usize::from(lacks.is_empty());
        if !tested.fixed.contains(&rule.id) && tested.fixable.contains(&rule.id) {
            lacks.push("good");
        }
        if !lacks.is_empty() {
            gaps.push((
                line(rule.place.span.start),
                format!("the rule `{}` has no `{}`", rule.id, lacks.join("`, no `")),
            ));
        }
    }
    let (mut patterns, mut used) = (0, 0);
    for (id, relation) in packs.numbered_relations() {
        for (at, (pattern, (_, span))) in relation
            .patterns
            .iter()
            .zip(&relation.pattern_places)
            .enumerate()
            .filter(|(_, (_, (of, _)))| Arc::ptr_eq(of, source))
        {
            patterns += 1;
            if tested.patterns.contains(&(id, at)) {
                used += 1;
            } else {
                gaps.push((line(span.start), format!("no example uses \"{pattern}\" of `{}`", relation.name)));
            }
        }
    }
    if rules.is_empty() && patterns == 0 {
        return;
    }
    let all = rules.len() + patterns;
    let percent = (whole + used) * 100 / all.max(1);
    let rules = rules.len();
    row(
        out,
        format_args!(
            "{}: {percent}% · {whole} of {rules} rules have `bad` and `ok` · {used} of {patterns} patterns are used",
            source.path()
        ),
    );
    gaps.sort();
    for (line, gap) in gaps {
        row(out, format_args!("  {}:{line}: {gap}", source.path()));
    }
}
