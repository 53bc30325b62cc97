use bookwright_compiler::plan::Plan;
use bookwright_compiler::plan::action::{
    Action, Rows, Scalar, Sequence, Step, Template, TemplatePart,
};
use bookwright_compiler::plan::builder::Nodes;
use bookwright_compiler::plan::relation::{Aggregate, Column, ControlPart, Expr, Parameter};
use bookwright_compiler::value::{Type, Value};
use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::run;
use crate::engine::Grain;
use crate::engine::tests::Fixture;
use crate::protocol::action::{ActionReply, ActionRequest};
use crate::store::Author;

fn sequence(steps: Vec<Step>) -> Sequence {
    Sequence {
        condition: None,
        steps,
        otherwise: Vec::new(),
        notify: None,
        atomic: false,
    }
}

fn literal(value: Value) -> Scalar {
    Scalar::Expression(Expr::literal(value))
}

fn text(value: &str) -> Scalar {
    literal(Value::text(value))
}

fn offer() -> Expr {
    Expr::parameter(
        Parameter::Control {
            id: "offer".to_owned(),
            part: ControlPart::Value,
        },
        Type::Text,
    )
}

fn insert(note: Scalar, score: Option<i64>) -> Step {
    let mut values = vec![("note".to_owned(), note)];
    values.extend(score.map(|score| ("score".to_owned(), literal(Value::Integer(score)))));
    Step::Insert {
        table: "notes".to_owned(),
        values,
    }
}

fn set(control: &str, value: Scalar) -> Step {
    Step::Set {
        control: control.to_owned(),
        value,
    }
}

fn prose(parts: Vec<TemplatePart>) -> Template {
    Template { parts }
}

struct Case {
    fixture: Fixture,
}

impl Case {
    async fn new(sequences: Vec<Sequence>) -> Self {
        Self::with(|_, _| sequences).await
    }

    async fn with(make: impl FnOnce(&mut Plan, &mut Nodes) -> Vec<Sequence>) -> Self {
        let fixture = Fixture::new(|plan, nodes| {
            let sequences = make(plan, nodes);
            let action = Action {
                id: "go".to_owned(),
                name: "Go".to_owned(),
                sequences,
            };
            plan.actions.insert("go".to_owned(), action);
        });
        Self {
            fixture: fixture.await,
        }
    }

    async fn run(&self, controls: Json, selection: Json) -> ActionReply {
        self.hosted(None, controls, selection).await
    }

    async fn hosted(&self, host: Option<&str>, controls: Json, selection: Json) -> ActionReply {
        let request = ActionRequest {
            workbook: "book".to_owned(),
            action: "go".to_owned(),
            by: "t".to_owned(),
            host: host.map(str::to_owned),
            controls: IndexMap::new(),
            selection: serde_json::from_value(selection).unwrap(),
        };
        let author = Author {
            user: "ann".to_owned(),
            tab: "t".to_owned(),
            now: 0,
        };
        run(
            &self.fixture.engine,
            &request,
            self.fixture.bindings(controls),
            &author,
        )
        .await
        .unwrap()
    }

