//! Any tree that a formula can have, made of bytes.

use arbitrary::{Result, Unstructured};
use bookwright_compiler::formula::ast::{BinaryOp, Expr, ExprKind, Reference, UnaryOp};
use bookwright_compiler::formula::functions;
use bookwright_compiler::span::Span;

const OPERATORS: [BinaryOp; 15] = [
    BinaryOp::Or,
    BinaryOp::And,
    BinaryOp::Equal,
    BinaryOp::NotEqual,
    BinaryOp::Less,
    BinaryOp::LessEqual,
    BinaryOp::Greater,
    BinaryOp::GreaterEqual,
    BinaryOp::Concat,
    BinaryOp::Add,
    BinaryOp::Subtract,
    BinaryOp::Multiply,
    BinaryOp::Divide,
    BinaryOp::Modulo,
    BinaryOp::Power,
];

/// Deepest tree made, far below what the parser takes.
const DEEPEST: usize = 12;

/// A tree, of any shape the parser gives for a formula without mistakes.
///
/// # Errors
/// When the bytes do not suffice.
pub fn expression(bytes: &mut Unstructured<'_>) -> Result<Expr> {
    nested(bytes, DEEPEST)
}

fn nested(bytes: &mut Unstructured<'_>, depth: usize) -> Result<Expr> {
    let Some(depth) = depth.checked_sub(1).filter(|_| !bytes.is_empty()) else {
        return Ok(expr(ExprKind::Null));
    };
    let boxed = |bytes: &mut Unstructured<'_>| nested(bytes, depth).map(Box::new);
    let kind = match bytes.int_in_range(0..=11)? {
        0 => ExprKind::Number(number(bytes)?),
        1 => ExprKind::Text(short(bytes)?.to_owned()),
        2 => ExprKind::Logical(bytes.arbitrary()?),
        3 => ExprKind::Reference(reference(bytes)?),
        4 | 5 => ExprKind::Unary {
            op: *bytes.choose(&[UnaryOp::Negate, UnaryOp::Not])?,
            operand: boxed(bytes)?,
        },
        6..=8 => ExprKind::Binary {
            op: *bytes.choose(&OPERATORS)?,
            op_span: Span::default(),
            left: boxed(bytes)?,
            right: boxed(bytes)?,
        },
        9 => ExprKind::Path {
            base: boxed(bytes)?,
            key: short(bytes)?.to_owned(),
        },
        10 => ExprKind::Index {
            base: boxed(bytes)?,
            index: boxed(bytes)?,
        },
        _ => call(bytes, depth)?,
    };
    Ok(expr(kind))
}

fn call(bytes: &mut Unstructured<'_>, depth: usize) -> Result<ExprKind> {
    let names: Vec<&str> = functions::all()
        .map(|function| function.name)
        .filter(|name| name.starts_with(char::is_alphabetic))
        .filter(|name| !["And", "Or", "Not"].contains(name))
        .collect();
    let name = (*bytes.choose(&names)?).to_owned();
    let count = bytes.int_in_range(0..=3)?;
    let args = (0..count).map(|_| nested(bytes, depth));
    Ok(ExprKind::Call {
        name,
        name_span: Span::default(),
        args: args.collect::<Result<_>>()?,
    })
}

fn number(bytes: &mut Unstructured<'_>) -> Result<String> {
    let whole: u32 = bytes.arbitrary()?;
    Ok(match bytes.int_in_range(0..=3)? {
        0 => format!("{whole}"),
        1 => format!("{}.{whole}", whole % 7),
        2 => format!(".{whole}"),
        _ => format!("{whole}e-{}", whole % 30),
    })
}

/// Names of any characters but those that end one.
fn reference(bytes: &mut Unstructured<'_>) -> Result<Reference> {
    let count = bytes.int_in_range(1..=3)?;
    let mut segments = Vec::new();
    for _ in 0..count {
        let any = short(bytes)?.replace(['[', ']', '/'], "");
        let name = match any.trim() {
            "" => "N",
            name => name,
        };
        segments.push((name.to_owned(), Span::default()));
    }
    Ok(Reference { segments })
}

fn expr(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: Span::default(),
    }
}

/// A short text: as many bytes as are one.
fn short<'b>(bytes: &mut Unstructured<'b>) -> Result<&'b str> {
    let length = bytes.int_in_range(0..=12)?.min(bytes.len());
    let taken = bytes.bytes(length)?;
    let valid = match std::str::from_utf8(taken) {
        Ok(text) => return Ok(text),
        Err(error) => taken.get(..error.valid_up_to()).unwrap_or_default(),
    };
    Ok(std::str::from_utf8(valid).unwrap_or_default())
}
