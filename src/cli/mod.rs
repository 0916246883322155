//! The command line: one file a subcommand.
//!
//! Exit status: 0 when nothing was found at or above `--fail-on`, 1 when something was, 2 for a mistake in usage or
//! input. Reports go to standard output, notices and errors to standard error.

mod add;
mod allow;
mod audit;
mod backtest;
mod baseline;
mod changed;
mod check;
mod claims;
mod compare;
mod completions;
mod facts;
mod gather;
mod house;
mod import;
mod init;
mod kept;
mod learn;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
#[cfg(feature = "lsp")]
mod mcp;
mod mend;
mod patch;
mod patterns;
mod rules;
mod schema;
mod setup;
mod test;
mod trail;
mod why;
mod write;

use crate::fact::BaseError;
use crate::report::shown;
use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::process::ExitCode;

/// The copy desk's memory as a linter: reports what a draft says against what is known.
#[derive(Parser)]
#[command(name = "factlint", version, disable_help_subcommand = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check drafts against what is known, and show the evidence
    Check(check::Check),
    /// Derive the fact base from a corpus, or bring it up to date
    Learn(learn::Learn),
    /// Look into what is known: an entity, its facts in time, their evidence, disputes
    Facts(facts::Facts),
    /// Add a fact to the project's pack
    Add(add::Add),
    /// Let a finding stand, with the reason
    Allow(allow::Allow),
    /// List every checkable claim of a draft with its verdict and evidence
    Claims(claims::Claims),
    /// Show how a sentence was read, and why it is silent
    Why(why::Why),
    /// Run the examples inside packs
    Test(test::Test),
    /// List the rules, or explain one
    Rules(rules::Rules),
    /// Show the pattern language
    Patterns(patterns::Patterns),
    /// Switch factlint on in this folder: a configuration, a first pack, and what a corpus says
    Init(init::Init),
    /// List the articles that contradict a fact
    Audit(audit::Audit),
    /// Try the rules of a pack on trusted articles: what they hit, and how often
    Backtest(backtest::Backtest),
    /// Show which findings come and go between two packs or two fact bases
    Compare(compare::Compare),
    /// Serve editors over standard input and output (Language Server Protocol)
    #[cfg(feature = "lsp")]
    Lsp(lsp::Lsp),
    /// Serve language models over standard input and output (Model Context Protocol)
    #[cfg(feature = "lsp")]
    Mcp(mcp::Mcp),
    /// Turn what another tool knows into a pack: a Vale style, or office holders of Wikidata
    Import(import::Import),
    /// Print the completions of a shell
    Completions(completions::Completions),
    /// Write man pages into a folder
    Man(man::Man),
    /// Print the JSON Schema of packs, or of factlint.toml
    Schema(schema::Schema),
}

/// What a command comes to.
struct Outcome {
    /// For standard output.
    out: String,
    /// For standard error, as it is: drawn rows.
    drawn: String,
    /// For standard error, a row each.
    notices: Vec<String>,
    status: u8,
}

impl Outcome {
    fn new(out: String, status: u8) -> Outcome {
        Outcome { out, drawn: String::new(), notices: Vec::new(), status }
    }

    fn failed(notices: Vec<String>) -> Outcome {
        Outcome { out: String::new(), drawn: String::new(), notices, status: 2 }
    }

    /// What a command comes to, whether it went through or not.
    fn settled(result: Result<Outcome, Outcome>) -> Outcome {
        result.unwrap_or_else(|outcome| outcome)
    }

    /// What it says, for the servers.
    #[cfg(feature = "lsp")]
    fn said(self) -> Result<String, String> {
        if self.status == 0 { Ok(self.out) } else { Err(self.notices.join("; ")) }
    }
}

/// What could not be asked ends a run, at every door alike.
impl From<BaseError> for Outcome {
    fn from(error: BaseError) -> Outcome {
        Outcome::failed(vec![format!("error: {error}")])
    }
}

fn execute(command: Command) -> Outcome {
    match command {
        Command::Check(command) => command.run(),
        Command::Learn(command) => command.run(),
        Command::Facts(command) => command.run(),
        Command::Add(command) => command.run(),
        Command::Allow(command) => command.run(),
        Command::Claims(command) => command.run(),
        Command::Why(command) => command.run(),
        Command::Test(command) => command.run(),
        Command::Rules(command) => command.run(),
        Command::Patterns(command) => command.run(),
        Command::Init(command) => command.run(),
        Command::Audit(command) => command.run(),
        Command::Backtest(command) => command.run(),
        Command::Compare(command) => command.run(),
        #[cfg(feature = "lsp")]
        Command::Lsp(command) => command.run(),
        #[cfg(feature = "lsp")]
        Command::Mcp(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
        Command::Schema(command) => command.run(),
    }
}

/// Parses the arguments, runs the command and prints what it came to.
pub fn main() -> ExitCode {
    let outcome = execute(arguments().command);
    let mut errors = std::io::stderr().lock();
    if !outcome.drawn.is_empty() {
        let _ = writeln!(errors, "{}", outcome.drawn.trim_end());
    }
    for notice in &outcome.notices {
        let _ = writeln!(errors, "{}", shown(notice.trim_end()));
    }
    let mut out = std::io::stdout().lock();
    match out.write_all(outcome.out.as_bytes()).and_then(|()| out.flush()) {
        // A reader that goes away, as `head` does, is no failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(errors, "error: the report cannot be written: {error}");
            ExitCode::from(2)
        }
        _ => ExitCode::from(outcome.status),
    }
}

/// The command line; where it is none, that is said, and what it holds is shown as it is.
fn arguments() -> Arguments {
    Arguments::try_parse().unwrap_or_else(|error| {
        let given = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
        let odd: Vec<String> = given.filter(|value| shown(value) != *value).collect();
        if !error.use_stderr() || odd.is_empty() {
            error.exit();
        }
        // What clap says of them it cuts and wraps, so that they could not be told from its own words.
        let odd: Vec<String> = odd.iter().map(|value| format!("`{}`", shown(value))).collect();
        let said =
            format!("error: the command line is not understood ({}), and of it {}", error.kind(), odd.join(", "));
        let _ = writeln!(std::io::stderr(), "{said} holds characters that act on a terminal");
        std::process::exit(2);
    })
}
