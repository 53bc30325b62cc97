//! The shape of one function: parameters, types, prose, evaluator and lowering.

use super::lowering::Lowering;
use crate::formula::eval::{Context, Partition};
use crate::value::{Type, Value};

/// The group a function is listed under.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Category {
    /// Infix and prefix operators, variant paths.
    Operator,
    /// Conditions and nulls.
    Logical,
    /// Text.
    Text,
    /// Numbers.
    Math,
    /// Dates.
    Date,
    /// Conversions.
    Type,
    /// Many rows to one value.
    Aggregate,
    /// Values that depend on neighbouring rows.
    Window,
    /// Arrays.
    Array,
    /// Who asks, and where.
    System,
    /// Values of other elements.
    Join,
    /// Loans and returns.
    Financial,
    /// Functions of the warehouse.
    Passthrough,
    /// Points, lines and areas.
    Geography,
}

/// When and over what a function is computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// From the values of one row.
    Scalar,
    /// From the rows of a group.
    Aggregate,
    /// From the rows of a partition, once per row.
    Window,
    /// From another element, by key.
    Lookup,
    /// From the request.
    System,
    /// From an aggregate at a coarser level.
    Total,
}

/// How often a parameter takes an argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Occurs {
    /// Once.
    Once,
    /// At most once. Only behind all others.
    Optional,
    /// Any number of times.
    Any,
    /// One or more times.
    Many,
    /// Together with its neighbours that have the same: the group repeats, once or more.
    Group,
}

/// What a parameter accepts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Accepts {
    /// One type.
    One(Type),
    /// Any of these types.
    OneOf(&'static [Type]),
    /// Any type.
    Any,
    /// Any type, but one and the same for all parameters marked so; it is also what [`Returns::Same`] gives.
    Same,
    /// As `Same`, for a second set (`Switch`: the value and its cases).
    Key,
    /// Any type, the same as its neighbour in one repetition of a group (`Lookup`).
    Pair,
    /// An aggregate formula (`GrandTotal`).
    Aggregate,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// Whether a parameter must be known before any row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fixed {
    /// May depend on the row.
    No,
    /// Must be written as a literal.
    Literal,
    /// Must not depend on the row: a literal, a control, or an expression of them.
    Constant,
}

/// What a literal argument must be beyond its type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Valid {
    /// Anything.
    Any,
    /// A number from 0 to 1.
    Fraction,
    /// A number of 1 or more.
    Positive,
    /// A regular expression.
    Pattern,
    /// A date in ISO form, when it is text.
    IsoDate,
    /// A format of dates, with parts such as `%Y`.
    DateFormat,
    /// The name of a function of the engine: letters, digits and `_`, dots between parts.
    EngineFunction,
}

/// One parameter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Param {
    /// Name in messages and documentation.
    pub name: &'static str,
    /// Types.
    pub accepts: Accepts,
    /// How often.
    pub occurs: Occurs,
    /// When it must be known.
    pub fixed: Fixed,
    /// What a literal must be.
    pub valid: Valid,
}

/// Result type of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Returns {
    /// Always this.
    One(Type),
    /// The common type of the [`Accepts::Same`] arguments.
    Same,
}

/// What a Null among the arguments does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NullRule {
    /// Any Null argument makes the result Null; the evaluator never sees one.
    Propagate,
    /// The function has a rule of its own.
    Aware,
    /// An aggregate or window that leaves nulls out.
    Skip,
}

/// How a function is computed in memory.
#[derive(Clone, Copy)]
pub enum Evaluator {
    /// From the arguments of one row.
    Scalar(fn(&[Value], &Context) -> Value),
    /// From the arguments of every row of a group, in input order.
    Aggregate(fn(&[Vec<Value>], &Context) -> Value),
    /// From an ordered partition: one result per row.
    Window(fn(&Partition<'_>, &Context) -> Vec<Value>),
    /// From the items of the array in the first argument, each with the value that the second has for it.
    PerItem(fn(&[(&serde_json::Value, Value)]) -> Value),
    /// An earlier stage replaces the call.
    Replaced,
    /// Only the engine knows: a call of one of its own functions. In memory it is Null.
    Engine,
}

/// An aggregate with conditions, as an aggregate with a filter: `SumIf(x, c, d)` is `Sum(x)` over rows where `c And d`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Filtered {
    /// Canonical name of the plain aggregate.
    pub base: &'static str,
    /// Position of the first condition; arguments before it are those of `base`.
    pub conditions_from: usize,
}

/// A call and what it gives, both as formulas. References read [`sample`](super::sample).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Example {
    /// The call.
    pub formula: &'static str,
    /// Its value; for a window function an `Array(…)` with one element per row.
    pub expected: &'static str,
}

