//! What the targets check with: the built-in packs and a small archive.

use factlint::claim::Reading;
use factlint::fact::{Both, Memory, Stated};
use factlint::lint::{Findings, Options, lint};
use factlint::{Packs, Source, learn, pack};
use std::sync::{Arc, OnceLock};

/// Articles that the drafts of the corpus conflict with.
const ARCHIVE: [&str; 3] = [
    "2025-08-16\n\nFinnish President Alexander Stubb will join the talks. Steve Witkoff told CNN that a deal is near.\n",
    "2025-08-17\n\nThe president of Finland, Alexander Stubb, flew in. \"Nobody knows,\" said Steve Witkoff, who spoke to CNN.\n",
    "2025-08-18\n\nAda Lund, 42, opened the bridge on Sunday. It cost £12m, 3 of them lent by the state.\n",
];

/// The built-in packs.
pub fn packs() -> &'static Arc<Packs> {
    static PACKS: OnceLock<Arc<Packs>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let read = |(name, text): &(&'static str, &'static str)| Source::read(*name, text.as_bytes().to_vec());
        let sources: Vec<Arc<Source>> =
            pack::built_in().iter().filter_map(|pack| read(pack).ok()).map(Arc::new).collect();
        Arc::new(pack::load(&sources).0)
    })
}

/// Checks a draft against what packs state and the archive.
pub fn check(draft: &Reading) -> Findings {
    static BASE: OnceLock<Both<Stated, Memory>> = OnceLock::new();
    let base = BASE.get_or_init(|| {
        let read = |(number, text): (usize, &&str)| Source::read(format!("{number}.txt"), text.as_bytes().to_vec());
        let sources = ARCHIVE.iter().enumerate().filter_map(|article| read(article).ok());
        let readings: Vec<Reading> = sources.map(|source| learn::read(source, packs())).collect();
        Both(Stated::new(packs()), learn::learn(&readings, packs()))
    });
    lint(draft, packs(), base, &Options::default()).expect("a base in memory answers")
}
