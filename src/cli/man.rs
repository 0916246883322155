//! `factlint man`

use super::{Arguments, Outcome, write};
use crate::report::shown;
use clap::{Args, Command, CommandFactory as _};
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
        let mut command = Arguments::command();
        command.build();
        match std::fs::create_dir_all(&self.folder).and_then(|()| self.write(&command)) {
            Ok(()) => Outcome::new(
                format!(
                    "{}\n",
                    shown(&format!("wrote the man pages to {folder}; read them with `man -l {folder}/factlint.1`"))
                ),
                0,
            ),
            Err(error) => Outcome::failed(vec![format!("error: {folder}: cannot be written: {error}")]),
        }
    }

    /// Writes the page of a command and those of its own commands.
    fn write(&self, command: &Command) -> std::io::Result<()> {
        command
            .get_subcommands()
            .filter(|command| !command.is_hide_set())
            .try_for_each(|command| self.write(command))?;
        let page = clap_mangen::Man::new(command.clone());
        let mut text = Vec::new();
        page.render(&mut text)?;
        write::whole(&self.folder.join(page.get_filename()), &String::from_utf8_lossy(&text))
    }
}
