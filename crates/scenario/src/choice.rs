//! Choices: enums whose variants are names in files.

/// One of several names.
pub trait Choice: Copy + 'static {
    /// Names in files, in the order of the variants.
    const NAMES: &'static [&'static str];
    /// Name in files.
    fn name(self) -> &'static str;
    /// The variant of that name.
    fn named(name: &str) -> Option<Self>;
}

/// Declares a choice: an enum whose variants are names in files.
macro_rules! choices {
    ($(#[doc = $doc:literal])+ pub enum $name:ident {
        $($(#[doc = $variant_doc:literal])+ $variant:ident,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[doc = $variant_doc])+ $variant,)+
        }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// Their names in files, in the same order.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($variant)),+];

            /// Name in files.
            pub fn name(self) -> &'static str {
                match self {
                    $($name::$variant => stringify!($variant),)+
                }
            }

            /// The variant of that name.
            pub fn named(name: &str) -> Option<$name> {
                match name {
                    $(stringify!($variant) => Some($name::$variant),)+
                    _ => None,
                }
            }
        }

        impl $crate::choice::Choice for $name {
            const NAMES: &'static [&'static str] = $name::NAMES;
            fn name(self) -> &'static str {
                self.name()
            }
            fn named(name: &str) -> Option<$name> {
                $name::named(name)
            }
        }
    };
}
pub(crate) use choices;
