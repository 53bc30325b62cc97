//! Functions that every connection has beside `SQLite`'s own: the formula language's, and a few for authors' SQL.

use std::cell::RefCell;
use std::error::Error;
use std::sync::Arc;

use bookwright_compiler::formula::eval::{self, Context as EvalContext};
use bookwright_compiler::formula::functions::{Accepts, signature::letter_type};
use bookwright_compiler::formula::functions::{
    Evaluator, Function, Lowering, all, function, native_name,
};
use bookwright_compiler::plan::relation::Expr;
use bookwright_compiler::value::{Type, Value};
use jiff::tz::TimeZone;
use rusqlite::functions::{Aggregate, Context, FunctionFlags, WindowAggregate};
use rusqlite::types::{ToSqlOutput, Value as Stored, ValueRef};
use rusqlite::{Connection, ToSql};

use super::cell::read;
use super::{date_text, math};

/// What dates mean to the functions of a connection.
pub(super) type Settings = EvalContext;

/// A computed value on its way to `SQLite`.
pub(super) struct Computed(pub(super) Value);

impl ToSql for Computed {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(match &self.0 {
            Value::Null => Stored::Null,
            Value::Logical(b) => Stored::Integer(i64::from(*b)),
            Value::Integer(i) => Stored::Integer(*i),
            Value::Float(f) => Stored::Real(*f),
            Value::Text(text) => Stored::Text(text.as_ref().to_owned()),
            Value::Date(micros) => Stored::Text(date_text::format(*micros)),
            Value::Variant(json) => Stored::Text(json.to_string()),
        }))
    }
}

/// Registers everything.
///
/// # Errors
/// When `SQLite` refuses a registration.
pub(super) fn register(connection: &Connection, settings: &Arc<Settings>) -> rusqlite::Result<()> {
    let mut names = std::collections::BTreeSet::new();
    for function in all().filter(|f| can_be_native(f.lowering)) {
        let name = native_name(function.name);
        if names.insert(name.clone()) {
            native(connection, &name, function, settings)?;
        }
    }
    for function in all().filter(|f| f.lowering == Lowering::PerItem) {
        per_item(connection, function, settings)?;
    }
    if let Some(trunc) = function("DateTrunc") {
        native(connection, "date_trunc", trunc, settings)?;
    }
    if let Some(matches) = function("RegexpMatch") {
        regexp(connection, matches, settings)?;
    }
    from_utc(connection)?;
    math::register_missing(connection)
}

/// A template may not fit every call, and then the printer writes the native one.
fn can_be_native(lowering: Lowering) -> bool {
    match lowering {
        Lowering::Native | Lowering::ByCount(_) | Lowering::ByLiteral { .. } => true,
        Lowering::Template(_)
        | Lowering::Window { .. }
        | Lowering::Cases(_)
        | Lowering::WindowCases { .. }
        | Lowering::Pattern(_)
        | Lowering::Made(_)
        | Lowering::Refused(_)
        | Lowering::Special
        | Lowering::PerItem
        | Lowering::Passthrough
        | Lowering::Replaced => false,
    }
}

pub(super) fn flags() -> FunctionFlags {
    FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS
}

fn native(
    connection: &Connection,
    name: &str,
    function: &'static Function,
    settings: &Arc<Settings>,
) -> rusqlite::Result<()> {
    let settings = Arc::clone(settings);
    match function.evaluate {
        Evaluator::Scalar(_) => connection.create_scalar_function(name, -1, flags(), move |call| {
            Ok(Computed(eval::call(
                function,
                &arguments(call, function),
                &settings,
            )))
        }),
        // Over a group, a function of a partition gives one value; over a window it is SQLite that walks the rows.
        Evaluator::Aggregate(_) | Evaluator::Window(_) => {
            connection.create_window_function(name, -1, flags(), Collect { function, settings })
        }
        Evaluator::PerItem(_) | Evaluator::Replaced | Evaluator::Engine => Ok(()),
    }
}

/// A function of the items of an array. What it computes for each is read once per statement.
fn per_item(
    connection: &Connection,
    function: &'static Function,
    settings: &Arc<Settings>,
) -> rusqlite::Result<()> {
    let settings = Arc::clone(settings);
    let name = native_name(function.name);
    connection.create_scalar_function(name.as_str(), -1, flags(), move |call| {
        let each: Arc<Expr> = call.get_or_create_aux(2, |text| {
            serde_json::from_str::<Expr>(text.as_str()?)
                .map_err(Box::<dyn Error + Send + Sync>::from)
        })?;
        let values = tagged(call);
        let row = values.get(2..).unwrap_or_default();
        let array = values.first().unwrap_or(&Value::Null);
        Ok(Computed(eval::per_item(
            function, array, &each, row, &settings,
        )))
    })
}

