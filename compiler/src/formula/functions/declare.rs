//! Words for declaring functions as data.

use super::lowering::Lowering;
use super::signature::{
    Accepts, Category, Evaluator, Example, Filtered, Fixed, Function, Kind, NullRule, Occurs,
    Param, Returns, Valid,
};
use crate::formula::eval::{Context, Partition};
use crate::value::{Type, Value};

/// A function of one row. Nulls propagate unless said.
pub(super) const fn scalar(
    category: Category,
    name: &'static str,
    params: &'static [Param],
    returns: Returns,
    doc: &'static str,
) -> Function {
    Function {
        name,
        category,
        kind: Kind::Scalar,
        alternate: None,
        params,
        returns,
        nulls: NullRule::Propagate,
        filtered: None,
        doc,
        example: Example {
            formula: "",
            expected: "",
        },
        evaluate: Evaluator::Replaced,
        lowering: Lowering::Native,
    }
}

/// A function of a group.
pub(super) const fn aggregate(
    name: &'static str,
    params: &'static [Param],
    returns: Returns,
    doc: &'static str,
) -> Function {
    let mut f = scalar(Category::Aggregate, name, params, returns, doc);
    f.kind = Kind::Aggregate;
    f.nulls = NullRule::Skip;
    f
}

/// A function of an ordered partition.
pub(super) const fn window(
    name: &'static str,
    params: &'static [Param],
    returns: Returns,
    doc: &'static str,
) -> Function {
    let mut f = scalar(Category::Window, name, params, returns, doc);
    f.kind = Kind::Window;
    f.nulls = NullRule::Skip;
    f
}

/// A function that an earlier stage replaces.
pub(super) const fn replaced(
    category: Category,
    kind: Kind,
    name: &'static str,
    params: &'static [Param],
    returns: Returns,
    doc: &'static str,
) -> Function {
    let mut f = scalar(category, name, params, returns, doc);
    f.kind = kind;
    f.nulls = NullRule::Aware;
    f.lowering = Lowering::Replaced;
    f
}

impl Function {
    /// Sets the example.
    pub(super) const fn example(mut self, formula: &'static str, expected: &'static str) -> Self {
        self.example = Example { formula, expected };
        self
    }

    /// Sets the meaning of a scalar.
    pub(super) const fn eval(mut self, f: fn(&[Value], &Context) -> Value) -> Self {
        self.evaluate = Evaluator::Scalar(f);
        self
    }

    /// Sets the meaning of a function that looks at each item of an array.
    pub(super) const fn per_item(mut self, f: fn(&[(&serde_json::Value, Value)]) -> Value) -> Self {
        self.evaluate = Evaluator::PerItem(f);
        self.lowering = Lowering::PerItem;
        self
    }

    /// Sets the meaning of an aggregate.
    pub(super) const fn over_rows(mut self, f: fn(&[Vec<Value>], &Context) -> Value) -> Self {
        self.evaluate = Evaluator::Aggregate(f);
        self
    }

    /// Sets the meaning of a window function.
    pub(super) const fn over_partition(
        mut self,
        f: fn(&Partition<'_>, &Context) -> Vec<Value>,
    ) -> Self {
        self.evaluate = Evaluator::Window(f);
        self
    }

    /// Sets the lowering; native otherwise.
    pub(super) const fn sql(mut self, lowering: Lowering) -> Self {
        self.lowering = lowering;
        self
    }

    /// Sets the lowering to one template.
    pub(super) const fn template(self, template: &'static str) -> Self {
        self.sql(Lowering::Template(template))
    }

    /// The function sees its Null arguments.
    pub(super) const fn aware(mut self) -> Self {
        self.nulls = NullRule::Aware;
        self
    }

    /// Lists the function elsewhere.
    pub(super) const fn family(mut self, category: Category) -> Self {
        self.category = category;
        self
    }

    /// Names the plain aggregate behind an `…If` form.
    pub(super) const fn filtered(mut self, base: &'static str, conditions_from: usize) -> Self {
        self.filtered = Some(Filtered {
            base,
            conditions_from,
        });
        self
    }

    /// The function can be of another kind as well.
    pub(super) const fn also(mut self, kind: Kind) -> Self {
        self.alternate = Some(kind);
        self
    }
}

/// A parameter that takes one argument and may depend on the row.
pub(super) const fn param(name: &'static str, accepts: Accepts) -> Param {
    Param {
        name,
        accepts,
        occurs: Occurs::Once,
        fixed: Fixed::No,
        valid: Valid::Any,
    }
}

/// A text parameter.
pub(super) const fn text(name: &'static str) -> Param {
    param(name, Accepts::One(Type::Text))
}

/// A number parameter.
pub(super) const fn number(name: &'static str) -> Param {
    param(name, Accepts::One(Type::Number))
}

/// A date parameter.
pub(super) const fn date(name: &'static str) -> Param {
    param(name, Accepts::One(Type::Date))
}

/// A logical parameter.
pub(super) const fn logical(name: &'static str) -> Param {
    param(name, Accepts::One(Type::Logical))
}

/// An array or other variant.
pub(super) const fn variant(name: &'static str) -> Param {
    param(name, Accepts::One(Type::Variant))
}

/// A geography.
pub(super) const fn geography(name: &'static str) -> Param {
    param(name, Accepts::One(Type::Geography))
}

/// A parameter of any type.
pub(super) const fn any(name: &'static str) -> Param {
    param(name, Accepts::Any)
}

/// A parameter of the call's common type.
pub(super) const fn same(name: &'static str) -> Param {
    param(name, Accepts::Same)
}

/// A parameter that is one of a few words, written as a literal.
pub(super) const fn choice(name: &'static str, words: &'static [&'static str]) -> Param {
    param(name, Accepts::Choice(words)).literal()
}

impl Param {
    /// May be left out.
    pub(super) const fn optional(mut self) -> Self {
        self.occurs = Occurs::Optional;
        self
    }

    /// Takes one or more arguments.
    pub(super) const fn many(mut self) -> Self {
        self.occurs = Occurs::Many;
        self
    }

    /// Takes any number of arguments.
    pub(super) const fn any_number(mut self) -> Self {
        self.occurs = Occurs::Any;
        self
    }

    /// Repeats together with its neighbours.
    pub(super) const fn group(mut self) -> Self {
        self.occurs = Occurs::Group;
        self
    }

    /// Must be a literal.
    pub(super) const fn literal(mut self) -> Self {
        self.fixed = Fixed::Literal;
        self
    }

    /// A literal must be this.
    pub(super) const fn valid(mut self, valid: Valid) -> Self {
        self.valid = valid;
        self
    }

    /// Must not depend on the row.
    pub(super) const fn constant(mut self) -> Self {
        self.fixed = Fixed::Constant;
        self
    }
}

/// Returns text.
pub(super) const TEXT: Returns = Returns::One(Type::Text);
/// Returns a number.
pub(super) const NUMBER: Returns = Returns::One(Type::Number);
/// Returns a date.
pub(super) const DATE: Returns = Returns::One(Type::Date);
/// Returns a logical.
pub(super) const LOGICAL: Returns = Returns::One(Type::Logical);
/// Returns a variant.
pub(super) const VARIANT: Returns = Returns::One(Type::Variant);
/// Returns a geography.
pub(super) const GEOGRAPHY: Returns = Returns::One(Type::Geography);
/// Returns the common type of the arguments marked so.
pub(super) const SAME: Returns = Returns::Same;
