//! Edits as statements: each is written to the log first and then applied, both only when the row is (or is not) there.

use bookwright_compiler::plan::input::InputTable;
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde_json::{Map, Value as Json, json};

use super::names::{BATCHES, GAP, Names};
use super::validate::Checked;
use crate::adapter::Statement;
use crate::adapter::sqlite::declared::quote;
use crate::engine::wire;

/// Who edits, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// E-mail address or another name; goes to `_created_by` and `_updated_by`.
    pub user: String,
    /// Browser tab, so that it can ignore its own echo.
    pub tab: String,
    /// Instant of the edit: microseconds of wall-clock time in the project's zone.
    pub now: i64,
}

/// One entry of the log: the operations it stands for, by their position in the request.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Entry {
    pub(crate) ops: Vec<usize>,
    pub(crate) edit: Checked,
}

/// Joins neighbouring changes of one row into one entry.
pub(crate) fn entries(checked: Vec<(usize, Checked)>) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::with_capacity(checked.len());
    for (index, edit) in checked {
        if let (
            Some(Entry {
                ops,
                edit: Checked::Update { key, values },
            }),
            Checked::Update {
                key: next,
                values: more,
            },
        ) = (out.last_mut(), &edit)
            && key == next
        {
            ops.push(index);
            values.extend(more.clone());
            continue;
        }
        out.push(Entry {
            ops: vec![index],
            edit,
        });
    }
    out
}

/// Why an entry changed nothing, when its log statement did not write.
pub(crate) fn miss(edit: &Checked) -> String {
    match edit {
        Checked::Update { .. } | Checked::Delete { .. } => {
            "the row is not there any more".to_owned()
        }
        Checked::Insert { .. } => "a row with this id is already there".to_owned(),
    }
}

/// One transaction's worth of edits of one table.
pub(crate) struct Writing<'a> {
    pub(crate) names: &'a Names,
    pub(crate) table: &'a InputTable,
    pub(crate) workbook: &'a str,
    pub(crate) author: &'a Author,
    /// Unique id of the batch.
    pub(crate) batch: &'a str,
}

