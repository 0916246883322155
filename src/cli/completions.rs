//! `factlint completions`

use super::{Arguments, Outcome};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "factlint", &mut script);
        Outcome::new(String::from_utf8_lossy(&script).into_owned(), 0)
    }
}
