//! `factlint rules`

use super::Outcome;
use super::setup::PackOptions;
use crate::pack::{Expect, Packs, Rule, suggest};
use crate::text::Span;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::fmt::Write as _;

#[derive(Args)]
#[command(after_long_help = super::patterns::PAGE)]
pub(super) struct Rules {
    /// Explain this rule; without one, `--pack leaders` prints a pack that comes with factlint
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    /// How rules are written
    #[arg(long, value_name = "FORMAT", default_value = "pretty", value_parser = PossibleValuesParser::new(["pretty", "markdown"]))]
    format: String,
    #[command(flatten)]
    packs: PackOptions,
}

impl Rules {
    pub(super) fn run(self) -> Outcome {
        if let Some(text) = self.packs.built_in().filter(|_| self.rule.is_none()) {
            return Outcome::new(numbered(text), 0);
        }
        let setup = match self.packs.load() {
            Ok(setup) => setup,
            Err(outcome) => return outcome,
        };
        let packs = &setup.packs;
        let markdown = self.format == "markdown";
        match &self.rule {
            None if markdown => Outcome::new(reference(packs), 0),
            None => Outcome::new(list(packs), 0),
            Some(id) => match packs.rules.iter().find(|rule| rule.id == *id) {
                Some(rule) if markdown => Outcome::new(page(rule), 0),
                Some(rule) => Outcome::new(explain(rule), 0),
                None => {
                    let help = suggest(id, packs.rules.iter().map(|rule| rule.id.as_str())).unwrap_or_default();
                    Outcome::failed(vec![format!("error: there is no rule `{id}`; {help}")])
                }
            },
        }
    }
}

/// A pack with the numbers of its lines, as evidence cites them.
fn numbered(text: &str) -> String {
    let widest = text.lines().count().to_string().len();
    text.lines().zip(1..).map(|(line, number)| format!("{number:>widest$}  {line}\n")).collect()
}

fn list(packs: &Packs) -> String {
    let mut text = String::new();
    let widest = packs.rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    for rule in &packs.rules {
        let severity = if rule.off { "off" } else { rule.severity.name() };
        let trial = if rule.upkeep.trial { " (on trial)" } else { "" };
        let _ = writeln!(text, "{:widest$}  {severity:7}  {}{trial}", rule.id, rule.description);
    }
    text
}

fn explain(rule: &Rule) -> String {
    let line = rule.place.source.position(rule.place.span.start).line;
    let severity = if rule.off { "switched off".to_owned() } else { format!("at most {}", rule.severity) };
    let mut text = format!(
        "{} · kind {} · {severity}\n{}\nfrom {}:{line}\n",
        rule.id,
        rule.kind.name(),
        rule.description,
        rule.place.source.path()
    );
    for (word, value) in rule.upkeep.entries() {
        let _ = writeln!(text, "{word}: {value}");
    }
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

/// The reference of all rules, in the order of the packs.
pub(super) fn reference(packs: &Packs) -> String {
    let mut text = String::from(
        "# Rules\n\n<!-- Written by `factlint rules --format markdown`; the packs are where to change it. -->\n\n\
         Each rule reports at most at its severity; thin support lowers it. In the examples **bold** words are reported.\n",
    );
    for rule in &packs.rules {
        text.push('\n');
        text.push_str(&page(rule));
    }
    text
}

/// A rule as a section of Markdown.
fn page(rule: &Rule) -> String {
    let mut text = format!("## `{}`\n\n", rule.id);
    if !rule.description.is_empty() {
        let _ = writeln!(text, "{}.\n", rule.description.trim_end_matches('.'));
    }
    let path = rule.place.source.path();
    let _ = writeln!(text, "Kind `{}` · at most {} · from `{path}`\n", rule.kind.name(), rule.severity);
    for (word, value) in rule.upkeep.entries() {
        let _ = writeln!(text, "- {word}: {value}");
    }
    if !rule.upkeep.entries().is_empty() {
        text.push('\n');
    }
    for example in &rule.examples {
        let known: Vec<String> = example.given.iter().map(|(given, _)| format!("“{}”", flat(given))).collect();
        let known = if known.is_empty() { String::new() } else { format!(" (known: {})", known.join(", ")) };
        let why = example.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let _ = match &example.expect {
            Expect::Bad { marks, .. } => writeln!(text, "- fires: {}{known}{why}", marked(&example.text, marks)),
            Expect::Ok => writeln!(text, "- silent: {}{known}{why}", flat(&example.text)),
            Expect::Learns(fact) => writeln!(text, "- learns “{}” from: {}", flat(fact), flat(&example.text)),
        };
    }
    text
}

/// A text on one line, with its marked words in bold.
fn marked(text: &str, marks: &[Span]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for mark in marks {
        let (start, end) = (mark.start as usize, mark.end as usize);
        out.push_str(&flat(text.get(at..start).unwrap_or_default()));
        let _ = write!(out, "**{}**", flat(text.get(start..end).unwrap_or_default()));
        at = end;
    }
    out.push_str(&flat(text.get(at..).unwrap_or_default()));
    out
}

/// A text on one line, as Markdown shows it word for word.
fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if out.ends_with(' ') => {}
            '\n' => out.push(' '),
            '*' | '_' | '<' | '`' | '[' | ']' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
