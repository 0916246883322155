//! `factlint man`

use super::{Arguments, Outcome};
use clap::{Args, CommandFactory as _};
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct Man {
    /// The folder to write to, one page a command
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

impl Man {
    pub(super) fn run(self) -> Outcome {
        let folder = crate::corpus::display(&self.folder);
        let written = std::fs::create_dir_all(&self.folder)
            .and_then(|()| clap_mangen::generate_to(Arguments::command(), &self.folder));
        match written {
            Ok(()) => Outcome::new(
                format!("wrote the man pages to {folder}; read them with `man -l {folder}/factlint.1`\n"),
                0,
            ),
            Err(error) => Outcome::failed(vec![format!("error: {folder}: cannot be written: {error}")]),
        }
    }
}
