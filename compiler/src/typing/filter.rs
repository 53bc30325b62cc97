//! Filters of an element.

use super::control::fit;
use super::expr::literal;
use super::grain::{aggregates, finest, has_window};
use super::scope::{Place, Typer};
use super::{Depth, Filter, Test, Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::data::{Case, ColumnFilter, Filter as Written, NullWord, Rank};
use crate::document::primitive::{ColumnPath, Constant, Text};
use crate::formula::ast::Reference;
use crate::plan::control::{FilterKind, NullRule, RankKind, TextMode};
use crate::span::{Span, Spanned};
use crate::value::{Type, Value};

impl Typer<'_, '_, '_> {
    pub(super) fn filters(&mut self, written: &[Written]) -> Vec<Filter> {
        written
            .iter()
            .filter_map(|filter| match filter {
                Written::Formula(formula) => {
                    let typed = self.expr(&formula.expr, Place::free());
                    self.expect_logical(&typed, "a filter");
                    let depth = self.filter_depth(&typed);
                    Some(Filter {
                        depth,
                        test: Test::Formula(typed),
                        of: None,
                    })
                }
                Written::Column(filter) => self.column_filter(filter),
            })
            .collect()
    }

    /// Where a filter applies: to the rows it reads, or to the innermost groups when it aggregates them.
    pub(super) fn filter_depth(&mut self, typed: &Typed) -> Depth {
        let base = self.levels + 1;
        if !aggregates(typed) && !has_window(typed) && !self.reads_calculation(typed) {
            // Keys are computed from rows, so a filter of keys filters rows.
            return base;
        }
        let found = finest(typed, &self.depths(), base);
        if found > 0 && !aggregates(typed) {
            return found;
        }
        let groups = if self.levels == 0 { base } else { self.levels };
        let depth = found.max(groups);
        self.check_depth(typed, depth);
        depth
    }

    /// Whether a formula reads a column of a grouping, or a summary, that is no key.
    fn reads_calculation(&self, typed: &Typed) -> bool {
        let mut found = false;
        typed.walk(&mut |t| {
            if let TypedKind::Own(index) = t.kind {
                let spec = &self.own.specs[index];
                found |= spec.depth <= self.levels && !spec.key;
            }
        });
        found
    }

    pub(crate) fn expect_logical(&mut self, typed: &Typed, what: &str) {
        if !matches!(typed.ty, Type::Logical | Type::Unknown | Type::Null) {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::EXPECTED_LOGICAL,
                    typed.span,
                    format!(
                        "{what} must be True or False, this is a {}",
                        typed.ty.as_str()
                    ),
                )
                .label(typed.ty.as_str())
                .help("compare it with something: `= …`, `> …`"),
            );
        }
    }

    /// A column by its path, without brackets.
    pub(super) fn path_value(&mut self, path: &ColumnPath) -> Typed {
        let mut segments = Vec::new();
        segments.extend(path.element.iter().map(|e| (e.value.clone(), e.span)));
        segments.push((path.column.value.clone(), path.column.span));
        self.reference(&Reference { segments }, path.span, Place::free())
    }

    fn column_filter(&mut self, filter: &ColumnFilter) -> Option<Filter> {
        let value = self.path_value(&filter.column);
        if filter.enabled.is_some_and(|e| !e.value) {
            return None;
        }
        let depth = self.filter_depth(&value);
        let nulls = match filter.nulls.map(|n| n.value) {
            Some(NullWord::Always) => NullRule::Always,
            Some(NullWord::Never) => NullRule::Never,
            Some(NullWord::WhenUnset) | None => NullRule::WhenUnset,
        };
        if let Some(top) = top(filter, &value, nulls) {
            return Some(Filter {
                depth,
                test: top,
                of: None,
            });
        }
        let kind = self.filter_kind(filter, &value, nulls)?;
        Some(Filter {
            depth,
            test: Test::Column {
                value,
                filter: kind,
            },
            of: None,
        })
    }

    fn filter_kind(
        &mut self,
        filter: &ColumnFilter,
        value: &Typed,
        nulls: NullRule,
    ) -> Option<FilterKind> {
        if let Some(values) = &filter.include {
            return Some(FilterKind::List {
                values: self.fitted(values, value.ty),
                exclude: false,
            });
        }
        if let Some(values) = &filter.exclude {
            return Some(FilterKind::List {
                values: self.fitted(values, value.ty),
                exclude: true,
            });
        }
        if filter.min.is_some() || filter.max.is_some() {
            let min = self.bound(filter.min.as_ref(), value.ty);
            let max = self.bound(filter.max.as_ref(), value.ty);
            return Some(FilterKind::Range { min, max, nulls });
        }
        if let Some(range) = &filter.range {
            self.expect(value, Type::Date, "a window of time", range.span);
            return Some(FilterKind::Window {
                window: range.window.clone(),
                nulls,
            });
        }
        if let Some((mode, text)) = text_test(filter) {
            self.expect(value, Type::Text, "a text comparison", text.span);
            let case_sensitive = filter.case.is_none_or(|c| c.value == Case::Sensitive);
            return Some(FilterKind::Text {
                mode,
                value: text.value.clone(),
                case_sensitive,
                nulls,
            });
        }
        self.checker.sink.push(
            Diagnostic::new(&codes::FILTER_WITHOUT_TEST, filter.span, "the filter says not what it keeps")
                .help("add `include`, `exclude`, `min`, `max`, `range`, `contains`, `top` or another test"),
        );
        None
    }

    fn expect(&mut self, value: &Typed, ty: Type, what: &str, span: Span) {
        if value.ty.unify(ty).is_none() {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::FILTER_TYPE,
                    span,
                    format!("{what} does not fit a {} column", value.ty.as_str()),
                )
                .also(value.span, format!("is {}", value.ty.as_str())),
            );
        }
    }

    fn fitted(&mut self, values: &[Spanned<Value>], ty: Type) -> Vec<Value> {
        values.iter().map(|value| self.fitting(value, ty)).collect()
    }

    fn bound(&mut self, bound: Option<&Constant>, ty: Type) -> Value {
        match bound {
            None => Value::Null,
            Some(Constant::Literal(value)) => self.fitting(value, ty),
            Some(other) => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::FILTER_TYPE,
                        other.span(),
                        "a filter's end is a constant",
                    )
                    .help("for a computed end write the filter as a formula: `'[Column] >= …'`"),
                );
                Value::Null
            }
        }
    }

    /// A literal of a column's type; a finding when it has another.
    pub(crate) fn fitting(&mut self, value: &Spanned<Value>, ty: Type) -> Value {
        fit(value, ty).unwrap_or_else(|| {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::FILTER_TYPE,
                    value.span,
                    format!(
                        "expected {}, found {}",
                        ty.as_str(),
                        value.value.ty().as_str()
                    ),
                )
                .label(format!("is {}", value.value.ty().as_str())),
            );
            Value::Null
        })
    }
}

