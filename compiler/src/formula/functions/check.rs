//! shim
use super::Function;
use crate::diag::Diagnostics;
use crate::span::Span;
use crate::value::{Type, Value};
/// arg
pub struct ArgInfo<'a> { /// t
 pub ty: Type, /// s
 pub span: Span, /// l
 pub literal: Option<&'a Value>, /// c
 pub constant: bool }
/// c
pub fn check(function: &'static Function, args: &[ArgInfo<'_>], _c: Span, _n: Span, _s: &mut Diagnostics) -> Type {
    match function.returns { super::Returns::One(t) => t, super::Returns::Same => args.iter().fold(Type::Null, |t,a| t.unify(a.ty).unwrap_or(Type::Unknown)) }
}
