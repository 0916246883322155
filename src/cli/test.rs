use super::Outcome;
#[derive(clap::Args)]
pub(super) struct Test {}
impl Test { pub(super) fn run(self) -> Outcome { Outcome::new(String::new(), 0) } }
