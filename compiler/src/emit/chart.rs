//! Charts: channels by column.

use super::Emitter;
use super::item::color;
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::element::{Chart as Written, ChartType, ColorChannel, Mark, ScaleType};
use crate::plan::layout::{Axis, Chart, ElementKind, ReferenceLine, Series};
use crate::typing::Roles;

impl Emitter<'_, '_, '_> {
    pub(super) fn chart(&mut self, chart: &Written, id: &str) -> ElementKind {
        let mark = chart.r#type.value;
        self.drawn(chart);
        let element = self
            .checker
            .named(&chart.chart.value, chart.chart.span)
            .map(|(_, element)| element);
        let roles = element
            .as_ref()
            .map(|e| e.roles.clone())
            .unwrap_or_default();
        let on_select = self.trigger(
            chart.on_select.as_ref(),
            &format!("{id}.on-select"),
            element.as_ref(),
        );
        let (fixed_color, scheme) = match &chart.color {
            Some(ColorChannel::Fixed(fixed)) => (color(Some(fixed)), None),
            Some(ColorChannel::Split { scheme, .. }) => {
                (None, scheme.as_ref().map(|s| s.value.clone()))
            }
            None => (None, None),
        };
        ElementKind::Chart(Box::new(Chart {
            mark: mark.as_str().to_owned(),
            x: axis(chart, &roles),
            y: series(chart, &roles),
            color: roles.color,
            fixed_color,
            scheme,
            size: roles.size,
            tooltip: roles.tooltip,
            stack: chart.stack.map_or("none", |s| s.value.as_str()).to_owned(),
            orientation: chart
                .orientation
                .map_or("vertical", |o| o.value.as_str())
                .to_owned(),
            legend: chart
                .legend
                .map_or(legend_place(mark), |l| l.value.as_str())
                .to_owned(),
            labels: chart.labels.is_some_and(|l| l.value),
            hole: chart
                .hole
                .map(|h| h.value)
                .or((mark == ChartType::Donut).then_some(0.62)),
            marks: reference_lines(chart),
            on_select,
        }))
    }

    /// A finding for a type of chart that is not drawn yet.
    fn drawn(&mut self, chart: &Written) {
        let mark = chart.r#type.value;
        if matches!(
            mark,
            ChartType::Box
                | ChartType::Funnel
                | ChartType::Gauge
                | ChartType::Sankey
                | ChartType::Waterfall
        ) {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::UNSUPPORTED_CHART,
                    chart.r#type.span,
                    format!("{} charts are not drawn yet", mark.as_str()),
                )
                .label("not supported yet")
                .note("`bar`, `line`, `area`, `scatter`, `pie`, `donut` and `combo` are"),
            );
        }
    }
}

/// The horizontal axis: what is written of its channel, else its column alone.
fn axis(chart: &Written, roles: &Roles) -> Option<Axis> {
    let column = *roles.x.first()?;
    let channel = chart.x.as_ref().and_then(|x| x.list.first());
    Some(Axis {
        column,
        title: channel
            .and_then(|c| c.title.as_ref())
            .map(|t| t.value.clone()),
        scale: channel
            .and_then(|c| c.scale)
            .map(|s| scale(s.value).to_owned()),
    })
}

/// One series for each value channel.
fn series(chart: &Written, roles: &Roles) -> Vec<Series> {
    let channels = chart
        .y
        .iter()
        .flat_map(|y| &y.list)
        .chain(chart.value.iter());
    channels
        .zip(&roles.y)
        .map(|(channel, column)| Series {
            column: *column,
            mark: channel.r#type.map(|t| t.value.as_str().to_owned()),
            axis: channel.axis.map_or("left", |a| a.value.as_str()).to_owned(),
            title: channel.title.as_ref().map(|t| t.value.clone()),
        })
        .collect()
}

/// Where the legend stands unless the author says: slices have names and shares to read side by side, other marks need
/// the width themselves.
fn legend_place(mark: ChartType) -> &'static str {
    match mark {
        ChartType::Pie | ChartType::Donut => "right",
        _ => "top",
    }
}

/// Lines at constants; a mark without a value is none.
fn reference_lines(chart: &Written) -> Vec<ReferenceLine> {
    let line = |mark: &Mark| {
        let (axis, value) = match (mark.x, mark.y) {
            (Some(x), _) => ("x", x.value),
            (None, Some(y)) => ("y", y.value),
            (None, None) => return None,
        };
        Some(ReferenceLine {
            axis: axis.to_owned(),
            value,
            label: mark.label.as_ref().map(|l| l.value.clone()),
        })
    };
    chart.marks.iter().filter_map(line).collect()
}

fn scale(scale: ScaleType) -> &'static str {
    match scale {
        ScaleType::Linear => "linear",
        ScaleType::Log => "log",
        ScaleType::Time => "time",
        ScaleType::Category => "category",
    }
}
