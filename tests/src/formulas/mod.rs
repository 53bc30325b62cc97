//! Formulas as people write them: the examples of the functions, the suite, the examples and the growth suite.

mod mix;

pub use mix::{Mix, check};

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use bookwright_compiler::formula::functions;
use bookwright_compiler::yaml::Style;

use crate::mistakes::tree::tree;
use crate::{folder, literate};

/// Columns that examples of functions speak of, and those of the same types that fuzzers have.
const RENAMED: [(&str, &str); 4] = [
    ("[N]", "[Amount]"),
    ("[T]", "[Name]"),
    ("[D]", "[Day]"),
    ("[L]", "[Paid]"),
];

/// The example of every function.
pub fn examples() -> impl Iterator<Item = &'static str> {
    functions::all()
        .map(|function| function.example.formula)
        .filter(|formula| !formula.is_empty())
}

/// The examples with the columns of the table that fuzzers have.
pub fn over_the_fuzzed_table() -> impl Iterator<Item = String> {
    let renamed = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    examples().map(move |example| RENAMED.iter().fold(example.to_owned(), renamed))
}

/// Every formula with a reference that stands on one line of a workbook, each once, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub fn written() -> io::Result<Vec<String>> {
    let mut all = BTreeSet::new();
    for text in workbooks()? {
        let formulas = tree(&text).formulas.into_iter();
        let plain = formulas.filter(|formula| formula.style != Style::Double);
        let raw = plain.filter_map(|formula| text.get(formula.inside));
        all.extend(raw.map(|raw| raw.replace("''", "'")));
    }
    Ok(all.into_iter().collect())
}

/// Texts of the workbooks of the suite, the examples, and the growth suite, and of the files they include.
///
/// # Errors
/// When a folder cannot be read.
pub fn workbooks() -> io::Result<Vec<String>> {
    use bookwright_compiler::host::Host as _;

    let mut texts = BTreeSet::new();
    for (folder, ..) in folder::workbooks()? {
        let files = folder.list("**/*.yaml").into_iter();
        texts.extend(files.filter_map(|file| folder.text(&file).map(str::to_owned)));
    }
    for file in fs::read_dir(root().join("suite"))? {
        let text = io::read_to_string(fs::File::open(file?.path())?)?;
        let cases = literate::cases(&text).map_err(io::Error::other)?;
        texts.extend(cases.into_iter().map(|case| case.workbook));
    }
    Ok(texts.into_iter().collect())
}

/// Writes what fuzzers begin with below `tests/fuzz/corpus`, a file each, and `words.dict`, and gives their number.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write_seeds() -> io::Result<usize> {
    let mut formulas = written()?;
    formulas.extend(over_the_fuzzed_table());
    formulas.extend(mix::rewritten(["Name", "Day", "Amount"])?);
    let books = workbooks()?;
    let mut count = 0;
    for (target, texts) in [
        ("lexer", &formulas),
        ("parser", &formulas),
        ("checker", &formulas),
        ("yaml", &books),
    ] {
        let folder = root().join("fuzz/corpus").join(target);
        fs::create_dir_all(&folder)?;
        for text in texts {
            let name = blake3::hash(text.as_bytes()).to_hex();
            #[expect(clippy::disallowed_methods, reason = "this makes the seeds on disk")]
            fs::write(folder.join(name.as_str()), text)?;
            count += 1;
        }
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "this makes a file of words on disk"
    )]
    fs::write(root().join("fuzz/corpus/words.dict"), words())?;
    Ok(count)
}

/// Words of the language, as a dictionary of libFuzzer.
fn words() -> String {
    let calls = functions::all().map(|function| format!("{}(", function.name));
    let names = [
        "[Id]",
        "[Name]",
        "[City]",
        "[Amount]",
        "[Day]",
        "[Paid]",
        "[Data]",
        "[Place]",
        "[Total]",
        "[Cities]",
        "[One City]",
        "[Range]",
        "[Days]",
        "[Word]",
        "[Level]",
        "[On]",
        "[Others/Amount]",
        "[Others/City]",
        "And",
        "Or",
        "Not ",
        "Null",
        "True",
        "month",
        "desc",
    ];
    let all = calls.chain(names.map(str::to_owned));
    all.fold(String::new(), |text, word| text + "\"" + &word + "\"\n")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
