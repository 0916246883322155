//! Inputs changed at random, always in the same way for the same seed.

/// Numbers of Marsaglia's xorshift64.
pub struct Random(u64);

impl Random {
    /// Numbers of a seed.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below another.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 1).unwrap_or_default() % limit.max(1)
    }
}

/// An input grows to so many bytes.
const LONGEST: usize = 16 * 1024;

/// What formats, packs and sentences are made of.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\t",
    "`",
    "```",
    "```\n",
    "*",
    "**",
    "_",
    "> ",
    "- ",
    "| ",
    "|---|\n",
    "# ",
    "<",
    ">",
    "</p>",
    "<p>",
    "<style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#x202e;",
    "\"",
    "'",
    "“",
    "”",
    "\\",
    "\\n",
    "\\u0000",
    "{",
    "}",
    "[",
    "]",
    "[[",
    "]]",
    ",",
    ": ",
    "= ",
    "---\n",
    "+++\n",
    "====\n",
    "::\n",
    "..",
    ".",
    "0",
    "9",
    "1,000",
    "£12m",
    "2025-08-17",
    "Sunday",
    "Steve Witkoff",
    " told CCN",
    "CNN",
    "Finnish Prime Minister Alexander Stubb",
    "Mr Stubb",
    "he said",
    "[[rule]]\n",
    "[[fact]]\nsays = \"",
    "kind = \"term\"\n",
    "id = \"a\"\n",
    "{person}",
    "{",
    "(a|b)",
    "😀",
    "e\u{301}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{1b}[0m",
    "\0",
    "\u{ad}",
    "\u{85}",
    "ß",
    "İ",
    "<!-- factlint: allow office: so -->",
    "\"body\": \"",
    "{\"title\": \"",
];

/// Changes an input in one to six places; another one may lend it a part.
pub fn change(input: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let to = (at + 1 + random.below(32)).min(bytes.len());
        match random.below(8) {
            0 => drop(bytes.splice(at..to, [])),
            1 => {
                let part: Vec<u8> = bytes[at..to].repeat(1 + random.below(8));
                drop(bytes.splice(at..at, part));
            }
            2 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            3 if !other.is_empty() => {
                let from = random.below(other.len());
                let part = other[from..(from + 1 + random.below(200)).min(other.len())].to_vec();
                drop(bytes.splice(at..to, part));
            }
            4 => drop(bytes.splice(at..to, PIECES[random.below(PIECES.len())].bytes())),
            _ => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
        }
    }
    bytes.truncate(LONGEST);
    bytes
}
