//! The `bookwright` command.

fn main() -> std::process::ExitCode {
    bookwright::cli::run()
}
