//! A project over public tables that are not kept here: `cars` and `barley` of the Python package `vega_datasets`.
//!
//! The package holds them as JSON; seeds are CSV. Everything goes to a folder that the caller names.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// The tables, by their file names in the package.
pub const TABLES: [&str; 2] = ["cars", "barley"];

/// The package with its version, so that the rows never change.
const PACKAGE: &str = "vega_datasets==0.9.0";

/// What became of fetching.
#[derive(Debug)]
pub enum Fetched {
    /// The folder of the project: `bookwright.yaml`, `vega.yaml` and `data/*.csv`.
    Project(PathBuf),
    /// The package could not be had; the reason in one line.
    Unreachable(String),
}

/// Makes the project in `folder`, with the package beside it; what is there from an earlier run is used again.
///
/// # Errors
/// When files cannot be written, or the package holds something else than expected.
pub fn project(folder: &Path) -> Result<Fetched> {
    let package = folder.join("package");
    if let Some(reason) = install(&package)? {
        return Ok(Fetched::Unreachable(reason));
    }
    let data = folder.join("data");
    fs::create_dir_all(&data).with_context(|| format!("cannot make {}", data.display()))?;
    for table in TABLES {
        let from = package.join(format!("vega_datasets/_data/{table}.json"));
        let to = data.join(format!("{table}.csv"));
        convert(&from, &to).with_context(|| format!("cannot convert {}", from.display()))?;
    }
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("vega");
    for file in ["bookwright.yaml", "vega.yaml"] {
        fs::copy(sources.join(file), folder.join(file))
            .with_context(|| format!("cannot copy {file}"))?;
    }
    Ok(Fetched::Project(folder.to_owned()))
}

/// Installs the package without its dependencies; gives the reason when pip cannot.
fn install(package: &Path) -> Result<Option<String>> {
    if package.join("vega_datasets/_data").is_dir() {
        return Ok(None);
    }
    let output = Command::new("python3")
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ])
        .args(["--timeout", "10", "--retries", "1", "--target"])
        .arg(package)
        .arg(PACKAGE)
        .output();
    match output {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Ok(Some("python3 is not installed".to_owned()))
        }
        Err(error) => Err(error).context("cannot run python3"),
        Ok(output) if output.status.success() => Ok(None),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said
                .lines()
                .rfind(|line| line.contains("ERROR"))
                .unwrap_or("pip gave no reason");
            Ok(Some(last.trim().to_owned()))
        }
    }
}

/// Writes an array of flat JSON objects as CSV; columns in the order they first appear.
fn convert(from: &Path, to: &Path) -> Result<()> {
    let rows: Vec<Map<String, Value>> =
        serde_json::from_reader(io::BufReader::new(File::open(from)?))?;
    let mut writer = BufWriter::new(File::create(to)?);
    write_csv(&rows, &mut writer)?;
    writer.flush()?;
    Ok(())
}

fn write_csv(rows: &[Map<String, Value>], writer: &mut impl Write) -> io::Result<()> {
    let mut names: Vec<&str> = Vec::new();
    for name in rows.iter().flat_map(Map::keys) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let header: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    writeln!(writer, "{}", header.join(","))?;
    for row in rows {
        let fields: Vec<String> = names.iter().map(|name| field(row.get(*name))).collect();
        writeln!(writer, "{}", fields.join(","))?;
    }
    Ok(())
}

/// One cell: nothing for null, quotes where a text needs them or is empty, numbers without exponent.
fn field(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => quoted(text),
        Some(Value::Number(number)) => match number.as_f64() {
            Some(float) if number.is_f64() => float.to_string(),
            _ => number.to_string(),
        },
        Some(other) => quoted(&other.to_string()),
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() || text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_rows_become_csv_that_keeps_nulls_and_empty_texts_apart() {
        let rows = json!([{ "a": 1, "b": "x, \"y\"" }, { "b": "", "a": null, "c d": 2.5e10 }, { "c d": true }]);
        let rows: Vec<Map<String, Value>> = serde_json::from_value(rows).unwrap();
        let mut csv = Vec::new();
        write_csv(&rows, &mut csv).unwrap();
        assert_eq!(
            String::from_utf8(csv).unwrap(),
            "a,b,c d\n1,\"x, \"\"y\"\"\",\n,\"\",25000000000\n,,true\n"
        );
    }
}
