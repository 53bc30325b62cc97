//! `cargo bench-all [NAME…]`: what whole processes cost, printed as rows of `docs/benchmarks.md`.
//!
//! Needs `cargo build --release` before; `BOOKWRIGHT_BIN` names another program. Nothing here passes or fails: a
//! machine that is busy would decide.

mod compile;
mod engine;
mod levels;
mod measure;
mod peers;
mod process;

use std::path::PathBuf;

/// One bench: its name and what it does.
type Bench = (&'static str, fn(&Program) -> anyhow::Result<()>);

const BENCHES: [Bench; 9] = [
    ("check", process::cold_check),
    ("start", process::start),
    ("memory", process::memory),
    ("compile", compile::throughput),
    ("rebuild", compile::rebuild),
    ("engine", engine::overhead),
    ("levels", levels::levels),
    ("painted", process::painted),
    ("peers", peers::peers),
];

/// The program that is measured.
struct Program {
    path: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let program = Program {
        path: program_path()?,
    };
    measure::say("| what | size | least | median | p99 | CPU | unit | runs |");
    measure::say("|---|---|---|---|---|---|---|---|");
    for (name, run) in BENCHES {
        if wanted.is_empty() || wanted.iter().any(|one| one == name) {
            run(&program)?;
        }
    }
    Ok(())
}

/// The release program: named by the environment, else beside this one in the target folder.
fn program_path() -> anyhow::Result<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a tool, not the compiler")]
    if let Ok(path) = std::env::var("BOOKWRIGHT_BIN") {
        return Ok(path.into());
    }
    let own = std::env::current_exe()?;
    let path = own
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("bookwright"))
        .filter(|path| path.is_file());
    path.ok_or_else(|| anyhow::anyhow!("build the program first: cargo build --release"))
}
