//! The host over a folder on disk.

#![expect(clippy::disallowed_methods, reason = "tests make files")]

use super::*;

fn host(folder: &tempfile::TempDir) -> FsHost {
    FsHost::new(
        folder.path().canonicalize().unwrap(),
        Arc::new(NoTables),
        Arc::default(),
    )
}

#[test]
fn reads_stay_inside_the_project() {
    let outer = tempfile::tempdir().unwrap();
    std::fs::write(outer.path().join("secret"), "x").unwrap();
    let folder = tempfile::tempdir_in(outer.path()).unwrap();
    std::fs::write(folder.path().join("a.yaml"), "a: 1").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outer.path().join("secret"), folder.path().join("link")).unwrap();
    let host = host(&folder);
    assert_eq!(host.read("a.yaml").unwrap().as_ref(), "a: 1");
    assert_eq!(host.read("./a.yaml").unwrap().as_ref(), "a: 1");
    for path in [
        "../secret",
        "/etc/passwd",
        "x/../../secret",
        "",
        "a\0",
        "..\\secret",
    ] {
        let error = host.read(path).unwrap_err();
        assert!(error.contains("is not a path inside"), "{path}: {error}");
    }
    #[cfg(unix)]
    assert_eq!(
        host.read("link").unwrap_err(),
        "`link` is a link out of the project"
    );
    #[cfg(unix)]
    assert_eq!(host.list("*"), ["a.yaml"]);
}

#[test]
fn answers_stay_the_same_and_questions_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), "one").unwrap();
    let host = host(&folder);
    assert_eq!(host.read("a.yaml").unwrap().as_ref(), "one");
    std::fs::write(folder.path().join("a.yaml"), "two").unwrap();
    assert_eq!(host.read("a.yaml").unwrap().as_ref(), "one");
    assert_eq!(
        host.read("missing.yaml").unwrap_err(),
        "there is no file `missing.yaml`"
    );
    assert!(host.list("*.yaml").contains(&"a.yaml".to_owned()));
    let asked = host.asked();
    assert_eq!(asked.files["a.yaml"], Some(blake3::hash(b"one")));
    assert_eq!(asked.files["missing.yaml"], None);
    assert!(asked.globs.contains("*.yaml"));
}

#[test]
fn text_that_is_not_utf_8_and_folders_are_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a"), [0xff, 0xfe]).unwrap();
    std::fs::create_dir(folder.path().join("b")).unwrap();
    let host = host(&folder);
    assert_eq!(host.read("a").unwrap_err(), "`a` is not UTF-8");
    assert_eq!(host.read("b").unwrap_err(), "`b` is a folder");
}
