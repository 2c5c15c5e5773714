//! Columns: what all blocks share.

/// Most agents that a block holds.
pub const BLOCK: usize = 65_536;

/// Agents whose random words are drawn at once; they stay in the first-level cache.
pub const TILE: usize = 256;

/// Declares a component that is one column of a block.
macro_rules! column {
    ($(#[$doc:meta])* $name:ident, $value:ty) => {
        $(#[$doc])*
        #[derive(bevy_ecs::prelude::Component, Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub Vec<$value>);

        impl $crate::agents::saved::Column for $name {
            fn write(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
                $crate::agents::saved::write_numbers(&self.0, |number| number.to_le_bytes(), out)
            }

            fn read(bytes: &mut &[u8]) -> Result<Self, String> {
                $crate::agents::saved::read_numbers(bytes, <$value>::from_le_bytes).map(Self)
            }
        }
    };
}
pub(crate) use column;
