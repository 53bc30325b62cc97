use std::sync::Arc;

use super::*;
use crate::plan::Settings;
use crate::plan::relation::{Column, ExprKind, Node};
use crate::value::Type;

fn column(index: usize) -> Expr {
    Expr {
        kind: ExprKind::Column { index },
        ty: Type::Unknown,
    }
}

fn call(function: &'static str, args: Vec<Expr>) -> Expr {
    Expr {
        kind: ExprKind::Call {
            function: function.into(),
            args,
        },
        ty: Type::Unknown,
    }
}

fn literal(value: impl Into<Option<i64>>) -> Expr {
    Expr {
        kind: ExprKind::Literal { value: int(value) },
        ty: Type::Number,
    }
}

fn int(value: impl Into<Option<i64>>) -> Value {
    value.into().map_or(Value::Null, Value::Integer)
}

fn ints<const N: usize>(rows: &[[Option<i64>; N]]) -> Vec<Row> {
    rows.iter()
        .map(|row| row.iter().map(|v| int(*v)).collect())
        .collect()
}

fn key(index: usize, descending: bool) -> SortKey {
    SortKey {
        by: column(index),
        descending,
        nulls: if descending {
            Nulls::Last
        } else {
            Nulls::First
        },
    }
}

fn id(name: &str) -> NodeId {
    let hash = blake3::hash(name.as_bytes());
    NodeId(
        hash.as_bytes()
            .iter()
            .take(8)
            .fold(0, |id, byte| id << 8 | u64::from(*byte)),
    )
}

const A: &[[Option<i64>; 2]] = &[
    [Some(1), Some(10)],
    [None, Some(20)],
    [Some(2), None],
    [Some(1), Some(5)],
    [None, Some(1)],
];
const B: &[[Option<i64>; 1]] = &[[Some(1)], [Some(3)], [None]];

/// Runs an operator over `a` (two columns) and `b` (one column).
fn run_over(operator: Operator) -> Vec<Row> {
    let node = |operator, width: usize| {
        Arc::new(Node {
            operator,
            columns: (0..width)
                .map(|i| Column {
                    name: i.to_string().into(),
                    ty: Type::Number,
                })
                .collect(),
        })
    };
    let scan = |name: &str| Operator::Scan {
        table: vec![name.into()],
        columns: Vec::new(),
    };
    let nodes = BTreeMap::from([
        (id("a"), node(scan("a"), 2)),
        (id("b"), node(scan("b"), 1)),
        (id("root"), node(operator, 0)),
    ]);
    let tables = |operator: &Operator| match operator {
        Operator::Scan { table, .. } if table == &["a"] => Some(ints(A)),
        Operator::Scan { .. } => Some(ints(B)),
        _ => None,
    };
    run(
        &nodes,
        id("root"),
        &tables,
        &Context::new(Settings::default(), 0),
    )
}

fn join(kind: JoinKind, null_safe: bool) -> Operator {
    let on = vec![JoinCondition {
        left: column(0),
        op: "=".into(),
        right: column(0),
        null_safe,
    }];
    Operator::Join {
        left: id("a"),
        right: id("b"),
        kind,
        on: if kind == JoinKind::Cross {
            Vec::new()
        } else {
            on
        },
    }
}

#[test]
fn groups_appear_in_order_and_null_is_a_key() {
    let aggregate = |function: &'static str, args: Vec<Expr>, filter| Aggregate {
        function: function.into(),
        args,
        filter,
        ty: Type::Number,
    };
    let large = call(">", vec![column(1), literal(5)]);
    let aggregates = vec![
        aggregate("Count", vec![], None),
        aggregate("Sum", vec![column(1)], None),
        aggregate("Count", vec![], Some(large)),
    ];
    let grouped = Operator::Aggregate {
        input: id("a"),
        keys: vec![column(0)],
        aggregates: aggregates.clone(),
    };
    assert_eq!(
        run_over(grouped),
        ints(&[
            [Some(1), Some(2), Some(15), Some(1)],
            [None, Some(2), Some(21), Some(1)],
            [Some(2), Some(1), None, Some(0)],
        ])
    );
    let empty = Operator::Aggregate {
        input: id("nothing"),
        keys: Vec::new(),
        aggregates,
    };
    assert_eq!(run_over(empty), ints(&[[Some(0), None, Some(0)]]));
}

