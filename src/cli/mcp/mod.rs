//! `factlint mcp`: a guard-rail for machine-written copy. Language models ask over the Model Context Protocol
//! (modelcontextprotocol.io, 2025-06-18): JSON-RPC, one message a line.
//!
//! In come lines of anything, out goes an answer to each request, whatever the one before it was. Every tool is a
//! function that reads what was loaded at the start: no argument is a path, an option or a command.

mod tools;

use super::Outcome;
use super::lsp::Here;
use super::setup::{BaseOptions, PackOptions};
use crate::lsp::Project as _;
use clap::Args;
use serde_json::{Value, json};
use std::io::{BufRead, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use tools::Tools;

/// The versions of the protocol that are spoken, the newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];
/// A message holds at most so many bytes; a draft of that size is read in seconds.
const MESSAGE: u64 = 64 * 1024 * 1024;

#[derive(Args)]
pub(super) struct Mcp {
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    packs: PackOptions,
}

/// Why a request fails, with the code of JSON-RPC.
struct Refused(i32, String);

/// What is no JSON.
const NO_JSON: i32 = -32700;
/// What is JSON and no request.
const NO_REQUEST: i32 = -32600;
/// A method that is not served.
const NO_METHOD: i32 = -32601;
/// Arguments that a method does not take.
const NO_ARGUMENTS: i32 = -32602;
/// A request that a mistake of ours ended.
const FAILED: i32 = -32603;

impl Mcp {
    pub(super) fn run(self) -> Outcome {
        let loaded = Here { base: self.base, packs: self.packs }.load(Path::new("."));
        let Some(world) = loaded.world else {
            let mut errors = loaded.errors;
            errors.extend(loaded.problems.iter().map(|problem| format!("error: {problem}")));
            return Outcome::failed(errors);
        };
        let server = Server(Tools(world));
        let (mut lines, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
        while let Ok(Some(line)) = line(&mut lines) {
            if let Some(answer) = server.answer(line)
                && writeln!(out, "{answer}").and_then(|()| out.flush()).is_err()
            {
                break;
            }
        }
        Outcome::new(String::new(), 0)
    }
}

/// The next line, or why it is none; nothing at the end.
fn line(input: &mut impl BufRead) -> std::io::Result<Option<Result<Vec<u8>, Refused>>> {
    let mut line = Vec::new();
    if input.by_ref().take(MESSAGE + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 <= MESSAGE || line.ends_with(b"\n") {
        return Ok(Some(Ok(line)));
    }
    // The rest of it is passed over as it comes, and nothing of it is kept.
    input.skip_until(b'\n')?;
    Ok(Some(Err(Refused(NO_REQUEST, format!("a message holds at most {MESSAGE} bytes")))))
}

struct Server(Tools);

impl Server {
    /// The answer to a line; a notification has none.
    fn answer(&self, line: Result<Vec<u8>, Refused>) -> Option<Value> {
        let answered = |id: &Value, result: Result<Value, Refused>| {
            Some(match result {
                Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
                Err(Refused(code, message)) => {
                    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
                }
            })
        };
        let line = match line {
            Ok(line) if line.trim_ascii().is_empty() => return None,
            Ok(line) => line,
            Err(refused) => return answered(&Value::Null, Err(refused)),
        };
        let Ok(message) = serde_json::from_slice::<Value>(&line) else {
            return answered(&Value::Null, Err(Refused(NO_JSON, "this is no JSON in UTF-8".to_owned())));
        };
        let id = message.get("id");
        let named = id.filter(|id| id.is_string() || id.is_number()).unwrap_or(&Value::Null);
        let method = message.get("method").and_then(Value::as_str);
        let Some(method) = method.filter(|_| message.get("jsonrpc").is_some_and(|version| version == "2.0")) else {
            // The answer to a request of ours, of which there are none.
            let answer =
                message.get("method").is_none() && (message.get("result").is_some() || message.get("error").is_some());
            let what = "a request is an object with `jsonrpc`: \"2.0\", `id` and `method`; there are no batches here";
            return answered(named, Err(Refused(NO_REQUEST, what.to_owned()))).filter(|_| !answer);
        };
        let id = id?;
        if named.is_null() {
            return answered(named, Err(Refused(NO_REQUEST, "the `id` of a request is a text or a number".to_owned())));
        }
        let result = catch_unwind(AssertUnwindSafe(|| self.result(method, message.get("params"))));
        let failed = || Err(Refused(FAILED, "this request failed; the server goes on".to_owned()));
        answered(id, result.unwrap_or_else(|_| failed()))
    }

    fn result(&self, method: &str, params: Option<&Value>) -> Result<Value, Refused> {
        let none = json!({});
        let params = params.filter(|params| !params.is_null()).unwrap_or(&none);
        if !params.is_object() {
            return Err(Refused(NO_ARGUMENTS, "`params` is an object".to_owned()));
        }
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
            "tools/list" => Ok(json!({ "tools": tools::list() })),
            "tools/call" => self.0.call(params),
            other => Err(Refused(NO_METHOD, format!("there is no method `{other}`"))),
        }
    }
}
