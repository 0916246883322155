//! The tools of `factlint mcp`: each a function of texts that reads what was loaded.

use super::{NO_ARGUMENTS, Refused};
use crate::cli::{facts, rules, setup};
use crate::corpus;
use crate::fact::{BaseError, cards};
use crate::lsp::World;
use crate::report::{Checked, FORMATS, Look, Report};
use crate::terms::Wish;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;

/// A page holds at most so many entries.
const PAGE: usize = 50;
/// The argument of every tool that says where a page begins.
const CURSOR: (&str, &str) = ("cursor", "nextCursor of the page before");

/// A tool as it is told to clients and called by them.
struct Tool {
    name: &'static str,
    description: &'static str,
    /// What it is given: the first is required. All are texts.
    arguments: &'static [(&'static str, &'static str)],
    /// Answers, or says in words for the model what is wrong.
    call: fn(&World, &Map<String, Value>) -> Result<Value, String>,
}

const TOOLS: [Tool; 4] = [
    Tool {
        name: "check_text",
        description: "Finds the claims in a text that conflict with what is known, each with the sentence, source and date that prove it.",
        arguments: &[
            ("text", "the draft"),
            ("name", "its file name, which says its format"),
            ("date", "the day at which claims are judged, as 2025-08-17"),
        ],
        call: check_text,
    },
    Tool {
        name: "lookup_fact",
        description: "What is known of a person, place, office or organisation, in time.",
        arguments: &[("query", "a name")],
        call: lookup_fact,
    },
    Tool {
        name: "get_evidence",
        description: "The sentences behind what is known of an entity.",
        arguments: &[("query", "a name")],
        call: get_evidence,
    },
    Tool {
        name: "explain_rule",
        description: "What a rule reports, and why.",
        arguments: &[("rule", "the id of a rule, as findings have it")],
        call: explain_rule,
    },
];

/// The tools of a loaded project.
pub(super) struct Tools(pub(super) World);

impl Tools {
    /// Calls a tool with its arguments, which are texts and no more than it takes.
    pub(super) fn call(&self, params: &Value) -> Result<Value, Refused> {
        let refused = |message: String| Refused(NO_ARGUMENTS, message);
        let name = params.get("name").and_then(Value::as_str);
        let name = name.ok_or_else(|| refused("`name` is missing: the name of a tool is wanted".to_owned()))?;
        let tool = TOOLS.iter().find(|tool| tool.name == name);
        let tool = tool.ok_or_else(|| refused(format!("there is no tool `{name}`")))?;
        let none = Map::new();
        let given = match params.get("arguments") {
            None | Some(Value::Null) => &none,
            Some(Value::Object(given)) => given,
            Some(_) => return Err(refused("`arguments` is an object".to_owned())),
        };
        for (key, value) in given {
            if !tool.arguments.iter().chain([&CURSOR]).any(|(known, _)| known == key) {
                return Err(refused(format!("`{name}` takes no `{key}`")));
            }
            if !value.is_string() {
                return Err(refused(format!("`{key}` is to be a text")));
            }
        }
        let required = tool.arguments.first().map(|(key, _)| *key).unwrap_or_default();
        if word(given, required).trim().is_empty() {
            return Err(refused(format!("`{required}` is missing: a text is wanted")));
        }
        let said = (tool.call)(&self.0, given).and_then(|value| paged(value, given.get(CURSOR.0)));
        let said = said.map(|value| seen(value, &self.0.unread));
        Ok(match said {
            Ok(value) => json!({
                "content": [{ "type": "text", "text": serde_json::to_string_pretty(&value).unwrap_or_default() }],
                "structuredContent": value,
                "isError": false,
            }),
            Err(error) => json!({ "content": [{ "type": "text", "text": error }], "isError": true }),
        })
    }
}

/// The tools as clients are told of them.
pub(super) fn list() -> Value {
    let told = |tool: &Tool| {
        let arguments = tool.arguments.iter().chain([&CURSOR]);
        let properties: Map<String, Value> = arguments
            .map(|(name, description)| ((*name).to_owned(), json!({ "type": "string", "description": description })))
            .collect();
        let required: Vec<&str> = tool.arguments.iter().map(|(name, _)| *name).take(1).collect();
        json!({
            "name": tool.name,
            "description": tool.description,
            "inputSchema": { "type": "object", "properties": properties, "required": required, "additionalProperties": false },
            "annotations": { "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false },
        })
    };
    TOOLS.iter().map(told).collect()
}

fn word<'a>(given: &'a Map<String, Value>, key: &str) -> &'a str {
    given.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The findings in a text, as `check --format json` writes them.
