//! The kind of a control with its settings: modes, ends, ranks.

use crate::diag::Diagnostic;
use crate::diag::codes::plan as codes;
use crate::document::control::{Control as Written, ControlType};
use crate::document::data::{Case, Rank};
use crate::document::primitive::Text;
use crate::emit::Emitter;
use crate::plan::control::{Comparison, ControlKind, RankKind, TextMode};
use crate::span::Spanned;
use crate::typing::control::is_multiple;
use crate::value::Type;

impl Emitter<'_, '_, '_> {
    pub(super) fn kind(&mut self, def: &Written, ty: Type) -> Option<ControlKind> {
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
}

pub(super) fn rank(def: &Written) -> RankKind {
    match def.rank.map(|r| r.value) {
        Some(Rank::Dense) => RankKind::Dense,
        Some(Rank::RowNumber) => RankKind::RowNumber,
        Some(Rank::Rank) | None => RankKind::Rank,
    }
}
