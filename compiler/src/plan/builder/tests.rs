//! What equal nodes share, and how names of columns come to differ.

use super::*;

fn orders(nodes: &mut Nodes) -> NodeId {
    let column = |name: &str| ScanColumn {
        name: name.into(),
        zoned: false,
    };
    nodes.scan(
        vec!["orders".into()],
        vec![(column("plan"), Type::Text), (column("mrr"), Type::Number)],
    )
}

#[test]
fn equal_nodes_share_one_id() {
    let mut nodes = Nodes::new();
    let first = orders(&mut nodes);
    let second = orders(&mut nodes);
    assert_eq!(first, second);
    assert_eq!(first.to_string().len(), 16);
    assert_eq!(nodes.len(), 1);
    let filtered = nodes.filter(first, vec![Expr::literal(Value::Logical(true))]);
    assert_ne!(filtered, first);
    assert_eq!(nodes.filter(first, Vec::new()), first);
}

#[test]
fn names_that_clash_ignoring_case_get_a_number() {
    let mut nodes = Nodes::new();
    let scan = orders(&mut nodes);
    let joined = nodes.join(scan, scan, JoinKind::Cross, Vec::new());
    let joined = nodes.project(
        joined,
        vec![
            ("A", nodes.column(joined, 0)),
            ("a", nodes.column(joined, 2)),
        ],
    );
    let names: Vec<_> = nodes
        .columns(joined)
        .iter()
        .map(|column| &*column.name)
        .collect();
    assert_eq!(names, ["A", "a (2)"]);
    assert_eq!(nodes.column(joined, 1).ty, Type::Text);
    assert_eq!(nodes.position(joined, "a (2)"), Some(1));
}

#[test]
fn nodes_that_no_root_needs_are_dropped() {
    let mut nodes = Nodes::new();
    let scan = orders(&mut nodes);
    let limited = nodes.limit(scan, 5, 0);
    nodes.limit(scan, 6, 0);
    nodes.retain_reachable([&limited]);
    assert_eq!(nodes.len(), 2);
}