fn check_text(world: &World, given: &Map<String, Value>) -> Result<Value, String> {
    let mut wish = Wish::default();
    if given.contains_key("date") {
        wish.date = Some(setup::date(word(given, "date"))?);
    }
    let analysis = world.analyse(&inside(word(given, "name")), word(given, "text"), 0, &wish, None);
    let Some(reading) = analysis.reading else { return Err("there is no text to check".to_owned()) };
    let found = analysis.found.map_err(|error| error.to_string())?;
    let Some(format) = FORMATS.iter().find(|format| format.name == "json") else {
        return Err("the format json is not known".to_owned());
    };
    let mut diagnostics = found.diagnostics;
    format.withhold(&reading.document, &mut diagnostics, &world.desk.packs().language);
    let checked = [Checked { source: Arc::clone(&reading.document.source), diagnostics, allowed: Vec::new() }];
    let report = Report {
        checked: &checked,
        unread: crate::corpus::unread(&reading.document).iter().map(ToString::to_string).collect(),
        counts: found.counts,
        extent: world.desk.base().extent(),
        dated: None,
        packs: world.desk.packs(),
        look: Look { color: false, width: 80, quiet: true },
    };
    serde_json::from_str(&(format.write)(&report)).map_err(|error| error.to_string())
}

/// An answer with what of the articles behind it was not read.
fn seen(mut value: Value, unread: &[String]) -> Value {
    if let Some(object) = value.as_object_mut().filter(|_| !unread.is_empty()) {
        let list = object.entry("unread").or_insert_with(|| json!([]));
        list.as_array_mut().into_iter().for_each(|list| list.extend(unread.iter().map(|unread| json!(unread))));
    }
    value
}

/// The name of a text, which is never opened: as a path inside the project, else without the folders before it.
fn inside(name: &str) -> String {
    let shown = corpus::display(&corpus::absolute(Path::new(name)));
    let file = || Path::new(&shown).file_name().map(|name| name.to_string_lossy().into_owned());
    if Path::new(&shown).is_relative() && !shown.is_empty() {
        return shown;
    }
    file().unwrap_or_else(|| "draft.md".to_owned())
}

fn lookup_fact(world: &World, given: &Map<String, Value>) -> Result<Value, String> {
    Ok(json!({ "facts": known(world, word(given, "query"))? }))
}

fn get_evidence(world: &World, given: &Map<String, Value>) -> Result<Value, String> {
    let mut evidence = Vec::new();
    for fact in known(world, word(given, "query"))? {
        let rows = fact.get("evidence").and_then(Value::as_array).into_iter().flatten();
        evidence.extend(rows.map(|row| json!({ "fact": fact.get("text"), "evidence": row })));
    }
    Ok(json!({ "evidence": evidence }))
}

/// The facts of everything that is called so.
fn known(world: &World, query: &str) -> Result<Vec<Value>, String> {
    let said = |error: BaseError| error.to_string();
    let found = cards(query, world.desk.packs(), world.desk.base()).map_err(said)?;
    let entries = found.iter().flat_map(|card| &card.facts);
    entries.map(|entry| facts::entry_json(entry, world.desk.packs())).collect::<Result<_, _>>().map_err(said)
}

fn explain_rule(world: &World, given: &Map<String, Value>) -> Result<Value, String> {
    rules::explained(word(given, "rule"), world.desk.packs()).map(|text| json!({ "rule": text }))
}

/// Cuts the first list of an answer to a page, and says where the next one begins.
fn paged(mut value: Value, cursor: Option<&Value>) -> Result<Value, String> {
    let from: usize = match cursor.and_then(Value::as_str) {
        None => 0,
        Some(cursor) => cursor.parse().map_err(|_| format!("`{cursor}` is no cursor of this server"))?,
    };
    let mut next = None;
    if let Some(list) = value.as_object_mut().and_then(|object| object.values_mut().find_map(Value::as_array_mut)) {
        let to = from.saturating_add(PAGE).min(list.len());
        next = (to < list.len()).then(|| to.to_string());
        *list = list.get(from..to).unwrap_or_default().to_vec();
    }
    if let (Some(object), Some(next)) = (value.as_object_mut(), next) {
        object.insert("nextCursor".to_owned(), json!(next));
    }
    Ok(value)
}
