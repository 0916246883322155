//! Commands of the server that editors bind to keys and menus.

use super::convert;
use super::hover::{escape, judged};
use super::marks::{Marks, Page};
use super::navigate::found_at;
use super::world::Project;
use crate::check::{Held, Judgement, Verdict};
use crate::claim::Claim;
use crate::diagnostic::{Evidence, Proof};
use crate::fact::BaseError;
use lsp_server::{Notification, Request, RequestId};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{CodeLens, CodeLensParams, Command, ExecuteCommandParams, MessageType, Position, Range, Url};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Learns the corpora of the configuration.
const LEARN: &str = "factlint.learn";
/// The worksheet of a draft, as Markdown: its address.
const CLAIMS: &str = "factlint.claims";
/// What proves the finding at a place: address and position.
const EVIDENCE: &str = "factlint.showEvidence";
/// Lets a finding stand in the file of the project: place, rule, and the reason where there is one.
pub(super) const ALLOW: &str = "factlint.allow";
/// Adds a sentence to the facts of the project.
pub(super) const ADD: &str = "factlint.addFact";

/// Every command.
pub(super) const NAMES: [&str; 5] = [LEARN, CLAIMS, EVIDENCE, ALLOW, ADD];

/// How the claims of the draft fared, over its first line.
pub(super) fn lenses(marks: &mut Marks, params: CodeLensParams) -> Result<Vec<CodeLens>, BaseError> {
    let Some(page) = marks.page(&params.text_document.uri) else { return Ok(Vec::new()) };
    let counts = page.found()?.counts;
    if counts.claims == 0 {
        return Ok(Vec::new());
    }
    let title = format!(
        "{} claims checked · {} supported · {} in conflict · {} open",
        counts.claims, counts.supported, counts.conflict, counts.unknown
    );
    let uri = json!(page.uri);
    let command = Command { title, command: CLAIMS.to_owned(), arguments: Some(vec![uri]) };
    Ok(vec![CodeLens { range: Range::default(), command: Some(command), data: None }])
}

/// Why a command was not carried out.
pub(super) enum Refused {
    /// Its arguments are not what it takes.
    Arguments(String),
    /// Something went wrong.
    Failed(String),
}

impl From<String> for Refused {
    fn from(error: String) -> Refused {
        Refused::Failed(error)
    }
}

impl From<BaseError> for Refused {
    fn from(error: BaseError) -> Refused {
        Refused::Failed(error.to_string())
    }
}

/// Runs a command. Its arguments are texts, documents that are open, and places in them: none opens a file.
pub(super) fn execute(marks: &mut Marks, params: Value) -> Result<Value, Refused> {
    let refused = |error: serde_json::Error| Refused::Arguments(error.to_string());
    let params: ExecuteCommandParams = serde_json::from_value(params).map_err(refused)?;
    let argument = |number: usize| params.arguments.get(number).cloned().unwrap_or_default();
    let word = |number: usize, what: &str| match argument(number) {
        Value::String(word) => Ok(word),
        Value::Null => Ok(String::new()),
        _ => Err(Refused::Arguments(format!("{what} is to be a text"))),
    };
    match params.command.as_str() {
        LEARN => Ok(learn(marks)?),
        CLAIMS => worksheet(marks, &address(argument(0))?),
        EVIDENCE => {
            let position = serde_json::from_value(argument(1)).map_err(refused)?;
            evidence(marks, &address(argument(0))?, position)
        }
        ALLOW => {
            let (place, rule, reason) = (word(0, "the place")?, word(1, "the rule")?, word(2, "the reason")?);
            let reason = if reason.trim().is_empty() { "allowed in the editor" } else { &reason };
            if !is_open(marks, &place) {
                let error = format!("`{place}` is no place in an open document; write FILE:LINE:COLUMN");
                return Err(Refused::Arguments(error));
            }
            Ok(changed(marks, |project| project.allow(&place, &rule, reason))?)
        }
        ADD => {
            let sentence = word(0, "the fact")?;
            Ok(changed(marks, |project| project.add(&sentence))?)
        }
        other => Err(Refused::Arguments(format!("there is no command `{other}`"))),
    }
}

fn address(value: Value) -> Result<Url, Refused> {
    let refused = |error| Refused::Arguments(format!("the address of a document is wanted: {error}"));
    serde_json::from_value(value).map_err(refused)
}

/// Whether a place is in a file that the client has open, as findings name it.
fn is_open(marks: &Marks, place: &str) -> bool {
    let files = marks.open().into_iter().filter(|uri| convert::file(uri).is_some());
    let mut paths = files.map(|uri| convert::path(&uri));
    paths.any(|path| place.strip_prefix(&path).is_some_and(is_place))
}

