//! The plan: everything the runtime needs to run one workbook, and nothing else.
//!
//! It is serialised deterministically; every relational node is addressed by the hash of its content, so that hot
//! reload and caches compare by address. It holds no YAML, no path of a machine, no secret. Types: [`relation`] (the
//! algebra), [`control`], [`element`] (data elements and what the page shows of them), [`layout`] (pages and overlays),
//! [`action`] (programs), [`input`] (input tables).

pub mod action;
pub mod builder;
pub(crate) mod content;
pub mod control;
pub mod element;
pub mod input;
pub mod layout;
pub mod relation;
mod roots;

pub(crate) use roots::roots;

use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Version of the plan format. A runtime refuses any other.
pub const VERSION: u32 = 1;

/// A compiled workbook.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Plan {
    /// [`VERSION`] of the compiler that made it.
    pub version: u32,
    /// Id of the workbook (a slug).
    pub id: String,
    /// Name of the workbook.
    pub name: String,
    /// Description, as plain text.
    pub description: Option<String>,
    /// What numbers and dates mean.
    pub settings: Settings,
    /// Abilities the target must have, sorted.
    pub needs: Vec<Feature>,
    /// Relational nodes by content hash, sorted by it.
    pub nodes: relation::NodeTable,
    /// Controls by id, in order of definition.
    pub controls: IndexMap<String, control::Control>,
    /// CSV files of the project that queries read directly, sorted.
    pub files: Vec<String>,
    /// Input tables by id.
    pub input_tables: IndexMap<String, input::InputTable>,
    /// Data elements (queries, input tables, tables, charts, KPIs, dynamic texts) by id.
    pub data: IndexMap<String, Arc<element::DataElement>>,
    /// What stands on pages and overlays, by id; layouts refer to it.
    pub elements: IndexMap<String, Arc<layout::Element>>,
    /// Pages in order.
    pub pages: Vec<layout::Page>,
    /// Modals and drawers.
    pub overlays: Vec<layout::Overlay>,
    /// Action programs by id: named actions first, then inline ones (`overview.save.on-click`).
    pub actions: IndexMap<String, action::Action>,
    /// Where each data element, control and action was written, by id, for messages at run time. Not part of any hash.
    pub origins: IndexMap<String, Origin>,
}

/// Project-wide meaning of dates and numbers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Settings {
    /// IANA name.
    pub time_zone: String,
    /// First day of a plain `week`.
    pub week_start: WeekStart,
    /// BCP 47 tag; how numbers and dates look.
    pub locale: String,
    /// ISO 4217 code.
    pub currency: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_zone: "UTC".into(),
            week_start: WeekStart::Sunday,
            locale: "en-US".into(),
            currency: "USD".into(),
        }
    }
}

/// First day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum WeekStart {
    /// Sunday.
    Sunday,
    /// Monday.
    Monday,
}

/// An ability that not every target has.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Input tables: the target has a write schema.
    InputTables,
    /// Passthrough calls to warehouse functions, AI among them.
    Passthrough,
    /// Geography functions.
    Geography,
    /// Exact percentiles as aggregates.
    Percentiles,
    /// Regular expressions.
    RegularExpressions,
    /// Custom SQL elements.
    CustomSql,
    /// Loading seed files.
    Seeds,
}

/// A place in the author's files.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Origin {
    /// Path relative to the project.
    pub file: String,
    /// Line from 1.
    pub line: u32,
    /// Column in characters from 1.
    pub column: u32,
}
