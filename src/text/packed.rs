//! Text that is packed: DOCX and gzip. Nothing is unpacked to the disk, and nothing beyond a bound.

use super::{Unread, docx};
use std::io::Read;

/// So much is unpacked at most, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What was inside a packed file.
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    /// Whether it was packed at all.
    pub(super) packed: bool,
    /// What of it could not be read; places are in the bytes that were unpacked.
    pub(super) unread: Vec<Unread>,
}

/// What a path says of packing: what is inside, and how it is unpacked.
pub(super) fn unpack(path: &str, bytes: Vec<u8>) -> Result<Unpacked, String> {
    let lower = path.to_ascii_lowercase();
    let packed = lower.ends_with(".gz") || lower.ends_with(".docx");
    let bytes = if lower.ends_with(".gz") { gunzip(&bytes)? } else { bytes };
    if !lower.trim_end_matches(".gz").ends_with(".docx") {
        return Ok(Unpacked { bytes, packed, unread: Vec::new() });
    }
    let (text, unread) = docx::unpack(bytes)?;
    Ok(Unpacked { bytes: text.into_bytes(), packed, unread })
}

/// Reads to the end, or to the bound.
pub(super) fn bounded(input: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| format!("it cannot be unpacked: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("it unpacks to more than {} MB; unpack it and cut it first", MAX_BYTES / 1024 / 1024));
    }
    Ok(bytes)
}

fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    bounded(flate2::read::MultiGzDecoder::new(bytes))
}
