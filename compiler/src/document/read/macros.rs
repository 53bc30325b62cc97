//! `record!`, `keyword!` and `items!`: one declaration gives the type, its reader and its schema.

/// Declares a map of the language as a struct: fields are keys (`r#type` is `type`), `span` is the map's place.
///
/// `pub struct Name short key { … }`: a value that is no map is the value of that key. `@flatten field: Record` takes
/// the keys of another record from the same map. A field may be left out when its type says so (`Option`, `Vec`,
/// `Entries`).
macro_rules! record {
    ($(#[doc = $doc:literal])* pub struct $name:ident $(short $short:ident)? {
        $($(#[doc = $fdoc:literal])* $(@$flat:ident)? $field:ident : $ty:ty),* $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Where it was written.
            pub span: $crate::span::Span,
            $($(#[doc = $fdoc])* pub $field: $ty,)*
        }

        impl $crate::document::read::Fields for $name {
            const NAME: &'static str = stringify!($name);
            const DOC: &'static str = concat!($($doc, "\n"),*);
            const SHORT: Option<&'static str> = $crate::document::read::macros::short_key!($($short)?);

            fn keys() -> &'static [$crate::document::read::FieldDoc] {
                static KEYS: std::sync::LazyLock<Vec<$crate::document::read::FieldDoc>> =
                    std::sync::LazyLock::new(|| {
                        let mut keys = Vec::new();
                        $($crate::document::read::macros::field!(
                            keys ($($flat)?) keys $field ($ty) concat!($($fdoc, "\n"),*)
                        );)*
                        keys
                    });
                &KEYS
            }

            fn read_fields(
                reader: &mut $crate::document::read::Reader<'_>,
                fields: &mut $crate::document::read::FieldReader<'_>,
            ) -> Option<Self> {
                $(let $field: Option<$ty> = $crate::document::read::macros::field!(
                    read ($($flat)?) reader fields $field ($ty) concat!($($fdoc, "\n"),*)
                );)*
                Some(Self { span: fields.span, $($field: $field?,)* })
            }

            fn schema_fields(
                generator: &mut schemars::SchemaGenerator,
                properties: &mut serde_json::Map<String, serde_json::Value>,
                required: &mut Vec<serde_json::Value>,
            ) {
                $($crate::document::read::macros::field!(
                    schema ($($flat)?) generator properties required $field ($ty) concat!($($fdoc, "\n"),*)
                );)*
            }
        }

        impl $crate::document::read::Read for $name {
            fn read(
                reader: &mut $crate::document::read::Reader<'_>,
                node: &$crate::yaml::Node,
            ) -> Option<Self> {
                <Self as $crate::document::read::Fields>::read_record(reader, node)
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <Self as $crate::document::read::Fields>::record_schema(generator)
            }
        }
    };
}

/// What `record!` writes for one field.
macro_rules! field {
    (keys () $keys:ident $field:ident ($ty:ty) $doc:expr) => {
        $keys.push($crate::document::read::FieldDoc {
            key: $crate::document::read::macros::key!($field),
            doc: $doc,
        })
    };
    (keys (flatten) $keys:ident $field:ident ($ty:ty) $doc:expr) => {
        $keys.extend_from_slice(<$ty as $crate::document::read::Fields>::keys())
    };
    (read () $reader:ident $fields:ident $field:ident ($ty:ty) $doc:expr) => {
        $fields.read($reader, $crate::document::read::macros::key!($field), $doc)
    };
    (read (flatten) $reader:ident $fields:ident $field:ident ($ty:ty) $doc:expr) => {
        <$ty as $crate::document::read::Fields>::read_fields($reader, $fields)
    };
    (schema () $generator:ident $properties:ident $required:ident $field:ident ($ty:ty) $doc:expr) => {
        let schema = <$ty as $crate::document::read::Read>::schema($generator);
        let key = $crate::document::read::macros::key!($field);
        $properties.insert(
            key.to_owned(),
            $crate::document::read::described(schema, $doc),
        );
        if <$ty as $crate::document::read::Read>::absent().is_none() {
            $required.push(serde_json::Value::from(key));
        }
    };
    (schema (flatten) $generator:ident $properties:ident $required:ident $field:ident ($ty:ty) $doc:expr) => {
        <$ty as $crate::document::read::Fields>::schema_fields($generator, $properties, $required)
    };
}

/// A field's name as its key.
macro_rules! key {
    ($field:ident) => {
        const { $crate::document::read::key(stringify!($field)) }
    };
}

/// The key of the short form, when there is one.
macro_rules! short_key {
    () => {
        None
    };
    ($short:ident) => {
        Some($crate::document::read::key(stringify!($short)))
    };
}

/// Declares a closed set of words as an enum. Use it as `Spanned<Name>`.
macro_rules! keyword {
    ($(#[doc = $doc:literal])* pub enum $name:ident {
        $($(#[doc = $vdoc:literal])* $variant:ident = $text:literal),* $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[doc = $vdoc])* #[doc = concat!("`", $text, "`")] $variant),* }

        impl $name {
            /// All words, in order.
            pub const WORDS: &'static [&'static str] = &[$($text),*];

            /// The word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl $crate::document::read::ReadScalar for $name {
            fn read_scalar(
                reader: &mut $crate::document::read::Reader<'_>,
                node: &$crate::yaml::Node,
            ) -> Option<Self> {
                let word = $crate::document::read::read_word(reader, node, Self::WORDS)?;
                Self::from_word(word)
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::document::read::word_schema(
                    generator, stringify!($name), concat!($($doc, "\n"),*), Self::WORDS,
                )
            }
        }
    };
}

/// Declares the items of a body: the first key that is one of the kinds decides. Kinds whose own key takes null may
/// stand bare.
macro_rules! items {
    ($(#[doc = $doc:literal])* pub enum $name:ident {
        $($(#[doc = $vdoc:literal])* $variant:ident ( $ty:ty ) = $text:literal),* $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub enum $name { $($(#[doc = $vdoc])* #[doc = concat!("`", $text, "`")] $variant(Box<$ty>)),* }

        impl $name {
            /// All kinds, in order.
            pub const KINDS: &'static [&'static str] = &[$($text),*];
        }

        impl $crate::document::read::Read for $name {
            fn read(
                reader: &mut $crate::document::read::Reader<'_>,
                node: &$crate::yaml::Node,
            ) -> Option<Self> {
                let item = $crate::document::read::find_kind(reader, node, Self::KINDS)?;
                match item.kind {
                    $($text => item.read::<$ty>(reader).map(|read| Self::$variant(Box::new(read))),)*
                    _ => None,
                }
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::document::read::named(generator, stringify!($name), |generator| {
                    let kinds = vec![$($crate::document::read::kind_schema::<$ty>(generator, $text)),*];
                    $crate::document::read::any_kind(kinds, concat!($($doc, "\n"),*))
                })
            }
        }
    };
}

pub(crate) use {field, items, key, keyword, record, short_key};
