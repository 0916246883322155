//! What a text teaches: the same extraction that checking uses, folded into facts.

use crate::claim::{self, Reading};
use crate::fact::{Memory, observe};
use crate::pack::Packs;
use crate::text::{self, Document, Source};
use std::sync::Arc;

/// Reads one source.
pub fn read(source: Source, packs: &Packs) -> Reading {
    claim::read(Arc::new(text::read(Arc::new(source), &packs.language)), packs)
}

/// Reads a document.
pub fn read_document(document: Document, packs: &Packs) -> Reading {
    claim::read(Arc::new(document), packs)
}

/// Reads a document of which an earlier version was read with the same packs.
pub fn reread_document(document: Document, before: &Reading, packs: &Packs) -> Reading {
    claim::reread(Arc::new(document), before, packs)
}

/// Learns what readings say into a fact base in memory.
pub fn learn(readings: &[Reading], packs: &Packs) -> Memory {
    Memory::new(readings.iter().flat_map(|reading| observe(reading, packs)).collect(), packs)
}
