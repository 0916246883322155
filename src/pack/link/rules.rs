//! Links rules and their examples.

use super::place;
use crate::diagnostic::Severity;
use crate::pack::decode::At;
use crate::pack::example::{Example, Expect, marks};
use crate::pack::expression::Expression;
use crate::pack::model::Packs;
use crate::pack::problem::{Problems, suggest};
use crate::pack::rules::{Rule, RuleKind, TermRule};
use crate::pack::upkeep::Upkeep;
use crate::pack::wire::{ExampleTable, PackFile, RuleTable};
use crate::pattern::RelationId;
use crate::text::{Field, Source};
use std::sync::Arc;

/// A regular expression is no longer than this, in bytes.
const REGEX_LENGTH: usize = 10_000;
/// What may be said of how far a rule is.
const STATUS: [&str; 2] = ["active", "trial"];

/// Compiles a regular expression of a pack, wrapped in `before` and `after`.
pub(super) fn regex(
    source: &Arc<Source>,
    text: &At<String>,
    before: &str,
    after: &str,
    problems: &mut Problems,
) -> Option<Expression> {
    if text.len() > REGEX_LENGTH {
        let message = format!("this expression is longer than {REGEX_LENGTH} bytes");
        problems.add(source, text.span, message, Some("write several rules".to_owned()));
        return None;
    }
    match Expression::parse(format!("{before}{}{after}", text.value)) {
        Ok(regex) => Some(regex),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            problems.add(source, text.span, format!("this regular expression cannot be used: {reason}"), None);
            None
        }
    }
}

/// Links the rules of a pack. A rule with an id that is known replaces the earlier one.
pub(super) fn link(source: &Arc<Source>, file: &PackFile, packs: &mut Packs, problems: &mut Problems) {
    for table in &file.rule {
        let Some(kind) = kind(source, table, packs, problems) else { continue };
        let severity = match table.severity.as_ref().map(|severity| (severity, Severity::parse(severity))) {
            None => Severity::Error,
            Some((_, Some(severity))) => severity,
            Some((written, None)) => {
                unknown(source, "severity", written, &Severity::ALL.map(|(_, name)| name), problems);
                continue;
            }
        };
        let trial = table.status.as_ref().is_some_and(|status| {
            if !STATUS.contains(&status.as_str()) {
                unknown(source, "status", status, &STATUS, problems);
            }
            status.as_str() == "trial"
        });
        packs.rules.add(Rule {
            id: table.id.value.clone(),
            description: table.description.clone().unwrap_or_default(),
            severity,
            off: false,
            upkeep: Upkeep {
                trial,
                owner: table.owner.clone(),
                reason: table.reason.clone(),
                source: table.source.clone(),
                review: table.review,
            },
            kind,
            examples: examples(source, table, problems),
            place: place(source, file, table.id.span),
        });
    }
}

fn unknown(source: &Arc<Source>, what: &str, name: &At<String>, known: &[&str], problems: &mut Problems) {
    problems.add(source, name.span, format!("unknown {what} `{}`", name.value), suggest(name, known.iter().copied()));
}

fn kind(source: &Arc<Source>, table: &RuleTable, packs: &mut Packs, problems: &mut Problems) -> Option<RuleKind> {
    match table.kind.as_str() {
        "name" => Some(RuleKind::Name),
        "date" => Some(RuleKind::Date),
        "quantity" => Some(RuleKind::Quantity),
        "field" => Some(RuleKind::Field),
        "acronym" => Some(RuleKind::Acronym),
        "quote" => Some(RuleKind::Quote),
        "alignment" => Some(RuleKind::Alignment),
        "unsupported" => Some(RuleKind::Unsupported),
        "consistency" => {
            let either =
                table.either.iter().map(|forms| forms.iter().map(|form| (packs.intern(form), form.clone())).collect());
            Some(RuleKind::Consistency { either: either.collect() })
        }
        "relation" => relation(source, table, packs, problems).map(RuleKind::Relation),
        "quotation" => relation(source, table, packs, problems).map(RuleKind::Quotation),
        "term" => term(source, table, packs, problems),
        "pattern" => pattern(source, table, problems),
        _ => {
            unknown(source, "kind of rule", &table.kind, &RuleKind::NAMES, problems);
            None
        }
    }
}

fn missing(source: &Arc<Source>, table: &RuleTable, key: &str, problems: &mut Problems) {
    let message = format!("a rule of this kind needs `{key}`");
    problems.add(source, table.kind.span, message, Some(format!("add `{key} = …`")));
}

