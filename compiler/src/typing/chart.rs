//! Charts: channels become keys and calculations of one grouping, or base rows when nothing aggregates.

use std::sync::Arc;

use super::columns::{Body, Spec};
use super::element::{metrics, typer};
use super::scope::{Checker, Typer};
use super::{Element, Level, Roles, Shows, Sort};
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::element::{Channel, Channels, Chart, ChartType, ColorChannel};
use crate::formula::ast::{Expr, ExprKind};
use crate::formula::functions::{self, Found, Kind};
use crate::plan::element::DataKind;
use crate::plan::relation::Nulls;
use crate::resolve::Data;
use crate::value::Type;

/// Checks a chart.
pub(super) fn check<'d>(
    checker: &mut Checker<'_, 'd>,
    data: &Data<'d>,
    chart: &'d Chart,
) -> Element {
    let source = checker.from(&chart.from, chart.level.as_ref(), chart.chart.span);
    let grouped = values(chart).any(|channel| mentions_aggregate(&channel.formula.expr));
    let mut typer = typer(checker, data, &source, usize::from(grouped));
    typer.chart = true;
    typer.metrics = metrics(&chart.metrics);
    let mut element = Element::new(data, DataKind::Chart, Arc::clone(&source));
    typer.missing_channels(chart);
    let roles = typer.channels(chart, grouped);
    let keys: Vec<usize> = roles.x.iter().copied().chain(roles.color).collect();
    if chart.columns.is_some() {
        let base = typer.base_specs(chart.columns.as_ref(), usize::from(grouped) + 1, &[]);
        for mut spec in base {
            if typer.own.find(&spec.name).is_none() {
                spec.hidden = true;
                typer.own.add(spec);
            }
        }
    }
    element.filters = typer.filters(&chart.filters);
    let mut order: Vec<Sort> = typer
        .sorts(chart.sort.as_ref())
        .into_iter()
        .map(|(sort, _)| sort)
        .collect();
    for channel in chart
        .x
        .iter()
        .flat_map(|x| &x.list)
        .chain(color_channel(chart))
    {
        order.extend(channel.sort.as_ref().and_then(|sort| typer.sort(sort)));
    }
    let natural = |column: &usize| Sort {
        column: *column,
        descending: false,
        nulls: Nulls::First,
    };
    if order.is_empty() && !matches!(chart.r#type.value, ChartType::Scatter) {
        order.extend(roles.x.iter().map(natural));
    }
    element.limit = chart.limit.map(|l| l.value);
    element.window = Some((
        roles.color.into_iter().collect(),
        roles.x.iter().map(natural).collect(),
    ));
    element.roles = roles;
    if grouped {
        element.shows = Shows::Innermost;
        let level = Level {
            name: "chart".to_owned(),
            keys,
            sort: order,
            limit: None,
        };
        return typer.finish(element, vec![level]);
    }
    element.sort = order;
    typer.finish(element, Vec::new())
}

/// Channels whose aggregates decide whether rows are grouped.
fn values(chart: &Chart) -> impl Iterator<Item = &Channel> {
    chart
        .y
        .iter()
        .chain(&chart.tooltip)
        .flat_map(|channels| &channels.list)
        .chain(&chart.value)
        .chain(&chart.size)
}

fn color_channel(chart: &Chart) -> Option<&Channel> {
    match &chart.color {
        Some(ColorChannel::Split { channel, .. }) => Some(channel),
        Some(ColorChannel::Fixed(_)) | None => None,
    }
}

impl<'d> Typer<'_, '_, 'd> {
    /// What a chart of this type cannot do without.
    fn missing_channels(&mut self, chart: &Chart) {
        let round = matches!(chart.r#type.value, ChartType::Pie | ChartType::Donut);
        let missing = if round {
            [
                ("value", chart.value.is_none() && chart.y.is_none()),
                ("color", chart.color.is_none() && chart.x.is_none()),
            ]
        } else {
            [("x", chart.x.is_none()), ("y", chart.y.is_none())]
        };
        for (channel, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::MISSING_CHANNEL,
                    chart.r#type.span,
                    format!("a {} chart needs `{channel}`", chart.r#type.value.as_str()),
                )
                .label(format!("`{channel}` is missing")),
            );
        }
    }