#[test]
fn joins_keep_what_their_kind_says() {
    for (kind, null_safe, expected) in [
        (JoinKind::Inner, false, 2),
        (JoinKind::Inner, true, 4),
        (JoinKind::Left, false, 5),
        (JoinKind::Right, false, 4),
        (JoinKind::Full, false, 7),
        (JoinKind::Full, true, 6),
        (JoinKind::Cross, false, 15),
    ] {
        let rows = run_over(join(kind, null_safe));
        assert_eq!(rows.len(), expected, "{kind:?}");
        assert!(rows.iter().all(|row| row.len() == 3), "{kind:?}");
    }
    let right = run_over(join(JoinKind::Right, false));
    assert_eq!(
        right.get(2..),
        Some(ints(&[[None, None, Some(3)], [None, None, None]]).as_slice())
    );
}

#[test]
fn nulls_sort_where_the_key_says() {
    let sort = |keys| {
        run_over(Operator::Sort {
            input: id("a"),
            keys,
        })
    };
    let firsts = |rows: Vec<Row>| rows.into_iter().map(|r| r[0].clone()).collect::<Vec<_>>();
    let wanted = |values: [Option<i64>; 5]| values.map(int).to_vec();
    assert_eq!(
        firsts(sort(vec![key(0, false)])),
        wanted([None, None, Some(1), Some(1), Some(2)])
    );
    assert_eq!(
        firsts(sort(vec![key(0, true)])),
        wanted([Some(2), Some(1), Some(1), None, None])
    );
    let last = SortKey {
        nulls: Nulls::Last,
        ..key(0, false)
    };
    assert_eq!(
        firsts(sort(vec![last])),
        wanted([Some(1), Some(1), Some(2), None, None])
    );
}

#[test]
fn windows_keep_the_order_of_their_input() {
    let function = |name: &'static str, args: Vec<Expr>| WindowFunction {
        function: name.into(),
        args,
        partition: vec![column(0)],
        order: vec![key(1, false)],
        ty: Type::Number,
    };
    let functions = vec![
        function("CumulativeSum", vec![column(1)]),
        function("RowNumber", vec![]),
        function("Sum", vec![column(1)]),
    ];
    assert_eq!(
        run_over(Operator::Window {
            input: id("a"),
            functions
        }),
        ints(&[
            [Some(1), Some(10), Some(15), Some(2), Some(15)],
            [None, Some(20), Some(21), Some(2), Some(21)],
            [Some(2), None, None, Some(1), None],
            [Some(1), Some(5), Some(5), Some(1), Some(15)],
            [None, Some(1), Some(1), Some(1), Some(21)],
        ])
    );
}

#[test]
fn rows_are_filtered_projected_united_and_cut() {
    let predicates = vec![call(">", vec![column(1), literal(4)])];
    let filtered = run_over(Operator::Filter {
        input: id("a"),
        predicates,
    });
    assert_eq!(filtered.len(), 3);
    let expressions = vec![call("+", vec![column(0), column(1)])];
    let sums = run_over(Operator::Project {
        input: id("a"),
        expressions,
    });
    assert_eq!(sums, ints(&[[Some(11)], [None], [None], [Some(6)], [None]]));
    assert_eq!(
        run_over(Operator::Union {
            inputs: vec![id("b"), id("b")]
        })
        .len(),
        6
    );
    assert_eq!(
        run_over(Operator::Limit {
            input: id("b"),
            count: 1,
            offset: 1
        }),
        ints(&[[Some(3)]])
    );
    assert_eq!(
        run_over(Operator::Values {
            rows: ints(&[[Some(7)]])
        }),
        ints(&[[Some(7)]])
    );
    assert!(
        run_over(Operator::Union {
            inputs: vec![id("root")]
        })
        .is_empty()
    );
}
