//! `bookwright new DIR`

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bookwright_compiler::schema;
use clap::{Args, ValueEnum};
use minijinja::{Environment, Value, context};

use super::{Outcome, terminal};

/// Make a project that runs
#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder: new, or empty
    dir: PathBuf,
    /// What it starts with
    #[arg(long, value_enum, default_value_t)]
    template: Template,
}

/// Projects to start from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum Template {
    /// Orders of a small shop: figures, a chart, a table, notes
    #[default]
    Hello,
    /// Accounts and deals: an editable pipeline with a form
    Crm,
}

/// Path in the project and text; texts of paths that end in `.j2` are templates.
type File = (&'static str, &'static str);

macro_rules! files {
    ($template:literal: $($path:literal),* $(,)?) => {
        &[
            (".gitignore", include_str!("../../../templates/project/gitignore")),
            $(($path, include_str!(concat!("../../../templates/project/", $template, "/", $path))),)*
        ]
    };
}

impl Template {
    fn files(self) -> &'static [File] {
        match self {
            Self::Hello => {
                files!("hello": "bookwright.yaml.j2", "workbooks/hello.yaml.j2", "data/orders.csv")
            }
            Self::Crm => {
                files!("crm": "bookwright.yaml.j2", "workbooks/crm.yaml.j2", "data/accounts.csv", "data/deals.csv")
            }
        }
    }
}

impl New {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        if self
            .dir
            .read_dir()
            .is_ok_and(|mut entries| entries.next().is_some())
        {
            bail!("`{}` is not empty", self.dir.display());
        }
        make(&self.dir, self.template)?;
        let shown = self.dir.display();
        terminal::notice(&format!(
            "made `{shown}`; start it with: bookwright dev {shown}"
        ));
        Ok(Outcome::Done)
    }
}

fn make(dir: &Path, template: Template) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make `{}`", dir.display()))?;
    let real = dir.canonicalize()?;
    let name = real.file_name().map_or_else(
        || "project".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    for (path, text) in rendered(&name, template)? {
        let file = dir.join(&path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make `{}`", folder.display()))?;
        }
        #[expect(clippy::disallowed_methods, reason = "the command makes files")]
        std::fs::write(&file, text)
            .with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(())
}

/// The files of a new project.
fn rendered(name: &str, template: Template) -> anyhow::Result<Vec<(String, String)>> {
    let environment = Environment::new();
    let id = |schema: serde_json::Value| Value::from(schema["$id"].as_str().unwrap_or_default());
    let values = context! {
        name,
        project_schema => id(schema::project()),
        workbook_schema => id(schema::workbook()),
    };
    template
        .files()
        .iter()
        .map(|(path, text)| match path.strip_suffix(".j2") {
            Some(path) => {
                let text = environment
                    .render_str(text, values.clone())
                    .with_context(|| path.to_owned())?;
                Ok((path.to_owned(), text.trim_end().to_owned() + "\n"))
            }
            None => Ok(((*path).to_owned(), (*text).to_owned())),
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files")]
mod tests {
    use bookwright_compiler::diag::Diagnostics;
    use bookwright_compiler::diag::render::concise;
    use bookwright_compiler::document::project::Project;
    use bookwright_compiler::document::read::Reader;
    use bookwright_compiler::document::workbook::Workbook;
    use bookwright_compiler::source::SourceMap;
    use bookwright_compiler::yaml;

    use super::*;

    #[test]
    fn every_template_is_well_formed() {
        for template in Template::value_variants() {
            let files = rendered("a \"quoted\" name", *template).unwrap();
            assert!(
                files
                    .iter()
                    .any(|(path, text)| path == ".gitignore" && text.contains(".bookwright/"))
            );
            for (path, text) in files
                .iter()
                .filter(|(path, _)| path.rsplit('.').next() == Some("yaml"))
            {
                assert!(
                    text.starts_with("# yaml-language-server: $schema=http"),
                    "{path}"
                );
                let (mut sources, mut sink) = (SourceMap::default(), Diagnostics::default());
                let file = sources.add(path.clone(), text.as_str());
                let node = yaml::parse(file, text, &mut sink).unwrap();
                let mut reader = Reader::new(&sources, &mut sink);
                if path == "bookwright.yaml" {
                    assert_eq!(
                        reader.read::<Project>(&node).unwrap().project.value,
                        "a \"quoted\" name"
                    );
                } else {
                    assert!(reader.read::<Workbook>(&node).is_some());
                }
                assert_eq!(concise::render(&sink, &sources), "", "{path}");
            }
        }
    }

    #[test]
    fn a_folder_with_files_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("x"), "").unwrap();
        let new = New {
            dir: folder.path().to_path_buf(),
            template: Template::Hello,
        };
        assert!(new.run().unwrap_err().to_string().contains("is not empty"));
    }
}
