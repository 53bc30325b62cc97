//! Cases for the tree, the way back to bytes, and messages.

use std::fmt::Write;

use super::{Kind, Node, Resolved, TextMap, parse};
use crate::diag::Diagnostics;
use crate::source::SourceMap;
use crate::span::{FileId, Span};

fn read(text: &str) -> (Option<Node>, Diagnostics) {
    let mut sink = Diagnostics::default();
    let node = parse(FileId(0), text, &mut sink);
    (node, sink)
}

fn clean(text: &str) -> Node {
    let (node, sink) = read(text);
    assert!(
        sink.is_empty(),
        "{text:?}: {:?}",
        sink.iter().map(|d| &d.message).collect::<Vec<_>>()
    );
    node.unwrap()
}

fn under(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap()
}

/// The tree on one line: text in quotes, resolved values bare, `?` where unreadable.
fn show(node: &Node) -> String {
    match &node.kind {
        _ if node.is_unreadable() => "?".to_owned(),
        Kind::Scalar(s) => match &s.value {
            Resolved::Null => "null".to_owned(),
            Resolved::Bool(b) => b.to_string(),
            Resolved::Integer(i) => i.to_string(),
            Resolved::Float(f) => format!("{f:?}"),
            Resolved::Text => format!("{:?}", s.text),
        },
        Kind::Sequence(items) => format!(
            "[{}]",
            items.iter().map(show).collect::<Vec<_>>().join(", ")
        ),
        Kind::Mapping(pairs) => {
            let pairs = pairs
                .iter()
                .map(|p| format!("{}: {}", p.key, show(&p.value)))
                .collect::<Vec<_>>();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// Every finding as `code line:column text => fixed text`, and the tree.
fn report(text: &str) -> String {
    let (node, sink) = read(text);
    let mut map = SourceMap::default();
    let file = map.add("a.yaml", text);
    let mut out = String::new();
    for d in &sink {
        let at = map.file(file).position(d.primary.span.start);
        write!(
            out,
            "{} {}:{} {:?}",
            d.code.name,
            at.line,
            at.column,
            map.text(d.primary.span)
        )
        .unwrap();
        if let Some(fix) = &d.fix {
            write!(out, " => {}", fix.edits[0].text).unwrap();
        }
        out.push('\n');
    }
    out + &node.map_or("none".to_owned(), |n| show(&n))
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(report(text), expected, "{text}");
}

#[test]
fn trees_have_core_schema_values() {
    check(
        "a: yes\nb: [1, 0x10, 1.5, ~, true, '5']\nc:\n- x: 1\n  y:\n- z",
        r#"{a: "yes", b: [1, 16, 1.5, null, true, "5"], c: [{x: 1, y: null}, "z"]}"#,
    );
    check("", "null");
    check("# nothing\n", "null");
    check("x: {\n  a: 1\n}\n", "{x: {a: 1}}");
    check("\u{feff}a: 1\r\nb: 2\r\n", "{a: 1, b: 2}");
}

#[test]
fn aliases_are_expanded_and_bounded() {
    check(
        "a: &x [1, {b: c}]\nd: *x",
        r#"{a: [1, {b: "c"}], d: [1, {b: "c"}]}"#,
    );
    check("a: &x [1, *x]", "alias-cycle 1:11 \"*x\"\n{a: [1, ?]}");
    check("a: *no", "unknown-anchor 1:4 \"*no\"\n{a: ?}");
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..9 {
        let of = format!("*a{}", i - 1);
        writeln!(bomb, "a{i}: &a{i} [{}]", [of.as_str(); 9].join(", ")).unwrap();
    }
    let (node, sink) = read(&bomb);
    assert!(node.is_some());
    assert_eq!(
        sink.iter().map(|d| d.code.name).collect::<Vec<_>>(),
        ["too-many-nodes"]
    );
}

#[test]
fn what_yaml_allows_and_the_language_does_not_is_reported_where_it_stands() {
    check("a: 1\nb: 2\na: 3", "duplicate-key 3:1 \"a\"\n{a: 1, b: 2}");
    check("a: !!str 5", "tag 1:4 \"!!str\"\n{a: 5}");
    check(
        "[Name]: 5\nb: 1",
        "complex-key 1:1 \"[Name]\" => Name\n{b: 1}",
    );
    check("<<: 1\nb: 1", "merge-key 1:1 \"<<\"\n{b: 1}");
    check("a: 1\n---\nb: 1", "several-documents 2:1 \"---\"\n{a: 1}");
    check(
        "a:\n\tb: 1\n",
        "tab-indentation 2:1 \"\\t\" =>   \n{a: {b: 1}}",
    );
    let deep = format!("a: {}{}", "[".repeat(3000), "]".repeat(3000));
    assert!(report(&deep).starts_with("too-deep"));
    let deep = (0..3000).fold(String::new(), |out, i| out + &" ".repeat(i) + "a:\n");
    assert!(report(&deep).starts_with("too-deep"));
}

#[test]
fn formulas_that_yaml_bites_are_reported_quoted_and_read_as_meant() {
    for (text, value, fix) in [
        ("x: [Plan] > 3", "[Plan] > 3", "\"[Plan] > 3\""),
        ("x: [A] + [B]  # note", "[A] + [B]", "\"[A] + [B]\""),
        (
            "x: [MRR at Stake] * 2",
            "[MRR at Stake] * 2",
            "\"[MRR at Stake] * 2\"",
        ),
        ("x: [A]/[B]", "[A]/[B]", "\"[A]/[B]\""),
        (
            "x: [Risk] = \"High\"",
            "[Risk] = \"High\"",
            "'[Risk] = \"High\"'",
        ),
        (
            "x: [Who] = \"it's\"",
            "[Who] = \"it's\"",
            "'[Who] = \"it''s\"'",
        ),
        (
            "x: If([X] = \"a: b\", 1)",
            "If([X] = \"a: b\", 1)",
            "'If([X] = \"a: b\", 1)'",
        ),
        (
            "x: If([X] = \"a #b\", 1)",
            "If([X] = \"a #b\", 1)",
            "'If([X] = \"a #b\", 1)'",
        ),
        ("x: \"x\" & [Y]", "\"x\" & [Y]", "'\"x\" & [Y]'"),
        ("x: 'x' & [Y]", "'x' & [Y]", "\"'x' & [Y]\""),
        ("x: - 5", "- 5", "\"- 5\""),
        ("x: %d", "%d", "\"%d\""),
        ("x: @x", "@x", "\"@x\""),
        ("x: `x`", "`x`", "\"`x`\""),
        ("x: !Not([X])", "!Not([X])", "\"!Not([X])\""),
        ("x: * 2", "* 2", "\"* 2\""),
        ("x: > 5", "> 5", "\"> 5\""),
        ("x: {{[A]}} left", "{{[A]}} left", "\"{{[A]}} left\""),
        ("x: {{[A]}}", "{{[A]}}", "\"{{[A]}}\""),
        ("x: [A] +\n   [B]", "[A] + [B]", "\"[A] +\n   [B]\""),
    ] {
        let all = format!("{text}\ny: 2");
        let (node, sink) = read(&all);
        let codes: Vec<_> = sink.iter().map(|d| d.code.name).collect();
        assert_eq!(
            codes,
            ["unquoted-value"],
            "{text}: {:?}",
            sink.iter().map(|d| &d.message).collect::<Vec<_>>()
        );
        assert_eq!(
            show(&node.unwrap()),
            format!("{{x: {value:?}, y: 2}}"),
            "{text}"
        );
        let edit = &sink.iter().next().unwrap().fix.as_ref().unwrap().edits[0];
        assert_eq!(edit.text, fix, "{text}");
        let mut fixed = all.clone();
        fixed.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        assert_eq!(
            show(&clean(&fixed)),
            format!("{{x: {value:?}, y: 2}}"),
            "{text}"
        );
    }
}

#[test]
fn flow_maps_and_lists_show_the_entry_that_needs_quotes() {
    check(
        "a: { f: Sum([A]), g: 1 }",
        "unquoted-value 1:9 \"Sum([A])\" => \"Sum([A])\"\n{a: {f: \"Sum([A])\", g: 1}}",
    );
    check(
        "a: { f: [A] + 1 }",
        "unquoted-value 1:9 \"[A] + 1\" => \"[A] + 1\"\n{a: {f: \"[A] + 1\"}}",
    );
    check(
        "a: { f: -[A], g: 2 }",
        "unquoted-value 1:9 \"-[A]\" => \"-[A]\"\n{a: {f: \"-[A]\", g: 2}}",
    );
    check(
        "a: { g: {h: 1}, f: If([A] > 1, 2, 3) }",
        "unquoted-value 1:20 \"If([A] > 1, 2, 3)\" => \"If([A] > 1, 2, 3)\"\n{a: {g: {h: 1}, f: \"If([A] > 1, 2, 3)\"}}",
    );
    check(
        "a: [x, Sum([A]), y]",
        "unquoted-value 1:8 \"Sum([A])\" => \"Sum([A])\"\n{a: [\"x\", \"Sum([A])\", \"y\"]}",
    );
    check(
        "a: {\n  g: 1,\n  f: Sum([A]),\n}\nb: 2",
        "unquoted-value 3:6 \"Sum([A])\" => \"Sum([A])\"\n{a: {g: 1, f: \"Sum([A])\"}, b: 2}",
    );
    check(
        "- [MRR] > 0\n- [B] < 1",
        "unquoted-value 1:3 \"[MRR] > 0\" => \"[MRR] > 0\"\nunquoted-value 2:3 \"[B] < 1\" => \"[B] < 1\"\n[\"[MRR] > 0\", \"[B] < 1\"]",
    );
}

#[test]
fn other_syntax_errors_are_told_once_and_the_rest_is_read() {
    check(
        "a: 1\n  c: 2\nb: 3",
        "yaml-syntax 2:3 \"c: 2\" => \n{a: 1, b: 3}",
    );
    check(
        "a: \"un\nb: 2",
        "yaml-syntax 1:4 \"\\\"\" => \"\n{a: ?, b: 2}",
    );
    check(
        "a: \"un\nb: \"x\"\nc: 1",
        "yaml-syntax 1:4 \"\\\"\" => \"\n{a: ?, b: \"x\", c: 1}",
    );
    check(
        "a: \"\\q\"\nb: 1",
        "yaml-syntax 1:5 \"\\\\q\" => \\\n{a: ?, b: 1}",
    );
    check("b:2\nc: 3", "yaml-syntax 1:1 \"b:\" =>  \n{c: 3}");
    check("- a\n-b\n- c", "yaml-syntax 2:1 \"-\" =>  \n[\"a\", \"c\"]");
    check("a: { b: [x }\nc: 1", "yaml-syntax 1:9 \"[\"\n{c: 1}");
    check("a: {", "yaml-syntax 1:4 \"{\"\n{a: ?}");
    check("a: 1\nb 2\nc: 3", "yaml-syntax 2:1 \"b 2\"\n{a: 1, c: 3}");
}

#[test]
fn every_scalar_leads_back_to_its_bytes() {
    let text = "a: 'it''s [A]'\nb: \"x\\ty [A] \\\n   \\u00e9 [B]\n\n   z\"\nc:\n  plain [A]\n   more\n\n  end\nd: |\n\n    If([A],\n      [B])\ne: >2-\n\n    more\n  less [A]\n  again\n\n  par\nf: régi😀on\n";
    let node = clean(text);
    let Kind::Mapping(pairs) = &node.kind else {
        panic!("a map")
    };
    let mut places = 0;
    for pair in pairs {
        let Kind::Scalar(scalar) = &pair.value.kind else {
            panic!("a scalar")
        };
        for word in [
            "[A]", "[B]", "more", "less", "again", "par", "end", "é", "z", "😀", "'", "\t",
        ] {
            for (at, _) in scalar.text.match_indices(word) {
                let written = under(text, scalar.map.span(offset(at), offset(at + word.len())));
                let expected = match (word, pair.key.as_str()) {
                    ("'", _) => "''",
                    ("\t", _) => "\\t",
                    ("é", "b") => "\\u00e9",
                    _ => word,
                };
                assert_eq!(written, expected, "{} in {}", word, pair.key);
                places += 1;
            }
        }
    }
    assert_eq!(places, 19);
    let spans: Vec<&str> = pairs.iter().map(|p| under(text, p.value.span)).collect();
    assert_eq!(spans[0], "'it''s [A]'");
    assert_eq!(spans[3], "|\n\n    If([A],\n      [B])");
    assert_eq!(spans[4], ">2-\n\n    more\n  less [A]\n  again\n\n  par");
}

#[test]
fn spans_of_collections_cover_them() {
    let text = "a:\n  - b: 1\n    c: 2\n\n  - { d: 3 }  # x\ne: f\ng:\nh : ~\n";
    let node = clean(text);
    let Kind::Mapping(pairs) = &node.kind else {
        panic!("a map")
    };
    let source = |span| under(text, span);
    assert_eq!(
        source(pairs[0].value.span),
        "- b: 1\n    c: 2\n\n  - { d: 3 }"
    );
    let Kind::Sequence(items) = &pairs[0].value.kind else {
        panic!("a list")
    };
    assert_eq!(source(items[0].span), "b: 1\n    c: 2");
    assert_eq!(source(items[1].span), "{ d: 3 }");
    let absent = pairs[2].value.span;
    assert_eq!(absent.start as usize, text.find("g:").unwrap() + 2);
    assert!(absent.is_empty());
}

#[test]
fn comments_are_found() {
    let text = "# one\na: 1 # two\nb: '# no'\n";
    let found: Vec<_> = super::comments(FileId(0), text)
        .into_iter()
        .map(|s| under(text, s))
        .collect();
    assert_eq!(found, ["# one", "# two"]);
}

fn scalars<'a>(node: &'a Node, found: &mut Vec<(&'a str, &'a TextMap)>) {
    match &node.kind {
        Kind::Scalar(s) => found.push((&s.text, &s.map)),
        Kind::Sequence(items) => items.iter().for_each(|n| scalars(n, found)),
        Kind::Mapping(pairs) => pairs.iter().for_each(|p| scalars(&p.value, found)),
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic_and_places_stay_on_characters(text in "([a-c:\\-\\[\\]{}\"'|>&*!#%é, \\n\\t\\\\]|: |- |\\n  |\\[A\\]|\\{\\{){0,60}") {
        let (node, sink) = read(&text);
        let inside = |start: u32, end: u32| text.get(start as usize..end as usize).is_some();
        for d in &sink {
            proptest::prop_assert!(inside(d.primary.span.start, d.primary.span.end), "{:?}", d);
            for edit in d.fix.iter().flat_map(|f| &f.edits) {
                proptest::prop_assert!(inside(edit.span.start, edit.span.end));
            }
        }
        let mut found = Vec::new();
        if let Some(n) = &node {
            scalars(n, &mut found);
        }
        for (scalar, map) in found {
            let bounds: Vec<u32> = scalar.char_indices().map(|(i, _)| offset(i)).chain([offset(scalar.len())]).collect();
            for pair in bounds.windows(2) {
                let span = map.span(pair[0], pair[1]);
                proptest::prop_assert!(inside(span.start, span.end), "{scalar:?} {map:?}");
            }
        }
    }
}
