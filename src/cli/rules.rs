use super::Outcome;
#[derive(clap::Args)]
pub(super) struct Rules {}
impl Rules { pub(super) fn run(self) -> Outcome { Outcome::new(String::new(), 0) } }
