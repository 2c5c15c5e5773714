//! Firms of the traded industries, in blocks of one industry each.

use bevy_ecs::prelude::*;
use economics::maths;
use serde::{Deserialize, Serialize};

use super::columns::{BLOCK, column};

/// [`Site`] of an empty slot.
pub const CLOSED: u16 = u16::MAX - 1;

/// What a firm chose in the quarter. [`NextSite`] holds it as a code of two bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteChoice {
    /// To stay.
    Stay,
    /// To close.
    Close,
    /// To go to a site.
    To(u16),
}

impl SiteChoice {
    /// The choice as the column holds it. But for staying it is what [`Site`] becomes, so that a loop without branches
    /// carries choices out.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Stay => u16::MAX,
            Self::Close => CLOSED,
            Self::To(site) => site,
        }
    }
}

/// One, in the fixed-point numbers of [`Quality`].
pub const QUALITY_ONE: f64 = 1_048_576.0;

/// Which firms a block holds. Firms of an industry fill its blocks in the order of `part`.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FirmBlock {
    /// Industry.
    pub industry: u8,
    /// Number of the block among the industry's.
    pub part: u32,
}

impl FirmBlock {
    /// Number of its first slot among those of the industry, modulo 2³².
    #[must_use]
    pub fn first_slot(self) -> u32 {
        self.part.wrapping_mul(BLOCK as u32)
    }
}

column!(
    /// Where the firm is: `0..places` a city, `places..2·places` the towns of a countryside, [`CLOSED`] an empty slot.
    Site, u16
);
column!(
    /// What the firm chose in this quarter: the code of a [`SiteChoice`].
    NextSite, u16
);
column!(
    /// Own productivity raised to σ−1, in units of 2⁻²⁰: a fixed-point number, so that sums do not depend on order.
    Quality, u32
);
column!(
    /// Quarter of entry; 0 for firms of the start, else the quarter's index plus one.
    Cohort, u16
);
column!(
    /// Ordinal in the cohort.
    Ordinal, u32
);

/// A block of firms, ready to be spawned as an entity.
#[derive(Bundle, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmBundle {
    /// Which firms.
    pub block: FirmBlock,
    /// Sites.
    pub site: Site,
    /// Choices.
    pub next_site: NextSite,
    /// Own productivity.
    pub quality: Quality,
    /// Cohorts.
    pub cohort: Cohort,
    /// Ordinals.
    pub ordinal: Ordinal,
}

impl FirmBundle {
    /// An empty block with room for so many.
    #[must_use]
    pub fn with_capacity(block: FirmBlock, firms: usize) -> Self {
        Self {
            block,
            site: Site(Vec::with_capacity(firms)),
            next_site: NextSite(Vec::with_capacity(firms)),
            quality: Quality(Vec::with_capacity(firms)),
            cohort: Cohort(Vec::with_capacity(firms)),
            ordinal: Ordinal(Vec::with_capacity(firms)),
        }
    }

    /// Adds a firm.
    pub fn push(&mut self, site: u16, quality: u32, cohort: u16, ordinal: u32) {
        self.site.0.push(site);
        self.next_site.0.push(SiteChoice::Stay.code());
        self.quality.0.push(quality);
        self.cohort.0.push(cohort);
        self.ordinal.0.push(ordinal);
    }
}

/// Firm units that one firm agent stands for, by industry.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VarietyMass(pub Vec<f64>);

/// A firm's own productivity raised to σ−1, log-normal with mean one, as stored: from two uniform numbers.
///
/// # Formula
/// `exp(s(σ−1)z − (s(σ−1))²/2)` with z standard normal by Box and Muller (1958).
#[must_use]
pub fn quality(first: f64, second: f64, spread: f64, substitution: f64) -> u32 {
    (raw_quality(first, second, spread, substitution) * QUALITY_ONE).min(f64::from(u32::MAX)) as u32
}

/// The same as a number.
pub(crate) fn raw_quality(first: f64, second: f64, spread: f64, substitution: f64) -> f64 {
    let normal = (-2.0 * maths::ln(first)).sqrt() * maths::cosine(std::f64::consts::TAU * second);
    let deviation = spread * (substitution - 1.0);
    maths::exp(deviation * normal - deviation * deviation / 2.0)
}
