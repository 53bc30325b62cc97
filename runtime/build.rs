//! Obtains the bundle of the page and writes the table that embeds it.
//!
//! In order: nothing without the feature `ui` or while building documentation; a packaged `web/dist` with the stamp of
//! these sources; the same from the cache below the target folder; a build with npm; none, with one warning.
//! `BOOKWRIGHT_WEB` says `require` (no bundle is an error), `skip` (none, in silence) or `prebuilt` (`web/dist` as it is).

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads files and the environment itself"
)]

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const MODE: &str = "BOOKWRIGHT_WEB";
const INPUTS: [&str; 6] = [
    "package.json",
    "package-lock.json",
    ".npmrc",
    "tsconfig.json",
    "vite.config.ts",
    "src",
];
const STAMP: &str = ".stamp";
const ENTRY_SOURCE: &str = "src/main.tsx";

type Failure = Box<dyn std::error::Error>;

/// A folder with a finished bundle, and the hash of the sources it was made from.
struct Bundle {
    folder: PathBuf,
    stamp: String,
}

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={MODE}");
    let mode = env::var(MODE).unwrap_or_default();
    let wanted = env::var_os("CARGO_FEATURE_UI").is_some() && env::var_os("DOCS_RS").is_none();
    let table = match if wanted { obtain(&mode) } else { Ok(None) } {
        Ok(Some(bundle)) => table(&bundle)?,
        Ok(None) => empty_table(),
        Err(reason) if mode == "require" => {
            println!("cargo::error=the page was not built: {reason}");
            empty_table()
        }
        Err(reason) => {
            // A path that never exists makes Cargo run this script again: whoever installs Node need not know more.
            println!(
                "cargo::rerun-if-changed={}",
                out_dir()?.join("not-built").display()
            );
            println!(
                "cargo::warning=the page was not built: {reason}. The program will serve pages to read only; \
                 build again when that is solved, or build without the feature `ui`."
            );
            empty_table()
        }
    };
    fs::write(out_dir()?.join("assets.rs"), table)?;
    Ok(())
}

fn out_dir() -> Result<PathBuf, Failure> {
    Ok(PathBuf::from(env::var("OUT_DIR")?))
}

/// Finds or makes the bundle; `None` when nobody wants one.
fn obtain(mode: &str) -> Result<Option<Bundle>, Failure> {
    let web = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("web");
    let packaged = web.join("dist");
    if mode == "prebuilt" {
        let stamp =
            fs::read_to_string(packaged.join(STAMP)).map_err(|_| "web/dist holds no bundle")?;
        return Ok(Some(Bundle {
            folder: packaged,
            stamp,
        }));
    }
    let stamp = stamp_of(&web)?;
    if is_fresh(&packaged, &stamp) {
        return Ok(Some(Bundle {
            folder: packaged,
            stamp,
        }));
    }
    if mode == "skip" {
        return Ok(None);
    }
    // OUT_DIR is TARGET/PROFILE/build/PACKAGE/out; a target triple adds a level, which then has a cache of its own.
    let cache = out_dir()?
        .ancestors()
        .nth(4)
        .ok_or("the target folder was not found")?
        .join("web-cache");
    fs::create_dir_all(&cache)?;
    // Debug, release and an editor's own cargo may all be here at once; the lock goes with the file handle.
    let lock = fs::File::create(cache.join(".lock"))?;
    lock.lock()?;
    let folder = cache.join("dist");
    if !is_fresh(&folder, &stamp) {
        build(&web, &cache, &folder)?;
        fs::write(folder.join(STAMP), &stamp)?;
    }
    Ok(Some(Bundle { folder, stamp }))
}

fn is_fresh(folder: &Path, stamp: &str) -> bool {
    fs::read_to_string(folder.join(STAMP)).is_ok_and(|found| found.trim() == stamp)
}

/// Hash of all sources by name and content. Tells Cargo to watch each of them; a path that does not exist would run
/// this script on every build.
fn stamp_of(web: &Path) -> Result<String, Failure> {
    let mut hash = Hash::new();
    for file in INPUTS
        .iter()
        .map(|input| files_in(&web.join(input)))
        .collect::<io::Result<Vec<_>>>()?
        .concat()
    {
        println!("cargo::rerun-if-changed={}", file.display());
        hash.add(relative(&file, web).as_bytes());
        hash.add(&fs::read(&file)?);
    }
    // New files in a folder change its time.
    for folder in folders_in(&web.join("src"))? {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    Ok(hash.text())
}

/// All files of a folder, or the file itself, sorted.
fn files_in(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries = fs::read_dir(path)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries
        .iter()
        .map(|entry| files_in(entry))
        .collect::<io::Result<Vec<_>>>()?
        .concat())
}

fn folders_in(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = vec![path.to_path_buf()];
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        if entry.is_dir() {
            found.extend(folders_in(&entry)?);
        }
    }
    found.sort();
    Ok(found)
}

/// Path below a folder, with `/` on every system.
fn relative(file: &Path, folder: &Path) -> String {
    file.strip_prefix(folder)
        .unwrap_or(file)
        .to_string_lossy()
        .replace('\\', "/")
}