/// `:LINE` or `:LINE:COLUMN`.
fn is_place(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = text.strip_prefix(':').map(|text| text.split(':').collect::<Vec<_>>());
    parts.is_some_and(|parts| parts.len() <= 2 && parts.into_iter().all(number))
}

/// Does what changes the project, says what that came to, and checks again.
fn changed(marks: &mut Marks, change: impl FnOnce(&dyn Project) -> Result<String, String>) -> Result<Value, String> {
    let said = change(&*marks.project)?;
    marks.show(MessageType::INFO, format!("factlint: {}", said.trim()));
    marks.load();
    Ok(Value::Null)
}

/// Learns, and shows that it does.
pub(super) fn learn(marks: &mut Marks) -> Result<Value, String> {
    let token = "factlint.learn";
    let progress = |marks: &Marks, value: Value| {
        if marks.client.progress {
            let params = json!({ "token": token, "value": value });
            marks.send(Notification::new(notification::Progress::METHOD.to_owned(), params));
        }
    };
    if marks.client.progress {
        let method = request::WorkDoneProgressCreate::METHOD.to_owned();
        marks.send(Request::new(RequestId::from("progress".to_owned()), method, json!({ "token": token })));
    }
    progress(marks, json!({ "kind": "begin", "title": "factlint: learning the archive" }));
    // The base is open in this process; what learns it replaces its rows, and it is opened again behind it.
    let said = changed(marks, |project| project.learn());
    progress(marks, json!({ "kind": "end" }));
    said
}

/// A document that the client has open.
fn opened(marks: &mut Marks, uri: &Url) -> Result<Page, Refused> {
    marks.page(uri).ok_or_else(|| Refused::Failed("open the document first".to_owned()))
}

/// Every claim with its verdict, for the fact-checker.
fn worksheet(marks: &mut Marks, uri: &Url) -> Result<Value, Refused> {
    let page = opened(marks, uri)?;
    let mut text = format!("# Claims of {}\n\n", escape(&page.path));
    let line = |claim: &Claim, judged: &Judgement| {
        let sign = match judged.verdict {
            Verdict::Conflict => "✗",
            Verdict::Supported => "✓",
            Verdict::Unknown => "·",
        };
        let at = page.lines.position(&page.text, claim.span.start as usize).line + 1;
        let words = page.source().map(|source| source.slice(claim.span)).unwrap_or_default();
        let mut line = format!("- {sign} {} line {at}: {}\n", judged.verdict.name(), escape(words));
        if let Some(found) = &judged.found {
            let _ = writeln!(line, "  - {}", escape(&found.message));
        }
        let facts = judged.found.as_ref().map_or(&judged.supporters, |found| &found.rivals);
        for witness in facts.iter().flat_map(Held::witnesses).take(3) {
            let _ = writeln!(line, "  - {}", escape(&witness.proof(None)?.line()));
        }
        Ok(Some(line))
    };
    let lines = judged(marks, &page, line)?;
    if lines.is_empty() {
        text.push_str("No pattern reads a claim here.\n");
    }
    text.extend(lines);
    Ok(Value::String(text))
}

/// What proves the findings at a place.
fn evidence(marks: &mut Marks, uri: &Url, position: Position) -> Result<Value, Refused> {
    let page = opened(marks, uri)?;
    let (Some(world), Some(source)) = (&marks.world, page.source()) else { return Ok(json!([])) };
    let offset = u32::try_from(page.lines.offset(&page.text, position)).unwrap_or(u32::MAX);
    let found = found_at(&page, offset)?.flat_map(|found| found.proofs());
    let row = |proof: &Proof| {
        let cited = proof.evidence();
        let location = cited.and_then(|cited| convert::location(world, source, cited, marks.client.unit));
        let beside = |cited: &Evidence| if proof.reckoned().is_some() { cited.words() } else { cited.note.clone() };
        json!({
            "kind": proof.name(),
            "text": proof.reckoned().or_else(|| cited.map(Evidence::row)),
            "label": cited.map_or_else(|| proof.name().to_owned(), Evidence::place),
            "note": cited.map(beside),
            "date": cited.and_then(|cited| cited.date).map(|date| date.to_string()),
            "uri": location.as_ref().map(|location| location.uri.clone()),
            "range": location.as_ref().map(|location| location.range),
        })
    };
    let rows: Vec<Value> = found.map(row).collect();
    Ok(Value::Array(rows))
}
