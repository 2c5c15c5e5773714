//! A mechanism as a block that can be on or off.

use crate::parameters::Block;
use crate::reading::{Fields, Names, Reading};
use crate::written;

/// What a mechanism's block holds beside its numbers; nothing in most.
pub(crate) trait More: Block {
    /// Reads it.
    fn decode_more(&mut self, _: &mut Reading, _: &mut Fields<'_>, _: &Names) {}
    /// The fields as they are written.
    fn write_more(&self) -> written::Fields {
        written::Fields::new()
    }
}

/// A mechanism that can be on and, unless it always is, off.
pub(crate) trait Slot {
    /// Switches it off; says whether it can be.
    fn switch_off(&mut self) -> bool;
    /// Switches it on, with the numbers it has or else its defaults.
    fn switch_on(&mut self) -> &mut dyn More;
    /// Its block, if it is on.
    fn block(&self) -> Option<&dyn More>;
}

impl<B: More + Default> Slot for Option<B> {
    fn switch_off(&mut self) -> bool {
        *self = None;
        true
    }
    fn switch_on(&mut self) -> &mut dyn More {
        self.get_or_insert_with(B::default)
    }
    fn block(&self) -> Option<&dyn More> {
        self.as_ref().map(|block| block as &dyn More)
    }
}
