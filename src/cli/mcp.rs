//! `factlint mcp`: a guard-rail for machine-written copy. Language models ask over the Model Context Protocol
//! (modelcontextprotocol.io, 2025-06-18): JSON-RPC, one message a line. Every tool only reads.

use super::Outcome;
use super::lsp::Here;
use super::setup::{BaseOptions, PackOptions};
use crate::lsp::{Project as _, World};
use crate::report::{Checked, FORMATS, Look, Report};
use clap::Args;
use serde_json::{Value, json};
use std::io::{BufRead as _, Write as _};
use std::path::Path;

/// The versions of the protocol that are spoken, the newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];
/// A page holds at most so many entries.
const PAGE: usize = 50;

#[derive(Args)]
pub(super) struct Mcp {
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    packs: PackOptions,
}

/// Why a request fails, with the code of JSON-RPC.
struct Refused(i32, String);

impl Mcp {
    pub(super) fn run(self) -> Outcome {
        let here = Here { base: self.base, packs: self.packs };
        let loaded = here.load(Path::new("."));
        let Some(world) = loaded.world else {
            let mut errors = loaded.errors;
            errors.extend(loaded.problems.iter().map(|problem| format!("error: {problem}")));
            return Outcome::failed(errors);
        };
        let server = Server { here, world };
        let mut out = std::io::stdout().lock();
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            if let Some(answer) = server.answer(&line)
                && writeln!(out, "{answer}").and_then(|()| out.flush()).is_err()
            {
                break;
            }
        }
        Outcome::new(String::new(), 0)
    }
}

struct Server {
    here: Here,
    world: World,
}

impl Server {
    /// The answer to a line; a notification has none.
    fn answer(&self, line: &str) -> Option<Value> {
        if line.trim().is_empty() {
            return None;
        }
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            return Some(
                json!({ "jsonrpc": "2.0", "id": null, "error": { "code": -32700, "message": "this is no JSON" } }),
            );
        };
        let id = message.get("id").cloned()?;
        let method = message.get("method").and_then(Value::as_str).unwrap_or_default();
        let params = message.get("params").cloned().unwrap_or_default();
        Some(match self.result(method, &params) {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
            Err(Refused(code, message)) => {
                json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
            }
        })
    }

    fn result(&self, method: &str, params: &Value) -> Result<Value, Refused> {
        match method {
            "initialize" => {
                let asked = params.get("protocolVersion").and_then(Value::as_str).unwrap_or_default();
                let version = VERSIONS.iter().find(|version| **version == asked).unwrap_or(&VERSIONS[0]);
                Ok(json!({
                    "protocolVersion": version,
                    "capabilities": { "tools": {} },
                    "serverInfo": { "name": "factlint", "version": env!("CARGO_PKG_VERSION") },
                    "instructions": "Check copy with check_text before it is published. A finding says what it conflicts with, and where that stands.",
                }))
            }
            "ping" => Ok(json!({})),
            "tools/list" => Ok(json!({ "tools": tools() })),
            "tools/call" => self.call(params),
            other => Err(Refused(-32601, format!("there is no method `{other}`"))),
        }
    }

    fn call(&self, params: &Value) -> Result<Value, Refused> {
        let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
        let arguments = params.get("arguments").cloned().unwrap_or_default();
        let word = |key: &str| {
            let word = arguments.get(key).and_then(Value::as_str).filter(|word| !word.trim().is_empty());
            word.map(str::to_owned).ok_or_else(|| Refused(-32602, format!("`{key}` is missing: a text is wanted")))
        };
        let said = match name {
            "check_text" => {
                self.check(&word("text")?, arguments.get("name").and_then(Value::as_str), arguments.get("date"))
            }
            "lookup_fact" => self.facts(&word("query")?).map(|value| json!({ "facts": each(&value, "facts") })),
            "get_evidence" => self.facts(&word("query")?).map(|value| {
                let facts = each(&value, "facts");
                let evidence: Vec<Value> = facts
                    .iter()
                    .flat_map(|fact| {
                        let rows = fact.get("evidence").and_then(Value::as_array).cloned().unwrap_or_default();
                        rows.into_iter()
                            .map(|row| json!({ "fact": fact.get("text"), "evidence": row }))
                            .collect::<Vec<_>>()
                    })
                    .collect();
                json!({ "evidence": evidence })
            }),
            "explain_rule" => self.here.run(&["rules", &word("rule")?]).map(|text| json!({ "rule": text })),
            other => return Err(Refused(-32602, format!("there is no tool `{other}`"))),
        };
        Ok(match said.and_then(|value| paged(value, arguments.get("cursor"))) {
            Ok(value) => json!({
                "content": [{ "type": "text", "text": serde_json::to_string_pretty(&value).unwrap_or_default() }],
                "structuredContent": value,
                "isError": false,
            }),
            Err(error) => json!({ "content": [{ "type": "text", "text": error }], "isError": true }),
        })
    }

    /// The findings in a text, as `check --format json` writes them.
    fn check(&self, text: &str, name: Option<&str>, date: Option<&Value>) -> Result<Value, String> {
        let mut wishes = crate::lsp::Wishes::default();
        if let Some(date) = date.and_then(Value::as_str) {
            wishes.date = Some(super::setup::date(date)?);
        }
        let analysis = self.world.analyse(name.unwrap_or("draft.md"), text, 0, &wishes);
        if let Some(failure) = self.world.base.failure() {
            return Err(failure);
        }
        let Some(reading) = analysis.reading else { return Err("there is no text to check".to_owned()) };
        let checked = [Checked {
            source: std::sync::Arc::clone(&reading.document.source),
            diagnostics: analysis.diagnostics,
            allowed: Vec::new(),
        }];
        let report = Report {
            checked: &checked,
            counts: analysis.counts,
            extent: self.world.base.extent(),
            dated: None,
            packs: &self.world.packs,
            look: Look { color: false, width: 80, quiet: true },
        };
        let json = FORMATS.iter().find(|format| format.name == "json").map(|format| (format.write)(&report));
        serde_json::from_str(&json.unwrap_or_default()).map_err(|error| error.to_string())
    }

    fn facts(&self, query: &str) -> Result<Value, String> {
        let text = self.here.run(&["facts", query, "--format", "json"])?;
        if text.trim().is_empty() {
            return Ok(json!({ "cards": [] }));
        }
        serde_json::from_str(&text).map_err(|error| error.to_string())
    }
}

