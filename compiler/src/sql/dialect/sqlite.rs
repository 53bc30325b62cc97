//! `SQLite` 3.46 or later, with the natives that the runtime registers (`bw_…`).

use super::{Dialect, Percentile, ValuesForm};
use crate::formula::functions::{Function, Lowering};
use crate::sql::tree::Expr;
use crate::value::{Type, Value};

/// The embedded engine.
#[derive(Clone, Copy, Debug)]
pub struct Sqlite;

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    /// There are no schemas below a database file: the whole path is one name.
    fn table(&self, path: &[String]) -> String {
        self.quote(&path.join("."))
    }

    fn placeholder(&self, number: usize) -> String {
        format!("?{number}")
    }

    fn numbers_placeholders(&self) -> bool {
        true
    }

    fn truth(&self, truth: bool) -> &'static str {
        if truth { "1" } else { "0" }
    }

    fn default_nulls_first(&self, descending: bool) -> bool {
        !descending
    }

    fn values_form(&self) -> ValuesForm {
        ValuesForm::Named
    }

    fn has_natives(&self) -> bool {
        true
    }

    fn null(&self, _: Type) -> String {
        "NULL".to_owned()
    }

    fn binds(&self, _: &Value) -> bool {
        true
    }

    fn stores_utc(&self) -> bool {
        true
    }

    fn wall_clock(&self, instant: Expr, zone: Expr) -> Expr {
        Expr::call("bw_from_utc", vec![instant, zone])
    }

    fn lowering(&self, function: &Function) -> Lowering {
        function.lowering
    }

    /// Dates are texts of one form; the engine's own functions give several.
    fn foreign(&self, call: Expr, ty: Type) -> Expr {
        if ty == Type::Date {
            Expr::call("bw_date", vec![Expr::word("'?'"), call])
        } else {
            call
        }
    }

    fn percentile(&self, kind: Percentile, value: Expr, share: Expr) -> Expr {
        match kind {
            Percentile::Median => Expr::call("median", vec![value]),
            Percentile::Continuous => Expr::call("percentile_cont", vec![value, share]),
        }
    }

    fn list_aggregate(&self) -> &'static str {
        "group_concat"
    }
}
