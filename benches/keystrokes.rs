//! How long a writer waits from a keystroke to the diagnostics: the real server over standard input and output, a draft
//! of 5,000 words, a base of 100,000 facts.
//!
//! `cargo bench --bench keystrokes` types 2,000 letters and prints the median, the 99th percentile and the worst, in
//! milliseconds, and the server's memory. Then it makes random edits in bursts, compares what is found with what a
//! fresh text gives, and prints the memory again; the first of these edits fill what the server remembers of the base.
//! `-- --edits 2000 --random 100000 --facts 100000` set how many, and `--draft FILE` takes another draft.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench fails by panicking")]

#[path = "../tests/support/editor.rs"]
mod editor;

use editor::Client;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Random edits are sent in bursts of so many, as a paste or a macro sends them.
const BURST: usize = 10;
/// After so many random edits the server has met most of what it will meet.
const WARM: usize = 5_000;
/// So many random edits come between two comparisons with a fresh text.
const COMPARED: usize = 1_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let number = |name: &str, default: usize| option(name).map_or(default, |value| value.parse().unwrap());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keystrokes");
    let mut random = Random::new(0x2545_f491_4f6c_dd1d);
    let facts = learned(&folder, number("--facts", 100_000), &mut random);
    let draft = option("--draft").map_or_else(|| draft(&mut random), |file| std::fs::read_to_string(file).unwrap());
    println!("{facts} facts, a draft of {} words", draft.split_whitespace().count());

    std::fs::write(folder.join("draft.md"), &draft).unwrap();
    let mut writer = Writer::open(&folder, &draft);
    let mut times = writer.type_letters(number("--edits", 2_000), &mut random);
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("keystroke to diagnostics: median {:.1}, p99 {:.1}, worst {:.1} ms", at(0.5), at(0.99), at(1.0));

    let (edits, typed) = (number("--random", 2_000), writer.memory());
    writer.edit_at_random(WARM, &mut random);
    let warm = writer.memory();
    writer.edit_at_random(edits, &mut random);
    let after = writer.memory();
    println!("{edits} random edits: the same as a fresh text; memory {warm} → {after} kB ({typed} before the first)");
    writer.client.stop();
}

/// Numbers as a shift register makes them (Marsaglia's xorshift64): the same in every run. Names are those of a cast,
/// where there is one.
struct Random {
    state: u64,
    cast: Vec<String>,
}

impl Random {
    fn new(state: u64) -> Random {
        Random { state, cast: Vec::new() }
    }

    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % end as u64).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn name(&mut self) -> String {
        if !self.cast.is_empty() {
            let at = self.below(self.cast.len());
            return self.cast[at].clone();
        }
        format!("{} {}", self.one(GIVEN), self.family())
    }

    fn family(&mut self) -> String {
        let (first, second) = (self.one(STARTS), self.one(MIDDLES));
        format!("{first}{second}{}", self.one(ENDS))
    }

    /// A sentence of what the built-in packs read: who holds an office, who told whom, who said what.
    fn sentence(&mut self) -> String {
        let (name, subject, verb) = (self.name(), self.one(SUBJECTS), self.one(VERBS));
        match self.below(12) {
            0 => {
                let (place, office) = (self.one(PLACES), self.one(OFFICES));
                // An office has had one of three holders.
                let mut holder = Random::new(HOLDERS + (place.len() * 64 + office.len() * 3 + self.below(3)) as u64);
                format!("{place} {office} {} {verb} {subject}.", holder.name())
            }
            1..=3 => format!("{name} told {} that {subject} {verb} the town.", self.one(OUTLETS)),
            4..=8 => {
                let words: Vec<&str> = (0..12).map(|_| self.one(WORDS)).collect();
                format!("“We {},” {name} said.", words.join(" "))
            }
            _ => format!("On that day {subject} {verb} {} of {} families.", self.below(90) + 10, self.below(900) + 100),
        }
    }
}

