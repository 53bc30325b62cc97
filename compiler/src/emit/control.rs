//! Controls: settings checked against their type, what they filter, what they offer.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Emitter;
use super::scalar::json;
use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::control::{
    Control as Written, ControlType, Default as WrittenDefault, OptionSort,
    Options as WrittenOptions,
};
use crate::document::data::{Case, NullWord, Rank};
use crate::document::primitive::{ColumnPath, Constant, Text};
use crate::lower::ControlTest;
use crate::plan::control::{
    Comparison, Control, ControlKind, ControlOption, ControlValue, DateBound, DateWindow, NullRule,
    Options, RankKind, TextMode,
};
use crate::plan::relation::{Aggregate, ControlPart, Expr, NodeId, Nulls, Parameter, SortKey};
use crate::resolve::{ControlDef, NameKind, control_id, unknown_name};
use crate::span::{Span, Spanned};
use crate::typing::control::{fit, is_multiple, option_type};
use crate::typing::scope::Checker;
use crate::typing::{Checked, Element, Test, Typed, TypedKind};
use crate::value::{Type, Value};

/// What checking the controls gave: tests by the element they filter, and value types.
pub(super) struct Controls<'d> {
    pub(super) tests: BTreeMap<usize, Vec<ControlTest>>,
    list: Vec<(ControlDef<'d>, Type)>,
}

/// Resolves what every control filters.
pub(super) fn check_all<'d>(checker: &mut Checker<'_, 'd>, checked: &Checked) -> Controls<'d> {
    let mut controls = Controls {
        tests: BTreeMap::new(),
        list: Vec::new(),
    };
    let model = checker.model;
    for control in model.controls.values() {
        let mut ty = value_type(control.def);
        let paths = control
            .def
            .filters
            .as_ref()
            .map(|f| f.0.as_slice())
            .unwrap_or_default();
        for path in paths {
            let Some((index, column)) = target(checker, checked, path) else {
                continue;
            };
            let element = &checked.elements[index];
            let found = element.columns[column].expr.ty;
            fits(checker, control, found, path.span);
            ty = if ty == Type::Unknown { found } else { ty };
            let test = control_test(control, element, column);
            controls.tests.entry(index).or_default().push(test);
        }
        if let Some(path) = &control.def.options_from
            && let Some((index, column)) = target(checker, checked, path)
        {
            ty = if ty == Type::Unknown {
                checked.elements[index].columns[column].expr.ty
            } else {
                ty
            };
        }
        controls.list.push((*control, ty));
    }
    controls
}

/// `Element/Column` as indexes of a checked element.
fn target(
    checker: &mut Checker<'_, '_>,
    checked: &Checked,
    path: &ColumnPath,
) -> Option<(usize, usize)> {
    let model = checker.model;
    let Some(name) = &path.element else {
        let found = Diagnostic::new(
            &crate::diag::codes::names::UNKNOWN_ELEMENT,
            path.span,
            format!("`{}` says not of which element", path.column.value),
        )
        .label("an element is missing")
        .help(format!("write `Element/{}`", path.column.value));
        checker.sink.push(found);
        return None;
    };
    let Some(index) = model.data.get_index_of(&name.value) else {
        if !model.failed.contains(&name.value) {
            let found = unknown_name(
                NameKind::Data,
                name,
                "",
                model.data.keys().map(String::as_str),
            );
            checker.sink.push(found);
        }
        return None;
    };
    let element = checked.elements.get(index)?;
    if let Some(column) = element
        .columns
        .iter()
        .position(|c| c.name == path.column.value)
    {
        return Some((index, column));
    }
    if !element.broken && !model.failed.contains(&path.column.value) {
        let names = element
            .columns
            .iter()
            .filter(|c| !c.hidden)
            .map(|c| c.name.as_str());
        let found = unknown_name(NameKind::Column, &path.column, &element.name, names);
        checker.sink.push(found);
    }
    None
}

