//! The bytes of an image, and how they are written and read.

use crate::text::Source;
use std::borrow::Cow;
use std::sync::Arc;

/// The bytes of values, with the sources that these stand in.
#[derive(Debug, Default)]
pub struct Image {
    bytes: Cow<'static, [u8]>,
    sources: Vec<Arc<Source>>,
}

impl Image {
    /// Bytes that a [`Writer`] made for the same sources.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>, sources: Vec<Arc<Source>>) -> Arc<Image> {
        Arc::new(Image { bytes: bytes.into(), sources })
    }
}

/// Collects the bytes of values.
#[derive(Debug)]
pub struct Writer<'a> {
    bytes: Vec<u8>,
    sources: &'a [Arc<Source>],
}

impl<'a> Writer<'a> {
    /// A writer of values that stand in these sources.
    pub fn new(sources: &'a [Arc<Source>]) -> Writer<'a> {
        Writer { bytes: Vec::new(), sources }
    }

    /// A writer of values that stand in the same sources, whose bytes are taken in later.
    pub(super) fn apart(&self) -> Writer<'a> {
        Writer::new(self.sources)
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many bytes were written.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Writes a number, a small one in few bytes.
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Writes a count.
    pub(super) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    /// Writes a number that is found by its place.
    pub(super) fn fixed(&mut self, number: usize) {
        self.bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
    }

    /// Writes a text.
    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    /// Writes bytes as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The number of a source; one that is not among those of the image has none.
    pub(super) fn source(&mut self, source: &Arc<Source>) {
        let number = self.sources.iter().position(|known| Arc::ptr_eq(known, source));
        self.count(number.unwrap_or(usize::MAX));
    }
}

/// Reads values of an image, from a place in it on.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    image: &'a Arc<Image>,
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads from the start.
    pub fn new(image: &'a Arc<Image>) -> Reader<'a> {
        Reader::from(image, 0)
    }

    /// Reads from a place on, in bytes.
    pub(super) fn from(image: &'a Arc<Image>, at: usize) -> Reader<'a> {
        Reader { image, at }
    }

    /// The image.
    pub(super) fn image(&self) -> &'a Arc<Image> {
        self.image
    }

    /// Where the next value is read, in bytes.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// A number.
    pub(super) fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = *self.image.bytes.get(self.at)?;
            self.at += 1;
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            shift += 7;
            if byte < 0x80 {
                return Some(number);
            }
        }
    }

    /// A count.
    pub(super) fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// A number that is found by its place.
    pub(super) fn fixed(&mut self) -> Option<usize> {
        let bytes: [u8; 4] = self.bytes(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    /// A text.
    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = self.count()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    /// So many bytes.
    pub(super) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let bytes = self.image.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(bytes)
    }

    /// A source.
    pub(super) fn source(&mut self) -> Option<Arc<Source>> {
        let number = self.count()?;
        self.image.sources.get(number).map(Arc::clone)
    }
}
