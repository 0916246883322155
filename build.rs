//! Links the built-in packs, so that a program which starts has nothing to decode and nothing to link: `rules/*.toml` go in,
//! `packs` in the output folder comes out, which `Packs::built_in` reads where it lies.
//!
//! The rooms that this takes are those of the library itself. A change of theirs or of a pack builds this anew.

#![expect(dead_code, unused_imports, reason = "of the rooms only linking is used here")]

#[path = "src/diagnostic/mod.rs"]
mod diagnostic;
#[path = "src/image/mod.rs"]
mod image;
#[path = "src/pack/mod.rs"]
mod pack;
#[path = "src/pattern/mod.rs"]
mod pattern;
#[path = "src/text/mod.rs"]
mod text;

use std::path::PathBuf;
use std::process::ExitCode;

/// The packs as this makes them; here there are none yet.
const PACKS: &[u8] = &[];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    let (packs, problems) = pack::load(&pack::built_in_sources());
    for problem in &problems.all {
        println!("cargo::error={problem}");
    }
    let Some(folder) = std::env::var_os("OUT_DIR").filter(|_| problems.all.is_empty()) else {
        return ExitCode::FAILURE;
    };
    let bytes = packs.to_bytes();
    println!("cargo::rustc-env=PACKS_HASH={:016x}", text::fold::hash_bytes(&bytes));
    match std::fs::write(PathBuf::from(folder).join("packs"), bytes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error=the linked packs cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
