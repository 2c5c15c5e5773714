//! What all widths have in common: constants, the layout of words, and work that can be compiled for each width.

/// "expand 32-byte k", the constants of `ChaCha`.
pub(super) const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

/// Agents whose words are drawn side by side.
pub const SIDE: usize = 16;

/// Words of agents side by side: `[word][agent]`.
pub type SideBySide = [[u32; SIDE]; 16];

/// Work that gains from wide registers: plain arithmetic on arrays, without a branch on their contents.
pub(crate) trait Wide {
    /// Does it. Mark it `#[inline(always)]`, so that it is compiled anew for each width.
    fn work(self);
}
