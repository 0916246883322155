//! `factlint rules`

use super::Outcome;
use super::setup::PackOptions;
use crate::pack::{Expect, Packs, Rule, suggest};
use clap::Args;
use std::fmt::Write as _;

#[derive(Args)]
pub(super) struct Rules {
    /// Explain this rule
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    #[command(flatten)]
    packs: PackOptions,
}

impl Rules {
    pub(super) fn run(self) -> Outcome {
        let setup = match self.packs.load() {
            Ok(setup) => setup,
            Err(outcome) => return outcome,
        };
        let packs = &setup.packs;
        match &self.rule {
            None => Outcome::new(list(packs), 0),
            Some(id) => match packs.rules.iter().find(|rule| rule.id == *id) {
                Some(rule) => Outcome::new(explain(rule), 0),
                None => {
                    let help = suggest(id, packs.rules.iter().map(|rule| rule.id.as_str())).unwrap_or_default();
                    Outcome::failed(vec![format!("error: there is no rule `{id}`; {help}")])
                }
            },
        }
    }
}

fn list(packs: &Packs) -> String {
    let mut text = String::new();
    let widest = packs.rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    for rule in &packs.rules {
        let _ = writeln!(text, "{:widest$}  {:7}  {}", rule.id, rule.severity.name(), rule.description);
    }
    text
}

fn explain(rule: &Rule) -> String {
    let line = rule.place.source.position(rule.place.span.start).line;
    let mut text = format!(
        "{} · kind {} · at most {}\n{}\nfrom {}:{line}\n",
        rule.id,
        rule.kind.name(),
        rule.severity,
        rule.description,
        rule.place.source.path()
    );
    for example in &rule.examples {
        for (given, _) in &example.given {
            let _ = writeln!(text, "\n  known:  {given}");
        }
        if example.given.is_empty() {
            text.push('\n');
        }
        let _ = match &example.expect {
            Expect::Bad { marks, good } => {
                let words: Vec<&str> = marks.iter().filter_map(|mark| example.text.get(mark.range())).collect();
                let good = good.as_ref().map(|good| format!("\n  fixed:  {good}")).unwrap_or_default();
                writeln!(text, "  fires:  {}\n          at \"{}\"{good}", example.text, words.join("\", \""))
            }
            Expect::Ok => writeln!(text, "  silent: {}", example.text),
            Expect::Learns(fact) => writeln!(text, "  text:   {}\n  learns: {fact}", example.text),
        };
        if let Some(why) = &example.why {
            let _ = writeln!(text, "          because {why}");
        }
    }
    text
}
