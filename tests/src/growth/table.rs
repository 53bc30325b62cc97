//! CSV tables and the places they are written to.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where tables go.
pub trait Destination {
    /// Writer of one table.
    type Writer: Write;

    /// Starts the table `name`, such as `customers`.
    ///
    /// # Errors
    /// When the table cannot be made.
    fn create(&mut self, name: &str) -> io::Result<Self::Writer>;

    /// Takes a finished table back.
    ///
    /// # Errors
    /// When what was written cannot be kept.
    fn finish(&mut self, name: &str, writer: Self::Writer) -> io::Result<()>;
}

/// CSV files in a folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder `path`, made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(path: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(path)?;
        Ok(Self {
            path: path.to_owned(),
        })
    }
}

impl Destination for Folder {
    type Writer = BufWriter<File>;

    fn create(&mut self, name: &str) -> io::Result<Self::Writer> {
        let file = File::create(self.path.join(format!("{name}.csv")))?;
        Ok(BufWriter::with_capacity(1 << 18, file))
    }

    fn finish(&mut self, _name: &str, mut writer: Self::Writer) -> io::Result<()> {
        writer.flush()
    }
}

/// CSV texts by table name.
#[derive(Debug, Default)]
pub struct Memory {
    /// Finished tables.
    pub tables: BTreeMap<String, Vec<u8>>,
}

impl Destination for Memory {
    type Writer = Vec<u8>;

    fn create(&mut self, _name: &str) -> io::Result<Self::Writer> {
        Ok(Vec::new())
    }

    fn finish(&mut self, name: &str, writer: Self::Writer) -> io::Result<()> {
        self.tables.insert(name.to_owned(), writer);
        Ok(())
    }
}

/// A table being written.
#[derive(Debug)]
pub struct Table<W> {
    name: &'static str,
    writer: W,
    rows: u64,
}

impl<W: Write> Table<W> {
    /// Starts a table with its header, a line of comma-separated names.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn start<D>(destination: &mut D, name: &'static str, header: &str) -> io::Result<Self>
    where
        D: Destination<Writer = W>,
    {
        let mut writer = destination.create(name)?;
        writeln!(writer, "{header}")?;
        Ok(Self {
            name,
            writer,
            rows: 0,
        })
    }

    /// Writes one row, a line of fields with commas between them. No field of this data set needs quotes.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn row(&mut self, line: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.rows += 1;
        self.writer.write_fmt(line)?;
        self.writer.write_all(b"\n")
    }

    /// Ends the table and tells how many rows it got.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn end<D>(self, destination: &mut D) -> io::Result<u64>
    where
        D: Destination<Writer = W>,
    {
        destination.finish(self.name, self.writer)?;
        Ok(self.rows)
    }
}