impl Writing<'_> {
    /// All statements, and for each entry the position of the statement that tells whether it was done. The first
    /// statement fails when the batch was done before; the last gives the number of the last edit.
    pub(crate) fn statements(&self, entries: &[Entry]) -> (Vec<Statement>, Vec<usize>) {
        let mut out = vec![self.begin()];
        let mut told = Vec::with_capacity(entries.len());
        let chains = chains(entries);
        for (entry, remaining) in entries.iter().zip(chains) {
            if let (
                Checked::Insert {
                    after: Some(after), ..
                },
                Some((remaining, true)),
            ) = (&entry.edit, remaining)
            {
                out.push(self.make_room(after, remaining));
            }
            told.push(out.len());
            out.push(self.log(entry));
            out.push(self.apply(&entry.edit, remaining.map_or(1, |(remaining, _)| remaining)));
        }
        out.extend(self.end());
        (out, told)
    }

    fn begin(&self) -> Statement {
        let sql = format!(
            "INSERT INTO {schema}{BATCHES} (id, ds_id, first) SELECT ?1, ?2, coalesce(max(EDIT_NUM), 0) FROM {log} \
             WHERE true ON CONFLICT DO NOTHING",
            schema = self.names.schema,
            log = self.names.log
        );
        Statement::new(
            sql,
            vec![self.batch_key(), Value::text(self.names.id.as_str())],
        )
        .must_change()
    }

    fn end(&self) -> Vec<Statement> {
        let Names { schema, log, .. } = self.names;
        let close = format!(
            "UPDATE {schema}{BATCHES} SET last = (SELECT coalesce(max(EDIT_NUM), 0) FROM {log}) WHERE id = ?1"
        );
        let forget = format!(
            "DELETE FROM {schema}{BATCHES} WHERE rowid < (SELECT max(rowid) FROM {schema}{BATCHES}) - 10000"
        );
        let last = format!("SELECT coalesce(max(EDIT_NUM), 0) FROM {log}");
        vec![
            Statement::new(close, vec![self.batch_key()]),
            Statement::new(forget, Vec::new()),
            Statement::new(last, Vec::new()).returning(vec![Type::Number]),
        ]
    }

    fn batch_key(&self) -> Value {
        batch_key(self.names, self.batch)
    }

    /// Appends to the log when the edit can be applied.
    fn log(&self, entry: &Entry) -> Statement {
        let Names { log, rows, id, .. } = self.names;
        let (key, condition) = match &entry.edit {
            Checked::Insert { key, .. } => (key, "NOT EXISTS"),
            Checked::Update { key, .. } | Checked::Delete { key } => (key, "EXISTS"),
        };
        let sql = format!(
            "INSERT INTO {log} (DS_ID, EDIT_NUM, TIMESTAMP, EDIT, METADATA) \
             SELECT ?1, (SELECT coalesce(max(EDIT_NUM), 0) + 1 FROM {log}), ?2, ?3, ?4 \
             WHERE {condition} (SELECT 1 FROM {rows} WHERE _row_id = ?5)"
        );
        let params = vec![
            Value::text(id.as_str()),
            Value::Date(self.author.now),
            Value::text(self.edit_json(&entry.edit).to_string()),
            Value::text(self.metadata(&entry.ops).to_string()),
            Value::text(key.as_str()),
        ];
        Statement::new(sql, params)
    }

    fn edit_json(&self, edit: &Checked) -> Json {
        let blame = json!({ "updatedBy": self.author.user });
        match edit {
            Checked::Insert { key, after, values } => {
                json!({ "addRow": { "rowId": key, "after": after, "values": cells(values), "blameInfo": blame } })
            }
            Checked::Update { key, values } => {
                json!({ "updateRow": { "rowId": key, "values": cells(values), "blameInfo": blame } })
            }
            Checked::Delete { key } => json!({ "deleteRow": { "rowId": key, "blameInfo": blame } }),
        }
    }

    fn metadata(&self, ops: &[usize]) -> Json {
        let mut metadata = metadata(self.names, self.workbook, self.table, &self.author.user);
        metadata.insert("tab".to_owned(), Json::from(self.author.tab.as_str()));
        metadata.insert("batch".to_owned(), Json::from(self.batch));
        metadata.insert("ops".to_owned(), Json::from(ops));
        Json::Object(metadata)
    }

    fn apply(&self, edit: &Checked, remaining: i64) -> Statement {
        let rows = &self.names.rows;
        match edit {
            Checked::Delete { key } => Statement::new(
                format!("DELETE FROM {rows} WHERE _row_id = ?1"),
                vec![Value::text(key.as_str())],
            ),
            Checked::Update { key, values } => {
                let mut params = vec![
                    Value::text(key.as_str()),
                    Value::Date(self.author.now),
                    Value::text(self.author.user.as_str()),
                ];
                let mut sql = format!("UPDATE {rows} SET _updated_at = ?2, _updated_by = ?3");
                for (column, value) in values {
                    params.push(value.clone());
                    sql.push_str(
                        &format_args!(", {} = ?{}", quote(column), params.len()).to_string(),
                    );
                }
                sql.push_str(" WHERE _row_id = ?1");
                Statement::new(sql, params)
            }
            Checked::Insert { key, after, values } => {
                self.insert(key, after.as_deref(), values, remaining)
            }
        }
    }

    /// Adds a row behind `after` (before all others when that is empty), leaving even room for the `remaining - 1` rows that follow it there.
    fn insert(
        &self,
        key: &str,
        after: Option<&str>,
        values: &IndexMap<String, Value>,
        remaining: i64,
    ) -> Statement {
        let rows = &self.names.rows;
        let mut params = vec![
            Value::text(key),
            Value::Date(self.author.now),
            Value::text(self.author.user.as_str()),
            after.map_or(Value::Null, Value::text),
            Value::Integer(GAP),
            Value::Integer(remaining + 1),
        ];
        let mut names =
            String::from("_row_id, _created_at, _created_by, _updated_at, _updated_by, _position");
        let mut cells = format!(
            "?1, ?2, ?3, ?2, ?3, coalesce((SELECT min(_position) - ?5 * ?6 FROM {rows} WHERE ?4 = ''), \
             (SELECT a._position + (coalesce((SELECT min(b._position) FROM {rows} b WHERE b._position > a._position), a._position + ?5 * ?6) - a._position) / ?6 \
             FROM {rows} a WHERE a._row_id = ?4), (SELECT coalesce(max(_position), 0) + ?5 FROM {rows}))"
        );
        for (column, value) in values {
            params.push(value.clone());
            names.push_str(", ");
            names.push_str(&quote(column));
            cells.push_str(", ?");
            cells.push_str(&params.len().to_string());
        }
        Statement::new(
            format!(
                "INSERT INTO {rows} ({names}) SELECT {cells} WHERE true ON CONFLICT DO NOTHING"
            ),
            params,
        )
    }

    /// Spreads all rows out again when `count` rows do not fit behind `after`.
    fn make_room(&self, after: &str, count: i64) -> Statement {
        let rows = &self.names.rows;
        let sql = format!(
            "UPDATE {rows} SET _position = spread.number * ?3 FROM (SELECT _row_id AS id, \
             row_number() OVER (ORDER BY _position, _row_id) AS number FROM {rows}) AS spread \
             WHERE _row_id = spread.id AND (SELECT min(b._position) - a._position FROM {rows} a \
             JOIN {rows} b ON b._position > a._position WHERE a._row_id = ?1) <= ?2"
        );
        Statement::new(
            sql,
            vec![
                Value::text(after),
                Value::Integer(count),
                Value::Integer(GAP),
            ],
        )
    }
}

