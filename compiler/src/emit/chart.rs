//! Charts: channels by column.

use super::Emitter;
use super::item::color;
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::element::{Chart as Written, ChartType, ColorChannel, ScaleType};
use crate::plan::layout::{Axis, Chart, ElementKind, ReferenceLine, Series};

impl Emitter<'_, '_, '_> {
    pub(super) fn chart(&mut self, chart: &Written, id: &str) -> ElementKind {
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
        let x = chart
            .x
            .iter()
            .flat_map(|x| &x.list)
            .zip(&roles.x)
            .next()
            .map(|(channel, column)| Axis {
                column: *column,
                title: channel.title.as_ref().map(|t| t.value.clone()),
                scale: channel.scale.map(|s| scale(s.value).to_owned()),
            });
        let x = x.or_else(|| {
            roles.x.first().map(|column| Axis {
                column: *column,
                title: None,
                scale: None,
            })
        });
        let channels = chart
            .y
            .iter()
            .flat_map(|y| &y.list)
            .chain(chart.value.iter());
        let y = channels
            .zip(&roles.y)
            .map(|(channel, column)| Series {
                column: *column,
                mark: channel.r#type.map(|t| t.value.as_str().to_owned()),
                axis: channel.axis.map_or("left", |a| a.value.as_str()).to_owned(),
                title: channel.title.as_ref().map(|t| t.value.clone()),
            })
            .collect();
        let (fixed_color, scheme) = match &chart.color {
            Some(ColorChannel::Fixed(fixed)) => (color(Some(fixed)), None),
            Some(ColorChannel::Split { scheme, .. }) => {
                (None, scheme.as_ref().map(|s| s.value.clone()))
            }
            None => (None, None),
        };
        let marks = chart.marks.iter().filter_map(|mark| {
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
        });
        // Slices have names and shares to read side by side; other marks need the width themselves.
        let legend = match mark {
            ChartType::Pie | ChartType::Donut => "right",
            _ => "top",
        };
        ElementKind::Chart(Box::new(Chart {
            mark: mark.as_str().to_owned(),
            x,
            y,
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
            legend: chart.legend.map_or(legend, |l| l.value.as_str()).to_owned(),
            labels: chart.labels.is_some_and(|l| l.value),
            hole: chart
                .hole
                .map(|h| h.value)
                .or((mark == ChartType::Donut).then_some(0.62)),
            marks: marks.collect(),
            on_select,
        }))
    }
}

fn scale(scale: ScaleType) -> &'static str {
    match scale {
        ScaleType::Linear => "linear",
        ScaleType::Log => "log",
        ScaleType::Time => "time",
        ScaleType::Category => "category",
    }
}
