//! Bounded memory and linear time: inputs that an attacker or an accident makes, each doubled from 50 KB to 800 KB.
//!
//! `cargo bench --bench growth` checks each of them and fails where a doubling takes more than 2.4 times the processor's
//! time, or where an input of 1 MB takes more than 500 MB or 10 seconds. It prints a line for each input; `-- NAME` checks
//! those whose name begins so. Time and memory are told by the system, so that it measures on Linux alone.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A doubling may take so many times as long: twice, and what the caches of a machine add.
const GROWTH: f64 = 2.4;
/// What an input of 1 MB may take.
const SECONDS: f64 = 10.0;
const MEGABYTES: f64 = 500.0;
/// The clock of the system is as fine as a hundredth of a second: under so many seconds it says nothing of growth.
const MEASURED: f64 = 0.25;
/// What takes too long is run so often before it is believed, for a machine may be busy; the quickest run counts.
const RUNS: usize = 4;

/// The sizes of which each is twice the one before, and the size that is bounded.
const SIZES: [usize; 5] = [50_000, 100_000, 200_000, 400_000, 800_000];
const MEGABYTE: usize = 1_000_000;

/// What is repeated in a file, and what stands around it.
struct Input {
    name: &'static str,
    ending: &'static str,
    before: &'static str,
    unit: &'static str,
    behind: &'static str,
}

const fn of(name: &'static str, ending: &'static str, unit: &'static str) -> Input {
    Input { name, ending, before: "", unit, behind: "" }
}

const INPUTS: &[Input] = &[
    // Words of which no sentence ends, and what each of the checks looks for.
    of("apostrophes", "txt", "'"),
    of("double apostrophes", "txt", "''"),
    of("straight marks", "txt", "\""),
    of("curly marks", "md", "“a "),
    of("curly marks in sentences", "txt", "“A. "),
    of("quotations", "txt", "“a,” said "),
    of("dates", "md", "Sunday 17 August 2025. "),
    of("dates in lines", "html", "date: 2025-08-17\n"),
    of("numbers", "txt", "1. "),
    of("numbers in html", "html", "1. "),
    of("casualties", "txt", "10 people were killed. "),
    of("casualties in lines", "txt", "10 killed and\n"),
    of("honorifics", "txt", "Mr. "),
    of("honorifics in lines", "html", "Mr\n"),
    of("particles", "txt", "van der "),
    of("number words", "txt", "ten "),
    of("offices", "txt", "Finnish President Alexander Stubb, "),
    of("slips of outlets", "md", "US President Donald Trump told CCN, "),
    of("speakers", "txt", "the president said "),
    of("descriptions", "txt", "the former president "),
    of("descriptions in paragraphs", "html", "<p>The former president.</p>"),
    of("slips of names", "txt", "Anna Lindberg met Anne Lindberg. "),
    of("spellings", "txt", "Kyiv and Kiev. "),
    of("conversions", "txt", "It cost $10m (£8m). "),
    of("acronyms", "txt", "(ABC) "),
    of("lines", "txt", "10\n"),
    of("short lines", "txt", "1\n"),
    of("short lines", "md", "1\n"),
    of("one word", "txt", "a"),
    of("quotations that go on", "txt", "“A. So.\n\n"),
    of("quotations in marks of all sorts", "txt", "“a «b \"c "),
    of("addresses", "txt", "www.a.example/b "),
    of("an address without an end", "txt", "a.b=c_d@e{f}"),
    of("brackets", "txt", "[ "),
    of("capitals", "txt", "A "),
    of("combining marks", "txt", "a\u{301}"),
    of("emoji", "txt", "😀 "),
    // Markup.
    of("comments that allow", "md", "<!-- factlint: allow office: so --> A "),
    of("links", "md", "[a]("),
    of("emphasis", "md", "*a "),
    of("quotes in quotes", "md", "> "),
    of("tables", "md", "| a "),
    of("rules", "md", "---\n"),
    of("comments", "html", "a <!--"),
    of("elements", "html", "<div>a"),
    of("references", "html", "&amp;"),
    Input {
        name: "CDATA",
        ending: "xml",
        before: "<rss><channel><item><title>A</title>",
        unit: "<![CDATA[",
        behind: "",
    },
    Input {
        name: "items",
        ending: "xml",
        before: "<rss><channel>",
        unit: "<item><title>A b</title></item>",
        behind: "",
    },
    Input { name: "escapes", ending: "json", before: "{\"title\":\"A\",\"text\":\"", unit: "\\u0041", behind: "\"}" },
    Input { name: "objects", ending: "json", before: "{\"text\":\"A b\",\"x\":", unit: "{\"a\":", behind: "" },
    of("records", "jsonl", "{\"title\": \"A\", \"text\": \"It rose.\"}\n"),
    of("reStructuredText", "rst", "* a ``b`` `c`_\n\n"),
    of("AsciiDoc", "adoc", "== A\n\n* a _b_ `c`,\n\n"),
    of("marks of targets", "rst", "`|_`"),
    of("marks of references", "adoc", "<<a,"),
    of("anchors", "md", "# A\n\n[a](#a)\n\n"),
];

