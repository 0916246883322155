//! What the second thread does when it is asked: one request, one function.

use super::archive::Asked;
use super::commands::{self, Refused};
use super::jobs::{Job, called_off, failed};
use super::marks::Marks;
use super::{actions, complete, convert, hover, navigate};
use crate::fact::BaseError;
use crate::report::shown;
use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request::{self, Request as _};
use lsp_types::{DocumentDiagnosticParams, MessageType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Marks {
    /// Does a job. One that panics is lost; the next one finds a server that works.
    pub(super) fn run(&mut self, job: Job) {
        let id = match &job {
            Job::Answer(request) => Some(request.id.clone()),
            _ => None,
        };
        if catch_unwind(AssertUnwindSafe(|| self.execute(job))).is_err() {
            self.analyses.clear();
            if let Some(id) = id {
                self.send(failed(id, ErrorCode::InternalError, "this request failed; the server goes on"));
            }
        }
    }

    fn execute(&mut self, job: Job) {
        match job {
            Job::Load => self.load(),
            Job::Check(uri) => self.publish(&uri),
            Job::Close(uri) => {
                self.analyses.remove(&uri);
                if !self.client.pulls && !self.flawed.contains(&uri) {
                    self.tell(uri, Vec::new(), None);
                }
            }
            Job::Set(wishes) => {
                self.wishes = wishes;
                self.again();
            }
            Job::Forget(id) => {
                // Requests before this were answered.
                self.shared.is_cancelled(&id);
                if let Some(at) = self.asked.iter().position(|asked| asked.id == id) {
                    self.asked.remove(at);
                    self.send(called_off(id));
                }
            }
            Job::Learn => {
                if let Err(error) = commands::learn(self) {
                    self.show(MessageType::ERROR, format!("factlint: {error}"));
                }
            }
            Job::Answer(request) if request.method == request::WorkspaceDiagnosticRequest::METHOD => {
                self.ask_archive(request);
            }
            Job::Answer(request) => {
                let response = match self.shared.is_cancelled(&request.id) {
                    true => called_off(request.id),
                    false => self.answer(request),
                };
                self.send(response);
            }
        }
    }

    fn answer(&mut self, request: Request) -> Response {
        match request.method.as_str() {
            request::HoverRequest::METHOD => self.with(request, hover::hover),
            request::GotoDefinition::METHOD => self.with(request, navigate::definition),
            request::References::METHOD => self.with(request, navigate::references),
            request::DocumentHighlightRequest::METHOD => self.with(request, navigate::highlight),
            request::DocumentSymbolRequest::METHOD => self.with(request, navigate::symbols),
            request::CodeActionRequest::METHOD => self.with(request, actions::actions),
            request::Completion::METHOD => self.with(request, complete::complete),
            request::ResolveCompletionItem::METHOD => self.with(request, complete::resolve),
            request::InlayHintRequest::METHOD => self.with(request, hover::hints),
            request::CodeLensRequest::METHOD => self.with(request, commands::lenses),
            request::ExecuteCommand::METHOD => match commands::execute(self, request.params) {
                Ok(value) => Response::new_ok(request.id, value),
                Err(Refused::Arguments(error)) => failed(request.id, ErrorCode::InvalidParams, error),
                Err(Refused::Failed(error)) => failed(request.id, ErrorCode::RequestFailed, error),
            },
            request::DocumentDiagnosticRequest::METHOD => self.with(request, Marks::pulled),
            other => failed(request.id, ErrorCode::MethodNotFound, format!("`{other}` is not served")),
        }
    }

    fn with<P: DeserializeOwned, R: Serialize>(
        &mut self,
        request: Request,
        answer: fn(&mut Marks, P) -> Result<R, BaseError>,
    ) -> Response {
        match serde_json::from_value(request.params).map(|params| answer(self, params)) {
            Ok(Ok(answer)) => Response::new_ok(request.id, answer),
            Ok(Err(error)) => failed(request.id, ErrorCode::RequestFailed, shown(&error.to_string())),
            Err(error) => failed(request.id, ErrorCode::InvalidParams, error.to_string()),
        }
    }

    /// The diagnostics of one document, for a client that asks for them.
    fn pulled(&mut self, params: DocumentDiagnosticParams) -> Result<Value, BaseError> {
        // What is wrong with packs is sent.
        let page = self.page(&params.text_document.uri).filter(|page| !convert::is_toml(&page.uri));
        let Some(page) = page else { return Ok(json!({ "kind": "full", "items": [] })) };
        let id = page.analysis.version.to_string();
        Ok(json!({ "kind": "full", "resultId": id, "items": self.diagnostics(&page) }))
    }

    /// Begins to answer for the archive: each article against what is known.
    fn ask_archive(&mut self, request: Request) {
        match serde_json::from_value(request.params) {
            Ok(params) => self.asked.push(Asked::new(request.id, params, self.world.as_ref())),
            Err(error) => self.send(failed(request.id, ErrorCode::InvalidParams, error.to_string())),
        }
    }
}
