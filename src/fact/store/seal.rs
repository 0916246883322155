//! Whether a base is as `learn` left it: a sum over its pages, kept behind the last of them.
//!
//! SQLite notices damage where it stumbles over it, and not where a byte of a name or of an index is another one: then a
//! look-up finds nothing. So the sum is compared before a base is believed. It stands on a page of its own that SQLite does not
//! count and cuts off when it writes. Which bases must have it their header says: it is marked as sealed once the seal is on
//! the disk, and what `learn` commits is not yet. So a run that is killed at its end leaves a base that is checked by SQLite's own
//! means, and a base that lost its seal is damaged. Any change within eight bytes is noticed for certain, since each step of the sum can
//! be undone; summing costs a third of a second for a gigabyte.

use super::{APPLICATION_ID, SEALED_ID};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::SystemTime;

const MARK: &[u8; 8] = b"fctlseal";
/// The page of the seal: zeros, the mark and the sum.
const PAGE: u64 = 4096;
/// What SQLite changes without changing what is kept: the journal's mode, and how often and by which version it was written.
const FLEETING: [std::ops::Range<usize>; 3] = [18..20, COUNTER, 92..100];
const COUNTER: std::ops::Range<usize> = 24..28;
const HEADER: usize = 100;
/// Where the header says what the file is, which changes when it is sealed; summed as it is before.
const ID: std::ops::Range<usize> = 68..72;

/// What the seal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// Nothing was changed.
    Whole,
    /// Something was.
    Broken,
    /// There is none, or there is a log: SQLite has to look.
    Absent,
}

/// By which it is seen that a file is another one than before, without reading it: its length, and when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp(u64, SystemTime);

/// The stamp of a file.
pub(super) fn stamp(path: &Path) -> io::Result<Stamp> {
    let file = std::fs::metadata(path)?;
    Ok(Stamp(file.len(), file.modified()?))
}

/// Compares the seal of a base with its pages.
pub(super) fn read(path: &Path) -> io::Result<Seal> {
    let before = is_written(path);
    let mut file = File::open(path)?;
    let Some(pages) = file.metadata()?.len().checked_sub(PAGE).filter(|pages| *pages > 0) else {
        return Ok(Seal::Absent);
    };
    file.seek(SeekFrom::End(-20))?;
    let mut kept = [0; 20];
    file.read_exact(&mut kept)?;
    let (mark, rest) = kept.split_at(MARK.len());
    if mark != MARK {
        return Ok(Seal::Absent);
    }
    let (counter, sum) = rest.split_at(COUNTER.len());
    file.rewind()?;
    let found = self::sum(&mut file, pages)?;
    let is_same = found.sum.to_le_bytes() == sum;
    Ok(match is_same {
        true => Seal::Whole,
        false if before || is_written(path) || found.counter != counter => Seal::Absent,
        false => Seal::Broken,
    })
}

/// Seals a base. Nobody else may be writing it.
pub(super) fn write(path: &Path) -> io::Result<()> {
    if is_written(path) {
        return Ok(());
    }
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let mut header = [0; HEADER];
    file.read_exact(&mut header)?;
    let number = |range: std::ops::Range<usize>| {
        header.get(range).unwrap_or_default().iter().fold(0, |number: u64, byte| number << 8 | u64::from(*byte))
    };
    // The largest page size does not fit, and is written as 1.
    let pages = number(28..32) * if number(16..18) == 1 { 65_536 } else { number(16..18) };
    file.rewind()?;
    let found = sum(&mut file, pages)?;
    let mut page = vec![0; usize::try_from(PAGE).unwrap_or_default() - 20];
    page.extend(MARK);
    page.extend(found.counter);
    page.extend(found.sum.to_le_bytes());
    file.seek(SeekFrom::Start(pages))?;
    file.write_all(&page)?;
    file.set_len(pages + PAGE)?;
    file.sync_all()?;
    file.seek(SeekFrom::Start(ID.start as u64))?;
    file.write_all(&SEALED_ID.to_be_bytes())?;
    file.sync_all()
}

/// Whether a log of SQLite lies beside a base: its pages are just changing.
fn is_written(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|end| {
        let mut log = path.as_os_str().to_owned();
        log.push(end);
        std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
    })
}

struct Summed {
    counter: [u8; 4],
    sum: u64,
}

/// The sum of so many bytes from here on.
fn sum(file: &mut File, bytes: u64) -> io::Result<Summed> {
    let mut buffer = vec![0; 1 << 20];
    let mut summed = Summed { counter: [0; 4], sum: 0 };
    // Four sums side by side, which processors work on at once.
    let mut lanes: [u64; 4] = [1, 2, 3, 4];
    let mut left = bytes;
    while left > 0 {
        let length = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let Some(part) = buffer.get_mut(..length) else { break };
        file.read_exact(part)?;
        if left == bytes {
            part.get(COUNTER).into_iter().for_each(|counter| summed.counter.copy_from_slice(counter));
            for range in FLEETING {
                part.get_mut(range).into_iter().for_each(|bytes| bytes.fill(0));
            }
            part.get_mut(ID).into_iter().for_each(|id| id.copy_from_slice(&APPLICATION_ID.to_be_bytes()));
        }
        for block in part.as_chunks::<32>().0 {
            for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
                *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
            }
        }
        left -= length as u64;
    }
    summed.sum = lanes.iter().fold(bytes, |sum, lane| (sum ^ lane).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23));
    Ok(summed)
}