/// The number of the relation that a rule is about.
fn relation(source: &Arc<Source>, table: &RuleTable, packs: &Packs, problems: &mut Problems) -> Option<RelationId> {
    let Some(name) = &table.relation else {
        missing(source, table, "relation", problems);
        return None;
    };
    let found = packs.relation_named(name);
    if found.is_none() {
        let known: Vec<&str> = packs.relations.iter().map(|relation| relation.name.as_str()).collect();
        unknown(source, "relation", name, &known, problems);
    }
    found
}

fn term(source: &Arc<Source>, table: &RuleTable, packs: &mut Packs, problems: &mut Problems) -> Option<RuleKind> {
    if table.avoid.is_empty() {
        missing(source, table, "avoid", problems);
        return None;
    }
    let (field, quoted) = scope(source, table, problems);
    Some(RuleKind::Term(TermRule {
        avoid: table.avoid.iter().map(|form| (packs.intern(form), form.value.clone())).collect(),
        near: table.near.iter().flat_map(|word| packs.intern(word)).collect(),
        prefer: table.prefer.clone(),
        field,
        quoted,
        any_case: table.any_case,
        message: table.message.clone(),
    }))
}

fn pattern(source: &Arc<Source>, table: &RuleTable, problems: &mut Problems) -> Option<RuleKind> {
    let (field, quoted) = scope(source, table, problems);
    let Some(text) = &table.regex else {
        missing(source, table, "regex", problems);
        return None;
    };
    let Some(message) = &table.message else {
        missing(source, table, "message", problems);
        return None;
    };
    let regex = regex(source, text, "", "", problems)?;
    Some(RuleKind::Pattern { regex, message: message.clone(), field, quoted })
}

fn scope(source: &Arc<Source>, table: &RuleTable, problems: &mut Problems) -> (Option<Field>, Option<bool>) {
    let field = table.field.as_ref().and_then(|name| {
        let field = Field::parse(name);
        if field.is_none() {
            unknown(source, "field", name, &Field::ALL.map(|(_, name)| name), problems);
        } else if field.is_some_and(|field| !field.is_prose()) {
            problems.add(
                source,
                name.span,
                format!("nothing is read in the field `{}`", name.value),
                Some("this rule can never fire".to_owned()),
            );
        }
        field
    });
    let quoted = table.voice.as_ref().and_then(|voice| match voice.as_str() {
        "narrator" => Some(false),
        "quotation" => Some(true),
        _ => {
            unknown(source, "voice", voice, &["narrator", "quotation"], problems);
            None
        }
    });
    (field, quoted)
}

fn examples(source: &Arc<Source>, table: &RuleTable, problems: &mut Problems) -> Vec<Example> {
    let examples: Vec<Example> =
        table.example.iter().filter_map(|example| self::example(source, example, problems)).collect();
    let fires = examples.iter().any(|example| matches!(example.expect, Expect::Bad { .. }));
    let silent = examples.iter().any(|example| matches!(example.expect, Expect::Ok));
    if !table.example.is_empty() && (!fires || !silent) {
        let lacking = if fires { "stays silent (`ok = …`)" } else { "fires (`bad = …`)" };
        problems.add(
            source,
            table.id.span,
            format!("the rule `{}` has no example that {lacking}", table.id.value),
            Some("add one to its examples".to_owned()),
        );
    }
    examples
}

fn example(source: &Arc<Source>, table: &At<ExampleTable>, problems: &mut Problems) -> Option<Example> {
    let sentences = |facts: &[At<String>]| facts.iter().map(|fact| (fact.value.clone(), fact.span)).collect();
    let (given, not) = (sentences(&table.given), sentences(&table.not));
    let (text, expect, span) = match (&table.bad, &table.ok, &table.text) {
        (Some(bad), None, None) => {
            let (text, marks) = marks(bad);
            if marks.is_empty() {
                let help = Some("put the words that are reported in square brackets".to_owned());
                problems.add(source, bad.span, "this example does not say where the rule fires", help);
                return None;
            }
            (text, Expect::Bad { marks, good: table.good.as_ref().map(|good| good.value.clone()) }, bad.span)
        }
        (None, Some(ok), None) => (ok.value.clone(), Expect::Ok, ok.span),
        (None, None, Some(text)) => match &table.learns {
            Some(learns) => (text.value.clone(), Expect::Learns(learns.value.clone()), text.span),
            None => {
                problems.add(
                    source,
                    text.span,
                    "a `text` needs `learns`",
                    Some("add the fact that is learned from it".to_owned()),
                );
                return None;
            }
        },
        _ => {
            let help = Some("write one of `bad`, `ok` and `text`".to_owned());
            problems.add(source, table.span, "this example is not one thing", help);
            return None;
        }
    };
    let sources = table.sources.clone();
    Some(Example { text, expect, sources, given, not, date: table.date, span, why: table.why.clone() })
}
