//! The project file `bookwright.yaml`.

use super::primitive::{Entries, Later, NameOr, Raw, Text};
use super::read::macros::{keyword, record};
use crate::span::Spanned;

record! {
    /// The project file.
    pub struct Project {
        /// Name of the project.
        project: Text,
        /// Target when none is asked for.
        default_target: Option<Text>,
        /// Targets by name.
        targets: Entries<Target>,
        /// Logical connections by name.
        connections: Entries<Connection>,
        /// Globs of workbook files.
        workbooks: Option<Vec<Text>>,
        /// Globs or descriptions of seed files.
        seeds: Option<Vec<NameOr<Seed>>>,
        /// IANA time zone; UTC unless said.
        time_zone: Option<Text>,
        /// First day of the week.
        week_start: Option<Spanned<WeekStartWord>>,
        /// BCP 47 tag; en-US unless said.
        locale: Option<Text>,
        /// ISO 4217 code; USD unless said.
        currency: Option<Text>,
        /// The platform's organisation.
        sigma: Option<Raw>,
        /// Allowances, severities (a later version).
        check: Option<Later<Raw>>,
    }
}

keyword! {
    /// First day of the week.
    pub enum WeekStartWord { Sunday = "sunday", Monday = "monday" }
}

record! {
    /// A target: where workbooks run.
    pub struct Target {
        /// Kind of target.
        mode: Spanned<Mode>,
        /// Engine.
        adapter: Option<Spanned<AdapterName>>,
        /// Warehouse a mock target behaves like.
        dialect: Option<Spanned<DialectName>>,
        /// Database file, or database of a warehouse.
        database: Option<Text>,
        /// Schema input tables are written to.
        write_schema: Option<Text>,
        /// Whether input tables may be written; yes unless said.
        write_access: Option<Spanned<bool>>,
        /// Connection address.
        url: Option<Text>,
        /// Warehouse account.
        account: Option<Text>,
        /// Warehouse user.
        user: Option<Text>,
        /// Path of a private key.
        private_key_file: Option<Text>,
        /// Virtual warehouse.
        warehouse: Option<Text>,
        /// Schema.
        schema: Option<Text>,
        /// Role.
        role: Option<Text>,
        /// Host name.
        host: Option<Text>,
        /// HTTP path of a Databricks warehouse.
        http_path: Option<Text>,
        /// Access token.
        token: Option<Text>,
        /// Google Cloud project.
        project_id: Option<Text>,
        /// Data set.
        dataset: Option<Text>,
        /// Milliseconds every statement of a mock target waits.
        latency_ms: Option<Spanned<u32>>,
        /// Statements of a mock target that run at once, others wait; 0, no limit, unless said.
        max_statements: Option<Spanned<u32>>,
        /// Milliseconds after which a mock target stops a statement; 0, no limit, unless said.
        statement_limit_ms: Option<Spanned<u32>>,
        /// Of a mock target, each statement whose number this divides fails for the moment; 0, none, unless said.
        fail_every: Option<Spanned<u32>>,
        /// Connections to engines, when there are several.
        bind: Option<Later<Raw>>,
    }
}

keyword! {
    /// Kind of target.
    pub enum Mode { Standalone = "standalone", MockWarehouse = "mock_warehouse", Sigma = "sigma" }
}

keyword! {
    /// Engines.
    pub enum AdapterName { Sqlite = "sqlite", Postgres = "postgres", Snowflake = "snowflake", Bigquery = "bigquery", Databricks = "databricks", Duckdb = "duckdb" }
}

keyword! {
    /// Warehouses a mock target behaves like.
    pub enum DialectName { Snowflake = "snowflake", Bigquery = "bigquery", Databricks = "databricks", Postgres = "postgres" }
}

record! {
    /// A logical connection.
    pub struct Connection {
        /// Used by queries that name none.
        default: Option<Spanned<bool>>,
        /// Id on the platform.
        sigma_connection_id: Option<Text>,
    }
}

record! {
    /// A seed file.
    pub struct Seed {
        /// Path or glob.
        file: Text,
        /// Table name.
        table: Option<Text>,
        /// Types by column.
        types: Entries<Spanned<super::data::TypeName>>,
    }
}