/// Builds in the cache, never in the source tree: `cargo package` refuses scripts that do.
fn build(web: &Path, cache: &Path, folder: &Path) -> Result<(), Failure> {
    require_node()?;
    let work = cache.join("work");
    for input in INPUTS {
        let copy = work.join(input);
        if copy.is_dir() {
            fs::remove_dir_all(&copy)?;
        }
        for file in files_in(&web.join(input))? {
            let target = work.join(relative(&file, web));
            fs::create_dir_all(target.parent().unwrap_or(&work))?;
            fs::copy(&file, &target)?;
        }
    }
    let mut lock = Hash::new();
    lock.add(&fs::read(work.join("package-lock.json"))?);
    let installed = work.join("node_modules").join(STAMP);
    if fs::read_to_string(&installed).ok() != Some(lock.text()) {
        npm(&work, &["ci", "--include=dev", "--prefer-offline"], folder)?;
        fs::write(&installed, lock.text())?;
    }
    npm(&work, &["run", "build"], folder)
}

fn require_node() -> Result<(), Failure> {
    let missing = "Node 20.19 or newer was not found";
    let output = Command::new("node")
        .arg("--version")
        .output()
        .map_err(|_| missing)?;
    let version = String::from_utf8(output.stdout)?;
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if major > 20 || (major == 20 && minor >= 19) {
        Ok(())
    } else {
        Err(missing.into())
    }
}

fn npm(work: &Path, arguments: &[&str], folder: &Path) -> Result<(), Failure> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(program)
        .args(arguments)
        .current_dir(work)
        .env("BOOKWRIGHT_WEB_OUT", folder)
        .env_remove("NODE_ENV")
        .output()
        .map_err(|error| format!("npm did not start ({error})"))?;
    if output.status.success() {
        return Ok(());
    }
    let words = [
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout),
    ]
    .concat();
    let lines: Vec<&str> = words
        .lines()
        .filter(|line| line.to_lowercase().contains("error"))
        .take(3)
        .collect();
    Err(format!(
        "`npm {}` failed: {}",
        arguments.join(" "),
        lines.join(" | ")
    )
    .into())
}

fn empty_table() -> String {
    "pub(super) static FILES: &[(&str, Asset)] = &[];\npub(super) const ENTRY: Option<Entry> = None;\n\
     pub(super) const HASH: &str = \"\";\n"
        .into()
}

/// The Rust source of the table.
fn table(bundle: &Bundle) -> Result<String, Failure> {
    let mut files = BTreeMap::new();
    for file in files_in(&bundle.folder)? {
        let name = relative(&file, &bundle.folder);
        if name != STAMP && name != "manifest.json" {
            files.insert(name, file);
        }
    }
    let mut code = String::from("pub(super) static FILES: &[(&str, Asset)] = &[\n");
    for (name, file) in &files {
        writeln!(
            code,
            "    ({name:?}, Asset {{ bytes: include_bytes!({:?}), content_type: {:?}, immutable: {} }}),",
            file.to_string_lossy(),
            content_type(name),
            is_hashed(name),
        )?;
    }
    code.push_str("];\n");
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(bundle.folder.join("manifest.json"))?)?;
    let entry = manifest
        .get(ENTRY_SOURCE)
        .ok_or("the bundle has no entry")?;
    let script = entry
        .get("file")
        .and_then(serde_json::Value::as_str)
        .ok_or("the bundle's entry has no file")?;
    let mut preload: Vec<&str> = texts(entry, "imports")
        .into_iter()
        .filter_map(|chunk| manifest.get(chunk)?.get("file")?.as_str())
        .collect();
    // The text of the first screen is Latin in most workbooks; other ranges are loaded when they are needed.
    preload.extend(
        files
            .keys()
            .map(String::as_str)
            .filter(|name| name.starts_with("inter-latin-wght-normal")),
    );
    writeln!(
        code,
        "pub(super) const ENTRY: Option<Entry> = Some(Entry {{ script: {script:?}, styles: &{:?}, preload: &{preload:?} }});",
        texts(entry, "css"),
    )?;
    writeln!(
        code,
        "pub(super) const HASH: &str = {:?};",
        bundle.stamp.trim()
    )?;
    Ok(code)
}

fn texts<'a>(entry: &'a serde_json::Value, field: &str) -> Vec<&'a str> {
    let list = entry.get(field).and_then(serde_json::Value::as_array);
    list.map(|items| items.iter().filter_map(serde_json::Value::as_str).collect())
        .unwrap_or_default()
}

fn content_type(name: &str) -> &'static str {
    match Path::new(name)
        .extension()
        .and_then(|extension| extension.to_str())
    {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether a name ends in `-HASH.extension`, as the bundler writes it.
fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // The hash may itself hold a hyphen, so its place is counted from the end.
    let tail: Vec<char> = stem.chars().rev().take(9).collect();
    tail.len() == 9 && tail.last() == Some(&'-')
}

/// FNV-1a with 64 bits: enough to notice a change, and no dependency.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().copied().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn text(&self) -> String {
        format!("{:016x}", self.0)
    }
}
