//! What a node's id is the hash of: its content as bytes.
//!
//! Every list is preceded by its length and every choice by a number of its own, so that different nodes have different
//! bytes. The numbers are part of the plan's format: with another [`VERSION`](super::VERSION) they may change.

use super::relation::{
    Aggregate, Column, ControlPart, Expr, ExprKind, JoinCondition, JoinKind, Node, NodeId, Nulls,
    Operator, Parameter, ScanColumn, SortKey, SqlPart, WindowFunction,
};
use crate::value::{Type, Value};

/// Something a node is made of.
trait Content {
    /// Appends its bytes.
    fn write(&self, out: &mut Vec<u8>);
}

/// Id of a node; `bytes` is where its content is written, emptied first.
pub(super) fn id(node: &Node, bytes: &mut Vec<u8>) -> NodeId {
    bytes.clear();
    node.operator.write(bytes);
    node.columns.write(bytes);
    let hash = blake3::hash(bytes);
    let first = hash.as_bytes().first_chunk().copied().unwrap_or_default();
    NodeId(u64::from_be_bytes(first))
}

/// Appends the content of an expression, for keys within one compilation.
pub(crate) fn expression(expr: &Expr, out: &mut Vec<u8>) {
    expr.write(out);
}

impl<T: Content> Content for [T] {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        self.iter().for_each(|item| item.write(out));
    }
}

impl<T: Content> Content for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_slice().write(out);
    }
}

impl<T: Content> Content for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.is_some()));
        if let Some(item) = self {
            item.write(out);
        }
    }
}

impl Content for str {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        out.extend_from_slice(self.as_bytes());
    }
}

impl Content for String {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_str().write(out);
    }
}

/// Seven bits a byte, least significant first: most numbers here are small.
impl Content for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        out.push(rest.to_le_bytes()[0]);
    }
}

impl Content for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
}

impl Content for NodeId {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.to_be_bytes());
    }
}

impl Content for Type {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(match self {
            Self::Text => 0,
            Self::Number => 1,
            Self::Date => 2,
            Self::Logical => 3,
            Self::Variant => 4,
            Self::Geography => 5,
            Self::Null => 6,
            Self::Unknown => 7,
        });
    }
}

impl Content for Value {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.push(0),
            Self::Logical(value) => {
                out.push(1);
                value.write(out);
            }
            Self::Integer(value) => {
                out.push(2);
                out.extend_from_slice(&value.to_le_bytes());
            }
            Self::Float(value) => {
                out.push(3);
                out.extend_from_slice(&value.to_bits().to_le_bytes());
            }
            Self::Text(value) => {
                out.push(4);
                value.as_ref().write(out);
            }
            Self::Date(value) => {
                out.push(5);
                out.extend_from_slice(&value.to_le_bytes());
            }
            Self::Variant(value) => {
                out.push(6);
                value.to_string().write(out);
            }
        }
    }
}

impl Content for Column {
    fn write(&self, out: &mut Vec<u8>) {
        self.name.as_ref().write(out);
        self.ty.write(out);
    }
}

impl Content for ScanColumn {
    fn write(&self, out: &mut Vec<u8>) {
        self.name.write(out);
        self.zoned.write(out);
    }
}

impl Content for SqlPart {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) => {
                out.push(0);
                text.write(out);
            }
            Self::Table(path) => {
                out.push(1);
                path.write(out);
            }
            Self::Value(value) => {
                out.push(2);
                value.write(out);
            }
        }
    }
}

impl Content for JoinCondition {
    fn write(&self, out: &mut Vec<u8>) {
        self.left.write(out);
        self.op.write(out);
        self.right.write(out);
        self.null_safe.write(out);
    }
}

impl Content for JoinKind {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(match self {
            Self::Inner => 0,
            Self::Left => 1,
            Self::Right => 2,
            Self::Full => 3,
            Self::Cross => 4,
        });
    }
}

impl Content for Aggregate {
    fn write(&self, out: &mut Vec<u8>) {
        self.function.as_ref().write(out);
        self.args.write(out);
        self.filter.write(out);
        self.ty.write(out);
    }
}