/// The entries under a key of every card.
fn each(value: &Value, key: &str) -> Vec<Value> {
    let cards = value.get("cards").and_then(Value::as_array).into_iter().flatten();
    cards.flat_map(|card| card.get(key).and_then(Value::as_array).cloned().unwrap_or_default()).collect()
}

/// Cuts the first list of an answer to a page, and says where the next one begins.
fn paged(mut value: Value, cursor: Option<&Value>) -> Result<Value, String> {
    let from: usize = match cursor.and_then(Value::as_str) {
        None => 0,
        Some(cursor) => cursor.parse().map_err(|_| format!("`{cursor}` is no cursor of this server"))?,
    };
    let mut next = None;
    if let Some(list) = value.as_object_mut().and_then(|object| object.values_mut().find_map(Value::as_array_mut)) {
        let to = (from + PAGE).min(list.len());
        next = (to < list.len()).then(|| to.to_string());
        *list = list.get(from..to).unwrap_or_default().to_vec();
    }
    if let (Some(object), Some(next)) = (value.as_object_mut(), next) {
        object.insert("nextCursor".to_owned(), json!(next));
    }
    Ok(value)
}

fn tools() -> Value {
    let tool = |name: &str, description: &str, properties: Value, required: &str| {
        let mut properties = properties;
        if let Some(object) = properties.as_object_mut() {
            object.insert(
                "cursor".to_owned(),
                json!({ "type": "string", "description": "nextCursor of the page before" }),
            );
        }
        json!({
            "name": name,
            "description": description,
            "inputSchema": { "type": "object", "properties": properties, "required": [required], "additionalProperties": false },
            "annotations": { "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false },
        })
    };
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!([
        tool(
            "check_text",
            "Finds the claims in a text that conflict with what is known, each with the sentence, source and date that prove it.",
            json!({ "text": text("the draft"), "name": text("its file name, which says its format"), "date": text("the day at which claims are judged, as 2025-08-17") }),
            "text",
        ),
        tool(
            "lookup_fact",
            "What is known of a person, place, office or organisation, in time.",
            json!({ "query": text("a name") }),
            "query"
        ),
        tool(
            "get_evidence",
            "The sentences behind what is known of an entity.",
            json!({ "query": text("a name") }),
            "query"
        ),
        tool(
            "explain_rule",
            "What a rule reports, and why.",
            json!({ "rule": text("the id of a rule, as findings have it") }),
            "rule"
        ),
    ])
}
