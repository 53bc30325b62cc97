//! The `bookwright` command.
fn main() {}
