//! Sources: where the rows of an element come from, and under which names.

use super::columns::Columns;
use super::control::is_multiple;
use super::scope::{Bare, Checker, Place, Typer};
use super::{Depth, Element, Leg, Source, SourceColumn, SourceKind, SqlText, Typed, TypedKind};
use crate::diag::codes::{names as codes, plan as plan_codes};
use crate::diag::{Diagnostic, nearest};
use crate::document::data::{self, JoinLeg, JoinType};
use crate::document::primitive::{Entry, Formula, NameOr, Text};
use crate::formula::ast::{BinaryOp, Expr, ExprKind};
use crate::host::{CatalogColumn, CatalogTable};
use crate::plan::relation::{ControlPart, JoinKind, Parameter};
use crate::resolve::{NameKind, control_id, unknown_name};
use crate::span::{Span, Spanned};
use crate::value::Type;

impl Source {
    pub(crate) fn broken() -> Self {
        Self {
            kind: SourceKind::Broken,
            columns: Vec::new(),
            open: true,
            metrics: Vec::new(),
        }
    }

    pub(crate) fn unit() -> Self {
        Self {
            kind: SourceKind::Unit,
            columns: Vec::new(),
            open: false,
            metrics: Vec::new(),
        }
    }
}

impl<'d> Checker<'_, 'd> {
    /// The source behind `from`.
    pub(crate) fn from(
        &mut self,
        from: &'d data::From,
        level: Option<&Text>,
        span: Span,
    ) -> Source {
        match from {
            NameOr::Name(name) => self.reading(name, level),
            NameOr::Inline(source) => self.source(source, span),
        }
    }

    /// A source written out; exactly one kind of it.
    pub(crate) fn source(&mut self, source: &'d data::Source, span: Span) -> Source {
        let kinds: Vec<(&str, Span)> = source_kinds(source);
        match kinds.as_slice() {
            [] => {
                self.sink.push(
                    Diagnostic::new(
                        &codes::MISSING_SOURCE,
                        span,
                        format!("`{}` has no source", self.named_at(span)),
                    )
                    .label("where do its rows come from?")
                    .help(
                        "add one of `table`, `sql`, `query`, `csv`, `input_table`, `join`, `union`",
                    ),
                );
                return Source::broken();
            }
            [_] => {}
            [(first, at), (second, second_at), ..] => {
                self.sink.push(
                    Diagnostic::new(
                        &codes::SEVERAL_SOURCES,
                        *second_at,
                        format!(
                            "`{}` has two sources: `{first}` and `{second}`",
                            self.named_at(span)
                        ),
                    )
                    .label("a second source")
                    .also(*at, "the first one")
                    .help(
                        "keep one of them; several sources are put together with `join` or `union`",
                    ),
                );
            }
        }
        let level = source.level.as_ref();
        if let Some(table) = &source.table {
            self.table(table)
        } else if let Some(sql) = &source.sql {
            self.sql(sql)
        } else if let Some(query) = source.query.as_ref().or(source.input_table.as_ref()) {
            self.reading(query, level)
        } else if let Some(csv) = &source.csv {
            self.csv(csv)
        } else if let Some(legs) = &source.join {
            self.join(legs, span)
        } else if let Some(inputs) = &source.union {
            self.union(inputs, source.r#match.as_deref().unwrap_or_default(), span)
        } else {
            Source::broken()
        }
    }

    /// The name of what lacks a source, for messages: the first line under its place.
    fn named_at(&self, span: Span) -> &str {
        let text = self.sources.text(span).lines().next().unwrap_or_default();
        text.trim_matches(['"', '\''])
    }

    /// A data element by name, as a source; a finding when there is none.
    fn reading(&mut self, name: &Text, level: Option<&Text>) -> Source {
        if !self.model.data.contains_key(&name.value) {
            if !self.model.failed.contains(&name.value) {
                let found = unknown_name(
                    NameKind::Data,
                    name,
                    "",
                    self.model.data.keys().map(String::as_str),
                );
                self.sink.push(found);
            }
            return Source::broken();
        }
        self.element_source(name, level, name.span)
            .unwrap_or_else(Source::broken)
    }

    /// The rows of a known element at a level.
    pub(crate) fn element_source(
        &mut self,
        name: &Text,
        level: Option<&Text>,
        from: Span,
    ) -> Option<Source> {
        let (index, element) = self.named(&name.value, from)?;
        let depth = match level {
            None => element.rows_depth(),
            Some(level) => self.level_depth(&element, level)?,
        };
        Some(source_of(index, &element, depth))
    }

    fn level_depth(&mut self, element: &Element, level: &Text) -> Option<Depth> {
        if level.value == "base" {
            return Some(element.base_depth());
        }
        if let Some(position) = element.levels.iter().position(|l| l.name == level.value) {
            return Some(position + 1);
        }
        let names = element
            .levels
            .iter()
            .map(|l| l.name.as_str())
            .chain(["base"]);
        let found = unknown_name(NameKind::Level, level, &element.name, names);
        self.sink.push(found);
        None
    }

    fn table(&mut self, table: &Text) -> Source {
        let path: Vec<String> = table.value.split('.').map(str::to_owned).collect();
        let prefix = path.last().cloned().unwrap_or_default();
        let Some(found) = self.host.tables(&path) else {
            return Source::broken();
        };
        match found.as_slice() {
            [table] => scan(table, &prefix),
            [] => {
                let names = self.host.table_names();
                let found = Diagnostic::new(
                    &codes::UNKNOWN_TABLE,
                    table.span,
                    format!("no table `{}`", table.value),
                );
                let loud = !table.value.contains(char::is_lowercase);
                let near = nearest_table(&table.value, &names).map(|near| {
                    if loud {
                        near.to_uppercase()
                    } else {
                        near.to_owned()
                    }
                });
                self.sink.push(match near {
                    Some(near) => found
                        .label(format!("a table with a similar name exists: `{near}`"))
                        .fix(format!("write `{near}`"), table.span, near.clone()),
                    None if names.is_empty() => found.label("the target has no tables").help(
                        "put a CSV file into `data/`, or list it under `seeds` of the project file",
                    ),
                    None => found
                        .label("not found")
                        .note(format!("there are `{}`", names.join("`, `"))),
                });
                Source::broken()
            }
            several => {
                let names: Vec<String> = several
                    .iter()
                    .map(|t| format!("`{}`", t.path.join(".")))
                    .collect();
                self.sink.push(
                    Diagnostic::new(
                        &codes::AMBIGUOUS_TABLE,
                        table.span,
                        format!("`{}` could be any of {}", table.value, names.join(", ")),
                    )
                    .help("write more of its path"),
                );
                Source::broken()
            }
        }
    }

    fn csv(&mut self, path: &Text) -> Source {
        self.files.insert(path.value.clone());
        match self.host.describe_csv(&path.value) {
            Ok(table) => {
                let name = path.value.rsplit('/').next().unwrap_or(&path.value);
                let stem = name.strip_suffix(".csv").unwrap_or(name);
                scan(&table, stem)
            }
            Err(message) => {
                self.sink
                    .push(Diagnostic::new(&codes::UNREADABLE_FILE, path.span, message));
                Source::broken()
            }
        }
    }

    fn sql(&mut self, sql: &Text) -> Source {
        let (parts, text) = self.sql_parts(sql);
        let columns = match self.host.describe_sql(&text) {
            None => {
                return Source {
                    kind: SourceKind::Sql {
                        parts,
                        zoned: Vec::new(),
                    },
                    ..Source::broken()
                };
            }
            Some(Ok(columns)) => columns,
            Some(Err(refusal)) => {
                self.sink.push(
                    Diagnostic::new(
                        &plan_codes::SQL_REFUSED,
                        sql.span,
                        format!("the database refuses this statement: {}", refusal.message),
                    )
                    .label("custom SQL"),
                );
                return Source::broken();
            }
        };
        let zoned = columns.iter().map(|c| c.zoned).collect();
        let columns = columns
            .into_iter()
            .map(|c| physical(c, "Custom SQL"))
            .collect();
        Source {
            kind: SourceKind::Sql { parts, zoned },
            columns,
            open: false,
            metrics: Vec::new(),
        }
    }

    /// Splits a statement at its `{{…}}`; gives the parts, and the text with `?1`, `?2` for them.
    fn sql_parts(&mut self, sql: &Text) -> (Vec<SqlText>, String) {
        let mut parts = Vec::new();
        let mut described = String::new();
        let mut rest = sql.value.as_str();
        let mut count = 0;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((inside, tail)) = after.split_once("}}") else {
                break;
            };
            self.sql_tables(before, &mut parts, &mut described);
            let (part, tail) = end_of(tail);
            let typed = self.sql_value(inside.trim(), part, sql.span);
            count += 1;
            // Several values are printed as a list in parentheses.
            let place = if self.is_list(&typed) {
                format!("(?{count})")
            } else {
                format!("?{count}")
            };
            described.push_str(&place);
            parts.push(SqlText::Value(typed));
            rest = tail;
        }
        self.sql_tables(rest, &mut parts, &mut described);
        (parts, described)
    }

    /// Text of a statement with its dotted table names found in the catalog; others are the database's affair.
    fn sql_tables(&self, text: &str, parts: &mut Vec<SqlText>, described: &mut String) {
        for piece in super::sql_text::pieces(text) {
            let text = match piece {
                super::sql_text::Piece::Text(text) => text,
                super::sql_text::Piece::Table(path, text) => {
                    match self.host.tables(&path).as_deref() {
                        Some([table]) => {
                            described.push_str(&self.host.table_identifier(&table.path));
                            parts.push(SqlText::Table(table.path.clone()));
                            continue;
                        }
                        _ => text,
                    }
                }
            };
            described.push_str(text);
            parts.push(SqlText::Text(text.to_owned()));
        }
    }

    /// Whether a value is the selection of a control that takes several.
    fn is_list(&self, typed: &Typed) -> bool {
        let TypedKind::Parameter(Parameter::Control {
            id,
            part: ControlPart::Value,
        }) = &typed.kind
        else {
            return false;
        };
        let mut controls = self.model.controls.values();
        controls.any(|control| control_id(control) == *id && is_multiple(control.def))
    }

    fn sql_value(&mut self, inside: &str, part: ControlPart, span: Span) -> Typed {
        if let Some(formula) = inside.strip_prefix("#formula ") {
            let map = crate::yaml::TextMap {
                span,
                runs: vec![(0, span.start)],
            };
            let expr = crate::formula::parse(formula.trim(), &map, &mut self.sink);
            return self.constant_formula(&expr, "custom SQL");
        }
        let name = inside.trim_start_matches('[').trim_end_matches(']');
        if let Some(control) = self.model.controls.get(name) {
            return super::reference::control_value(control, part, span);
        }
        if !self.model.failed.contains(name) {
            let name = Spanned::new(name.to_owned(), span);
            let found = unknown_name(
                NameKind::Control,
                &name,
                "",
                self.model.controls.keys().map(String::as_str),
            );
            self.sink.push(Diagnostic { fix: None, ..found });
        }
        Typed::error(span)
    }

    /// A formula over controls and the clock only.
    pub(crate) fn constant_formula(&mut self, expr: &Expr, whose: &str) -> Typed {
        let source = Source::unit();
        let mut typer = Typer {
            checker: self,
            own: Columns::default(),
            source: &source,
            name: whose.to_owned(),
            levels: 0,
            chart: false,
            selection: None,
            metrics: Vec::new(),
        };
        typer.expr(
            expr,
            Place {
                bare: Bare::Controls,
                ..Place::free()
            },
        )
    }

    fn join(&mut self, legs: &'d [Entry<JoinLeg>], span: Span) -> Source {
        let mut joined = Source {
            kind: SourceKind::Unit,
            ..Source::unit()
        };
        let mut list = Vec::new();
        for (index, leg) in legs.iter().enumerate() {
            let mut source = self.leg(&leg.value, span);
            for column in &mut source.columns {
                column.prefix.clone_from(&leg.name.value);
            }
            let kind = leg.value.r#type.map_or(JoinType::Left, |t| t.value);
            let on = if index == 0 {
                Vec::new()
            } else {
                self.join_conditions(&joined, &source, leg)
            };
            joined.columns.extend(source.columns.iter().cloned());
            joined.open |= source.open;
            list.push(Leg {
                source,
                kind: join_kind(kind),
                on,
            });
        }
        joined.kind = SourceKind::Join(list);
        joined
    }

    fn leg(&mut self, leg: &'d JoinLeg, span: Span) -> Source {
        if let Some(table) = &leg.table {
            self.table(table)
        } else if let Some(query) = leg.query.as_ref().or(leg.input_table.as_ref()) {
            self.reading(query, leg.level.as_ref())
        } else if let Some(csv) = &leg.csv {
            self.csv(csv)
        } else {
            self.sink.push(
                Diagnostic::new(
                    &codes::MISSING_SOURCE,
                    if leg.span.is_empty() { span } else { leg.span },
                    "the leg has no source",
                )
                .help("add one of `query`, `table`, `input_table`, `csv`"),
            );
            Source::broken()
        }
    }

    fn join_conditions(
        &mut self,
        left: &Source,
        right: &Source,
        leg: &Entry<JoinLeg>,
    ) -> Vec<(Typed, String, Typed)> {
        let conditions = leg
            .value
            .on
            .as_ref()
            .map(|on| on.0.as_slice())
            .unwrap_or_default();
        if conditions.is_empty() {
            self.sink.push(
                Diagnostic::new(
                    &codes::MISSING_JOIN_CONDITION,
                    leg.name.span,
                    format!("the leg `{}` does not say what it joins on", leg.name.value),
                )
                .label("joined on what?")
                .help(format!("add `on: \"[…/Key] = [{}/Key]\"`", leg.name.value)),
            );
        }
        conditions
            .iter()
            .filter_map(|on| self.join_condition(left, right, on, &leg.name.value))
            .collect()
    }

    fn join_condition(
        &mut self,
        left: &Source,
        right: &Source,
        on: &Formula,
        leg: &str,
    ) -> Option<(Typed, String, Typed)> {
        let ExprKind::Binary {
            op,
            left: a,
            right: b,
            ..
        } = &on.expr.kind
        else {
            return self.bad_condition(on);
        };
        if !matches!(
            op,
            BinaryOp::Equal
                | BinaryOp::NotEqual
                | BinaryOp::Less
                | BinaryOp::LessEqual
                | BinaryOp::Greater
                | BinaryOp::GreaterEqual
        ) {
            return self.bad_condition(on);
        }
        // The side that names this leg is the right one, however it was written.
        let swapped = mentions(a, leg) && !mentions(b, leg);
        let (mine, theirs) = if swapped { (b, a) } else { (a, b) };
        let mine = self.side(left, mine);
        let theirs = self.side(right, theirs);
        if mine.ty.unify(theirs.ty).is_none() {
            self.sink.push(
                Diagnostic::new(
                    &plan_codes::JOIN_TYPES,
                    on.span,
                    format!(
                        "the join compares {} with {}",
                        mine.ty.as_str(),
                        theirs.ty.as_str()
                    ),
                )
                .help("convert one side: `Text(…)`, `Number(…)`"),
            );
        }
        let op = if swapped { turned(*op) } else { *op };
        Some((mine, op.as_str().to_owned(), theirs))
    }

    fn bad_condition(&mut self, on: &Formula) -> Option<(Typed, String, Typed)> {
        if !matches!(on.expr.kind, ExprKind::Error) {
            self.sink.push(
                Diagnostic::new(
                    &plan_codes::JOIN_CONDITION,
                    on.span,
                    "a join condition compares a column of one leg with one of another",
                )
                .help("write `[Left/Key] = [Right/Key]`; several conditions are a list"),
            );
        }
        None
    }

    fn side(&mut self, source: &Source, expr: &Expr) -> Typed {
        let mut typer = Typer {
            checker: self,
            own: Columns::default(),
            source,
            name: "join".to_owned(),
            levels: 0,
            chart: false,
            selection: None,
            metrics: Vec::new(),
        };
        typer.expr(
            expr,
            Place {
                bare: Bare::Source,
                ..Place::free()
            },
        )
    }

    fn union(
        &mut self,
        inputs: &'d [Text],
        matches: &'d [Entry<Vec<Option<Text>>>],
        span: Span,
    ) -> Source {
        let sources: Vec<Source> = inputs.iter().map(|name| self.reading(name, None)).collect();
        let Some(first) = sources.first() else {
            self.sink.push(Diagnostic::new(
                &codes::MISSING_SOURCE,
                span,
                "the union has no inputs",
            ));
            return Source::broken();
        };
        let mut names: Vec<String> = matches.iter().map(|m| m.name.value.clone()).collect();
        let used: Vec<Vec<&str>> = (0..inputs.len())
            .map(|i| {
                matches
                    .iter()
                    .filter_map(|m| m.value.get(i)?.as_ref().map(|t| t.value.as_str()))
                    .collect()
            })
            .collect();
        for (index, source) in sources.iter().enumerate() {
            for column in source.columns.iter().filter(|c| !c.hidden) {
                if !names.contains(&column.name) && !used[index].contains(&column.name.as_str()) {
                    names.push(column.name.clone());
                }
            }
        }
        let prefix = "Union".to_owned();
        let open = sources.iter().any(|s| s.open);
        let metrics = first.metrics.clone();
        let mapped: Vec<(Source, Vec<Option<usize>>)> = sources
            .into_iter()
            .enumerate()
            .map(|(i, source)| {
                let map = names
                    .iter()
                    .map(|name| self.union_column(name, i, &source, matches))
                    .collect();
                (source, map)
            })
            .collect();
        let columns = names
            .iter()
            .enumerate()
            .map(|(i, name)| {
                let inputs = mapped
                    .iter()
                    .filter_map(|(source, map)| map[i].map(|c| &source.columns[c]));
                let ty = inputs
                    .clone()
                    .fold(Type::Null, |ty, c| ty.unify(c.ty).unwrap_or(Type::Unknown));
                let format = inputs.clone().find_map(|c| c.format.clone());
                SourceColumn {
                    name: name.clone(),
                    prefix: prefix.clone(),
                    loose: false,
                    ty,
                    format,
                    hidden: false,
                }
            })
            .collect();
        Source {
            kind: SourceKind::Union(mapped),
            columns,
            open,
            metrics,
        }
    }

    fn union_column(
        &mut self,
        name: &str,
        input: usize,
        source: &Source,
        matches: &[Entry<Vec<Option<Text>>>],
    ) -> Option<usize> {
        let wanted = match matches.iter().find(|m| m.name.value == name) {
            Some(entry) => entry.value.get(input)?.as_ref()?,
            None => return source.columns.iter().position(|c| c.name == name),
        };
        let found = source.columns.iter().position(|c| c.name == wanted.value);
        if found.is_none() && !source.open {
            let names = source.columns.iter().map(|c| c.name.as_str());
            let finding = unknown_name(NameKind::Column, wanted, "", names);
            self.sink.push(finding);
        }
        found
    }
}