    /// Notes and scores.
    async fn rows(&self) -> String {
        let bindings = self.fixture.bindings(json!({}));
        let listing = self
            .fixture
            .engine
            .rows("notes", &Grain::Shown, &bindings)
            .await
            .unwrap();
        let cell = |column: usize, row: usize| {
            crate::engine::wire::cell(&listing.cells[column][row]).to_string()
        };
        (0..listing.rows)
            .map(|row| format!("{} {}", cell(0, row), cell(1, row)))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

fn effects(reply: &ActionReply) -> Json {
    json!(reply.effects)
}

#[tokio::test]
async fn steps_see_what_the_ones_before_did() {
    let case = Case::with(|_, nodes| {
        let column = Column {
            name: "score".into(),
            ty: Type::Number,
        };
        let table = nodes.input_table("notes", vec![("score".to_owned(), column)]);
        let sum = Aggregate {
            function: "Sum".into(),
            args: vec![nodes.column(table, 0)],
            filter: None,
            ty: Type::Number,
        };
        let total = nodes.aggregate(table, Vec::new(), vec![("total".into(), sum)]);
        let total = || TemplatePart::Value(Scalar::Query(total));
        vec![sequence(vec![
            insert(text("a"), Some(3)),
            Step::Notify {
                text: prose(vec![total()]),
            },
            set("offer", text("Mail")),
            insert(Scalar::Expression(offer()), Some(4)),
            Step::Notify {
                text: prose(vec![TemplatePart::Text("sum ".to_owned()), total()]),
            },
        ])]
    })
    .await;
    let reply = case.run(json!({ "offer": "Call" }), json!([])).await;
    let expected = json!([
        { "do": "edited", "table": "notes", "rows": 1 },
        { "do": "notify", "text": "3" },
        { "do": "set", "control": "offer", "value": "Mail" },
        { "do": "edited", "table": "notes", "rows": 1 },
        { "do": "notify", "text": "sum 7" },
    ]);
    assert_eq!(effects(&reply), expected);
    assert_eq!(case.rows().await, "\"a\" 3; \"Mail\" 4");
}

#[tokio::test]
async fn conditions_choose_between_steps_and_are_looked_at_first() {
    let is_call = || {
        Scalar::Expression(Expr::call(
            "=",
            vec![offer(), Expr::literal(Value::text("Call"))],
            Type::Logical,
        ))
    };
    let notify = |words: &str| Step::Notify {
        text: prose(vec![TemplatePart::Text(words.to_owned())]),
    };
    let case = Case::new(vec![
        Sequence {
            condition: Some(is_call()),
            otherwise: vec![notify("other")],
            notify: Some(prose(vec![TemplatePart::Text("done".to_owned())])),
            ..sequence(vec![
                set("offer", text("Mail")),
                Step::If {
                    condition: is_call(),
                    then: vec![notify("yes")],
                    otherwise: vec![notify("no")],
                },
            ])
        },
        Sequence {
            condition: Some(is_call()),
            ..sequence(vec![notify("second")])
        },
    ])
    .await;
    let words = |reply: &ActionReply| {
        let texts = effects(reply)
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|e| e["text"].as_str().map(str::to_owned))
            .collect::<Vec<_>>();
        texts.join(" ")
    };
    assert_eq!(
        words(&case.run(json!({ "offer": "Call" }), json!([])).await),
        "no done second"
    );
    assert_eq!(
        words(&case.run(json!({ "offer": "Mail" }), json!([])).await),
        "other"
    );
}

#[tokio::test]
async fn a_failing_step_stops_and_tells_what_was_done() {
    let case = Case::new(vec![sequence(vec![
        insert(text("a"), None),
        Step::Clear {
            control: "offer".to_owned(),
        },
        Step::Insert {
            table: "notes".to_owned(),
            values: vec![("score".to_owned(), text("many"))],
        },
        insert(text("never"), None),
    ])])
    .await;
    let failure = case.run(json!({}), json!([])).await.failure.unwrap();
    assert_eq!(
        (failure.step, failure.message.as_str()),
        (3, "`SCORE` takes a number, not \"many\"")
    );
    assert_eq!(
        failure.done,
        ["inserted 1 row into `NOTES`", "cleared `OFFER`"]
    );
    assert_eq!(case.rows().await, "\"a\" null");
}

#[tokio::test]
async fn an_atomic_sequence_writes_all_or_nothing() {
    let wrong = Step::Insert {
        table: "notes".to_owned(),
        values: vec![("score".to_owned(), text("many"))],
    };
    let atomic = |steps| {
        vec![Sequence {
            atomic: true,
            ..sequence(steps)
        }]
    };
    let case = Case::new(atomic(vec![insert(text("a"), None), wrong])).await;
    let reply = case.run(json!({}), json!([])).await;
    assert_eq!(
        (reply.effects.len(), reply.failure.unwrap().done.len()),
        (0, 0)
    );
    assert_eq!(case.rows().await, "");
    let case = Case::new(atomic(vec![
        insert(text("a"), None),
        insert(text("b"), None),
    ]))
    .await;
    assert!(case.run(json!({}), json!([])).await.failure.is_none());
    assert_eq!(case.rows().await, "\"a\" null; \"b\" null");
}

#[tokio::test]
async fn rows_are_found_by_key_by_selection_and_all() {
    let update = |rows: Rows, note: &str| Step::Update {
        table: "notes".to_owned(),
        rows,
        values: vec![("note".to_owned(), text(note))],
    };
    let key = |score: Value| Rows::Key(vec![("score".to_owned(), literal(score))]);
    let case = Case::new(vec![sequence(vec![
        insert(text("a"), Some(1)),
        insert(text("b"), Some(2)),
        insert(text("c"), None),
        update(key(Value::Integer(2)), "two"),
        update(key(Value::Null), "none"),
        update(Rows::Selected, "chosen"),
        Step::Delete {
            table: "notes".to_owned(),
            rows: key(Value::Integer(1)),
        },
    ])])
    .await;
    let reply = case.run(json!({}), json!([{ "_row_id": "gone" }])).await;
    assert!(
        reply.failure.is_none(),
        "a row that is gone changes nothing: {reply:?}"
    );
    assert_eq!(case.rows().await, "\"two\" 2; \"none\" null");
    let clear = Case::new(vec![sequence(vec![
        insert(text("a"), None),
        insert(text("b"), None),
        Step::Delete {
            table: "notes".to_owned(),
            rows: Rows::All,
        },
    ])])
    .await;
    let reply = clear.run(json!({}), json!([])).await;
    assert_eq!(
        effects(&reply)[2],
        json!({ "do": "edited", "table": "notes", "rows": 2 })
    );
    assert_eq!(clear.rows().await, "");
}

#[tokio::test]
async fn clicked_cells_have_the_type_the_program_reads() {
    let at = Expr::parameter(
        Parameter::Selection {
            column: "at".to_owned(),
        },
        Type::Date,
    );
    let year = Expr::call("Year", vec![at.clone()], Type::Number);
    let case = Case::new(vec![sequence(vec![Step::Notify {
        text: prose(vec![
            TemplatePart::Value(Scalar::Expression(at)),
            TemplatePart::Text(" ".to_owned()),
            TemplatePart::Value(Scalar::Expression(year)),
        ]),
    }])])
    .await;
    let reply = case
        .run(json!({}), json!([{ "at": "2024-02-03T00:00:00" }]))
        .await;
    assert_eq!(effects(&reply)[0]["text"], "2024-02-03 2024");
}

#[tokio::test]
async fn an_action_that_calls_itself_is_stopped() {
    let case = Case::new(vec![sequence(vec![Step::Run {
        action: "go".to_owned(),
    }])])
    .await;
    let failure = case.run(json!({}), json!([])).await.failure.unwrap();
    assert!(
        failure.message.contains("more than 16 deep"),
        "{}",
        failure.message
    );
}

#[tokio::test]
async fn only_safe_addresses_are_opened() {
    let open = |url: &str| Step::OpenUrl {
        url: prose(vec![TemplatePart::Text(url.to_owned())]),
        new_tab: true,
    };
    let case = Case::new(vec![sequence(vec![
        open("https://example.com"),
        open("javascript:alert(1)"),
    ])])
    .await;
    let reply = case.run(json!({}), json!([])).await;
    assert_eq!(
        effects(&reply),
        json!([{ "do": "open_url", "url": "https://example.com", "new_tab": true }])
    );
    assert_eq!(reply.failure.unwrap().step, 2);
}

/// A case whose controls run programs when they change: `offer` notes its value, and sets itself; `region` fails.
async fn answering(steps: Vec<Step>) -> Case {
    Case::with(|plan, _| {
        let program = |id: &str, steps: Vec<Step>| Action {
            id: id.to_owned(),
            name: id.to_owned(),
            sequences: vec![sequence(steps)],
        };
        let noted = vec![
            insert(Scalar::Expression(offer()), None),
            set("offer", text("Call")),
            set("offer", text("Mail")),
        ];
        let failing = vec![set("nope", text("x"))];
        for (control, steps) in [("offer", noted), ("region", failing)] {
            let id = format!("{control}.on-change");
            plan.controls[control].on_change = Some(id.clone());
            plan.actions.insert(id.clone(), program(&id, steps));
        }
        vec![sequence(steps)]
    })
    .await
}

#[tokio::test]
async fn a_control_that_a_step_changes_answers_before_the_next_step_and_once() {
    let steps = vec![set("offer", text("Mail")), insert(text("next"), None)];
    let case = answering(steps).await;
    let reply = case.run(json!({}), json!([{ "note": "x" }])).await;
    assert!(reply.failure.is_none(), "{reply:?}");
    assert_eq!(case.rows().await, "\"Mail\" null; \"next\" null");
    let sets: Vec<Json> = reply
        .effects
        .iter()
        .map(|effect| json!(effect))
        .filter(|effect| effect["do"] == "set")
        .map(|effect| effect["value"].clone())
        .collect();
    assert_eq!(json!(sets), json!(["Mail", "Call", "Mail"]));
}

#[tokio::test]
async fn a_control_that_has_the_value_already_or_began_the_run_does_not_answer() {
    let steps = || vec![set("offer", text("Mail")), insert(text("next"), None)];
    let case = answering(steps()).await;
    case.run(json!({ "offer": "Mail" }), json!([])).await;
    assert_eq!(case.rows().await, "\"next\" null");
    let case = answering(steps()).await;
    case.hosted(Some("offer"), json!({ "offer": "Call" }), json!([]))
        .await;
    assert_eq!(case.rows().await, "\"next\" null");
}

#[tokio::test]
async fn a_failing_answer_is_told_and_stops_nothing() {
    let steps = vec![
        set("region", literal(Value::text("West"))),
        insert(text("next"), None),
    ];
    let case = answering(steps).await;
    let reply = case.run(json!({}), json!([])).await;
    assert_eq!(case.rows().await, "\"next\" null");
    assert_eq!(
        reply.failure.unwrap().message,
        "after the change of `REGION`: there is no control `nope`"
    );
}