/// Everything known about one function or operator.
#[derive(Clone, Copy)]
pub struct Function {
    /// Canonical name; operators are named by their symbol or word.
    pub name: &'static str,
    /// Group.
    pub category: Category,
    /// When it is computed.
    pub kind: Kind,
    /// The other kind it can be (`FirstNonNull` over a finer level is an aggregate).
    pub alternate: Option<Kind>,
    /// Parameters in order.
    pub params: &'static [Param],
    /// Result type.
    pub returns: Returns,
    /// Null rule.
    pub nulls: NullRule,
    /// The plain aggregate behind an `…If` form.
    pub filtered: Option<Filtered>,
    /// One sentence.
    pub doc: &'static str,
    /// A runnable example.
    pub example: Example,
    /// Meaning.
    pub evaluate: Evaluator,
    /// How it is written in SQL.
    pub lowering: Lowering,
}

impl Function {
    /// Fewest and most arguments; `None` is without limit.
    pub fn arity(&self) -> (usize, Option<usize>) {
        let count = |o: Occurs| self.params.iter().filter(|p| p.occurs == o).count();
        let least = count(Occurs::Once) + count(Occurs::Many) + count(Occurs::Group);
        let open = count(Occurs::Many) + count(Occurs::Group) + count(Occurs::Any) > 0;
        (least, (!open).then(|| least + count(Occurs::Optional)))
    }

    /// The parameter an argument belongs to, out of `count` arguments; `None` past the last.
    pub fn param(&self, index: usize, count: usize) -> Option<&'static Param> {
        let first = self
            .params
            .iter()
            .position(|p| matches!(p.occurs, Occurs::Many | Occurs::Any | Occurs::Group));
        let Some(first) = first else {
            return self.params.get(index);
        };
        if index < first {
            return self.params.get(index);
        }
        let width = self
            .params
            .iter()
            .filter(|p| p.occurs != Occurs::Once && p.occurs != Occurs::Optional)
            .count();
        let repeated = (count - first) / width * width;
        match index.checked_sub(first + repeated) {
            Some(rest) => self.params.get(first + width + rest),
            None => self.params.get(first + (index - first) % width),
        }
    }

    /// Whether a native call carries the types of its arguments, because they do not follow from the parameters
    /// (a logical is stored like a number, a date like text).
    pub fn is_tagged(&self) -> bool {
        self.params.iter().any(|p| match p.accepts {
            Accepts::One(_) | Accepts::Choice(_) => false,
            Accepts::OneOf(_)
            | Accepts::Any
            | Accepts::Same
            | Accepts::Key
            | Accepts::Pair
            | Accepts::Aggregate => true,
        })
    }
}

/// Whether a text names a function of an engine: parts of letters, digits and `_` that begin with no digit, dots between.
pub fn is_engine_function(name: &str) -> bool {
    name.split('.').all(|part| {
        let mut characters = part.chars();
        let first = characters.next();
        first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
            && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Function({})", self.name)
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// The letter of a type in the tag of a native call: `t n d l v g`, `-` for Null and `?` for unknown.
pub fn type_letter(ty: Type) -> char {
    match ty {
        Type::Text => 't',
        Type::Number => 'n',
        Type::Date => 'd',
        Type::Logical => 'l',
        Type::Variant => 'v',
        Type::Geography => 'g',
        Type::Null => '-',
        Type::Unknown => '?',
    }
}

/// The type of a letter made by [`type_letter`]; anything else is unknown.
pub fn letter_type(letter: char) -> Type {
    match letter {
        't' => Type::Text,
        'n' => Type::Number,
        'd' => Type::Date,
        'l' => Type::Logical,
        'v' => Type::Variant,
        'g' => Type::Geography,
        '-' => Type::Null,
        _ => Type::Unknown,
    }
}