fn main() -> ExitCode {
    if !Path::new("/proc/self/stat").exists() {
        println!("this system does not say what a process took; nothing was measured");
        return ExitCode::SUCCESS;
    }
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("growth");
    std::fs::create_dir_all(&folder).unwrap();
    let inputs = INPUTS.iter().filter(|input| input.name.starts_with(&wanted));
    let failed = inputs.filter(|input| !input.is_within_bounds(&folder)).count();
    std::fs::remove_dir_all(&folder).unwrap();
    if failed > 0 {
        println!("{failed} inputs take too much");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

impl Input {
    /// Checks the input at every size, prints what it took, and says whether that is linear and within bounds.
    fn is_within_bounds(&self, folder: &Path) -> bool {
        let mut seconds = SIZES.map(|size| self.take(folder, size).0);
        let mut worst = 0.0_f64;
        for at in 1..SIZES.len() {
            let mut grown = growth(&seconds, at);
            for _ in 1..RUNS {
                if grown <= GROWTH {
                    break;
                }
                for at in [at - 1, at] {
                    let again = SIZES.get(at).map(|size| self.take(folder, *size).0);
                    let known = seconds.get_mut(at).unwrap();
                    *known = known.min(again.unwrap());
                }
                grown = growth(&seconds, at);
            }
            worst = worst.max(grown);
        }
        let (last, memory) = self.take(folder, MEGABYTE);
        let fits = worst <= GROWTH && last <= SECONDS && memory <= MEGABYTES;
        let told: Vec<String> = seconds.iter().map(|seconds| format!("{seconds:.2}")).collect();
        let (name, ending, told) = (self.name, self.ending, told.join(" "));
        let verdict = if fits { "" } else { " TOO MUCH" };
        println!("{name} ({ending}): {told} s, at most {worst:.1} times; 1 MB {last:.2} s, {memory:.0} MB{verdict}");
        fits
    }

    /// The processor's seconds and the megabytes that a check of so many bytes takes.
    fn take(&self, folder: &Path, size: usize) -> (f64, f64) {
        let file = folder.join(format!("input.{}", self.ending));
        let text = self.unit.repeat(size / self.unit.len());
        std::fs::write(&file, format!("{}{text}{}", self.before, self.behind)).unwrap();
        run(&file)
    }
}

/// How many times as long a size takes as the one before it; nothing where that is too short to be measured.
fn growth(seconds: &[f64], at: usize) -> f64 {
    let (before, here) = (seconds.get(at - 1).unwrap(), seconds.get(at).unwrap());
    if *here < MEASURED { 0.0 } else { here / before.max(0.01) }
}

/// The processor's seconds and the megabytes of one check.
fn run(file: &PathBuf) -> (f64, f64) {
    let before = children();
    let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["check", "--fail-on", "never", "--format", "short"])
        .arg(file)
        .env("RAYON_NUM_THREADS", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let started = Instant::now();
    let mut kilobytes = 0.0_f64;
    // The highest mark is told while the process runs; the last one that is seen lacks a moment.
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        kilobytes = kilobytes.max(peak.unwrap_or_default());
        // What is worse than linear would be waited for in vain.
        if started.elapsed() > Duration::from_secs_f64(4.0 * SECONDS) {
            child.kill().unwrap();
        }
        sleep(Duration::from_millis(2));
    }
    (children() - before, kilobytes / 1000.0)
}

/// The processor's seconds of the children that this process waited for: fields 16 and 17, in hundredths.
fn children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks = fields.split_whitespace().skip(13).take(2).map(|ticks| ticks.parse::<f64>().unwrap());
    ticks.sum::<f64>() / 100.0
}