/// The rows of a checked element at a depth, named by it.
pub(crate) fn source_of(index: usize, element: &Element, depth: Depth) -> Source {
    let columns: Vec<usize> = element
        .columns_at(depth)
        .into_iter()
        .filter(|i| depth == 0 || element.columns[*i].depth > 0)
        .collect();
    let described = columns
        .iter()
        .map(|i| &element.columns[*i])
        .map(|c| SourceColumn {
            name: c.name.clone(),
            prefix: element.name.clone(),
            loose: false,
            ty: c.expr.ty,
            format: c.format.clone(),
            hidden: c.hidden,
        })
        .collect();
    Source {
        kind: SourceKind::Element {
            element: index,
            depth,
            columns,
        },
        columns: described,
        open: element.broken,
        metrics: element.metrics.clone(),
    }
}

fn source_kinds(source: &data::Source) -> Vec<(&'static str, Span)> {
    let texts = [
        ("table", &source.table),
        ("sql", &source.sql),
        ("query", &source.query),
        ("input_table", &source.input_table),
        ("csv", &source.csv),
    ];
    let mut kinds: Vec<_> = texts
        .into_iter()
        .filter_map(|(kind, text)| text.as_ref().map(|t| (kind, t.span)))
        .collect();
    kinds.extend(
        source
            .join
            .as_ref()
            .and_then(|legs| legs.first())
            .map(|leg| ("join", leg.name.span)),
    );
    kinds.extend(
        source
            .union
            .as_ref()
            .and_then(|inputs| inputs.first())
            .map(|input| ("union", input.span)),
    );
    kinds.extend(source.transpose.as_ref().map(|t| ("transpose", t.0.span)));
    kinds.extend(source.data_model.as_ref().map(|t| ("data_model", t.0.span)));
    kinds.sort_by_key(|(_, span)| *span);
    kinds
}

