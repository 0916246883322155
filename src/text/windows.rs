//! Windows-1252, in which old files are.

/// The upper half of Windows-1252 where it differs from Latin-1 (WHATWG Encoding, index windows-1252); 0 is undefined.
const HIGH: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
];

/// Decodes Windows-1252, or nothing when a byte has no character there or is a control character no text holds.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    bytes
        .iter()
        .map(|&byte| match byte {
            0x80..=0x9F => HIGH
                .get(usize::from(byte) - 0x80)
                .filter(|code| **code != 0)
                .and_then(|code| char::from_u32(u32::from(*code))),
            0x00..=0x08 | 0x0E..=0x1F | 0x7F => None,
            _ => Some(char::from(byte)),
        })
        .collect()
}