impl Content for WindowFunction {
    fn write(&self, out: &mut Vec<u8>) {
        self.function.as_ref().write(out);
        self.args.write(out);
        self.partition.write(out);
        self.order.write(out);
        self.ty.write(out);
    }
}

impl Content for SortKey {
    fn write(&self, out: &mut Vec<u8>) {
        self.by.write(out);
        self.descending.write(out);
        (self.nulls == Nulls::First).write(out);
    }
}

impl Content for Parameter {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Control { id, part } => {
                out.push(match part {
                    ControlPart::Value => 0,
                    ControlPart::Low => 1,
                    ControlPart::High => 2,
                });
                id.write(out);
            }
            Self::Now => out.push(3),
            Self::Today => out.push(4),
            Self::Selection { column } => {
                out.push(5);
                column.write(out);
            }
            Self::User { property } => {
                out.push(6);
                property.write(out);
            }
        }
    }
}

impl Content for Expr {
    fn write(&self, out: &mut Vec<u8>) {
        self.ty.write(out);
        match &self.kind {
            ExprKind::Column { index } => {
                out.push(0);
                (*index as u64).write(out);
            }
            ExprKind::Literal { value } => {
                out.push(1);
                value.write(out);
            }
            ExprKind::Parameter { parameter } => {
                out.push(2);
                parameter.write(out);
            }
            ExprKind::Call { function, args } => {
                out.push(3);
                function.as_ref().write(out);
                args.write(out);
            }
            ExprKind::ControlFilter { control, value } => {
                out.push(4);
                control.write(out);
                value.write(out);
            }
            ExprKind::ColumnFilter { filter, value } => {
                out.push(5);
                // Filters have many forms and are few.
                let filter = serde_json::to_string(filter).unwrap_or_default();
                filter.write(out);
                value.write(out);
            }
        }
    }
}

impl Content for Operator {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Scan { table, columns } => {
                out.push(0);
                table.write(out);
                columns.write(out);
            }
            Self::InputTable { table, columns } => {
                out.push(1);
                table.write(out);
                columns.write(out);
            }
            Self::Sql { parts, columns } => {
                out.push(2);
                parts.write(out);
                columns.write(out);
            }
            Self::Values { rows } => {
                out.push(3);
                rows.write(out);
            }
            Self::Project { input, expressions } => {
                out.push(4);
                input.write(out);
                expressions.write(out);
            }
            Self::Filter { input, predicates } => {
                out.push(5);
                input.write(out);
                predicates.write(out);
            }
            Self::Aggregate {
                input,
                keys,
                aggregates,
            } => {
                out.push(6);
                input.write(out);
                keys.write(out);
                aggregates.write(out);
            }
            Self::Join {
                left,
                right,
                kind,
                on,
            } => {
                out.push(7);
                left.write(out);
                right.write(out);
                kind.write(out);
                on.write(out);
            }
            Self::Union { inputs } => {
                out.push(8);
                inputs.write(out);
            }
            Self::Window { input, functions } => {
                out.push(9);
                input.write(out);
                functions.write(out);
            }
            Self::Sort { input, keys } => {
                out.push(10);
                input.write(out);
                keys.write(out);
            }
            Self::Limit {
                input,
                count,
                offset,
            } => {
                out.push(11);
                input.write(out);
                count.write(out);
                offset.write(out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_are_cut_elsewhere_have_other_bytes() {
        let bytes = |parts: &[&str]| {
            let mut out = Vec::new();
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            parts.write(&mut out);
            out
        };
        assert_ne!(bytes(&["ab", "c"]), bytes(&["a", "bc"]));
        assert_ne!(bytes(&["ab"]), bytes(&["a", "b"]));
    }

    #[test]
    fn numbers_of_every_size_are_told_apart() {
        let bytes = |number: u64| {
            let mut out = Vec::new();
            number.write(&mut out);
            out
        };
        assert_eq!(bytes(0x7f).len(), 1);
        assert_eq!(bytes(0x80), [0x80, 1]);
        assert_eq!(bytes(u64::MAX).len(), 10);
    }
}