fn scan(table: &CatalogTable, prefix: &str) -> Source {
    let zoned = table.columns.iter().map(|c| c.zoned).collect();
    let columns = table
        .columns
        .iter()
        .cloned()
        .map(|c| physical(c, prefix))
        .collect();
    Source {
        kind: SourceKind::Scan {
            table: table.path.clone(),
            zoned,
        },
        columns,
        open: false,
        metrics: Vec::new(),
    }
}

fn physical(column: CatalogColumn, prefix: &str) -> SourceColumn {
    SourceColumn {
        name: column.name,
        prefix: prefix.to_owned(),
        loose: true,
        ty: column.ty,
        format: None,
        hidden: false,
    }
}

fn nearest_table<'n>(written: &str, names: &'n [String]) -> Option<&'n str> {
    let last = written.rsplit('.').next().unwrap_or(written);
    let by_end = names.iter().find(|name| {
        name.rsplit('.')
            .next()
            .is_some_and(|n| n.eq_ignore_ascii_case(last))
    });
    by_end
        .map(String::as_str)
        .or_else(|| nearest(written, names.iter().map(String::as_str)))
        .or_else(|| {
            let ends: Vec<&str> = names
                .iter()
                .filter_map(|name| name.rsplit('.').next())
                .collect();
            let near = nearest(last, ends.iter().copied())?;
            names
                .iter()
                .map(String::as_str)
                .find(|name| name.ends_with(near))
        })
}

