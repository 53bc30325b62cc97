//! Any tree, printed and parsed again.
#![no_main]

use arbitrary::Unstructured;
use bookwright_fuzz::invariants;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(tree) = invariants::expression(&mut Unstructured::new(bytes)) {
        invariants::printed(&tree);
    }
});
