//! What the server checks with: the project as it was last loaded, and one text as it was last read.

use crate::claim::Reading;
use crate::config::Config;
use crate::corpus::Settings;
use crate::fact::{Base, BaseError};
use crate::learn;
use crate::lint::{Findings, Options, RuleSettings, lint};
use crate::pack::{Packs, Problem};
use crate::suppress::{Allowed, suppress};
use crate::text::{self, Date, Source};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a project is loaded and written to: the command line knows.
pub trait Project: Send {
    /// Loads the project of a folder, which becomes the working folder.
    fn load(&self, folder: &Path) -> Loaded;
    /// Mistakes in packs and configuration, with the texts that an editor has of some files. In the working folder.
    fn problems(&self, unsaved: &[(PathBuf, Arc<String>)]) -> Vec<Problem>;
    /// Learns the archive of the configuration. What that came to.
    ///
    /// # Errors
    /// What went wrong, in words for people.
    fn learn(&self) -> Result<String, String>;
    /// Lets the finding of a rule at `FILE:LINE:COLUMN` stand, for a reason. What was kept where.
    ///
    /// # Errors
    /// What went wrong, in words for people.
    fn allow(&self, place: &str, rule: &str, because: &str) -> Result<String, String>;
    /// Adds a sentence to the facts of the project. How it was read, and where it stands.
    ///
    /// # Errors
    /// What went wrong, in words for people.
    fn add(&self, sentence: &str) -> Result<String, String>;
}

/// A project as far as it could be loaded.
pub struct Loaded {
    /// The project; nothing where packs or configuration keep it from being used.
    pub world: Option<World>,
    /// Mistakes in packs and configuration, at their places.
    pub problems: Vec<Problem>,
    /// What else is wrong, in words for people.
    pub errors: Vec<String>,
    /// Whether there is an archive that was not learned yet.
    pub is_unlearned: bool,
}

/// What holds for one file.
type FileRules = Box<dyn Fn(&str) -> (RuleSettings, Option<Date>) + Send + Sync>;

/// What is let stand in one file.
type FileAllows = Box<dyn Fn(&str) -> Vec<Allowed> + Send + Sync>;

/// A loaded project.
pub struct World {
    /// Its packs.
    pub packs: Arc<Packs>,
    /// What is known.
    pub base: Box<dyn Base>,
    /// Its configuration.
    pub config: Config,
    /// What is said of articles that do not say it themselves.
    pub settings: Settings,
    /// What the configuration says of a file, by its path.
    pub rules: FileRules,
    /// What the project lets stand in a file, by its path.
    pub allowed: FileAllows,
    /// A page on the disk that describes its rules, a chapter each. It goes when this does.
    pub reference: Option<tempfile::TempPath>,
    /// The folder from which paths of evidence are seen.
    pub folder: PathBuf,
}

/// A text as it was read and checked.
pub struct Analysis {
    /// The version of the text.
    pub version: i32,
    /// What was read; nothing where there is no prose.
    pub reading: Option<Reading>,
    /// Its findings, without those that somebody let stand; or why it could not be checked.
    pub found: Result<Findings, BaseError>,
}

/// What the client may set.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The date at which claims are judged.
    pub date: Option<Date>,
    /// The only rules to apply.
    pub only: Vec<String>,
    /// Whether verified claims are hinted at.
    pub inlay_hints: bool,
}

impl World {
    /// Reads and checks a text, as `factlint check` does.
    pub fn analyse(&self, path: &str, text: &str, version: i32, wishes: &Wishes) -> Analysis {
        let empty = || Analysis { version, reading: None, found: Ok(Findings::default()) };
        let Ok(source) = Source::read(path, text.as_bytes().to_vec()) else { return empty() };
        let mut document = text::read(Arc::new(source), &self.packs.language);
        let (rules, date) = (self.rules)(path);
        let date = wishes.date.or(date);
        Settings { date, ..self.settings.clone() }.fill(&mut document);
        let reading = learn::read_document(document, &self.packs);
        let options = Options { date, only: wishes.only.clone(), rules, ..Options::default() };
        let findings = match lint(&reading, &self.packs, &*self.base, &options) {
            Ok(findings) => findings,
            Err(error) => return Analysis { version, reading: Some(reading), found: Err(error) },
        };
        let own = reading.document.articles.first().and_then(|article| article.date);
        let is_rule = |id: &str| {
            let rule = self.packs.rules.iter().find(|rule| rule.id == id)?;
            Some(options.applied(rule).is_some())
        };
        let source = Arc::clone(&reading.document.source);
        let suppressed = suppress(&source, findings.diagnostics, &(self.allowed)(path), date.or(own), is_rule);
        let found = Findings { diagnostics: suppressed.kept, counts: findings.counts };
        Analysis { version, reading: Some(reading), found: Ok(found) }
    }
}