/// Where the names of those who hold offices start.
const HOLDERS: u64 = 0x9e37_79b9_7f4a_7c15;
const GIVEN: &[&str] = &[
    "Anna", "John", "Maria", "Peter", "Olga", "Karl", "Nadia", "Tomas", "Ingrid", "Samuel", "Leila", "Victor", "Hanna",
    "Oscar", "Petra", "Milan", "Agnes", "Bruno", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas",
    "Alice", "Boris", "Carla", "Denis", "Edith", "Frank", "Gloria", "Henry", "Ida", "Jakob", "Katja", "Lukas",
    "Monika", "Nils", "Otto", "Paula", "Rosa", "Stefan", "Tamara", "Ulrich", "Vera", "Walter", "Xenia", "Yusuf", "Zoe",
    "Amir",
];
const STARTS: &[&str] =
    &["Bar", "Lind", "Hol", "Mar", "Ros", "Fal", "Kes", "Tor", "Wal", "Nor", "Vel", "Gram", "Ost", "Pel"];
const MIDDLES: &[&str] = &["e", "in", "an", "o", "ber", "ma", "ti", "ra", "der", "sel", "vo", "gar", "li", "mon"];
const ENDS: &[&str] =
    &["ski", "berg", "sson", "feld", "quist", "mann", "dale", "wick", "ova", "escu", "ton", "rup", "lund", "holm"];
const PLACES: &[&str] = &[
    "French",
    "German",
    "Finnish",
    "Polish",
    "Spanish",
    "Italian",
    "Austrian",
    "Danish",
    "Swedish",
    "Norwegian",
    "Dutch",
    "Belgian",
    "Irish",
    "Greek",
    "Turkish",
    "Czech",
    "Slovak",
    "Hungarian",
    "Romanian",
    "Bulgarian",
    "Serbian",
    "Croatian",
    "Estonian",
    "Latvian",
    "Lithuanian",
    "Ukrainian",
    "Russian",
    "Indian",
    "Chinese",
    "Japanese",
    "Brazilian",
    "Kenyan",
];
const OFFICES: &[&str] = &[
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Finance Minister",
    "Defence Minister",
    "Interior Minister",
    "Justice Minister",
    "Health Minister",
    "Education Minister",
    "Energy Minister",
    "Environment Minister",
];
const OUTLETS: &[&str] = &["CNN", "the BBC", "Reuters", "Fox News", "the Guardian", "Bloomberg", "NBC"];
const SUBJECTS: &[&str] =
    &["the harbour", "a new bridge", "the old mill", "the long winter", "a second round of talks"];
const WORDS: &[&str] = &[
    "rivers", "carry", "more", "than", "water", "and", "nobody", "asked", "for", "the", "morning", "after", "a",
    "storm", "children", "learn", "to", "wait", "under", "bridges", "that", "hold", "every", "winter", "because",
    "people", "build", "them", "with", "care", "often", "never", "before", "market", "opens", "late", "without", "its",
    "bread", "still", "we", "know", "what", "trains", "mean", "here", "when", "light", "falls", "between", "old",
    "houses", "of", "stone",
];
const VERBS: &[&str] = &["changed", "surprised", "reached", "worried", "left behind", "opened up to", "spoke of"];

/// A project in a folder whose base holds at least so many facts, and how many.
fn learned(folder: &Path, facts: usize, random: &mut Random) -> usize {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder.join("archive")).unwrap();
    // One of two sentences says something new.
    let articles = facts * 2 / SENTENCES;
    for number in 0..articles {
        let (day, month) = (number % 28 + 1, number / 28 % 12 + 1);
        let body: Vec<String> = (0..SENTENCES).map(|_| random.sentence()).collect();
        let text = format!("2025-{month:02}-{day:02}\n\n{}\n", body.join("\n\n"));
        std::fs::write(folder.join(format!("archive/{number}.txt")), text).unwrap();
    }
    std::fs::write(folder.join("factlint.toml"), "[[corpus]]\npath = \"archive\"\n").unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_factlint")).arg("learn").current_dir(folder).output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
    let kept = said.split(" · ").find_map(|part| part.strip_suffix(" facts")).and_then(|count| count.parse().ok());
    assert!(run.status.success(), "{said}");
    kept.unwrap()
}

/// People in a draft.
const PEOPLE: usize = 80;
/// Sentences of an article.
const SENTENCES: usize = 20;