/// The test of a filter on first or last ranks; none when it has no such words.
fn top(filter: &ColumnFilter, value: &Typed, nulls: NullRule) -> Option<Test> {
    let (count, bottom) = match (filter.top, filter.bottom) {
        (Some(count), _) => (count, false),
        (None, Some(count)) => (count, true),
        (None, None) => return None,
    };
    let rank = match filter.rank.map(|r| r.value) {
        Some(Rank::Dense) => RankKind::Dense,
        Some(Rank::RowNumber) => RankKind::RowNumber,
        Some(Rank::Rank) | None => RankKind::Rank,
    };
    Some(Test::Top {
        value: value.clone(),
        count: literal(Value::Float(count.value), count.span),
        percent: filter.percent.is_some_and(|p| p.value),
        bottom,
        rank,
        keep_nulls: nulls == NullRule::Always,
    })
}

fn text_test(filter: &ColumnFilter) -> Option<(TextMode, &Text)> {
    [
        (TextMode::Equals, &filter.equals),
        (TextMode::DoesNotEqual, &filter.does_not_equal),
        (TextMode::Contains, &filter.contains),
        (TextMode::DoesNotContain, &filter.does_not_contain),
        (TextMode::StartsWith, &filter.starts_with),
        (TextMode::DoesNotStartWith, &filter.does_not_start_with),
        (TextMode::EndsWith, &filter.ends_with),
        (TextMode::DoesNotEndWith, &filter.does_not_end_with),
        (TextMode::Like, &filter.like),
        (TextMode::NotLike, &filter.not_like),
        (TextMode::MatchesRegexp, &filter.matches_regexp),
        (TextMode::DoesNotMatchRegexp, &filter.does_not_match_regexp),
    ]
    .into_iter()
    .find_map(|(mode, text)| text.as_ref().map(|t| (mode, t)))
}
