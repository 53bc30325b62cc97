//! The three formats on one finding each.

use super::{concise, human, json};
use crate::diag::codes::yaml as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::SourceMap;
use crate::span::Span;

fn sample() -> (Diagnostics, SourceMap) {
    let mut sources = SourceMap::default();
    let file = sources.add("workbooks/a.yaml", "é: 1\nx: [Plan] > 3\né: 2\n");
    let mut list = Diagnostics::default();
    list.push(
        Diagnostic::new(
            &codes::UNQUOTED_VALUE,
            Span::new(file, 9, 19),
            "a value needs quotes",
        )
        .note("a fact")
        .help("quote the value")
        .fix("quote the value", Span::new(file, 9, 19), "\"[Plan] > 3\""),
    );
    list.push(
        Diagnostic::new(
            &codes::DUPLICATE_KEY,
            Span::new(file, 20, 22),
            "the key `é` stands twice in one map",
        )
        .also(Span::new(file, 0, 2), "first written here"),
    );
    (list, sources)
}

#[test]
fn concise_is_one_line_each() {
    let (list, sources) = sample();
    assert_eq!(
        concise::render(&list, &sources),
        "workbooks/a.yaml:2:4: error[unquoted-value]: a value needs quotes\n\
         workbooks/a.yaml:3:1: error[duplicate-key]: the key `é` stands twice in one map\n"
    );
}

#[test]
fn json_has_the_promised_shape() {
    let (list, sources) = sample();
    let first = r#"{"version":1,"diagnostics":[{"code":"unquoted-value","number":1002,"severity":"error","message":"a value needs quotes","file":"workbooks/a.yaml","line":2,"column":4,"end_line":2,"end_column":14,"help":"a fact\nquote the value","fix":{"title":"quote the value","edits":[{"line":2,"column":4,"end_line":2,"end_column":14,"text":"\"[Plan] > 3\""}]}},"#;
    let second = r#"{"code":"duplicate-key","number":1004,"severity":"error","message":"the key `é` stands twice in one map","file":"workbooks/a.yaml","line":3,"column":1,"end_line":3,"end_column":2,"help":null,"fix":null}],"summary":{"errors":2,"warnings":0}}"#;
    assert_eq!(json::render(&list, &sources), format!("{first}{second}"));
    let empty = json::render(&Diagnostics::default(), &sources);
    assert_eq!(
        empty,
        r#"{"version":1,"diagnostics":[],"summary":{"errors":0,"warnings":0}}"#
    );
}

#[test]
fn human_shows_excerpt_labels_and_the_patched_line() {
    let (list, sources) = sample();
    let expected = r#"error[unquoted-value]: a value needs quotes
 --> workbooks/a.yaml:2:4
  |
2 | x: [Plan] > 3
  |    ^^^^^^^^^^
  |
  = note: a fact
help: quote the value
  |
2 - x: [Plan] > 3
2 + x: "[Plan] > 3"
  |

error[duplicate-key]: the key `é` stands twice in one map
 --> workbooks/a.yaml:3:1
  |
1 | é: 1
  | - first written here
2 | x: [Plan] > 3
3 | é: 2
  | ^

2 errors
"#;
    assert_eq!(human::render(&list, &sources, human::Colors::Off), expected);
    assert!(human::render(&list, &sources, human::Colors::On).contains('\u{1b}'));
}
