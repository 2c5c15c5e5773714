//! The order of a quarter: every phase, and in it every step, in the order in which they run.
//!
//! A step is one system, or one of several of which a scenario has at most one (wages clear, or lag, or are pinned). What
//! the scenario switches off is not there, and its step is empty. `hinterland describe --steps` prints the steps of a
//! scenario with what each reads and writes.

use bevy_ecs::prelude::*;

macro_rules! phases {
    ($($(#[$doc:meta])+ $phase:ident $name:literal { $($step:ident)* })+) => {
        /// A part of a quarter. The order of the variants is the order of running.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Phase {
            $($(#[$doc])+ $phase),+
        }

        impl Phase {
            /// All phases in order.
            pub const ALL: &[Self] = &[$(Self::$phase),+];

            /// The phase's name, as in reports of times.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$phase => $name),+ }
            }
        }

        /// A step of a quarter, named after what its system does. The order of the variants is the order of running.
        #[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "a step is described where its system is")]
        pub enum Step {
            $($($step,)*)+
        }

        impl Step {
            /// All steps in order.
            pub const ALL: &[Self] = &[$($(Self::$step,)*)+];

            /// The phase that the step belongs to.
            #[must_use]
            pub fn phase(self) -> Phase {
                match self { $($(Self::$step => Phase::$phase,)*)+ }
            }
        }
    };
}

phases! {
    /// Dated measures come into force or end.
    Policy "policy" {
        StartQuarter ResetTrade MeasureCities ResetServiceReform ResetSubsidies ResetOutlays
        SetBarriers OpenLinks OpenLines GrantSubsidies RunParks ReformServices HelpFarms SetQuotaTerms
        MergeVillages ServeMergedVillages ChargeServices ResolveRules CloseTrade LowerMovingCosts
    }
    /// Public money becomes services.
    Services "services" { ProduceServices }
    /// Agglomeration, services and congestion set what an hour of work yields.
    Productivity "productivity" { StartFromEndowment LoseTime Agglomerate }
    /// Farms harvest.
    Harvest "harvest" { CountFarmers Harvest }
    /// Costs, prices, price indices.
    Prices "prices" {
        SetCapitalRental SetFreeness OpenBorders SetServicePrices FillServiceIndex SetTownPrices SetGoodsPrices
        FillIndices PriceCities
    }
    /// Incomes of the last quarter are spent; firms and establishments earn.
    Markets "markets" {
        SpendOnFood SpendOnGoods SellGoods SettleSales SellFromTowns SellServices ServeFromFringe ServeResidents
    }
    /// Demand for labour and land meets supply; wages and rents answer.
    Factors "factors" { DemandLabour DemandLand WeighDemand SetWages AdjustRents HireInTowns NotePrices Emit }
    /// Everyone is paid; taxes, remittances and transfers flow.
    Incomes "incomes" {
        PayFactors CountSubsidies FinanceProgrammes CollectTaxes PayQuotas SetRemittanceShares SendHome PayLeavers
        ShareProfits ServeDebt StateIncomes CalibrateOutside OpenAndClose
    }
    /// What each place is worth to each kind of person.
    Utilities "utilities" {
        SetCostOfLiving ValueSites GatherInputs ValueHome ValueCountryside ValueForOthers ValueForMigrants
        ValueOutside SetMovingCosts FollowNetworks WeighCities
    }
    /// Firms and people choose; nobody moves yet. Not during burn-in.
    Choices "choices" {
        WeighSites SetExitRates CloseFirms EnterFirms ChooseSites WeighDestinations WeighByOrigin ChoosePlaces ApplyToSettle
        ChooseCities CountMoves
    }
    /// Where more applied than may settle, a lottery decides. Not during burn-in.
    Rationing "rationing" { FindCutoffs }
    /// Choices are carried out; jobs are matched, people age. Not during burn-in.
    Moves "moves" {
        BeginMoves MoveWorkers AfterSettling MoveFirms CountJobs SetJobRates MatchWorkers AddUpJobs GrowOlder
        SetUrbanisationChance UrbaniseOnTheSpot WeighPeople CountFirms AddUpPeople
    }
    /// Homesteads, quotas and construction land. Not during burn-in.
    Land "land" { ReleaseHomesteads TradeQuota GrantPlan UseTownLand MeasureIdle }
    /// People, land and money are counted.
    Accounts "accounts" { AuditMoney AuditExpenditure AuditLand AuditPeople AuditCounts ImproveFarms }
    /// What a run records is read off. Not during burn-in.
    Census "census" { Record RecordAgents }
}

impl Phase {
    /// Whether the phase waits until the run proper has begun.
    #[must_use]
    pub fn only_in_run(self) -> bool {
        matches!(self, Self::Choices | Self::Rationing | Self::Moves | Self::Land | Self::Census)
    }
}

impl Step {
    /// The next step of the same phase, if any.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied().filter(|next| next.phase() == self.phase())
    }
}
