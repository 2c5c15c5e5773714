//! A mechanism's way into the model.

use crate::model::Model;

/// A mechanism: one method that inserts its resources and adds its systems to their phases.
pub trait Plugin {
    /// Wires the mechanism into the model.
    fn build(&self, model: &mut Model);
}
