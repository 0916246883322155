//! `factlint schema`

use super::Outcome;
use crate::{config, pack};
use clap::{Args, ValueEnum};

#[derive(Args)]
pub(super) struct Schema {
    /// Of which files
    #[arg(value_enum, default_value_t = Of::Packs)]
    of: Of,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// Packs
    Packs,
    /// `factlint.toml`
    Configuration,
}

impl Schema {
    pub(super) fn run(self) -> Outcome {
        let text = match self.of {
            Of::Packs => pack::schema(),
            Of::Configuration => config::schema(),
        };
        Outcome::new(text, 0)
    }
}
