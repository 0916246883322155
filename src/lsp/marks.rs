//! The second thread: it owns the project, reads and checks texts, and says what was found.

use super::archive::{Asked, Step};
use super::convert;
use super::jobs::{Client, LEARN, Shared, Snapshot};
use super::text::Lines;
use super::world::{Analysis, Found, Project, Wishes, World};
use crate::fact::BaseError;
use crate::pack::Problem;
use crate::report::shown;
use crate::text::Source;
use lsp_server::{Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{Diagnostic, DiagnosticSeverity, MessageType, PublishDiagnosticsParams, ShowMessageParams, Url};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Where messages to the client go.
pub(super) type Out = crossbeam_channel::Sender<Message>;

/// The second thread's state.
pub(super) struct Marks {
    pub(super) project: Box<dyn Project>,
    pub(super) client: Client,
    pub(super) shared: Arc<Shared>,
    out: Out,
    pub(super) world: Option<World>,
    pub(super) wishes: Wishes,
    pub(super) analyses: HashMap<Url, Arc<Analysis>>,
    /// The files in which mistakes of packs and configuration were reported.
    pub(super) flawed: HashSet<Url>,
    /// Requests for the diagnostics of the archive.
    pub(super) asked: Vec<Asked>,
    /// Whether it was offered to learn the archive.
    offered: bool,
    /// How often the project was loaded or set: what was found before may not hold.
    state: u64,
}

/// A text with what was found in it.
pub(super) struct Page {
    pub(super) uri: Url,
    pub(super) path: String,
    pub(super) text: Arc<String>,
    pub(super) lines: Lines,
    pub(super) analysis: Arc<Analysis>,
}

impl Page {
    /// The source, where there is prose.
    pub(super) fn source(&self) -> Option<&Source> {
        Some(&self.analysis.reading.as_ref()?.document.source)
    }

    /// What was found.
    ///
    /// # Errors
    /// Why the text could not be checked.
    pub(super) fn found(&self) -> Result<&Found, BaseError> {
        self.analysis.found.as_ref().map_err(BaseError::clone)
    }
}

impl Marks {
    pub(super) fn new(project: Box<dyn Project>, client: Client, shared: Arc<Shared>, out: Out) -> Marks {
        Marks {
            project,
            client,
            shared,
            out,
            world: None,
            wishes: Wishes::default(),
            analyses: HashMap::new(),
            flawed: HashSet::new(),
            asked: Vec::new(),
            offered: false,
            state: 0,
        }
    }

    /// The documents that the client has open.
    pub(super) fn open(&self) -> Vec<Url> {
        self.shared.open()
    }

    pub(super) fn send(&self, message: impl Into<Message>) {
        let _ = self.out.send(message.into());
    }

    pub(super) fn show(&self, kind: MessageType, message: String) {
        let params = ShowMessageParams { typ: kind, message: shown(&message).into_owned() };
        self.send(Notification::new(notification::ShowMessage::METHOD.to_owned(), params));
    }

    /// Says what is missing, with a button that mends it.
    fn offer(&self, message: &str, button: &str) {
        let params = json!({ "type": MessageType::WARNING, "message": message, "actions": [{ "title": button }] });
        let id = RequestId::from(button.to_owned());
        self.send(Request::new(id, request::ShowMessageRequest::METHOD.to_owned(), params));
    }

    /// Loads the project and checks everything again.
    pub(super) fn load(&mut self) {
        let loaded = self.project.load(&self.client.folder);
        for error in &loaded.errors {
            self.show(MessageType::ERROR, format!("factlint: {}", error.trim_start_matches("error: ")));
        }
        if loaded.is_unlearned && !std::mem::replace(&mut self.offered, true) {
            self.offer("factlint: nothing is known of the archive yet", LEARN);
        }
        // While packs are flawed, the last ones that worked go on.
        if loaded.world.is_some() || self.world.is_none() {
            self.world = loaded.world;
        }
        self.flaws(&loaded.problems);
        self.proof();
        self.again();
    }

    /// Checks packs and configuration as they are while they are written.
    fn proof(&mut self) {
        let open: Vec<Url> = self.shared.open().into_iter().filter(convert::is_toml).collect();
        let text = |uri: &Url| Some((convert::file(uri)?, self.shared.snapshot(uri)?.text));
        let unsaved: Vec<_> = open.iter().filter_map(text).collect();
        if !unsaved.is_empty() {
            let problems = self.project.problems(&unsaved);
            self.flaws(&problems);
        }
    }

    /// Says what is wrong with packs and configuration, and where nothing is wrong any more.
    fn flaws(&mut self, problems: &[Problem]) {
        let mut flaws: BTreeMap<Url, Vec<Diagnostic>> = BTreeMap::new();
        for problem in problems {
            let Some(uri) = convert::uri(Path::new(problem.source.path())) else { continue };
            let lines = Lines::new(problem.source.text(), self.client.unit);
            let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            flaws.entry(uri).or_default().push(Diagnostic {
                range: lines.range(problem.source.text(), problem.span),
                severity: Some(DiagnosticSeverity::ERROR),
                source: Some("factlint".to_owned()),
                message: shown(&format!("{}{help}", problem.message)).into_owned(),
                ..Diagnostic::default()
            });
        }
        let mended: Vec<Url> = self.flawed.drain().filter(|uri| !flaws.contains_key(uri)).collect();
        self.flawed = flaws.keys().cloned().collect();
        mended.into_iter().for_each(|uri| self.tell(uri, Vec::new(), None));
        flaws.into_iter().for_each(|(uri, found)| self.tell(uri, found, None));
    }

    /// Checks everything again.
    pub(super) fn again(&mut self) {
        self.analyses.clear();
        self.state += 1;
        self.asked.iter_mut().for_each(|asked| asked.restart(self.world.as_ref()));
        for method in &self.client.refreshes {
            self.send(Request::new(RequestId::from((*method).to_owned()), (*method).to_owned(), Value::Null));
        }
        for uri in self.shared.open().iter().filter(|uri| !convert::is_toml(uri)) {
            self.publish(uri);
        }
    }

    pub(super) fn tell(&self, uri: Url, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.send(Notification::new(notification::PublishDiagnostics::METHOD.to_owned(), params));
    }

    /// Sends what is found in a text, unless a newer version of it waits.
    pub(super) fn publish(&mut self, uri: &Url) {
        if convert::is_toml(uri) {
            return self.proof();
        }
        if self.client.pulls {
            return;
        }
        let before = self.analyses.get(uri).map(|analysis| analysis.version);
        let Some(page) = self.page(uri) else { return };
        let current = self.shared.snapshot(uri).is_some_and(|snapshot| snapshot.version == page.analysis.version);
        if current && before != Some(page.analysis.version) {
            self.tell(uri.clone(), self.diagnostics(&page), Some(page.analysis.version));
        }
    }

    pub(super) fn diagnostics(&self, page: &Page) -> Vec<Diagnostic> {
        let (Some(world), Some(source)) = (&self.world, page.source()) else { return Vec::new() };
        let mut all: Vec<Diagnostic> = match &page.analysis.found {
            Ok(found) => {
                let found = found.diagnostics.iter();
                found.map(|found| convert::diagnostic(world, source, &page.lines, self.client.unit, found)).collect()
            }
            Err(error) => vec![convert::unchecked(error)],
        };
        let unread = page.analysis.reading.iter().flat_map(|reading| &reading.document.unread);
        all.extend(unread.map(|unread| convert::unread(source, &page.lines, unread)));
        all
    }

    /// A text as it is now, read and checked.
    pub(super) fn page(&mut self, uri: &Url) -> Option<Page> {
        let Snapshot { version, text } = self.shared.snapshot(uri)?;
        let world = self.world.as_ref()?;
        let path = convert::path(uri);
        let before = self.analyses.get(uri).cloned();
        let known = before.clone().filter(|analysis| analysis.version == version);
        let analysis = known
            .unwrap_or_else(|| Arc::new(world.analyse(&path, &text, version, &self.wishes.check, before.as_deref())));
        match &analysis.found {
            Ok(_) => self.analyses.insert(uri.clone(), Arc::clone(&analysis)),
            // What the base could not say it may say when it is asked again.
            Err(_) => self.analyses.remove(uri),
        };
        let lines = Lines::new(&text, self.client.unit);
        Some(Page { uri: uri.clone(), path, text, lines, analysis })
    }

    /// Whether there is something to do while nothing else waits.
    pub(super) fn is_at_work(&self) -> bool {
        self.world.is_some() && self.asked.iter().any(Asked::is_at_work)
    }

    /// Does a little of what can wait.
    pub(super) fn go_on(&mut self) {
        let Some(at) = self.asked.iter().position(Asked::is_at_work) else { return };
        let mut asked = self.asked.remove(at);
        let step = AssertUnwindSafe(|| {
            let world = self.world.as_ref()?;
            Some(asked.step(world, &self.wishes, self.client.unit, self.state))
        });
        match catch_unwind(step) {
            Ok(Some(Step::Answer(answer))) => return self.send(Response::new_ok(asked.id, answer)),
            Ok(Some(Step::Report(token, report))) => {
                let params = json!({ "token": token, "value": report });
                self.send(Notification::new(notification::Progress::METHOD.to_owned(), params));
            }
            // An article that cannot be checked is passed over.
            Ok(_) | Err(_) => {}
        }
        self.asked.insert(at, asked);
    }
}
