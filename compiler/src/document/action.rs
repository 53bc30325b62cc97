//! Actions: sequences of effects, and the triggers that run them.

use super::primitive::{Constant, Entries, Formula, Later, OneOrMany, Prose, Raw, Text};
use super::read::macros::record;
use crate::span::Spanned;

/// `on_click` and its likes: the name of an action, a list of effects, one sequence, or a list of sequences.
#[derive(Clone, Debug)]
pub enum Trigger {
    /// Name of an action.
    Run(Text),
    /// Sequences in order; a bare list of effects is one sequence without condition.
    Sequences(Vec<Sequence>, crate::span::Span),
}

/// A named action: one sequence, or a list of them, or a list of effects.
#[derive(Clone, Debug)]
pub struct Action {
    /// Sequences in order.
    pub sequences: Vec<Sequence>,
    /// Place.
    pub span: crate::span::Span,
}

record! {
    /// Steps under a condition.
    pub struct Sequence {
        /// Runs when this is True.
        r#if: Option<Formula>,
        /// Steps.
        r#do: Vec<Effect>,
        /// Steps otherwise.
        r#else: Vec<Effect>,
        /// Shown after the last step.
        notify: Option<Prose>,
        /// Data effects are one transaction.
        atomic: Option<Spanned<bool>>,
    }
}

/// One effect: a bare word (`close`) or a map with one key.
#[derive(Clone, Debug)]
pub struct Effect {
    /// What it does.
    pub kind: EffectKind,
    /// Place of the word that names it.
    pub key: crate::span::Span,
    /// Place of the whole effect.
    pub span: crate::span::Span,
}

/// What an effect does. Effects of the platform that do not run yet are [`EffectKind::Later`].
#[derive(Clone, Debug)]
pub enum EffectKind {
    /// `insert: { into, values }`
    Insert(Insert),
    /// `update: { in, where | row | selected, values }`
    Update(Update),
    /// `delete: { from, where | row | selected }`
    Delete(Delete),
    /// `set: { Control: value }`
    Set(Entries<Constant>),
    /// `clear: Control` or a list
    Clear(OneOrMany<Text>),
    /// `open: Overlay`
    Open(Text),
    /// `close` or `close: Overlay`
    Close(Option<Text>),
    /// `navigate: Page`
    Navigate(Text),
    /// `select_tab: Tabs/Tab`
    SelectTab(Text),
    /// `refresh`, `refresh: Element` or a list
    Refresh(Vec<Text>),
    /// `open_url: prose` or `{ url, new_tab }`
    OpenUrl(OpenUrl),
    /// `notify: prose`
    Notify(Prose),
    /// `run: Action`
    Run(Text),
    /// `if: { when, do, else }`
    If(If),
    /// An effect that is read and not run yet (`export`, `call_api`, `webhook`, …).
    Later(Text, Later<Raw>),
}

record! {
    /// Adds a row.
    pub struct Insert {
        /// Input table.
        into: Text,
        /// Values by column.
        values: Entries<Constant>,
    }
}

record! {
    /// Changes rows; one of `where`, `row`, `selected` is needed.
    pub struct Update {
        /// Input table.
        r#in: Text,
        /// Rows for which this is True; `all` for every row.
        r#where: Option<Formula>,
        /// Rows whose columns have these values.
        row: Option<Entries<Constant>>,
        /// Selected rows.
        selected: Option<Spanned<bool>>,
        /// New values by column.
        values: Entries<Constant>,
    }
}

record! {
    /// Removes rows; one of `where`, `row`, `selected` is needed.
    pub struct Delete {
        /// Input table.
        from: Text,
        /// Rows for which this is True; `all` for every row.
        r#where: Option<Formula>,
        /// Rows whose columns have these values.
        row: Option<Entries<Constant>>,
        /// Selected rows.
        selected: Option<Spanned<bool>>,
    }
}

record! {
    /// Opens an address.
    pub struct OpenUrl short url {
        /// Address.
        url: Prose,
        /// In a new tab; yes unless said.
        new_tab: Option<Spanned<bool>>,
    }
}

record! {
    /// Steps under a condition within a sequence.
    pub struct If {
        /// Condition.
        when: Formula,
        /// Steps when it holds.
        r#do: Vec<Effect>,
        /// Steps otherwise.
        r#else: Vec<Effect>,
    }
}
