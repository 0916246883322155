//! The two threads of the server. The first listens: it keeps the texts, applies edits and hands on requests. The second
//! answers them in order, on snapshots of the texts.

use super::jobs::{Client, Job, LEARN, Shared, Snapshot, failed, lock};
use super::text::{Unit, apply};
use super::world::{Project, Wishes};
use super::{convert, marks::Marks, transport};
use crate::terms::Wish;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    CodeLensOptions, CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, ExecuteCommandOptions,
    HoverProviderCapability, InitializeParams, OneOf, PositionEncodingKind, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, Url,
};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

/// How a client left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// It said `shutdown` first.
    Proper,
    /// It said `exit`, or was gone, and the server was not told before.
    Abrupt,
}

/// Serves a client until it goes.
///
/// # Errors
/// Where the system gives no thread, nobody is served.
pub fn serve(project: Box<dyn Project>) -> std::io::Result<Parting> {
    let (connection, writer) = transport::stdio()?;
    let Some((id, params, wanted)) = greeted(&connection) else {
        drop(connection);
        let _ = writer.join();
        return Ok(Parting::Abrupt);
    };
    let client = client(&params, wanted);
    let info = ServerInfo { name: "factlint".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    let answer = json!({ "capabilities": capabilities(&client), "serverInfo": info });
    let _ = connection.sender.send(Response::new_ok(id, answer).into());
    let shared = Arc::new(Shared::default());
    let (jobs, todo) = channel();
    let marks = Marks::new(project, client.clone(), Arc::clone(&shared), connection.sender.clone());
    let worker = std::thread::Builder::new().name("check".to_owned()).spawn(move || work(marks, &todo))?;
    let _ = jobs.send(Job::Set(wishes(params.initialization_options.as_ref())));
    let _ = jobs.send(Job::Load);
    let parting = listen(&connection, &shared, &jobs, client.unit, &params);
    drop(jobs);
    drop(connection);
    let _ = worker.join();
    let _ = writer.join();
    Ok(parting)
}

/// Waits for the request that opens a session: its id, what it says, and what is to be asked for again. Nothing where the
/// client goes without one.
fn greeted(connection: &Connection) -> Option<(RequestId, InitializeParams, Vec<&'static str>)> {
    for message in &connection.receiver {
        let request = match message {
            Message::Request(request) => request,
            Message::Notification(note) if transport::is_exit(&note) => return None,
            _ => continue,
        };
        let refused = if request.method == request::Initialize::METHOD {
            let refreshes = refreshes(&request.params);
            match serde_json::from_value(request.params) {
                Ok(params) => return Some((request.id, params, refreshes)),
                Err(error) => failed(request.id, ErrorCode::InvalidParams, error.to_string()),
            }
        } else {
            failed(request.id, ErrorCode::ServerNotInitialized, "send `initialize` first")
        };
        let _ = connection.sender.send(refused.into());
    }
    None
}

/// Does what is to be done, and what can wait while there is nothing.
fn work(mut marks: Marks, todo: &Receiver<Job>) {
    loop {
        let job = match marks.is_at_work() {
            true => todo.try_recv(),
            false => todo.recv().map_err(TryRecvError::from),
        };
        match job {
            Ok(job) => marks.run(job),
            Err(TryRecvError::Empty) => marks.go_on(),
            Err(TryRecvError::Disconnected) => return,
        }
    }
}

fn listen(
    connection: &Connection,
    shared: &Shared,
    jobs: &Sender<Job>,
    unit: Unit,
    params: &InitializeParams,
) -> Parting {
    let mut parting = Parting::Abrupt;
    for message in &connection.receiver {
        match message {
            Message::Request(request) if request.method == request::Shutdown::METHOD => {
                parting = Parting::Proper;
                let _ = connection.sender.send(Response::new_ok(request.id, ()).into());
            }
            Message::Request(request) if parting == Parting::Proper => {
                let refused = failed(request.id, ErrorCode::InvalidRequest, "the session is over; send `exit`");
                let _ = connection.sender.send(refused.into());
            }
            Message::Request(request) => {
                let _ = jobs.send(Job::Answer(request));
            }
            Message::Notification(note) if transport::is_exit(&note) => return parting,
            Message::Notification(note) if note.method == notification::Initialized::METHOD => {
                watch(connection, params);
            }
            Message::Notification(note) => heed(note, shared, jobs, unit),
            Message::Response(response) => {
                let chosen = response.response_result.as_ref().ok().and_then(|chosen| chosen.get("title"));
                if response.id == RequestId::from(LEARN.to_owned()) && chosen.is_some_and(|title| title == LEARN) {
                    let _ = jobs.send(Job::Learn);
                }
            }
        }
    }
    parting
}

/// What a notification asks for. One that cannot be read is passed over, as the protocol says.
fn heed(note: Notification, shared: &Shared, jobs: &Sender<Job>, unit: Unit) {
    let check = |uri: Url| {
        let _ = jobs.send(Job::Check(uri));
    };
    match note.method.as_str() {
        notification::DidOpenTextDocument::METHOD => {
            let Ok(params) = serde_json::from_value::<DidOpenTextDocumentParams>(note.params) else { return };
            let document = params.text_document;
            let snapshot = Snapshot { version: document.version, text: Arc::new(document.text) };
            lock(&shared.texts).insert(document.uri.clone(), snapshot);
            check(document.uri);
        }
        notification::DidChangeTextDocument::METHOD => {
            let Ok(params) = serde_json::from_value::<DidChangeTextDocumentParams>(note.params) else { return };
            let uri = params.text_document.uri;
            if let Some(snapshot) = lock(&shared.texts).get_mut(&uri) {
                apply(Arc::make_mut(&mut snapshot.text), params.content_changes, unit);
                snapshot.version = params.text_document.version;
            }
            check(uri);
        }
        notification::DidCloseTextDocument::METHOD => {
            let Ok(params) = serde_json::from_value::<DidCloseTextDocumentParams>(note.params) else { return };
            lock(&shared.texts).remove(&params.text_document.uri);
            let _ = jobs.send(Job::Close(params.text_document.uri));
        }
        notification::DidSaveTextDocument::METHOD => {
            let Ok(params) = serde_json::from_value::<DidSaveTextDocumentParams>(note.params) else { return };
            if convert::is_toml(&params.text_document.uri) {
                let _ = jobs.send(Job::Load);
            }
        }
        notification::DidChangeWatchedFiles::METHOD => {
            let _ = jobs.send(Job::Load);
        }
        notification::DidChangeConfiguration::METHOD => {
            let _ = jobs.send(Job::Set(wishes(note.params.get("settings"))));
        }
        notification::Cancel::METHOD => {
            let id = note.params.get("id").cloned().and_then(|id| serde_json::from_value::<RequestId>(id).ok());
            if let Some(id) = id {
                lock(&shared.cancelled).insert(id.clone());
                let _ = jobs.send(Job::Forget(id));
            }
        }
        _ => {}
    }
}

/// The settings of the client: `{ "factlint": { "date", "only", "inlayHints" } }`, or what is inside.
fn wishes(value: Option<&Value>) -> Wishes {
    let Some(value) = value else { return Wishes::default() };
    let own = value.get("factlint").unwrap_or(value);
    let only = own.get("only").and_then(Value::as_array).into_iter().flatten();
    let check = Wish {
        date: own.get("date").and_then(Value::as_str).and_then(|date| date.parse().ok()),
        only: only.filter_map(Value::as_str).map(str::to_owned).collect(),
        ..Wish::default()
    };
    Wishes { check, inlay_hints: own.get("inlayHints").and_then(Value::as_bool).unwrap_or_default() }
}

/// What is to be asked for again when the project changes, as far as the client wants to be told. In `lsp-types` the
/// diagnostics of the workspace have another name than in the protocol, so this reads what was sent.
fn refreshes(params: &Value) -> Vec<&'static str> {
    let kinds = [
        ("diagnostics", request::WorkspaceDiagnosticRefresh::METHOD),
        ("codeLens", request::CodeLensRefresh::METHOD),
        ("inlayHint", request::InlayHintRefreshRequest::METHOD),
    ];
    let workspace = params.pointer("/capabilities/workspace");
    let wanted = |kind: &str| workspace?.get(kind)?.get("refreshSupport")?.as_bool();
    let wanted = kinds.into_iter().filter(|(kind, _)| wanted(kind) == Some(true));
    wanted.map(|(_, method)| method).collect()
}

