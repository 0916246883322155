//! The diagnostics of the archive, worked out an article at a time while nothing else waits.
//!
//! Clients ask for them again and again. So articles are named by what they and the project hold, those that the client
//! has are passed over, and a request with nothing new to tell is held until there is.

use super::convert;
use super::text::{Lines, Unit};
use super::world::{Wishes, World};
use crate::corpus;
use crate::text::{Source, fold::stable_hash};
use lsp_server::RequestId;
use lsp_types::{Diagnostic, Url, WorkspaceDiagnosticParams};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::path::Path;

/// A request for the diagnostics of the archive that is not answered yet.
pub(super) struct Asked {
    pub(super) id: RequestId,
    /// Where reports go before the request is answered, if the client wants them so.
    token: Option<Value>,
    /// What the client has of each article.
    has: HashMap<Url, String>,
    /// The articles of the archive. What else a client names is never opened.
    there: BTreeSet<Url>,
    /// The articles that were not looked at yet.
    waiting: VecDeque<Url>,
    /// What was found and not told yet.
    reports: Vec<Value>,
    /// Whether anything was told.
    told: bool,
}

/// What comes of a look at an article.
pub(super) enum Step {
    /// There is more to look at.
    On,
    /// A report that goes before the answer: its token and itself.
    Report(Value, Value),
    /// Everything was looked at, and this is the answer.
    Answer(Value),
}

impl Asked {
    pub(super) fn new(id: RequestId, params: WorkspaceDiagnosticParams, world: Option<&World>) -> Asked {
        let token = params.partial_result_params.partial_result_token;
        let token = token.and_then(|token| serde_json::to_value(token).ok());
        let has = params.previous_result_ids.into_iter().map(|previous| (previous.uri, previous.value)).collect();
        let (there, waiting) = (BTreeSet::new(), VecDeque::new());
        let mut asked = Asked { id, token, has, there, waiting, reports: Vec::new(), told: false };
        asked.restart(world);
        asked
    }

    /// Looks at every article again, also at those that the client has and that are gone.
    pub(super) fn restart(&mut self, world: Option<&World>) {
        let corpora: Vec<_> = world.into_iter().flat_map(|world| world.corpora.clone()).collect();
        let files = corpus::files(&corpora).files;
        self.there = files.iter().filter_map(|file| convert::uri(&file.path)).collect();
        let waiting: BTreeSet<Url> = self.there.iter().chain(self.has.keys()).cloned().collect();
        self.waiting = waiting.into_iter().collect();
    }

    /// Whether there is something to look at or to answer. With nothing to tell, the request is held.
    pub(super) fn is_at_work(&self) -> bool {
        self.told || !self.waiting.is_empty()
    }

    /// Looks at the next article.
    pub(super) fn step(&mut self, world: &World, wishes: &Wishes, unit: Unit, state: u64) -> Step {
        let Some(uri) = self.waiting.pop_front() else {
            return Step::Answer(json!({ "items": std::mem::take(&mut self.reports) }));
        };
        let Some(report) = self.report(uri, world, wishes, unit, state) else { return Step::On };
        self.told = true;
        match &self.token {
            Some(token) => return Step::Report(token.clone(), json!({ "items": [report] })),
            None => self.reports.push(report),
        }
        Step::On
    }

    /// What is found in an article, if the client does not have it.
    fn report(&mut self, uri: Url, world: &World, wishes: &Wishes, unit: Unit, state: u64) -> Option<Value> {
        let path = convert::path(&uri);
        let bytes = self.there.contains(&uri).then(|| corpus::bytes(Path::new(&path)).ok()).flatten();
        let Some(source) = bytes.and_then(|bytes| Source::read(&path, bytes).ok()) else {
            self.has.remove(&uri)?;
            return Some(json!({ "kind": "full", "uri": uri, "version": null, "items": [] }));
        };
        let id = format!("{state:x}-{:016x}", stable_hash(&[source.text()]));
        if self.has.get(&uri) == Some(&id) {
            return None;
        }
        let analysis = world.analyse(&path, source.text(), 0, &wishes.check, None);
        let found = match analysis.found {
            Ok(found) => found.diagnostics,
            // It has no id, so that it is looked at again.
            Err(error) => {
                self.has.remove(&uri);
                let items = [convert::unchecked(&error)];
                return Some(json!({ "kind": "full", "uri": uri, "version": null, "items": items }));
            }
        };
        let lines = Lines::new(source.text(), unit);
        let found = found.iter().map(|found| convert::diagnostic(world, &source, &lines, unit, found));
        let found: Vec<Diagnostic> = found.collect();
        self.has.insert(uri.clone(), id.clone());
        Some(json!({ "kind": "full", "uri": uri, "version": null, "resultId": id, "items": found }))
    }
}
