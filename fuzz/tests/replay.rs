//! Every input of the corpora keeps every law.

use factlint_fuzz::{TARGETS, corpus};

#[test]
fn every_input_of_the_corpora_keeps_the_laws() {
    for target in TARGETS {
        let inputs = corpus(target);
        assert!(!inputs.is_empty(), "`{}` has no corpus", target.name);
        for (path, bytes) in &inputs {
            println!("{}", path.display());
            (target.run)(bytes);
        }
    }
}
