//! Every output of one run says the same: which rule finds what, in which file, at which line and column.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use serde_json::Value;
use std::process::Command;

/// Path, line, column in code points, rule.
type Place = (String, u64, u64, String);

fn output(format: &str) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["check", "--against", "examples/newsroom", "--fail-on", "never", "--quiet", "--format", format])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{format}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn sorted(mut places: Vec<Place>) -> Vec<Place> {
    places.sort();
    places
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

/// What the JSON says; the other formats are compared with it.
fn expected() -> Vec<Place> {
    let json: Value = serde_json::from_str(&output("json")).unwrap();
    let places = list(&json["diagnostics"]).iter().map(|found| {
        let span = &found["span"];
        (text(&found["path"]), number(&span["line"]), number(&span["column"]), text(&found["rule"]))
    });
    let places = sorted(places.collect());
    assert!(places.len() > 3, "the fixture has findings");
    places
}

/// The values of XML and HTML attributes of every element with this name.
fn elements(markup: &str, name: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let open = format!("<{name} ");
    let plain =
        |value: &str| value.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&amp;", "&");
    let tags = markup.split(&open).skip(1).map(|rest| rest.split_once('>').unwrap().0);
    tags.map(|tag| {
        let parts: Vec<&str> = tag.split('"').collect();
        let pairs = parts.chunks_exact(2).map(|pair| (pair[0].trim().trim_end_matches('=').to_owned(), plain(pair[1])));
        pairs.collect()
    })
    .collect()
}

#[test]
fn every_format_says_the_same() {
    let expected = expected();
    for (format, places) in [
        ("short", short()),
        ("sarif", sarif()),
        ("github", github()),
        ("gitlab", gitlab()),
        ("junit", junit()),
        ("checkstyle", checkstyle()),
        ("rdjson", rdjson()),
        ("html", html()),
    ] {
        assert_eq!(sorted(places), expected, "{format}");
    }
}

fn short() -> Vec<Place> {
    let line = |line: &str| {
        let mut parts = line.splitn(4, ':');
        let (path, row, column) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let rule = parts.next()?.split_once('[')?.1.split_once(']')?.0;
        Some((path.to_owned(), row, column, rule.to_owned()))
    };
    output("short").lines().filter_map(line).collect()
}

fn sarif() -> Vec<Place> {
    let log: Value = serde_json::from_str(&output("sarif")).unwrap();
    let results = list(&log["runs"][0]["results"]);
    let loudness = |result: &Value| ["error", "warning", "note"].iter().position(|level| *level == result["level"]);
    assert!(results.is_sorted_by_key(loudness), "the loudest first");
    assert!(results.iter().all(|result| list(&result["relatedLocations"]).len() <= 3));
    let places = results.iter().map(|result| {
        let place = &result["locations"][0]["physicalLocation"];
        let region = &place["region"];
        let path = text(&place["artifactLocation"]["uri"]);
        (path, number(&region["startLine"]), number(&region["startColumn"]), text(&result["ruleId"]))
    });
    places.collect()
}

fn github() -> Vec<Place> {
    let line = |line: &str| {
        let properties = line.split_once(' ')?.1.split_once("::")?.0;
        let all: std::collections::BTreeMap<&str, &str> =
            properties.split(',').filter_map(|property| property.split_once('=')).collect();
        let rule = all["title"].strip_prefix("factlint[")?.strip_suffix(']')?;
        Some((all["file"].to_owned(), all["line"].parse().ok()?, all["col"].parse().ok()?, rule.to_owned()))
    };
    let output = output("github");
    assert!(output.lines().all(|line| line.starts_with("::")), "one command a line");
    output.lines().filter_map(line).collect()
}

fn gitlab() -> Vec<Place> {
    let findings: Value = serde_json::from_str(&output("gitlab")).unwrap();
    let fingerprints: std::collections::BTreeSet<String> =
        list(&findings).iter().map(|found| text(&found["fingerprint"])).collect();
    assert_eq!(fingerprints.len(), list(&findings).len(), "fingerprints are unique");
    let places = list(&findings).iter().map(|found| {
        let begin = &found["location"]["positions"]["begin"];
        let path = text(&found["location"]["path"]);
        (path, number(&begin["line"]), number(&begin["column"]), text(&found["check_name"]))
    });
    places.collect()
}

fn junit() -> Vec<Place> {
    let output = output("junit");
    let cases = elements(&output, "testcase");
    let failing = cases.iter().filter(|case| case["name"] != "no conflicts");
    let places = failing.map(|case| {
        let (rule, at) = case["name"].split_once(' ').unwrap();
        let (line, column) = at.split_once(':').unwrap();
        (case["classname"].clone(), line.parse().unwrap(), column.parse().unwrap(), rule.to_owned())
    });
    let places: Vec<Place> = places.collect();
    assert_eq!(elements(&output, "testsuites")[0]["failures"], places.len().to_string());
    assert_eq!(elements(&output, "failure").len(), places.len());
    places
}

fn checkstyle() -> Vec<Place> {
    let output = output("checkstyle");
    let mut places = Vec::new();
    for file in output.split("<file ").skip(1) {
        let path = elements(&format!("<file {file}"), "file")[0]["name"].clone();
        let errors = elements(file.split("</file>").next().unwrap(), "error");
        places.extend(errors.into_iter().map(|error| {
            let rule = error["source"].strip_prefix("factlint.").unwrap().to_owned();
            (path.clone(), error["line"].parse().unwrap(), error["column"].parse().unwrap(), rule)
        }));
    }
    places
}

/// Its columns are bytes.
fn rdjson() -> Vec<Place> {
    let result: Value = serde_json::from_str(&output("rdjson")).unwrap();
    let places = list(&result["diagnostics"]).iter().map(|found| {
        let (path, start) = (text(&found["location"]["path"]), &found["location"]["range"]["start"]);
        let file = std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (line, column) = (number(&start["line"]), number(&start["column"]));
        let row = file.lines().nth(line as usize - 1).unwrap();
        (path, line, row[..column as usize - 1].chars().count() as u64 + 1, text(&found["code"]["value"]))
    });
    places.collect()
}

fn html() -> Vec<Place> {
    let output = output("html");
    assert!(!output.contains("http://") && !output.contains("https://"), "nothing is fetched");
    let mut places = Vec::new();
    for section in output.split("<h2>").skip(1) {
        let path = section.split_once("</h2>").unwrap().0;
        places.extend(elements(section, "article").into_iter().map(|found| {
            let at = |name: &str| found[name].parse().unwrap();
            (path.to_owned(), at("data-line"), at("data-column"), found["data-rule"].clone())
        }));
    }
    places
}

#[test]
fn markup_in_a_draft_stays_text() {
    let folder = std::env::temp_dir().join(format!("factlint-markup-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let draft = "The <b>\"S&P\"</b> fell on Monday, 17 August 2025, said Ada & Co.\u{1}\n";
    std::fs::write(folder.join("a&b.txt"), draft).unwrap();
    for format in ["junit", "checkstyle", "html"] {
        let run = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(["check", "a&b.txt", "--fail-on", "never", "--format", format])
            .current_dir(&folder)
            .output()
            .unwrap();
        let output = String::from_utf8(run.stdout).unwrap();
        assert!(output.contains("a&amp;b.txt"), "{format}: {output}");
        assert!(!output.contains("<b>") && !output.contains('\u{1}'), "{format}: {output}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
