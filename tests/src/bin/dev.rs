//! `cargo dev generate` writes the generated files, `cargo dev generate --check` only compares them;
//! `cargo dev synthetic DIR ELEMENTS` writes a project of that size; `cargo dev fuzz-seeds` what fuzzers begin with.

use std::path::Path;
use std::process::ExitCode;

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a tool that writes files and says which"
)]
fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let check = match words.as_slice() {
        ["generate"] => false,
        ["generate", "--check"] => true,
        ["synthetic", folder, elements] => return synthetic(folder, elements),
        ["fuzz-seeds"] => return fuzz_seeds(),
        _ => {
            println!("usage: cargo dev generate [--check] | synthetic DIR ELEMENTS | fuzz-seeds");
            return ExitCode::from(2);
        }
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut stale = false;
    for path in bookwright_tests::generated::surplus(&root).unwrap_or_default() {
        stale = true;
        if check {
            println!("{path} is of no function: cargo dev generate");
        } else if let Err(error) = std::fs::remove_file(root.join(&path)) {
            println!("{path}: {error}");
            return ExitCode::from(2);
        } else {
            println!("removed {path}");
        }
    }
    for (path, text) in bookwright_tests::generated::files() {
        let file = root.join(&path);
        if std::fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        stale = true;
        if check {
            println!("{path} is stale: cargo dev generate");
        } else if let Err(error) = std::fs::write(&file, text) {
            println!("{path}: {error}");
            return ExitCode::from(2);
        } else {
            println!("wrote {path}");
        }
    }
    if check && stale {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

#[expect(clippy::print_stdout, reason = "a tool that says what failed")]
fn synthetic(folder: &str, elements: &str) -> ExitCode {
    let Ok(elements) = elements.parse() else {
        println!("`{elements}` is not a number of elements");
        return ExitCode::from(2);
    };
    match bookwright_tests::synthetic::write(Path::new(folder), elements, 1_000) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::print_stdout, reason = "a tool that says what it wrote")]
fn fuzz_seeds() -> ExitCode {
    match bookwright_tests::formulas::write_seeds() {
        Ok(count) => {
            println!("wrote {count} files below tests/fuzz/corpus");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("tests/fuzz/corpus: {error}");
            ExitCode::from(2)
        }
    }
}
