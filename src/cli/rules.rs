//! `factlint rules`

use super::Outcome;
use super::setup::PackOptions;
use crate::pack::{Expect, Packs, Rule, suggest};
use crate::report::row;
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
            Some(id) => match named(id, packs) {
                Ok(rule) if markdown => Outcome::new(page(rule), 0),
                Ok(rule) => Outcome::new(explain(rule), 0),
                Err(error) => Outcome::failed(vec![format!("error: {error}")]),
            },
        }
    }
}

/// A rule by its id, or what may be meant.
fn named<'a>(id: &str, packs: &'a Packs) -> Result<&'a Rule, String> {
    packs.rules.get(id).ok_or_else(|| {
        let help = suggest(id, packs.rules.iter().map(|rule| rule.id.as_str())).unwrap_or_default();
        format!("there is no rule `{id}`; {help}")
    })
}

/// A rule in words.
pub(super) fn explained(id: &str, packs: &Packs) -> Result<String, String> {
    named(id, packs).map(explain)
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
        row(&mut text, format_args!("{:widest$}  {severity:7}  {}{trial}", rule.id, rule.description));
    }
    text
}

fn explain(rule: &Rule) -> String {
    let line = rule.place.source.position(rule.place.span.start).line;
    let severity = if rule.off { "switched off".to_owned() } else { format!("at most {}", rule.severity) };
    let mut text = String::new();
    row(&mut text, format_args!("{} · kind {} · {severity}", rule.id, rule.kind.name()));
    row(&mut text, format_args!("{}", rule.description));
    row(&mut text, format_args!("from {}:{line}", rule.place.source.path()));
    for (word, value) in rule.upkeep.entries() {
        row(&mut text, format_args!("{word}: {value}"));
    }
    for example in &rule.examples {
        for (given, _) in &example.given {
            text.push('\n');
            row(&mut text, format_args!("  known:  {given}"));
        }
        if example.given.is_empty() {
            text.push('\n');
        }
        match &example.expect {
            Expect::Bad { marks, good } => {
                let words: Vec<&str> = marks.iter().filter_map(|mark| example.text.get(mark.range())).collect();
                row(&mut text, format_args!("  fires:  {}", example.text));
                row(&mut text, format_args!("          at \"{}\"", words.join("\", \"")));
                if let Some(good) = good {
                    row(&mut text, format_args!("  fixed:  {good}"));
                }
            }
            Expect::Ok => row(&mut text, format_args!("  silent: {}", example.text)),
            Expect::Learns(fact) => {
                row(&mut text, format_args!("  text:   {}", example.text));
                row(&mut text, format_args!("  learns: {fact}"));
            }
        }
        if let Some(why) = &example.why {
            row(&mut text, format_args!("          because {why}"));
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
    let mut text = String::new();
    row(&mut text, format_args!("## `{}`", rule.id));
    text.push('\n');
    if !rule.description.is_empty() {
        row(&mut text, format_args!("{}.", rule.description.trim_end_matches('.')));
        text.push('\n');
    }
    let path = rule.place.source.path();
    row(&mut text, format_args!("Kind `{}` · at most {} · from `{path}`", rule.kind.name(), rule.severity));
    text.push('\n');
    for (word, value) in rule.upkeep.entries() {
        row(&mut text, format_args!("- {word}: {value}"));
    }
    if !rule.upkeep.entries().is_empty() {
        text.push('\n');
    }
    for example in &rule.examples {
        let known: Vec<String> = example.given.iter().map(|(given, _)| format!("“{}”", flat(given))).collect();
        let known = if known.is_empty() { String::new() } else { format!(" (known: {})", known.join(", ")) };
        let why = example.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let line = match &example.expect {
            Expect::Bad { marks, .. } => format!("- fires: {}{known}{why}", marked(&example.text, marks)),
            Expect::Ok => format!("- silent: {}{known}{why}", flat(&example.text)),
            Expect::Learns(fact) => format!("- learns “{}” from: {}", flat(fact), flat(&example.text)),
        };
        row(&mut text, format_args!("{line}"));
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
