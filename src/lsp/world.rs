//! What the server checks with: the project as it was last loaded, and one text as it was last read.

use crate::check::Memory;
use crate::claim::Reading;
use crate::desk::{Answer, Desk};
use crate::diagnostic::Diagnostic;
use crate::fact::BaseError;
use crate::lint::Counts;
use crate::pack::Problem;
use crate::terms::Wish;
use crate::text::Source;
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

/// A loaded project.
pub struct World {
    /// What its texts are checked with.
    pub desk: Desk,
    /// The corpora of its configuration.
    pub corpora: Vec<PathBuf>,
    /// A page on the disk that describes its rules, a chapter each. It goes when this does.
    pub reference: Option<tempfile::TempPath>,
    /// The folder from which paths of evidence are seen.
    pub folder: PathBuf,
    /// What of the articles that are known was not read, in words for people.
    pub unread: Vec<String>,
}

/// A text as it was read and checked.
pub struct Analysis {
    /// The version of the text.
    pub version: i32,
    /// What was read; nothing where there is no prose.
    pub reading: Option<Reading>,
    /// Its findings, without those that somebody let stand; or why it could not be checked.
    pub found: Result<Found, BaseError>,
    /// What was found out of this version and those before it.
    pub memory: Arc<Memory>,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub struct Found {
    /// Its findings.
    pub diagnostics: Vec<Diagnostic>,
    /// How its claims fared.
    pub counts: Counts,
}

/// What the client may set.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// What is wanted of each check.
    pub check: Wish,
    /// Whether verified claims are hinted at.
    pub inlay_hints: bool,
}

impl World {
    /// Reads and checks a text, as `factlint check` does. `before` is what this world made of an earlier version of it.
    pub fn analyse(&self, path: &str, text: &str, version: i32, wish: &Wish, before: Option<&Analysis>) -> Analysis {
        let memory = before.map(|before| Arc::clone(&before.memory)).unwrap_or_default();
        let Ok(source) = Source::read(path, text.as_bytes().to_vec()) else {
            return Analysis { version, reading: None, found: Ok(Found::default()), memory };
        };
        let reading = match before.and_then(|before| before.reading.as_ref()) {
            Some(before) => self.desk.reread(source, wish, before),
            None => self.desk.read(source, wish),
        };
        let answer = self.desk.recheck(&reading, wish, &memory);
        let found = answer.map(|Answer { diagnostics, counts, .. }| Found { diagnostics, counts });
        Analysis { version, reading: Some(reading), found, memory }
    }
}