    /// Columns in the order x, y, color, size, tooltip.
    fn channels(&mut self, chart: &'d Chart, grouped: bool) -> Roles {
        let mut roles = Roles::default();
        let round = matches!(chart.r#type.value, ChartType::Pie | ChartType::Donut);
        let list = |channels: &'d Option<Channels>| channels.iter().flat_map(|c| &c.list);
        for channel in list(&chart.x) {
            roles.x.push(self.channel(channel, true, grouped));
        }
        for channel in
            list(&chart.y).chain(chart.value.iter().filter(|_| round || chart.y.is_none()))
        {
            roles.y.push(self.channel(channel, false, grouped));
        }
        if let Some(ColorChannel::Split { channel, .. }) = &chart.color {
            let continuous = mentions_aggregate(&channel.formula.expr);
            roles.color = Some(self.channel(channel, !continuous, grouped));
        }
        roles.size = chart
            .size
            .as_ref()
            .map(|channel| self.channel(channel, false, grouped));
        for channel in list(&chart.tooltip) {
            roles.tooltip.push(self.channel(channel, false, grouped));
        }
        roles
    }

    /// One channel as a column; the same formula twice (`x` and `color`) is one column.
    fn channel(&mut self, channel: &'d Channel, key: bool, grouped: bool) -> usize {
        let expr = &channel.formula.expr;
        let name = channel.name.as_ref().map_or_else(
            || inferred_name(&channel.formula.text, expr),
            |n| n.value.clone(),
        );
        if let Some(index) = self.own.find(&name) {
            return index;
        }
        let mut spec = Spec::new(name, channel.formula.span, 1, Body::Formula(expr));
        spec.key = key && grouped;
        spec.format = channel
            .format
            .as_ref()
            .and_then(|f| self.format(f))
            .or_else(|| period_format(expr));
        self.own.add(spec)
    }

    /// A period key (`by` of a KPI) as a column.
    pub(super) fn period(&mut self, channel: &'d Channel) -> usize {
        let index = self.channel(channel, true, true);
        let typed = self.column(index, channel.formula.span);
        if !matches!(
            typed,
            Type::Date | Type::Unknown | Type::Number | Type::Text
        ) {
            self.checker.sink.push(Diagnostic::new(
                &codes::FILTER_TYPE,
                channel.formula.span,
                format!("a period is a date, this is {}", typed.as_str()),
            ));
        }
        index
    }
}

/// Whether a formula calls an aggregate (by name, before anything is typed).
pub(super) fn mentions_aggregate(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Call { name, args, .. } => match functions::find(name) {
            Found::Function(f) if matches!(f.kind, Kind::Aggregate | Kind::Total) => true,
            Found::Function(f) if f.kind == Kind::Lookup => {
                args.iter().skip(1).any(mentions_aggregate)
            }
            _ => args.iter().any(mentions_aggregate),
        },
        ExprKind::Reference(r) => r.segments.len() == 2 && r.segments[0].0 == "Metrics",
        ExprKind::Unary { operand, .. } => mentions_aggregate(operand),
        ExprKind::Binary { left, right, .. } => {
            mentions_aggregate(left) || mentions_aggregate(right)
        }
        ExprKind::Path { base, .. } => mentions_aggregate(base),
        ExprKind::Index { base, index } => mentions_aggregate(base) || mentions_aggregate(index),
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Logical(_)
        | ExprKind::Null
        | ExprKind::Error => false,
    }
}

/// The platform's name of an unnamed channel: `[Plan]` is `Plan`, `DateTrunc("month", [At])` is `Month of At`,
/// `Sum([MRR])` is `Sum of MRR`, anything else its own text.
pub(super) fn inferred_name(text: &str, expr: &Expr) -> String {
    let last = |e: &Expr| match &e.kind {
        ExprKind::Reference(r) => r.segments.last().map(|(name, _)| name.clone()),
        _ => None,
    };
    if let Some(name) = last(expr) {
        return name;
    }
    if let ExprKind::Call { name, args, .. } = &expr.kind {
        match args.as_slice() {
            [unit, date] if name.eq_ignore_ascii_case("DateTrunc") => {
                if let (ExprKind::Text(unit), Some(column)) = (&unit.kind, last(date)) {
                    return format!("{} of {column}", capitalized(unit));
                }
            }
            [arg] => {
                if let (Found::Function(f), Some(column)) = (functions::find(name), last(arg))
                    && f.kind == Kind::Aggregate
                {
                    return format!("{} of {column}", f.name);
                }
            }
            _ => {}
        }
    }
    text.trim().replace(['[', ']'], "").replace('/', " ")
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// How a truncated date is best shown.
fn period_format(expr: &Expr) -> Option<Arc<crate::plan::layout::Format>> {
    let ExprKind::Call { name, args, .. } = &expr.kind else {
        return None;
    };
    let unit = match (
        name.eq_ignore_ascii_case("DateTrunc"),
        args.first().map(|a| &a.kind),
    ) {
        (true, Some(ExprKind::Text(unit))) => unit.to_lowercase(),
        _ => return None,
    };
    let pattern = match unit.as_str() {
        "year" => "%Y",
        "quarter" => "Q%q %Y",
        "month" => "%b %Y",
        "hour" | "minute" | "second" => "%b %-d, %H:%M",
        _ => "%b %-d, %Y",
    };
    Some(Arc::new(crate::plan::layout::Format {
        pattern: pattern.to_owned(),
        ..crate::plan::layout::Format::default()
    }))
}
