//! The `factlint` binary: parse, run, exit status.

fn main() -> std::process::ExitCode {
    factlint::cli::main()
}

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
