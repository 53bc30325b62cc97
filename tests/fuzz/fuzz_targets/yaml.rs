//! Any text as a workbook.
#![no_main]

use bookwright_fuzz::invariants;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    invariants::workbook(text);
});