/// 5,000 words in paragraphs about as many people as articles of this length name.
fn draft(random: &mut Random) -> String {
    random.cast = (0..PEOPLE).map(|_| random.name()).collect();
    let mut draft = "---\ndate: 2025-08-17\n---\n\n# A day in August\n".to_owned();
    while draft.split_whitespace().count() < 5_000 {
        draft.push('\n');
        for _ in 0..random.below(4) + 1 {
            draft.push_str(&random.sentence());
            draft.push(' ');
        }
        draft.push('\n');
    }
    draft
}

/// Somebody at work on a draft.
struct Writer {
    client: Client,
    uri: String,
    folder: PathBuf,
    text: Vec<char>,
    version: i64,
}

impl Writer {
    fn open(folder: &Path, draft: &str) -> Writer {
        let mut client = Client::start(folder, json!({}));
        let uri = format!("file://{}/draft.md", folder.display());
        client.open(&uri, draft);
        client.published(&uri, 1);
        Writer { client, uri, folder: folder.to_owned(), text: draft.chars().collect(), version: 1 }
    }

    /// Sends the replacement of some characters.
    fn replace(&mut self, from: usize, to: usize, piece: &str) {
        let range = json!({ "start": position(&self.text[..from]), "end": position(&self.text[..to]) });
        self.text.splice(from..to, piece.chars());
        self.version += 1;
        self.client.change(&self.uri, self.version, json!([{ "range": range, "text": piece }]));
    }

    fn diagnostics(&mut self) -> Vec<Value> {
        self.client.published(&self.uri, self.version)
    }

    /// Types letters and takes them back, all over the draft; how long each took in milliseconds.
    fn type_letters(&mut self, edits: usize, random: &mut Random) -> Vec<f64> {
        let mut at = 0;
        let mut times = Vec::new();
        for edit in 0..edits {
            let typed = edit % 2 == 0;
            at = if typed { random.below(self.text.len()) } else { at };
            let (to, piece) = if typed { (at, "e") } else { (at + 1, "") };
            let start = Instant::now();
            self.replace(at, to, piece);
            self.diagnostics();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times
    }

    /// Changes the draft at random and compares what is found with what a fresh text gives.
    fn edit_at_random(&mut self, edits: usize, random: &mut Random) {
        let length = self.text.len();
        for edit in 1..=edits {
            let from = random.below(self.text.len() + 1);
            // The draft stays about as long as it was.
            let most = if self.text.len() > length { 80 } else { 20 };
            let to = (from + random.below(most)).min(self.text.len());
            let piece = match random.below(8) {
                0 => random.sentence(),
                1 => random.name(),
                2 => "\n\n".to_owned(),
                3 => "😀 e\u{301}".to_owned(),
                4 => "”".to_owned(),
                5 => random.one(SUBJECTS).to_owned(),
                _ => random.one(&["e", " ", ".", "# ", "-"]).to_owned(),
            };
            self.replace(from, to, &piece);
            if edit % BURST == 0 || edit == edits {
                let found = self.diagnostics();
                if edit % COMPARED == 0 || edit == edits {
                    assert_eq!(found, self.fresh(), "after {edit} edits");
                }
            }
        }
    }

    /// What the server finds in the text when it is opened as it is.
    fn fresh(&mut self) -> Vec<Value> {
        let uri = format!("file://{}/fresh-{}.md", self.folder.display(), self.version);
        let text: String = self.text.iter().collect();
        self.client.open(&uri, &text);
        let found = serde_json::to_string(&self.client.published(&uri, 1)).unwrap();
        self.client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        serde_json::from_str(&found.replace(&uri, &self.uri)).unwrap()
    }

    /// The memory that is the server's own, in kB, without the pages of the base that the system keeps for it; 0 where
    /// the system does not say.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.client.server.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
    }
}

/// The position of the end of a text, in UTF-16 units.
fn position(text: &[char]) -> Value {
    let line = text.iter().filter(|c| **c == '\n').count();
    let start = text.iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
    let character: usize = text[start..].iter().map(|c| c.len_utf16()).sum();
    json!({ "line": line, "character": character })
}
