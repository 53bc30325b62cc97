//! Every function and operator of the language, declared once: signature, prose, example, evaluator, SQL.
//!
//! One file per family. [`find`] answers for every name a person might write; [`all`] lists what is available.
//! [`check`] types one call; [`lowering`] documents how a call becomes SQL.

pub mod lowering;
mod registry;
pub mod signature;

mod declare;
mod logical;
mod operators;
mod text;

pub use lowering::{Frame, Lowering, native_name};
pub use registry::{Found, all, find, function};
pub use signature::{
    Accepts, Category, Evaluator, Example, Filtered, Fixed, Function, Kind, NullRule, Occurs,
    Param, Returns,
};
