//! Key figures: one aggregate, what it is compared with, and its series over periods.

use std::sync::Arc;

use super::columns::{Body, Spec};
use super::element::{metrics, typer};
use super::scope::{Checker, Typer};
use super::{Depth, Element, Level, Shows, Sort, Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::element::{Kpi, KpiCompare};
use crate::formula::functions;
use crate::plan::element::DataKind;
use crate::plan::relation::Nulls;
use crate::resolve::Data;
use crate::span::Span;
use crate::value::Type;

/// Checks a KPI. Columns: value, `Previous` and `Change` when compared, the period when there is one.
pub(super) fn check<'d>(checker: &mut Checker<'_, 'd>, data: &Data<'d>, kpi: &'d Kpi) -> Element {
    let source = checker.from(&kpi.from, kpi.level.as_ref(), kpi.kpi.span);
    let depth = usize::from(kpi.by.is_some());
    let mut typer = typer(checker, data, &source, depth);
    typer.metrics = metrics(&kpi.metrics);
    let mut element = Element::new(data, DataKind::Kpi, Arc::clone(&source));
    let mut value = Spec::new(
        kpi.kpi.value.clone(),
        kpi.value.span,
        depth,
        Body::Formula(&kpi.value.expr),
    );
    value.format = kpi.format.as_ref().and_then(|f| typer.format(f));
    let value = typer.own.add(value);
    if kpi.columns.is_some() {
        for mut spec in typer.base_specs(kpi.columns.as_ref(), depth + 1, &[]) {
            spec.hidden = true;
            typer.own.add(spec);
        }
    }
    if let Some(compare) = &kpi.compare {
        typer.comparison(kpi, compare, value, depth);
    }
    let period = kpi.by.as_ref().map(|by| typer.period(by));
    element.filters = typer.filters(&kpi.filters);
    let Some(period) = period else {
        element.shows = Shows::Totals;
        return typer.finish(element, Vec::new());
    };
    element.shows = Shows::Latest;
    element.series = true;
    let order = Sort {
        column: period,
        descending: false,
        nulls: Nulls::First,
    };
    let level = Level {
        name: "series".to_owned(),
        keys: vec![period],
        sort: vec![order],
        limit: None,
    };
    typer.finish(element, vec![level])
}

impl<'d> Typer<'_, '_, 'd> {
    fn comparison(&mut self, kpi: &'d Kpi, compare: &'d KpiCompare, value: usize, depth: Depth) {
        let format = self.own.specs[value].format.clone();
        let (span, previous) = match compare {
            KpiCompare::Formula(formula) => (formula.span, Body::Formula(&formula.expr)),
            KpiCompare::Previous(span) if kpi.by.is_none() => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &codes::COMPARE_WITHOUT_PERIOD,
                        *span,
                        "`compare: previous` needs a period",
                    )
                    .label("previous what?")
                    .help("add `by: DateTrunc(\"month\", [Date])`, or compare with a formula"),
                );
                return;
            }
            KpiCompare::Previous(span) => (*span, Body::Typed(self.previous(value, *span))),
        };
        let mut spec = Spec::new("Previous", span, depth, previous);
        spec.format = format;
        let previous = self.own.add(spec);
        let change = self.change(value, previous, span);
        let mut spec = Spec::new("Change", span, depth, Body::Typed(change));
        spec.format = Some(Arc::new(crate::plan::layout::Format {
            pattern: "+.1%".to_owned(),
            ..crate::plan::layout::Format::default()
        }));
        self.own.add(spec);
    }

    /// The value of the period before.
    fn previous(&mut self, value: usize, span: Span) -> Typed {
        let ty = self.column(value, span);
        let own = Typed {
            kind: TypedKind::Own(value),
            ty,
            span,
        };
        match functions::function("Lag") {
            Some(function) => Typed {
                kind: TypedKind::Window {
                    function,
                    args: vec![own],
                },
                ty,
                span,
            },
            None => Typed::error(span),
        }
    }

    /// `(value - previous) / Abs(previous)`
    fn change(&mut self, value: usize, previous: usize, span: Span) -> Typed {
        let mut own = |index| {
            let ty = self.column(index, span);
            Typed {
                kind: TypedKind::Own(index),
                ty,
                span,
            }
        };
        let (value, previous) = (own(value), own(previous));
        let call = |name: &str, args: Vec<Typed>| match functions::function(name) {
            Some(function) => Typed {
                kind: TypedKind::Call { function, args },
                ty: Type::Number,
                span,
            },
            None => Typed::error(span),
        };
        let difference = call("-", vec![value, previous.clone()]);
        call("/", vec![difference, call("Abs", vec![previous])])
    }
}
