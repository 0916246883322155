//! `factlint test`

use super::Outcome;
use super::setup::PackOptions;
use crate::examples::test;
use crate::report;
use clap::Args;
use std::fmt::Write as _;
use std::io::IsTerminal as _;

#[derive(Args)]
pub(super) struct Test {
    #[command(flatten)]
    packs: PackOptions,
}

impl Test {
    pub(super) fn run(self) -> Outcome {
        let setup = match self.packs.load() {
            Ok(setup) => setup,
            Err(outcome) => return outcome,
        };
        let tested = test(&setup.packs);
        let mut out = report::problems(&tested.failed, self.packs.look(false, std::io::stdout().is_terminal()));
        let widest = tested.coverage.keys().map(String::len).max().unwrap_or_default();
        for (rule, [fires, silent, learns]) in &tested.coverage {
            let lacking = if *fires == 0 || *silent == 0 { " · no example of the other sort yet" } else { "" };
            let _ = writeln!(out, "{rule:widest$}  {fires} fire · {silent} stay silent · {learns} learn{lacking}");
        }
        let _ = writeln!(out, "{} passed, {} failed", tested.passed, tested.failed.len());
        Outcome::new(out, u8::from(!tested.failed.is_empty()))
    }
}