fn client(params: &InitializeParams, refreshes: Vec<&'static str>) -> Client {
    let general = params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
    let utf8 = general.is_some_and(|encodings| encodings.contains(&PositionEncodingKind::UTF8));
    let document = params.capabilities.text_document.as_ref();
    let window = params.capabilities.window.as_ref();
    let folders = params.workspace_folders.iter().flatten().map(|folder| folder.uri.clone());
    #[expect(deprecated, reason = "older clients send nothing else")]
    let root = folders.chain(params.root_uri.clone()).find_map(|uri| convert::file(&uri));
    Client {
        unit: if utf8 { Unit::Utf8 } else { Unit::Utf16 },
        pulls: document.is_some_and(|document| document.diagnostic.is_some()),
        refreshes,
        progress: window.is_some_and(|window| window.work_done_progress.unwrap_or_default()),
        folder: root.unwrap_or_else(|| crate::corpus::absolute(std::path::Path::new(""))),
    }
}

fn capabilities(client: &Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let pull = DiagnosticOptions {
        identifier: Some("factlint".to_owned()),
        inter_file_dependencies: false,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(match client.unit {
            Unit::Utf8 => PositionEncodingKind::UTF8,
            Unit::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        diagnostic_provider: client.pulls.then_some(DiagnosticServerCapabilities::Options(pull)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(true.into()),
        completion_provider: Some(CompletionOptions { resolve_provider: Some(true), ..CompletionOptions::default() }),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: super::commands::NAMES.iter().map(|name| (*name).to_owned()).collect(),
            ..ExecuteCommandOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// Asks the client to say when packs, the configuration or the fact base change.
fn watch(connection: &Connection, params: &InitializeParams) {
    let workspace = params.capabilities.workspace.as_ref();
    let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
    if !watched.is_some_and(|watched| watched.dynamic_registration.unwrap_or_default()) {
        return;
    }
    let watchers = json!([{ "globPattern": "**/*.toml" }, { "globPattern": "**/*.db" }, { "globPattern": "**/*.csv" }]);
    let registration = json!({ "registrations": [{
        "id": "watch",
        "method": notification::DidChangeWatchedFiles::METHOD,
        "registerOptions": { "watchers": watchers },
    }]});
    let request =
        Request::new(RequestId::from("watch".to_owned()), "client/registerCapability".to_owned(), registration);
    let _ = connection.sender.send(request.into());
}
