//! Custom SQL: its tables, its values, and the columns the database says it has.

use std::sync::Arc;

use super::table::physical;
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::primitive::Text;
use crate::formula::ast::Expr;
use crate::plan::Feature;
use crate::plan::relation::{ControlPart, Parameter};
use crate::resolve::{NameKind, control_id, unknown_name};
use crate::span::{Span, Spanned};
use crate::typing::control::is_multiple;
use crate::typing::scope::{Bare, Checker, Place, Typer};
use crate::typing::sql_guard::refusal;
use crate::typing::sql_text::{Inside, Piece, inside, pieces, trimmed};
use crate::typing::{Source, SourceKind, SqlText, Typed, TypedKind};

impl Checker<'_, '_> {
    pub(super) fn sql(&mut self, sql: &Text) -> Source {
        self.need(Feature::CustomSql, sql.span);
        let (parts, text) = self.sql_parts(sql);
        if let Some(refusal) = refusal(&text) {
            let at = self.place_in(sql, &text, refusal.word);
            self.sink.push(
                Diagnostic::new(
                    &codes::SQL_REFUSED,
                    at,
                    format!(
                        "custom SQL is one query that only reads: {}",
                        refusal.message
                    ),
                )
                .label("custom SQL")
                .help(refusal.help),
            );
            return Source::broken();
        }
        let columns = match self.describe_sql(&text) {
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
                        &codes::SQL_REFUSED,
                        sql.span,
                        format!("the database refuses this statement: {}", refusal.message),
                    )
                    .label("custom SQL"),
                );
                return Source::broken();
            }
        };
        let prefix: Arc<str> = "Custom SQL".into();
        let zoned = columns.iter().map(|c| c.zoned).collect();
        let columns = columns.into_iter().map(|c| physical(c, &prefix)).collect();
        Source {
            kind: SourceKind::Sql { parts, zoned },
            columns,
            open: false,
            metrics: Arc::default(),
        }
    }

    /// Splits a statement at its `{{…}}`; gives the parts, and the text with `?1`, `?2` for them.
    fn sql_parts(&mut self, sql: &Text) -> (Vec<SqlText>, String) {
        let mut parts = Vec::new();
        let mut described = String::new();
        let mut rest = sql.value.as_str();
        let mut count = 0;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((inside_braces, tail)) = after.split_once("}}") else {
                break;
            };
            self.sql_tables(before, &mut parts, &mut described);
            match inside(&described) {
                Inside::Code => {}
                Inside::Comment => {
                    let text = format!("{{{{{inside_braces}}}}}");
                    described.push_str(&text);
                    parts.push(SqlText::Text(text));
                    rest = tail;
                    continue;
                }
                Inside::Quotes => self.quoted_value(sql, inside_braces),
            }
            let (part, tail) = end_of(tail);
            let typed = self.sql_value(sql, inside_braces.trim(), part);
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
        // A comment at the end would hide what is printed behind the statement.
        let last = match inside(&described) {
            Inside::Code => trimmed(rest),
            Inside::Quotes | Inside::Comment => rest,
        };
        self.sql_tables(last, &mut parts, &mut described);
        (parts, described)
    }

    /// A value that stands within quotes would be part of a text, not a value.
    fn quoted_value(&mut self, sql: &Text, inside: &str) {
        let at = self.place_in(sql, &sql.value, inside);
        self.sink.push(
            Diagnostic::new(&codes::SQL_REFUSED, at, "a value stands within quotes")
                .label("would be part of the text")
                .help("remove the quotes around it: it is bound as a value of its own type"),
        );
    }

    /// Where a word of a statement stands in the file: the one of its places there that it has in `text`, the
    /// statement as the database reads it. The whole statement when that is not certain.
    fn place_in(&self, sql: &Text, text: &str, word: &str) -> Span {
        let raw = self.sources.text(sql.span);
        let start = (word.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        let known = || text.match_indices(word).map(|(at, _)| at);
        let place = known().position(|at| at == start).unwrap_or_default();
        let found: Vec<usize> = raw.match_indices(word).map(|(at, _)| at).collect();
        match found.get(place) {
            Some(at) if !word.is_empty() && found.len() == known().count() => {
                let start = sql.span.start + u32::try_from(*at).unwrap_or_default();
                let end = start + u32::try_from(word.len()).unwrap_or_default();
                Span::new(sql.span.file, start, end)
            }
            _ => sql.span,
        }
    }

    /// Text of a statement with its dotted table names found in the catalog; others are the database's affair.
    fn sql_tables(&mut self, text: &str, parts: &mut Vec<SqlText>, described: &mut String) {
        for piece in pieces(text) {
            let text = match piece {
                Piece::Text(text) => text,
                Piece::Table(path, text) => match self.tables(&path).as_deref() {
                    Some([table]) => {
                        described.push_str(&self.table_identifier(&table.path));
                        parts.push(SqlText::Table(table.path.clone()));
                        continue;
                    }
                    _ => text,
                },
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

    fn sql_value(&mut self, sql: &Text, inside: &str, part: ControlPart) -> Typed {
        let span = sql.span;
        if let Some(name) = inside.strip_prefix("#raw ") {
            let at = self.place_in(sql, &sql.value, inside);
            self.sink.push(
                Diagnostic::new(
                    &codes::SQL_REFUSED,
                    at,
                    "text cannot be put into a statement",
                )
                .label("custom SQL")
                .help(format!("write `{{{{{}}}}}`: values are bound", name.trim())),
            );
            return Typed::error(span);
        }
        if let Some(formula) = inside.strip_prefix("#formula ") {
            let map = crate::yaml::TextMap {
                span,
                start: span.start,
                runs: Vec::new(),
            };
            let expr = crate::formula::parse(formula.trim(), &map, &mut self.sink);
            return self.constant_formula(&expr, "custom SQL");
        }
        let name = inside.trim_start_matches('[').trim_end_matches(']');
        if let Some(control) = self.control(name) {
            return crate::typing::reference::control_value(&control, part, span);
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
        let mut typer = Typer::over(self, &source, whose);
        typer.expr(
            expr,
            Place {
                bare: Bare::Controls,
                ..Place::free()
            },
        )
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
