//! `factlint lsp`

use super::add::Add;
use super::allow::Allow;
use super::learn::Learn;
use super::setup::{BaseOptions, Flawed, Known, PackOptions, Setup};
use super::{Outcome, rules};
use crate::corpus;
use crate::lsp::{self, Loaded, Parting, Project, World};
use crate::pack::{Packs, Problem};
use clap::Args;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Lsp {
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    packs: PackOptions,
    /// Standard input and output, which is what is used anyway; many clients say so
    #[arg(long)]
    stdio: bool,
}

impl Lsp {
    pub(super) fn run(self) -> Outcome {
        match lsp::serve(Box::new(Here { base: self.base, packs: self.packs })) {
            // The protocol wants 1 of a server whose client leaves without a good-bye.
            Ok(parting) => Outcome::new(String::new(), u8::from(parting == Parting::Abrupt)),
            Err(error) => {
                Outcome::failed(vec![format!("error: the client is gone or speaks another protocol: {error}")])
            }
        }
    }
}

/// The project of the working folder.
pub(super) struct Here {
    pub(super) base: BaseOptions,
    pub(super) packs: PackOptions,
}

impl Project for Here {
    fn load(&self, folder: &Path) -> Loaded {
        // Paths are seen from here, as on the command line.
        let moved = std::env::set_current_dir(folder).map_err(|error| format!("{}: {error}", folder.display()));
        let mut loaded = Loaded {
            world: None,
            problems: Vec::new(),
            errors: moved.err().into_iter().collect(),
            is_unlearned: false,
        };
        let setup = match self.packs.assemble(&[]) {
            Ok(setup) => setup,
            Err(Flawed { errors, problems }) => {
                loaded.errors.extend(errors);
                loaded.problems = problems;
                return loaded;
            }
        };
        loaded.is_unlearned = setup.is_unlearned(&self.base);
        match world(setup, &self.base) {
            Ok(world) => {
                loaded.errors.extend(world.unread.iter().map(|unread| format!("not read: {unread}")));
                loaded.world = Some(world);
            }
            // The base that is missing is offered instead.
            Err(outcome) if loaded.is_unlearned && outcome.notices.len() == 1 => {}
            Err(outcome) => loaded.errors.extend(outcome.notices),
        }
        loaded
    }

    fn problems(&self, unsaved: &[(PathBuf, Arc<String>)]) -> Vec<Problem> {
        let unsaved = unsaved.iter().map(|(path, text)| (corpus::absolute(path), text.to_string())).collect();
        let assembled = self.packs.clone().with_unsaved(unsaved).assemble(&[]);
        assembled.err().map(|flawed| flawed.problems).unwrap_or_default()
    }

    fn learn(&self) -> Result<String, String> {
        Learn::configured(self.packs.clone()).into(&self.base).run().said()
    }

    fn allow(&self, place: &str, rule: &str, because: &str) -> Result<String, String> {
        Allow::finding(place, rule, because, self.base.clone(), self.packs.clone()).run().said()
    }

    fn add(&self, sentence: &str) -> Result<String, String> {
        Add::sentence(sentence, self.packs.clone()).run().said()
    }
}

/// What a loaded project is checked with.
pub(super) fn world(setup: Setup, base: &BaseOptions) -> Result<World, Outcome> {
    let corpora = setup.config.corpora.iter().map(|entry| entry.path.clone()).collect();
    let folder = setup.base_path(None).0.parent().map(Path::to_owned).unwrap_or_default();
    let Known { desk, corpus, .. } = setup.known(base)?;
    let unread = corpus.unread.iter().map(ToString::to_string).collect();
    let reference = reference(desk.packs());
    Ok(World { desk, corpora, reference, folder, unread })
}

/// The reference of the rules as a page on the disk, to which findings link; there is no network to link to. It has
/// a name that nobody can guess, is its owner's alone, and goes when it is dropped.
fn reference(packs: &Packs) -> Option<tempfile::TempPath> {
    let mut page = tempfile::Builder::new().prefix("factlint-rules-").suffix(".md").tempfile().ok()?;
    page.write_all(rules::reference(packs).as_bytes()).ok()?;
    Some(page.into_temp_path())
}
