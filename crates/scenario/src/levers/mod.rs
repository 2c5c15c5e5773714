//! Levers: dated measures that a scenario or a policy takes. `Off` (or an empty list) is no measure.
//!
//! The list at the end declares each lever once. From it come the fields of [`Levers`], their names in scenarios and
//! policies, and all that reads, writes, describes and counts levers. A lever's own file declares the numbers of a measure.

mod barriers;
mod changes;
mod communications;
mod farm_policy;
mod finance;
mod land_quota;
mod measures;
mod parks;
mod service_reform;
mod settlement;
mod subsidies;
mod transport;
mod village_consolidation;

use crate::parameters::{Block, Value};
pub use crate::period::Period;

pub(crate) use changes::Changes;
pub use finance::Finance;
pub(crate) use measures::Measures;

/// A lever of measures, by name.
pub(crate) struct Lever<L> {
    /// Name in scenarios.
    pub(crate) name: &'static str,
    /// Name of a change in policies.
    pub(crate) change: &'static str,
    /// A list that must name something.
    pub(crate) needs: Option<&'static str>,
    /// The measures.
    pub(crate) measures: L,
}

/// Dated changes of a mechanism, by name.
pub(crate) struct Rules<L> {
    /// Mechanism whose block holds them.
    pub(crate) mechanism: &'static str,
    /// Name of a change in policies.
    pub(crate) change: &'static str,
    /// The changes.
    pub(crate) changes: L,
}

/// When a measure holds.
pub(crate) fn period(measure: &dyn Block) -> Period {
    match measure.get("period") {
        Some(Value::Period(period)) => period,
        _ => Period::ALWAYS,
    }
}

impl Levers {
    /// Dated changes of settlement rules in the order in which they apply: a later one holds over those before it. History
    /// comes first, so that no event of it undoes what a policy sets.
    #[must_use]
    pub fn settlement_in_order(&self) -> Vec<SettlementChange> {
        changes::in_order(&self.settlement)
    }

    /// Dated changes of the land-quota market in the order in which they apply, history first.
    #[must_use]
    pub fn land_quota_in_order(&self) -> Vec<LandQuotaChange> {
        changes::in_order(&self.land_quota)
    }

    /// The dates from which each kind of change holds, in the order of its list, by the name of the change in policies.
    #[must_use]
    pub fn dates(&self) -> Vec<(&'static str, Vec<f64>)> {
        let rules = self.rules().into_iter().map(|rules| (rules.change, rules.changes.dates()));
        let measures = self.measures().into_iter().map(|lever| {
            let measures = lever.measures.blocks().unwrap_or_default();
            (lever.change, measures.into_iter().map(|measure| period(measure).from).collect())
        });
        rules.chain(measures).collect()
    }
}

macro_rules! levers {
    (
        measures { $($(#[doc = $doc:literal])+ $name:ident: $type:ident $(needs $needs:ident)?;)+ }
        changes { $($(#[doc = $change_doc:literal])+ $field:ident: $change:ident as $policy:literal in $mechanism:literal;)+ }
    ) => {
        $(pub use $name::$type;)+
        $(pub use $field::$change;)+

        /// All levers of a scenario. `None` is `Off`: measures are then ignored, also those of policies.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct Levers {
            $($(#[doc = $doc])+ pub $name: Option<Vec<$type>>,)+
            $($(#[doc = $change_doc])+ pub $field: Vec<$change>,)+
        }

        impl Default for Levers {
            /// Every lever on, with no measure.
            fn default() -> Self {
                Levers { $($name: Some(Vec::new()),)+ $($field: Vec::new(),)+ }
            }
        }

        impl Levers {
            pub(crate) fn measures(&self) -> Vec<Lever<&dyn Measures>> {
                vec![$(Lever {
                    name: stringify!($name),
                    change: stringify!($type),
                    needs: None$(.or(Some(stringify!($needs))))?,
                    measures: &self.$name,
                }),+]
            }

            pub(crate) fn measures_mut(&mut self) -> Vec<Lever<&mut dyn Measures>> {
                vec![$(Lever {
                    name: stringify!($name),
                    change: stringify!($type),
                    needs: None$(.or(Some(stringify!($needs))))?,
                    measures: &mut self.$name,
                }),+]
            }

            pub(crate) fn rules(&self) -> Vec<Rules<&dyn Changes>> {
                vec![$(Rules { mechanism: $mechanism, change: $policy, changes: &self.$field }),+]
            }

            pub(crate) fn rules_mut(&mut self) -> Vec<Rules<&mut dyn Changes>> {
                vec![$(Rules { mechanism: $mechanism, change: $policy, changes: &mut self.$field }),+]
            }
        }
    };
}

levers! {
    measures {
        /// Local protectionism.
        barriers: Barrier;
        /// Transport of goods and people.
        transport: Transport;
        /// Communications links.
        communications: Communications;
        /// Subsidies of firms.
        subsidies: Subsidy;
        /// Industrial parks.
        parks: Park needs industries;
        /// Village consolidation.
        village_consolidation: VillageConsolidation;
        /// Service reform.
        service_reform: ServiceReform;
        /// Farm policy.
        farm_policy: FarmPolicy;
    }
    changes {
        /// Dated changes of settlement rules.
        settlement: SettlementChange as "Settlement" in "settlement_rules";
        /// Dated changes of the land-quota market.
        land_quota: LandQuotaChange as "LandQuota" in "land_quota";
    }
}
