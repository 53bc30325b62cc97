//! A workbook of as many formulas as wanted, of the kinds that people write, for measuring.

use std::fmt::Write as _;

use bookwright_compiler::compile::{Compilation, Goal, Memory, compile_observed};
use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::formula::ast::{Expr, ExprKind, Reference};
use bookwright_compiler::formula::functions::{self, Accepts};
use bookwright_compiler::formula::{parse, print};
use bookwright_compiler::project;
use bookwright_compiler::source::SourceMap;
use bookwright_compiler::span::Span;
use bookwright_compiler::value::Type;
use bookwright_compiler::yaml::TextMap;

use super::{examples, written};
use crate::synthetic::{FILE, MemoryHost};

/// Columns of a text, a date and a number.
pub(super) type Columns = [&'static str; 3];

/// Those of the synthetic table.
const ORDERS: Columns = ["STORE", "ORDERED_ON", "AMOUNT"];

/// Formulas of one query.
const PER_QUERY: usize = 50;

/// The formulas: those of rows and those of a whole, over the table of [`synthetic`](crate::synthetic).
#[derive(Clone, Debug, Default)]
pub struct Mix {
    rows: Vec<String>,
    whole: Vec<String>,
}

impl Mix {
    /// Of the examples of the functions and of all workbooks, those that are sound when every reference is a column of
    /// the type that its place wants.
    ///
    /// # Errors
    /// When a workbook cannot be read.
    pub fn new() -> std::io::Result<Self> {
        let formulas = rewritten(ORDERS)?;
        let rows = sound(&formulas, "columns");
        let rest: Vec<String> = formulas.into_iter().filter(|f| !rows.contains(f)).collect();
        let whole = sound(&rest, "summary");
        Ok(Self { rows, whole })
    }

    /// Numbers of different formulas: of rows, of a whole.
    pub fn len(&self) -> (usize, usize) {
        (self.rows.len(), self.whole.len())
    }

    /// A workbook with `count` of them, a fifth of a whole, in queries of fifty.
    pub fn workbook(&self, count: usize) -> String {
        let mut text = String::from("workbook: Mix\nqueries:\n");
        let (mut rows, mut whole) = (self.rows.iter().cycle(), self.whole.iter().cycle());
        for query in 0..count.div_ceil(PER_QUERY) {
            let size = PER_QUERY.min(count - query * PER_QUERY);
            let head = format!("  Q{query}:\n    table: ORDERS\n");
            text.push_str(&head);
            let summaries: Vec<String> = whole.by_ref().take(size / 5).cloned().collect();
            let columns: Vec<String> = rows.by_ref().take(size - size / 5).cloned().collect();
            section(&mut text, "columns", &columns);
            section(&mut text, "summary", &summaries);
        }
        text
    }
}

/// Examples and written formulas with references to other columns.
pub(super) fn rewritten(columns: Columns) -> std::io::Result<Vec<String>> {
    let mut all: Vec<String> = examples().map(str::to_owned).collect();
    all.extend(written()?);
    let trees = all.iter().filter_map(|formula| tree(formula));
    Ok(trees
        .map(|tree| print(&over(&tree, Type::Number, columns)))
        .collect())
}

/// Checks a workbook of the synthetic project.
pub fn check(workbook: &str) -> Compilation {
    let host = MemoryHost::new(workbook);
    let project = project::load(
        &host,
        &mut SourceMap::default(),
        &mut Diagnostics::default(),
    );
    let mut memory = Memory::forgetful();
    compile_observed(&host, &project, FILE, Goal::Check, &mut memory, &mut |_| ())
}

fn section(text: &mut String, key: &str, formulas: &[String]) {
    // Writing to a text does not fail.
    let _ = writeln!(text, "    {key}:");
    for (number, formula) in formulas.iter().enumerate() {
        let quoted = formula.replace('\'', "''");
        let _ = writeln!(text, "      {key} {number}: '{quoted}'");
    }
}

/// Those of the formulas that have no finding where they stand.
fn sound(formulas: &[String], key: &str) -> Vec<String> {
    let mut text = String::from("workbook: Mix\nqueries:\n  Q:\n    table: ORDERS\n");
    let first = text.lines().count() + 2;
    section(&mut text, key, formulas);
    let compilation = check(&text);
    let mut bad: Vec<usize> = Vec::new();
    for finding in &compilation.diagnostics {
        let span = finding.primary.span;
        let line = compilation
            .sources
            .file(span.file)
            .position(span.start)
            .line;
        bad.push(usize::try_from(line).unwrap_or(0));
    }
    let lines = formulas.iter().zip(first..);
    lines
        .filter(|(_, line)| !bad.contains(line))
        .map(|(formula, _)| formula.clone())
        .collect()
}

fn tree(formula: &str) -> Option<Expr> {
    let mut sink = Diagnostics::default();
    let tree = parse(formula, &TextMap::linear(Span::default(), 0), &mut sink);
    sink.is_empty().then_some(tree)
}

/// The formula with other columns, where a value of this type is wanted.
fn over(tree: &Expr, wanted: Type, columns: Columns) -> Expr {
    let kind = match &tree.kind {
        ExprKind::Reference(_) => column(wanted, columns),
        ExprKind::Call {
            name,
            name_span,
            args,
        } => ExprKind::Call {
            name: name.clone(),
            name_span: *name_span,
            args: arguments(name, &args.iter().collect::<Vec<_>>(), columns),
        },
        ExprKind::Unary { op, operand } => ExprKind::Unary {
            op: *op,
            operand: over(operand, wanted, columns).into(),
        },
        ExprKind::Binary {
            op,
            op_span,
            left,
            right,
        } => {
            let mut sides = arguments(op.as_str(), &[left, right], columns).into_iter();
            match (sides.next(), sides.next()) {
                (Some(left), Some(right)) => ExprKind::Binary {
                    op: *op,
                    op_span: *op_span,
                    left: left.into(),
                    right: right.into(),
                },
                _ => tree.kind.clone(),
            }
        }
        other => other.clone(),
    };
    Expr {
        kind,
        span: tree.span,
    }
}

fn arguments(name: &str, args: &[&Expr], columns: Columns) -> Vec<Expr> {
    let function = functions::function(name);
    let text = args.iter().any(|arg| matches!(arg.kind, ExprKind::Text(_)));
    let typed = args.iter().enumerate().map(|(at, arg)| {
        let param = function.and_then(|function| function.param(at, args.len()));
        let wanted = match param.map(|param| param.accepts) {
            Some(Accepts::One(ty)) => ty,
            Some(Accepts::Same) if text => Type::Text,
            _ => Type::Number,
        };
        over(arg, wanted, columns)
    });
    typed.collect()
}

fn column(wanted: Type, [text, date, number]: Columns) -> ExprKind {
    let name = match wanted {
        Type::Text => text,
        Type::Date => date,
        _ => number,
    };
    ExprKind::Reference(Reference {
        segments: vec![(name.to_owned(), Span::default())],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mix_of_formulas_is_large_and_sound() -> std::io::Result<()> {
        let mix = Mix::new()?;
        let (rows, whole) = mix.len();
        assert!(
            rows > 80 && whole > 30,
            "{rows} of rows, {whole} of a whole"
        );
        let compilation = check(&mix.workbook(1_020));
        let told: Vec<&String> = compilation.diagnostics.iter().map(|d| &d.message).collect();
        assert!(told.is_empty(), "{told:?}");
        Ok(())
    }
}