/// Arguments by the tag that comes first.
fn tagged(call: &Context<'_>) -> Vec<Value> {
    let tag = match call.get_raw_checked(0) {
        Some(ValueRef::Text(letters)) => letters,
        _ => &[],
    };
    let typed = |index: usize| {
        tag.get(index)
            .map_or(Type::Unknown, |letter| letter_type(char::from(*letter)))
    };
    (1..call.len())
        .map(|index| read(call.get_raw(index), typed(index - 1)))
        .collect()
}

/// Arguments by their declared types, or by the tag that comes first.
fn arguments(call: &Context<'_>, function: &Function) -> Vec<Value> {
    if function.is_tagged() {
        return tagged(call);
    }
    let count = call.len();
    (0..count)
        .map(|index| {
            let ty = match function.param(index, count).map(|param| param.accepts) {
                Some(Accepts::One(ty)) => ty,
                Some(Accepts::Choice(_)) => Type::Text,
                _ => Type::Unknown,
            };
            read(call.get_raw(index), ty)
        })
        .collect()
}

trait Checked {
    fn get_raw_checked(&self, index: usize) -> Option<ValueRef<'_>>;
}

impl Checked for Context<'_> {
    fn get_raw_checked(&self, index: usize) -> Option<ValueRef<'_>> {
        (index < self.len()).then(|| self.get_raw(index))
    }
}

/// An aggregate that keeps its rows and computes at the end; as a window function rows leave at the front.
struct Collect {
    function: &'static Function,
    settings: Arc<Settings>,
}

impl Collect {
    fn compute(&self, rows: &[Vec<Value>]) -> Computed {
        Computed(eval::aggregate(self.function, rows, &self.settings))
    }
}

impl Aggregate<Vec<Vec<Value>>, Computed> for Collect {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Vec<Vec<Value>>> {
        Ok(Vec::new())
    }

    fn step(&self, call: &mut Context<'_>, rows: &mut Vec<Vec<Value>>) -> rusqlite::Result<()> {
        rows.push(arguments(call, self.function));
        Ok(())
    }

    fn finalize(
        &self,
        _: &mut Context<'_>,
        rows: Option<Vec<Vec<Value>>>,
    ) -> rusqlite::Result<Computed> {
        Ok(self.compute(&rows.unwrap_or_default()))
    }
}

impl WindowAggregate<Vec<Vec<Value>>, Computed> for Collect {
    fn value(&self, rows: Option<&mut Vec<Vec<Value>>>) -> rusqlite::Result<Computed> {
        Ok(self.compute(rows.map_or(&[], |rows| rows.as_slice())))
    }

    fn inverse(&self, _: &mut Context<'_>, rows: &mut Vec<Vec<Value>>) -> rusqlite::Result<()> {
        if !rows.is_empty() {
            rows.remove(0);
        }
        Ok(())
    }
}

/// `text REGEXP pattern`, which `SQLite` turns into `regexp(pattern, text)`.
fn regexp(
    connection: &Connection,
    matches: &'static Function,
    settings: &Arc<Settings>,
) -> rusqlite::Result<()> {
    let settings = Arc::clone(settings);
    connection.create_scalar_function("regexp", 2, flags(), move |call| {
        let args = [
            read(call.get_raw(1), Type::Text),
            read(call.get_raw(0), Type::Text),
        ];
        Ok(Computed(eval::call(matches, &args, &settings)))
    })
}

/// `bw_from_utc(text, zone)`: an instant in UTC as wall-clock time of a zone; Null for an unknown zone.
fn from_utc(connection: &Connection) -> rusqlite::Result<()> {
    let last = RefCell::new((String::from("UTC"), Some(TimeZone::UTC)));
    connection.create_scalar_function("bw_from_utc", 2, flags(), move |call| {
        let (Value::Date(micros), Value::Text(name)) = (
            read(call.get_raw(0), Type::Date),
            read(call.get_raw(1), Type::Text),
        ) else {
            return Ok(Computed(Value::Null));
        };
        let mut last = last.borrow_mut();
        if last.0 != *name {
            *last = (name.as_ref().to_owned(), TimeZone::get(&name).ok());
        }
        let local = last.1.as_ref().and_then(|zone| to_wall_clock(micros, zone));
        Ok(Computed(local.map_or(Value::Null, Value::Date)))
    })
}

/// Wall-clock microseconds in `zone` of an instant.
pub fn to_wall_clock(instant: i64, zone: &TimeZone) -> Option<i64> {
    let timestamp = jiff::Timestamp::from_microsecond(instant).ok()?;
    let offset = i64::from(zone.to_offset(timestamp).seconds());
    instant.checked_add(offset * 1_000_000)
}