fn control_test(control: &ControlDef<'_>, element: &Element, column: usize) -> ControlTest {
    let spec = &element.columns[column];
    let depth = if spec.key {
        element.base_depth()
    } else {
        spec.depth
    };
    let value = Typed {
        kind: TypedKind::Own(column),
        ty: spec.expr.ty,
        span: spec.span,
    };
    let id = control_id(control);
    let test = if control.def.r#type.value == ControlType::TopN {
        let parameter = Parameter::Control {
            id: id.clone(),
            part: ControlPart::Value,
        };
        let count = Typed {
            kind: TypedKind::Parameter(parameter),
            ty: Type::Number,
            span: spec.span,
        };
        Test::Top {
            value,
            count,
            percent: false,
            bottom: control
                .def
                .mode
                .as_ref()
                .is_some_and(|m| m.value == "bottom"),
            rank: rank(control.def),
            keep_nulls: nulls(control.def) == NullRule::Always,
        }
    } else {
        Test::Control {
            value,
            control: id.clone(),
        }
    };
    ControlTest {
        depth,
        test,
        control: id,
    }
}

/// Whether a control can filter a column of a type.
fn fits(checker: &mut Checker<'_, '_>, control: &ControlDef<'_>, found: Type, span: Span) {
    let wanted = match control.def.r#type.value {
        ControlType::Text | ControlType::TextArea => Type::Text,
        ControlType::Number
        | ControlType::NumberRange
        | ControlType::Slider
        | ControlType::RangeSlider => Type::Number,
        ControlType::Date | ControlType::DateRange => Type::Date,
        ControlType::Checkbox | ControlType::Switch => Type::Logical,
        ControlType::List | ControlType::Segmented => option_type(control.def),
        _ => Type::Unknown,
    };
    if wanted.unify(found).is_none() {
        let kind = control.def.r#type.value.as_str();
        checker.sink.push(
            Diagnostic::new(
                &codes::FILTER_TYPE,
                span,
                format!(
                    "a {kind} control filters {} columns, this one is {}",
                    wanted.as_str(),
                    found.as_str()
                ),
            )
            .label(format!("is {}", found.as_str()))
            .also(control.name.span, "the control"),
        );
    }
}

/// Type of a control's values, from its own words.
fn value_type(control: &Written) -> Type {
    match control.r#type.value {
        ControlType::Text | ControlType::TextArea => Type::Text,
        ControlType::Number
        | ControlType::NumberRange
        | ControlType::Slider
        | ControlType::RangeSlider
        | ControlType::TopN => Type::Number,
        ControlType::Date | ControlType::DateRange => Type::Date,
        ControlType::Checkbox | ControlType::Switch => Type::Logical,
        ControlType::List | ControlType::Segmented => option_type(control),
        _ => Type::Unknown,
    }
}

impl<'d> Emitter<'_, '_, 'd> {
    pub(super) fn controls(&mut self, controls: Controls<'d>) -> IndexMap<String, Control> {
        let mut planned = IndexMap::new();
        for (control, ty) in controls.list {
            if let Some(control) = self.control(&control, ty) {
                planned.insert(control.id.clone(), control);
            }
        }
        planned
    }

    fn control(&mut self, control: &ControlDef<'d>, ty: Type) -> Option<Control> {
        let def = control.def;
        let id = control_id(control);
        let kind = self.kind(def, if ty == Type::Unknown { Type::Text } else { ty })?;
        let options = self.options(def, &id, ty);
        let default = self.default(def, &kind, options.as_ref(), ty);
        let needs_options = matches!(
            kind,
            ControlKind::List { .. } | ControlKind::Segmented { .. }
        );
        if needs_options && def.options.is_none() && def.options_from.is_none() {
            self.setting(
                def.r#type.span,
                format!(
                    "a {} control needs `options` or `options_from`",
                    def.r#type.value.as_str()
                ),
            );
            if let Some(last) = self.checker.sink.last_mut() {
                let help = "add `options: [A, B]`, or `options_from: Element/Column`";
                last.help.push(help.to_owned());
            }
        }
        Some(Control {
            name: control.name.value.clone(),
            label: def
                .label
                .as_ref()
                .map_or_else(|| control.name.value.clone(), |l| l.value.clone()),
            default,
            required: def.required.is_some_and(|r| r.value),
            clearable: def.clear.map_or(
                !matches!(
                    kind,
                    ControlKind::Segmented { .. } | ControlKind::Switch { .. }
                ),
                |c| c.value,
            ),
            nulls: nulls(def),
            options,
            on_change: self.trigger(def.on_change.as_ref(), &format!("{id}.on-change"), None),
            affects: Vec::new(),
            kind,
            id,
        })
    }

