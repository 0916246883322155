//! Problems of packs, in the same look as a draft's.

use super::excerpt::excerpt;
use super::pretty::{Look, Row, draw};
use crate::diagnostic::Severity;
use crate::pack::Problem;

/// Writes problems for people, each at its place in the TOML.
pub fn problems(problems: &[Problem], look: Look) -> String {
    let mut text = String::new();
    for problem in problems {
        let at = problem.source.position(problem.span.start);
        let line = problem.source.line(at.line).unwrap_or(problem.span);
        let from = problem.span.start.saturating_sub(line.start) as usize;
        let to = (problem.span.end.min(line.end).saturating_sub(line.start) as usize).max(from + 1);
        let cut = excerpt(problem.source.slice(line), from..to, look.width.saturating_sub(10).max(30));
        let row = Row {
            header: format!("{}:{}:{} ]", problem.source.path(), at.line, at.column),
            line: at.line,
            row: cut.row,
            mark: cut.mark,
            label: problem.label.clone(),
        };
        let help: Vec<String> = problem.help.iter().map(|help| format!("help: {help}")).collect();
        text.push_str(&draw(&format!("error[pack]: {}", problem.message), Severity::Error, &[row], &help, look));
        text.push('\n');
    }
    text
}
