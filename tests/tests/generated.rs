//! Generated files are fresh.

use std::path::Path;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "generated files are compared with those on disk"
)]
fn generated_files_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut stale: Vec<String> = bookwright_tests::generated::files()
        .into_iter()
        .filter(|(path, text)| std::fs::read_to_string(root.join(path)).ok().as_ref() != Some(text))
        .map(|(path, _)| path)
        .collect();
    stale.extend(bookwright_tests::generated::surplus(&root).unwrap_or_default());
    assert!(
        stale.is_empty(),
        "{} stale: run `cargo dev generate`",
        stale.join(", ")
    );
}
