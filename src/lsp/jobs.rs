//! What the two threads of the server share: the texts, and what the one wants of the other.

use super::text::Unit;
use super::world::Wishes;
use lsp_server::{ErrorCode, Request, RequestId, Response};
use lsp_types::Url;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the client offers where there is no fact base yet, and the request that asks.
pub(super) const LEARN: &str = "Learn the archive";

/// A text as it is now.
#[derive(Debug, Clone)]
pub(super) struct Snapshot {
    pub(super) version: i32,
    pub(super) text: Arc<String>,
}

/// What both threads see.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) texts: Mutex<HashMap<Url, Snapshot>>,
    pub(super) cancelled: Mutex<HashSet<RequestId>>,
}

/// What the second thread is to do.
pub(super) enum Job {
    /// Load the project again.
    Load,
    /// Check a text and say what was found.
    Check(Url),
    /// Forget a text.
    Close(Url),
    /// Take over settings.
    Set(Wishes),
    /// Answer a request.
    Answer(Request),
    /// Answer a request no more.
    Forget(RequestId),
    /// Learn the archive.
    Learn,
}

/// What the client can do.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub(super) unit: Unit,
    /// It asks for diagnostics; else they are sent.
    pub(super) pulls: bool,
    /// The requests by which it wants to be told that it should ask again.
    pub(super) refreshes: Vec<&'static str>,
    /// It shows progress that the server begins.
    pub(super) progress: bool,
    pub(super) folder: PathBuf,
}

/// Locks, also where a thread has died while it held the lock: what it guards is replaced whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(super) fn snapshot(&self, uri: &Url) -> Option<Snapshot> {
        lock(&self.texts).get(uri).cloned()
    }

    pub(super) fn open(&self) -> Vec<Url> {
        let mut open: Vec<Url> = lock(&self.texts).keys().cloned().collect();
        open.sort();
        open
    }

    /// Whether a request was called off; asked once.
    pub(super) fn is_cancelled(&self, id: &RequestId) -> bool {
        lock(&self.cancelled).remove(id)
    }
}

/// The answer to a request that was called off.
pub(super) fn called_off(id: RequestId) -> Response {
    failed(id, ErrorCode::RequestCanceled, "called off")
}

/// The answer to a request that failed.
pub(super) fn failed(id: RequestId, code: ErrorCode, message: impl Into<String>) -> Response {
    Response::new_err(id, code as i32, message.into())
}