/// The key of a batch among those of all tables.
pub(crate) fn batch_key(names: &Names, batch: &str) -> Value {
    Value::text(format!("{}/{batch}", names.id))
}

/// What the log says about the input table itself.
pub(crate) fn metadata(
    names: &Names,
    workbook: &str,
    table: &InputTable,
    user: &str,
) -> Map<String, Json> {
    let mut map = Map::new();
    map.insert(
        "tableName".to_owned(),
        Json::from(format!("SIGDS_{}", names.id)),
    );
    map.insert("workbookId".to_owned(), Json::from(workbook));
    map.insert("elementTitle".to_owned(), Json::from(table.name.as_str()));
    map.insert("userEmail".to_owned(), Json::from(user));
    map
}

fn cells(values: &IndexMap<String, Value>) -> Json {
    Json::Object(
        values
            .iter()
            .map(|(column, value)| (column.clone(), wire::cell(value)))
            .collect(),
    )
}

/// For each entry that inserts behind a row: how many rows of its chain are still to come, itself included, and
/// whether it begins the chain. In a chain each row stands behind the one before (a pasted block).
fn chains(entries: &[Entry]) -> Vec<Option<(i64, bool)>> {
    let after = |entry: &Entry| match &entry.edit {
        Checked::Insert {
            after: Some(after), ..
        } => Some(after.clone()),
        _ => None,
    };
    let key = |entry: &Entry| match &entry.edit {
        Checked::Insert { key, .. } => Some(key.clone()),
        _ => None,
    };
    let continues = |index: usize| {
        let anchor = entries.get(index).and_then(after);
        anchor.is_some()
            && index > 0
            && entries
                .get(index - 1)
                .is_some_and(|before| key(before) == anchor && after(before).is_some())
    };
    let mut out = vec![None; entries.len()];
    let mut remaining = 0;
    for (index, slot) in out.iter_mut().enumerate().rev() {
        if entries.get(index).and_then(after).is_none() {
            remaining = 0;
            continue;
        }
        remaining += 1;
        let begins = !continues(index);
        *slot = Some((remaining, begins));
        if begins {
            remaining = 0;
        }
    }
    out
}
