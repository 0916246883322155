//! Text that is packed: DOCX and gzip. Nothing is unpacked to the disk, and nothing beyond a bound.

use super::{Unread, word};
use std::io::{Cursor, Read};

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
    let (text, unread) = word::lines(&parts(bytes)?);
    Ok(Unpacked { bytes: text.into_bytes(), packed, unread })
}

/// Reads to the end, or to the bound.
fn bounded(input: impl Read) -> Result<Vec<u8>, String> {
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

/// The parts of a DOCX file that hold words.
fn parts(bytes: Vec<u8>) -> Result<Vec<(&'static str, String)>, String> {
    let broken = |error: zip::result::ZipError| format!("it is no DOCX file that can be read: {error}");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut parts = Vec::new();
    for name in [word::DOCUMENT].into_iter().chain(word::NOTES) {
        let file = match archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) if name != word::DOCUMENT => continue,
            Err(error) => return Err(broken(error)),
        };
        let xml = String::from_utf8(bounded(file)?).map_err(|_| format!("{name} in it is not UTF-8"))?;
        parts.push((name, xml));
    }
    Ok(parts)
}
