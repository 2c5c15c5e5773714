//! Columns: what all blocks share.

/// Most agents that a block holds.
pub const BLOCK: usize = 65_536;

/// Slots looked at together by [`slots_where`]: as many 16-bit numbers as the widest register holds.
const STRIDE: usize = 32;

/// Slots of a column whose number is wanted, in order. Where few are, most of the column is passed over in wide steps.
#[inline(always)]
pub fn slots_where<T>(column: &[T], wanted: impl Fn(&T) -> bool + Copy) -> impl Iterator<Item = usize> {
    let holds_any = move |chunk: &[T]| chunk.iter().fold(false, |any, number| any | wanted(number));
    let strides = column.chunks(STRIDE).enumerate().filter(move |(_, chunk)| holds_any(chunk));
    strides.flat_map(move |(stride, chunk)| {
        let wanted_here = chunk.iter().enumerate().filter(move |(_, number)| wanted(number));
        wanted_here.map(move |(at, _)| stride * STRIDE + at)
    })
}

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

/// Runs a body for every block that a query finds, in parallel. The query's data are a struct of columns; the body gets
/// those named, first the ones that are read, then the ones that are changed.
macro_rules! each_block {
    ($query:expr, ($($read:ident),+), ($($changed:ident),*), $body:block) => {
        for item in $query.contiguous_iter_mut().expect("blocks of columns are stored densely") {
            $(let mut $changed = item.$changed;)*
            ($(item.$read,)+ $(&mut *$changed,)*).into_par_iter().for_each(|($($read,)+ $($changed,)*)| $body);
        }
    };
}
pub(crate) use each_block;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_found_wherever_they_are() {
        for length in [0, 1, 31, 32, 33, 100] {
            let column: Vec<u16> = (0..length).map(|at| at % 7).collect();
            let found: Vec<usize> = slots_where(&column, |&number| number == 3).collect();
            let expected: Vec<usize> = (0..column.len()).filter(|&at| column[at] == 3).collect();
            assert_eq!(found, expected, "{length}");
        }
        assert_eq!(slots_where(&[1_u16; 70], |&number| number == 3).count(), 0);
    }
}