fn join_kind(kind: JoinType) -> JoinKind {
    match kind {
        JoinType::Left | JoinType::Lookup => JoinKind::Left,
        JoinType::Inner => JoinKind::Inner,
        JoinType::Right => JoinKind::Right,
        JoinType::Full => JoinKind::Full,
    }
}

fn turned(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        other => other,
    }
}

/// Whether an expression has a reference with this prefix.
fn mentions(expr: &Expr, prefix: &str) -> bool {
    match &expr.kind {
        ExprKind::Reference(r) => r.segments.len() == 2 && r.segments[0].0 == prefix,
        ExprKind::Call { args, .. } => args.iter().any(|a| mentions(a, prefix)),
        ExprKind::Unary { operand, .. } => mentions(operand, prefix),
        ExprKind::Binary { left, right, .. } => mentions(left, prefix) || mentions(right, prefix),
        ExprKind::Path { base, .. } => mentions(base, prefix),
        ExprKind::Index { base, index } => mentions(base, prefix) || mentions(index, prefix),
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Logical(_)
        | ExprKind::Null
        | ExprKind::Error => false,
    }
}

/// `:min`, `:max`, `:start`, `:end` behind `}}`.
fn end_of(tail: &str) -> (ControlPart, &str) {
    for (suffix, part) in [
        (":min", ControlPart::Low),
        (":start", ControlPart::Low),
        (":max", ControlPart::High),
        (":end", ControlPart::High),
    ] {
        if let Some(rest) = tail.strip_prefix(suffix) {
            return (part, rest);
        }
    }
    (ControlPart::Value, tail)
}
