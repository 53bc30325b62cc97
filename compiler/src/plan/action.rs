//! Action programs. The server runs them; interface effects are returned in order for the browser to apply.

use serde::{Deserialize, Serialize};

use super::relation::{Expr, NodeId};

/// A program: sequences run in order, each when its condition holds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Action {
    /// Id.
    pub id: String,
    /// Name shown in messages.
    pub name: String,
    /// Sequences.
    pub sequences: Vec<Sequence>,
}

/// One sequence.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Sequence {
    /// Runs when this is True; always when absent.
    pub condition: Option<Scalar>,
    /// Steps.
    pub steps: Vec<Step>,
    /// Steps when the condition does not hold.
    pub otherwise: Vec<Step>,
    /// Shown after the last step.
    pub notify: Option<Template>,
    /// Data effects are one transaction.
    pub atomic: bool,
}

/// A value computed when its step runs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scalar {
    /// An expression over parameters only (controls, selection, now).
    Expression(Expr),
    /// The first column of the first row of a relation (a formula that reads data).
    Query(NodeId),
}

/// Prose with values.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Template {
    /// Text and values in order.
    pub parts: Vec<TemplatePart>,
}

/// A piece of prose.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TemplatePart {
    /// As written.
    Text(String),
    /// A value.
    Value(Scalar),
}

/// One step.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Step {
    /// Adds a row.
    Insert {
        /// Input table id.
        table: String,
        /// Column id and value.
        values: Vec<(String, Scalar)>,
    },
    /// Changes rows.
    Update {
        /// Input table id.
        table: String,
        /// Which.
        rows: Rows,
        /// Column id and value.
        values: Vec<(String, Scalar)>,
    },
    /// Removes rows.
    Delete {
        /// Input table id.
        table: String,
        /// Which.
        rows: Rows,
    },
    /// Sets a control.
    Set {
        /// Control id.
        control: String,
        /// Its new value.
        value: Scalar,
    },
    /// Empties a control (or goes back to its default when it cannot be empty).
    Clear {
        /// Control id.
        control: String,
    },
    /// Opens a modal or drawer.
    Open {
        /// Overlay id.
        overlay: String,
    },
    /// Closes an overlay, the topmost when not said.
    Close {
        /// Overlay id.
        overlay: Option<String>,
    },
    /// Goes to a page.
    Navigate {
        /// Page id.
        page: String,
    },
    /// Shows a tab.
    SelectTab {
        /// Element id of the tabs.
        tabs: String,
        /// Tab id.
        tab: String,
    },
    /// Reads data again.
    Refresh {
        /// Data element ids; all when empty.
        elements: Vec<String>,
    },
    /// Opens an address.
    OpenUrl {
        /// Address; only `http`, `https` and `mailto` are followed.
        url: Template,
        /// In a new tab.
        new_tab: bool,
    },
    /// Shows a message.
    Notify {
        /// Text.
        text: Template,
    },
    /// Runs another action.
    Run {
        /// Action id.
        action: String,
    },
    /// Runs steps under a condition.
    If {
        /// Condition.
        condition: Scalar,
        /// When True.
        then: Vec<Step>,
        /// Otherwise.
        otherwise: Vec<Step>,
    },
}

/// Which rows of an input table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// Rows for which the predicate is True. The relation gives `_row_id` in its first column.
    Where(NodeId),
    /// Rows whose columns equal these values.
    Key(Vec<(String, Scalar)>),
    /// The rows selected in the element the action belongs to.
    Selected,
    /// Every row; the author said `where: all`.
    All,
}
