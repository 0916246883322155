//! Runs targets on inputs that are changed at random: `factlint-fuzz [TARGET]... --seconds 60 --seed 1`.

use factlint_fuzz::mutate::{Random, change};
use factlint_fuzz::{TARGETS, Target, corpus};
use std::panic::catch_unwind;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// An input that takes longer is a finding: none is larger than 16 KiB.
const SLOW: Duration = Duration::from_secs(5);
/// So many inputs of a run are gone on with, beside the corpus.
const KEPT: usize = 256;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str, default: u64| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse().ok().or(Some(default))
    };
    let (seconds, seed) = (option("--seconds", 60).unwrap_or(60), option("--seed", 1).unwrap_or(1));
    let named = |target: &&Target| arguments.iter().any(|argument| argument == target.name);
    let some = TARGETS.iter().any(|target| named(&target));
    let mut failed = false;
    for target in TARGETS.iter().filter(|target| !some || named(target)) {
        failed |= !fuzz(target, Duration::from_secs(seconds), seed);
    }
    ExitCode::from(u8::from(failed))
}

/// Fuzzes one target for a while; whether nothing was found.
fn fuzz(target: &Target, time: Duration, seed: u64) -> bool {
    let mut pool: Vec<Vec<u8>> = corpus(target).into_iter().map(|(_, bytes)| bytes).collect();
    let fixed = pool.len().max(1);
    if pool.is_empty() {
        pool.push(Vec::new());
    }
    let mut random = Random::new(seed);
    let (start, mut count) = (Instant::now(), 0_u64);
    while start.elapsed() < time {
        let input = change(&pool[random.below(pool.len())], &pool[random.below(pool.len())], &mut random);
        let began = Instant::now();
        let ended = catch_unwind(|| (target.run)(&input));
        count += 1;
        if ended.is_err() || began.elapsed() > SLOW {
            let what = if ended.is_err() { "it panics" } else { "it is slow" };
            println!("{}: {what} on {} after {count} inputs of seed {seed}", target.name, keep(target, &input));
            return false;
        }
        // Changes pile up, so that inputs leave the corpus behind.
        if count % 16 == 0 {
            match pool.len() - fixed {
                kept if kept < KEPT => pool.push(input),
                _ => pool[fixed + random.below(KEPT)] = input,
            }
        }
    }
    println!("{}: {count} inputs in {} s, nothing found", target.name, time.as_secs());
    true
}

/// Keeps an input; where.
fn keep(target: &Target, input: &[u8]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
    let hash = input
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    let path = folder.join(format!("{}-{hash:016x}", target.name));
    let kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input));
    kept.map_or_else(|error| format!("an input that cannot be kept ({error})"), |()| path.display().to_string())
}
