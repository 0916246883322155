//! `factlint schema`

use super::Outcome;

pub(super) fn run() -> Outcome {
    Outcome::new(crate::pack::schema(), 0)
}
