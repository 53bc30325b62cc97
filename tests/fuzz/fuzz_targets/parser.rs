//! Any text as a formula and as prose.
#![no_main]

use bookwright_fuzz::invariants;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    invariants::formula(text);
    invariants::prose(text);
});
