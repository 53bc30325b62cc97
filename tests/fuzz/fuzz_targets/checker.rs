//! Any text as the formula of a column, from names to SQL and rows.
#![no_main]

use bookwright_fuzz::invariants;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    invariants::column(text);
});
