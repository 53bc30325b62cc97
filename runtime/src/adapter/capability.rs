//! What an engine can do, as data.

use bookwright_compiler::plan::Feature;

/// Why a target that may not write has no input tables.
pub(super) const NO_WRITE_ACCESS: &str = "the connection has no write access";

/// A family of SQL.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Dialect {
    /// `SQLite`.
    Sqlite,
    /// `PostgreSQL`.
    Postgres,
    /// Snowflake.
    Snowflake,
    /// `BigQuery`.
    BigQuery,
    /// Databricks.
    Databricks,
}

impl Dialect {
    /// The word of project files and environment variables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Snowflake => "snowflake",
            Self::BigQuery => "bigquery",
            Self::Databricks => "databricks",
        }
    }

    /// The dialect of a word, ignoring case.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        match word.as_str() {
            "sqlite" => Some(Self::Sqlite),
            "postgres" | "postgresql" => Some(Self::Postgres),
            "snowflake" => Some(Self::Snowflake),
            "bigquery" => Some(Self::BigQuery),
            "databricks" => Some(Self::Databricks),
            _ => None,
        }
    }
}

/// The abilities of one target.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Capabilities {
    /// Name used in messages: `SQLite`, `mock Snowflake`.
    pub name: String,
    /// The warehouse whose behaviour is shown; the engine's own dialect when there is no other face.
    pub face: Dialect,
    missing: Vec<(Feature, &'static str)>,
}

impl Capabilities {
    /// Everything except what `missing` lists, each with its reason.
    pub fn without(
        name: impl Into<String>,
        face: Dialect,
        missing: Vec<(Feature, &'static str)>,
    ) -> Self {
        Self {
            name: name.into(),
            face,
            missing,
        }
    }

    /// Whether the target has this ability.
    pub fn supports(&self, feature: Feature) -> bool {
        self.reason(feature).is_none()
    }

    /// Why it has not; `None` when it has.
    pub fn reason(&self, feature: Feature) -> Option<&'static str> {
        self.missing
            .iter()
            .find(|(missing, _)| *missing == feature)
            .map(|(_, why)| *why)
    }

    /// Takes an ability away.
    #[must_use]
    pub fn lacking(mut self, feature: Feature, why: &'static str) -> Self {
        self.missing.push((feature, why));
        self
    }

    /// Of the embedded engine.
    pub fn sqlite() -> Self {
        Self::without("SQLite", Dialect::Sqlite, Vec::new())
    }

    /// Of the mock warehouse with the face of `dialect`.
    pub fn mock(dialect: Dialect) -> Self {
        let name = match dialect {
            Dialect::Sqlite => "mock warehouse",
            Dialect::Postgres => "mock PostgreSQL",
            Dialect::Snowflake => "mock Snowflake",
            Dialect::BigQuery => "mock BigQuery",
            Dialect::Databricks => "mock Databricks",
        };
        let mut missing = vec![(
            Feature::Passthrough,
            "the mock warehouse runs on SQLite and has no warehouse functions",
        )];
        if dialect == Dialect::Postgres {
            missing.push((
                Feature::Geography,
                "PostgreSQL has geography functions in extensions only",
            ));
        }
        if dialect == Dialect::BigQuery {
            missing.push((
                Feature::Percentiles,
                "BigQuery has exact percentiles as window functions only",
            ));
        }
        Self::without(name, dialect, missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_ability_has_its_reason() {
        let mock = Capabilities::mock(Dialect::BigQuery);
        assert!(mock.supports(Feature::InputTables));
        assert!(!mock.supports(Feature::Percentiles));
        assert!(
            mock.reason(Feature::Percentiles)
                .unwrap()
                .contains("BigQuery")
        );
        assert!(Capabilities::mock(Dialect::Snowflake).supports(Feature::Percentiles));
        assert!(
            !Capabilities::sqlite()
                .lacking(Feature::Seeds, "no")
                .supports(Feature::Seeds)
        );
    }

    #[test]
    fn every_dialect_is_parsed_from_its_word() {
        for dialect in [
            Dialect::Sqlite,
            Dialect::Postgres,
            Dialect::Snowflake,
            Dialect::BigQuery,
            Dialect::Databricks,
        ] {
            assert_eq!(Dialect::parse(dialect.as_str()), Some(dialect));
        }
        assert_eq!(Dialect::parse("PostgreSQL"), Some(Dialect::Postgres));
        assert_eq!(Dialect::parse("oracle"), None);
    }
}
