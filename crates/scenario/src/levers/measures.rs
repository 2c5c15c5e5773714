//! Lists of measures, whatever their type.

use crate::parameters::Block;

/// The measures of a lever, which can be off.
pub(crate) trait Measures {
    /// Switches the lever off: its measures are ignored, also those of policies.
    fn switch_off(&mut self);
    /// Every measure, if the lever is on.
    fn blocks(&self) -> Option<Vec<&dyn Block>>;
    /// A measure that changes nothing.
    fn blank(&self) -> Box<dyn Block>;
    /// Adds a measure that changes nothing, to be filled in; `None` if the lever is off.
    fn add(&mut self) -> Option<&mut dyn Block>;
}

impl<M: Block + Default + 'static> Measures for Option<Vec<M>> {
    fn switch_off(&mut self) {
        *self = None;
    }
    fn blocks(&self) -> Option<Vec<&dyn Block>> {
        self.as_ref().map(|measures| measures.iter().map(|measure| measure as &dyn Block).collect())
    }
    fn blank(&self) -> Box<dyn Block> {
        Box::new(M::default())
    }
    fn add(&mut self) -> Option<&mut dyn Block> {
        let measures = self.as_mut()?;
        measures.push(M::default());
        measures.last_mut().map(|measure| measure as &mut dyn Block)
    }
}
