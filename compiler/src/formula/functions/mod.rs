//! Every function and operator of the language, declared once: signature, prose, example, evaluator, SQL.
//!
//! One file per family. [`find`] answers for every name a person might write; [`all`] lists what is available.
//! [`resolve`] and [`check()`] type one call; [`lowering`] documents how a call becomes SQL.

pub mod check;
pub mod lowering;
pub mod page;
pub mod registry;
pub mod sample;
pub mod signature;

mod absent;
mod declare;

mod aggregate;
mod array;
mod date;
mod financial;
mod geography;
mod logical;
mod math;
mod operators;
mod passthrough;
mod system;
mod text;
mod types;
mod window;

#[cfg(test)]
mod tests;

pub use check::{ArgInfo, check, check_with_text, resolve, usage};
pub use lowering::{Frame, Lowering, native_name};
pub use registry::{Found, all, find, function};
pub use signature::{
    Accepts, Category, Evaluator, Example, Filtered, Fixed, Function, Kind, NullRule, Occurs,
    Param, Returns, Valid, is_engine_function, letter_type, type_letter,
};

/// All families, in the order the reference lists them.
fn families() -> [&'static [Function]; 13] {
    [
        operators::FUNCTIONS,
        logical::FUNCTIONS,
        text::FUNCTIONS,
        math::FUNCTIONS,
        date::FUNCTIONS,
        types::FUNCTIONS,
        aggregate::FUNCTIONS,
        window::FUNCTIONS,
        array::FUNCTIONS,
        system::FUNCTIONS,
        financial::FUNCTIONS,
        geography::FUNCTIONS,
        passthrough::FUNCTIONS,
    ]
}
