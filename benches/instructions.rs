//! Counts the instructions of one fixed check with `valgrind --tool=callgrind` and compares them with the committed
//! count: seconds depend on what else a machine does, instructions do not.
//!
//! `cargo bench` compares and fails when the count has risen by more than a tenth; `cargo bench -- --write` keeps the
//! new count in `benches/instructions.count`. The count belongs to one compiler and one C library: after a new one of
//! either, write it again.

use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = root.join("benches/instructions.count");
    let Some(count) = count(root) else {
        println!("valgrind is not installed, or it failed; nothing was measured");
        return ExitCode::SUCCESS;
    };
    if std::env::args().any(|argument| argument == "--write") {
        println!("{count} instructions (written)");
        return std::fs::write(kept, format!("{count}\n")).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let known: Option<u64> = std::fs::read_to_string(kept).ok().and_then(|text| text.trim().parse().ok());
    let Some(known) = known else {
        println!("{count} instructions; none committed: write them with `cargo bench -- --write`");
        return ExitCode::FAILURE;
    };
    let thousandths = count * 1000 / known;
    println!("{count} instructions, {known} committed, ratio {}.{:03}", thousandths / 1000, thousandths % 1000);
    if thousandths > 1100 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The instructions of checking the fixture articles against each other, on one thread.
fn count(root: &Path) -> Option<u64> {
    let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callgrind.out");
    let status = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(env!("CARGO_BIN_EXE_factlint"))
        .args(["check", "--against", "examples/newsroom", "--fail-on", "never", "--quiet"])
        .current_dir(root)
        .env("RAYON_NUM_THREADS", "1")
        .env("COLUMNS", "80")
        .output()
        .ok()?;
    if !status.status.success() {
        return None;
    }
    let profile = std::fs::read_to_string(profile).ok()?;
    let total = profile.lines().find_map(|line| line.strip_prefix("summary:").or(line.strip_prefix("totals:")))?;
    total.trim().parse().ok()
}
