//! `record!`, `keyword!` and `items!`: one declaration gives the type, its reader and its schema.

/// Declares a map of the language as a struct: fields are keys (`r#type` is `type`), `span` is the map's place.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident $(short $short:ident)? { $($(#[$fmeta:meta])* $(@$flat:ident)? $field:ident : $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Where it was written.
            pub span: $crate::span::Span,
            $($(#[$fmeta])* pub $field: $ty,)*
        }
    };
}

/// Declares a closed set of words as an enum.
macro_rules! keyword {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $text, "`")] $variant),* }
        impl $name {
            /// The word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

/// Declares the items of a body: the first key that is one of the kinds decides.
macro_rules! items {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident ( $ty:ty ) = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $text, "`")] $variant(Box<$ty>)),* }
    };
}

pub(crate) use {items, keyword, record};