    fn kind(&mut self, def: &Written, ty: Type) -> Option<ControlKind> {
        let number =
            |value: Option<Spanned<f64>>, otherwise: f64| value.map_or(otherwise, |v| v.value);
        let (min, max) = (number(def.min, 0.0), number(def.max, 100.0));
        let step = number(def.step, 1.0);
        Some(match def.r#type.value {
            ControlType::Text | ControlType::TextArea => ControlKind::Text {
                mode: self.text_mode(def),
                case_sensitive: def.case.is_some_and(|c| c.value == Case::Sensitive),
                multiline: def.r#type.value == ControlType::TextArea,
            },
            ControlType::Number => ControlKind::Number {
                mode: self.comparison(def, Comparison::Equal),
            },
            ControlType::NumberRange => ControlKind::NumberRange,
            ControlType::Slider => ControlKind::Slider {
                min,
                max,
                step,
                mode: self.comparison(def, Comparison::Equal),
            },
            ControlType::RangeSlider => ControlKind::RangeSlider { min, max, step },
            ControlType::List => ControlKind::List {
                multiple: is_multiple(def),
                exclude: self.word(def, &["include", "exclude"]) == Some("exclude"),
                value_type: ty,
            },
            ControlType::Segmented => ControlKind::Segmented { value_type: ty },
            ControlType::Checkbox => ControlKind::Checkbox {
                all_when_off: self.all_when_off(def),
            },
            ControlType::Switch => ControlKind::Switch {
                all_when_off: self.all_when_off(def),
            },
            ControlType::Date => ControlKind::Date {
                mode: self.comparison(def, Comparison::Equal),
            },
            ControlType::DateRange => ControlKind::DateRange,
            ControlType::TopN => ControlKind::TopN {
                bottom: self.word(def, &["top", "bottom"]) == Some("bottom"),
                rank: rank(def),
            },
            ControlType::DrillDown
            | ControlType::Legend
            | ControlType::Hierarchy
            | ControlType::FileUpload
            | ControlType::Button => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &crate::diag::codes::structure::NOT_SUPPORTED_YET,
                        def.r#type.span,
                        format!(
                            "`{}` controls are not supported yet",
                            def.r#type.value.as_str()
                        ),
                    )
                    .label("known, not supported yet"),
                );
                return None;
            }
        })
    }

    fn all_when_off(&mut self, def: &Written) -> bool {
        self.word(def, &["true_all", "true_false"]) != Some("true_false")
    }

    /// `mode` as one of some words; a finding when it is another.
    fn word(&mut self, def: &Written, words: &[&'static str]) -> Option<&'static str> {
        let mode = def.mode.as_ref()?;
        let found = words.iter().find(|w| **w == mode.value).copied();
        if found.is_none() {
            self.unknown_mode(mode, words);
        }
        found
    }

    fn unknown_mode(&mut self, mode: &Text, words: &[&str]) {
        let list: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
        let found = Diagnostic::new(
            &codes::CONTROL_OPTION,
            mode.span,
            format!("no mode `{}` for this type of control", mode.value),
        )
        .note(format!("there are {}", list.join(", ")));
        let near = crate::diag::nearest(&mode.value, words.iter().copied());
        self.checker.sink.push(match near {
            Some(near) => found.fix(format!("write `{near}`"), mode.span, near),
            None => found,
        });
    }

    fn comparison(&mut self, def: &Written, otherwise: Comparison) -> Comparison {
        const WORDS: [(&str, Comparison); 6] = [
            ("=", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<", Comparison::Less),
            ("<=", Comparison::LessEqual),
            (">", Comparison::Greater),
            (">=", Comparison::GreaterEqual),
        ];
        let Some(mode) = &def.mode else {
            return otherwise;
        };
        match WORDS.iter().find(|(word, _)| *word == mode.value) {
            Some((_, comparison)) => *comparison,
            None => {
                self.unknown_mode(mode, &WORDS.map(|(word, _)| word));
                otherwise
            }
        }
    }

    fn text_mode(&mut self, def: &Written) -> TextMode {
        const WORDS: [(&str, TextMode); 12] = [
            ("equals", TextMode::Equals),
            ("does_not_equal", TextMode::DoesNotEqual),
            ("contains", TextMode::Contains),
            ("does_not_contain", TextMode::DoesNotContain),
            ("starts_with", TextMode::StartsWith),
            ("does_not_start_with", TextMode::DoesNotStartWith),
            ("ends_with", TextMode::EndsWith),
            ("does_not_end_with", TextMode::DoesNotEndWith),
            ("like", TextMode::Like),
            ("not_like", TextMode::NotLike),
            ("matches_regexp", TextMode::MatchesRegexp),
            ("does_not_match_regexp", TextMode::DoesNotMatchRegexp),
        ];
        let Some(mode) = def.r#match.as_ref().or(def.mode.as_ref()) else {
            return TextMode::Contains;
        };
        match WORDS.iter().find(|(word, _)| *word == mode.value) {
            Some((_, mode)) => *mode,
            None => {
                self.unknown_mode(mode, &WORDS.map(|(word, _)| word));
                TextMode::Contains
            }
        }
    }

    fn options(&mut self, def: &Written, id: &str, ty: Type) -> Option<Options> {
        if let Some(options) = &def.options {
            let mut fixed = fixed_options(options);
            for option in &mut fixed {
                option.value = read_as(option.value.clone(), ty);
            }
            return Some(Options::Fixed(fixed));
        }
        let path = def.options_from.as_ref()?;
        let sort = def.sort.map(|s| s.value);
        self.option_rows(path, def.labels_from.as_ref(), sort, Some(id))
            .map(Options::From)
    }

    /// Distinct values of a column with their labels and counts, in order; the control's own filters left out.
    pub(super) fn option_rows(
        &mut self,
        path: &ColumnPath,
        labels: Option<&ColumnPath>,
        sort: Option<OptionSort>,
        without: Option<&str>,
    ) -> Option<NodeId> {
        let before = self.checker.sink.len();
        let (index, column) = target(&mut self.checker, self.checked, path)?;
        debug_assert!(self.checker.sink.len() >= before, "findings are only added");
        let label = labels.and_then(|path| {
            let path = ColumnPath {
                element: path
                    .element
                    .clone()
                    .or_else(|| Some(self.name_of(index, path.span))),
                ..path.clone()
            };
            target(&mut self.checker, self.checked, &path)
        });
        let lower = self.lower.as_mut()?;
        let element = lower.element(index);
        let depth = element.columns[column]
            .depth
            .max(1)
            .max(label.map_or(0, |(_, c)| element.columns[c].depth));
        let mut columns = vec![column];
        columns.extend(label.map(|(_, c)| c));
        let node = lower.rows(index, depth, &columns, without);
        let value = lower.nodes.column(&node, 0);
        let mut aggregates = Vec::new();
        if label.is_some() {
            let arg = lower.nodes.column(&node, 1);
            let ty = arg.ty;
            aggregates.push((
                "label".to_owned(),
                Aggregate {
                    function: "Min".to_owned(),
                    args: vec![arg],
                    filter: None,
                    ty,
                },
            ));
        }
        let count = Aggregate {
            function: "Count".to_owned(),
            args: Vec::new(),
            filter: None,
            ty: Type::Number,
        };
        aggregates.push(("count".to_owned(), count));
        let grouped = lower
            .nodes
            .aggregate(&node, vec![("value".to_owned(), value)], aggregates);
        let by_value = |descending| SortKey {
            by: Expr::column(0, element.columns[column].expr.ty),
            descending,
            nulls: if descending {
                Nulls::Last
            } else {
                Nulls::First
            },
        };
        let by_count = |descending| SortKey {
            by: Expr::column(1 + usize::from(label.is_some()), Type::Number),
            descending,
            nulls: Nulls::Last,
        };
        let keys = match sort {
            Some(OptionSort::Count) => vec![by_count(false), by_value(false)],
            Some(OptionSort::CountDescending) => vec![by_count(true), by_value(false)],
            Some(OptionSort::ValueDescending) => vec![by_value(true)],
            Some(OptionSort::Value) | None => vec![by_value(false)],
        };
        Some(lower.nodes.sort(&grouped, keys))
    }

    fn name_of(&self, index: usize, span: Span) -> Text {
        let name = self
            .model
            .data
            .get_index(index)
            .map_or_else(String::new, |(name, _)| name.clone());
        Spanned::new(name, span)
    }

    fn setting(&mut self, span: Span, message: impl Into<String>) {
        self.checker
            .sink
            .push(Diagnostic::new(&codes::CONTROL_OPTION, span, message));
    }

    fn default(
        &mut self,
        def: &Written,
        kind: &ControlKind,
        options: Option<&Options>,
        ty: Type,
    ) -> ControlValue {
        let Some(default) = &def.default else {
            let clearable = def.clear.is_some_and(|c| c.value);
            return no_default(kind, options, clearable);
        };
        let value = match default {
            WrittenDefault::Window(window, text) => match kind {
                ControlKind::DateRange => return ControlValue::Window(window.window.clone()),
                ControlKind::Date { .. } => self.one_day(&window.window, text),
                _ => ControlValue::One(Value::text(text.value.as_str())),
            },
            WrittenDefault::Constant(Constant::Literal(literal)) => self.single(literal, kind, ty),
            WrittenDefault::Constant(Constant::List(list)) => {
                self.many(&list.value, list.span, kind, ty)
            }
            WrittenDefault::List(list, span) => self.many(list, *span, kind, ty),
            WrittenDefault::Range { min, max, span } => {
                self.range(min.as_ref(), max.as_ref(), *span, kind)
            }
            WrittenDefault::Constant(Constant::Formula(formula)) => {
                self.checker.sink.push(
                    Diagnostic::new(
                        &crate::diag::codes::structure::NOT_SUPPORTED_YET,
                        formula.span,
                        "a computed default is not supported yet",
                    )
                    .label("known, not supported yet"),
                );
                ControlValue::Empty
            }
        };
        self.among_options(&value, def, options);
        value
    }

    fn one_day(&mut self, window: &DateWindow, text: &Text) -> ControlValue {
        match window {
            DateWindow::On { date } => ControlValue::One(date.clone()),
            DateWindow::Between {
                start: DateBound::Day(day),
                ..
            } => ControlValue::One(Value::Date(*day)),
            _ => {
                self.setting(
                    text.span,
                    "a date control holds one day, this is a window of time",
                );
                ControlValue::Empty
            }
        }
    }

    fn single(&mut self, literal: &Spanned<Value>, kind: &ControlKind, ty: Type) -> ControlValue {
        if literal.value.is_null() {
            return ControlValue::Empty;
        }
        match kind {
            ControlKind::DateRange => {
                let shown = self.checker.sources.text(literal.span);
                let message = format!("`{shown}` is not a window of time");
                self.setting(literal.span, message);
                self.note_window();
                return ControlValue::Empty;
            }
            ControlKind::NumberRange | ControlKind::RangeSlider { .. } => {
                self.setting(literal.span, "the default of a range is `{ min, max }`");
                return ControlValue::Empty;
            }
            _ => {}
        }
        match fit(literal, ty) {
            Some(value) if matches!(kind, ControlKind::List { multiple: true, .. }) => {
                ControlValue::Many(vec![value])
            }
            Some(value) => ControlValue::One(value),
            None => {
                self.setting(
                    literal.span,
                    format!(
                        "the default is {}, this is {}",
                        ty.as_str(),
                        literal.value.ty().as_str()
                    ),
                );
                ControlValue::Empty
            }
        }
    }

    fn note_window(&mut self) {
        // The words a window may be written with belong to every such message.
        if let Some(last) = self.checker.sink.last_mut() {
            last.help.push(
                "write `last 90 days`, `this month`, `2026-01-01 to 2026-03-31` or the like"
                    .to_owned(),
            );
        }
    }

    fn many(
        &mut self,
        list: &[Spanned<Value>],
        span: Span,
        kind: &ControlKind,
        ty: Type,
    ) -> ControlValue {
        if !matches!(kind, ControlKind::List { multiple: true, .. }) {
            self.setting(span, "this control holds one value, the default is a list");
            return ControlValue::Empty;
        }
        let mut values = Vec::new();
        for value in list {
            match fit(value, ty) {
                Some(value) => values.push(value),
                None => self.setting(
                    value.span,
                    format!(
                        "the options are {}, this is {}",
                        ty.as_str(),
                        value.value.ty().as_str()
                    ),
                ),
            }
        }
        ControlValue::Many(values)
    }

    fn range(
        &mut self,
        min: Option<&Constant>,
        max: Option<&Constant>,
        span: Span,
        kind: &ControlKind,
    ) -> ControlValue {
        let ty = match kind {
            ControlKind::NumberRange | ControlKind::RangeSlider { .. } => Type::Number,
            ControlKind::DateRange => Type::Date,
            _ => {
                self.setting(span, "only ranges have a default with `min` and `max`");
                return ControlValue::Empty;
            }
        };
        let mut end = |bound: Option<&Constant>| match bound {
            None => Value::Null,
            Some(Constant::Literal(value)) => fit(value, ty).unwrap_or_else(|| {
                self.setting(
                    value.span,
                    format!(
                        "an end of this range is {}, this is {}",
                        ty.as_str(),
                        value.value.ty().as_str()
                    ),
                );
                Value::Null
            }),
            Some(other) => {
                self.setting(other.span(), "an end of a range is a constant");
                Value::Null
            }
        };
        ControlValue::Range(end(min), end(max))
    }

    fn among_options(&mut self, value: &ControlValue, def: &Written, options: Option<&Options>) {
        let Some(Options::Fixed(options)) = options else {
            return;
        };
        let values: &[Value] = match value {
            ControlValue::One(value) => std::slice::from_ref(value),
            ControlValue::Many(values) => values,
            _ => return,
        };
        let span = match &def.default {
            Some(WrittenDefault::Constant(constant)) => constant.span(),
            Some(WrittenDefault::List(_, span)) => *span,
            Some(WrittenDefault::Window(window, _)) => window.span,
            _ => return,
        };
        for value in values
            .iter()
            .filter(|v| !options.iter().any(|o| o.value == **v))
        {
            let shown = json(value);
            let shown = shown
                .as_str()
                .map_or_else(|| shown.to_string(), str::to_owned);
            let labels: Vec<&str> = options.iter().map(|o| o.label.as_str()).collect();
            let listed: Vec<String> = labels.iter().map(|label| format!("`{label}`")).collect();
            let found = Diagnostic::new(
                &codes::UNUSED_DEFAULT,
                span,
                format!("`{shown}` is not one of the options"),
            )
            .note(format!("the options are {}", listed.join(", ")));
            let near = crate::diag::nearest(&shown, labels.iter().copied());
            self.checker.sink.push(match near {
                Some(near) => found.fix(format!("write `{near}`"), span, near),
                None => found,
            });
        }
    }
}

/// An option of a type: the keys of a map are text as written.
fn read_as(value: Value, ty: Type) -> Value {
    let Value::Text(text) = &value else {
        return value;
    };
    match ty {
        Type::Logical => text.parse().map_or(value, Value::Logical),
        Type::Number => crate::typing::expr::number(text),
        Type::Date => crate::formula::datetime::parse_date(text).map_or(value, Value::Date),
        _ => value,
    }
}

/// Options written in the workbook.
pub(super) fn fixed_options(options: &WrittenOptions) -> Vec<ControlOption> {
    options
        .entries
        .iter()
        .map(|(value, label)| {
            let shown = json(&value.value);
            let label = label.as_ref().map_or_else(
                || {
                    shown.as_str().map_or_else(
                        || {
                            if shown.is_null() {
                                "(empty)".to_owned()
                            } else {
                                shown.to_string()
                            }
                        },
                        str::to_owned,
                    )
                },
                |l| l.value.clone(),
            );
            ControlOption {
                value: value.value.clone(),
                label,
            }
        })
        .collect()
}

/// The value of a control that says none.
/// A segmented control stands on its first segment unless it can be cleared.
fn no_default(kind: &ControlKind, options: Option<&Options>, clearable: bool) -> ControlValue {
    match (kind, options) {
        (ControlKind::Segmented { .. }, Some(Options::Fixed(options))) if !clearable => options
            .first()
            .map_or(ControlValue::Empty, |o| ControlValue::One(o.value.clone())),
        (ControlKind::Switch { .. } | ControlKind::Checkbox { .. }, _) => {
            ControlValue::One(Value::Logical(false))
        }
        _ => ControlValue::Empty,
    }
}

fn rank(def: &Written) -> RankKind {
    match def.rank.map(|r| r.value) {
        Some(Rank::Dense) => RankKind::Dense,
        Some(Rank::RowNumber) => RankKind::RowNumber,
        Some(Rank::Rank) | None => RankKind::Rank,
    }
}

fn nulls(def: &Written) -> NullRule {
    match def.nulls.map(|n| n.value) {
        Some(NullWord::Always) => NullRule::Always,
        Some(NullWord::Never) => NullRule::Never,
        Some(NullWord::WhenUnset) | None => NullRule::WhenUnset,
    }
}
