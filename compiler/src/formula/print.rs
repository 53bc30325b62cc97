//! Trees to text, in the one canonical form.

use super::ast::BinaryOp;
use super::ast::{Expr, ExprKind, UnaryOp};
use super::functions;
use super::parser::{NEGATE, NOT, strength};

/// Strength of what needs no parentheses anywhere.
const ATOM: u8 = u8::MAX;

/// Prints a formula: function names in canonical case, double quotes, the fewest parentheses that keep the tree. What
/// did not parse prints as `Null`.
pub fn print(expr: &Expr) -> String {
    let mut out = String::new();
    write(expr, 0, &mut out);
    out
}

fn own_strength(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Binary { op, .. } => strength(*op),
        ExprKind::Unary {
            op: UnaryOp::Not, ..
        } => NOT,
        ExprKind::Unary {
            op: UnaryOp::Negate,
            ..
        } => NEGATE,
        _ => ATOM,
    }
}

/// Writes an expression where operators weaker than `min` need parentheses.
fn write(expr: &Expr, min: u8, out: &mut String) {
    let parentheses = own_strength(expr) < min;
    if parentheses {
        out.push('(');
    }
    match &expr.kind {
        ExprKind::Number(text) => out.push_str(text),
        ExprKind::Text(text) => write_text(text, out),
        ExprKind::Logical(true) => out.push_str("True"),
        ExprKind::Logical(false) => out.push_str("False"),
        ExprKind::Null | ExprKind::Error => out.push_str("Null"),
        ExprKind::Reference(reference) => {
            let names: Vec<&str> = reference
                .segments
                .iter()
                .map(|(name, _)| name.as_str())
                .collect();
            out.push('[');
            out.push_str(&names.join("/"));
            out.push(']');
        }
        ExprKind::Call { name, args, .. } => write_call(name, args, out),
        ExprKind::Unary {
            op: UnaryOp::Not,
            operand,
        } => write_not(operand, out),
        ExprKind::Unary {
            op: UnaryOp::Negate,
            operand,
        } => {
            out.push('-');
            write(operand, NEGATE, out);
        }
        ExprKind::Binary {
            op, left, right, ..
        } => write_binary(*op, left, right, out),
        ExprKind::Path { base, key } => {
            write_base(base, out);
            out.push('.');
            write_key(key, out);
        }
        ExprKind::Index { base, index } => {
            write_base(base, out);
            out.push('[');
            write(index, 0, out);
            out.push(']');
        }
    }
    if parentheses {
        out.push(')');
    }
}

fn write_call(name: &str, args: &[Expr], out: &mut String) {
    out.push_str(functions::function(name).map_or(name, |f| f.name));
    out.push('(');
    for (i, arg) in args.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write(arg, 0, out);
    }
    out.push(')');
}

/// `Not (x)` for anything but a name, a literal or a call, which need no parentheses.
fn write_not(operand: &Expr, out: &mut String) {
    out.push_str("Not ");
    write(operand, ATOM, out);
}

fn write_binary(op: BinaryOp, left: &Expr, right: &Expr, out: &mut String) {
    let own = strength(op);
    let (left_min, right_min) = match op {
        // Groups to the right, and a prefix minus may stand on its right only.
        BinaryOp::Power => (own + 1, NEGATE),
        // Does not chain.
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterEqual => (own + 1, own + 1),
        _ => (own, own + 1),
    };
    write(left, left_min, out);
    out.push(' ');
    out.push_str(op.as_str());
    out.push(' ');
    write(right, right_min, out);
}

/// The left side of a path or an index. A number would swallow the dot.
fn write_base(base: &Expr, out: &mut String) {
    if matches!(base.kind, ExprKind::Number(_)) {
        out.push('(');
        write(base, 0, out);
        out.push(')');
    } else {
        write(base, ATOM, out);
    }
}

fn write_key(key: &str, out: &mut String) {
    let mut chars = key.chars();
    let plain = chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_');
    if plain {
        out.push_str(key);
    } else {
        write_text(key, out);
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            other => out.push(other),
        }
    }
    out.push('"');
}
