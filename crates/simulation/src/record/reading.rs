//! What the tables are computed from: columns and resources of the world, and constants of the scenario.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use scenario::industry::Role;
use scenario::scenario::Scenario;

use crate::accounts::Ledger;
use crate::agents::city::{ByCity, BySector};
use crate::agents::firm::VarietyMass;
use crate::clock::Clock;
use crate::mechanisms::agriculture::FoodOutput;
use crate::mechanisms::capital::CapitalIncome;
use crate::mechanisms::congestion::EffectiveLabour;
use crate::mechanisms::consumer_services::{
    ConsumerServicesPrice, ConsumerSpending, EstablishmentProfit, Establishments, ModernShare,
};
use crate::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms, Firms, TownFirms};
use crate::mechanisms::goods_market::{
    CitySupernumerary, Expenditure, FoodPrice, MarketAccess, PriceIndex, ProductionCost, ProfitRate, Revenue,
    RuralSupernumerary,
};
use crate::mechanisms::incomes::{RuralIncomePerHead, ValueAdded};
use crate::mechanisms::land_use::{
    ArableLand, ConstructionLand, HomesteadLand, IdleHomesteads, QuotaBought, QuotaPool, QuotaSold, ReleasedLand,
    ReserveLand, TownLand,
};
use crate::mechanisms::outside::OutsidePay;
use crate::mechanisms::pollution::Emissions;
use crate::mechanisms::population::{
    Citizens, Counts, LabourSupply, Migrants, OutsideStocks, RuralPeople, Totals, UrbanPeople,
};
use crate::mechanisms::programmes::{LevyRate, ProgrammeCost};
use crate::mechanisms::public_services::{ServiceInput, ServiceOutput, ServiceQuality};
use crate::mechanisms::remittances::Remittances;
use crate::mechanisms::rent_pressure::GoingRent;
use crate::mechanisms::towns::{TownCost, TownJobs, TownRevenue, TownWage};
use crate::mechanisms::utility::{
    CitizenUtility, CostOfLiving, ElsewhereUtility, MigrantUtility, OutsideUtility, RentPerCitizen, RuralCostOfLiving,
    RuralUtility,
};
use crate::mechanisms::wage_setting::{
    ConsumerServiceLabour, EmploymentRate, Hours, LabourDemand, LabourDemandTotal, Pay, PublicLabour, Wage,
};
use crate::region::{IndustryTable, PlaceTable};

/// Everything that the tables are computed from.
#[derive(SystemParam)]
pub(super) struct Reading<'w> {
    pub(super) clock: Res<'w, Clock>,
    pub(super) constants: Res<'w, Constants>,
    pub(super) table: Res<'w, PlaceTable>,
    pub(super) industries: Res<'w, IndustryTable>,
    pub(super) ledger: Res<'w, Ledger>,
    pub(super) population: PopulationReading<'w>,
    pub(super) labour: LabourReading<'w>,
    pub(super) land: LandReading<'w>,
    pub(super) market: MarketReading<'w>,
    pub(super) firms: FirmReading<'w>,
    pub(super) services: ServiceReading<'w>,
    pub(super) incomes: IncomeReading<'w>,
    pub(super) utility: UtilityReading<'w>,
    pub(super) emissions: ByCity<'w, Emissions>,
}

/// Who is where.
#[derive(SystemParam)]
pub(super) struct PopulationReading<'w> {
    pub(super) counts: Res<'w, Counts>,
    pub(super) totals: Res<'w, Totals>,
    pub(super) citizens: ByCity<'w, Citizens>,
    pub(super) migrants: ByCity<'w, Migrants>,
    pub(super) urban: ByCity<'w, UrbanPeople>,
    pub(super) rural: ByCity<'w, RuralPeople>,
    pub(super) labour: ByCity<'w, LabourSupply>,
    pub(super) outside: Res<'w, OutsideStocks>,
}

/// Work and its pay.
#[derive(SystemParam)]
pub(super) struct LabourReading<'w> {
    pub(super) wage: ByCity<'w, Wage>,
    pub(super) pay: ByCity<'w, Pay>,
    pub(super) employment_rate: ByCity<'w, EmploymentRate>,
    pub(super) hours: ByCity<'w, Hours>,
    pub(super) effective: ByCity<'w, EffectiveLabour>,
    pub(super) demand: BySector<'w, LabourDemand>,
    pub(super) demand_consumer: ByCity<'w, ConsumerServiceLabour>,
    pub(super) demand_public: ByCity<'w, PublicLabour>,
    pub(super) demand_total: ByCity<'w, LabourDemandTotal>,
    pub(super) town_wage: ByCity<'w, TownWage>,
    pub(super) town_jobs: ByCity<'w, TownJobs>,
    pub(super) outside_pay: Res<'w, OutsidePay>,
}

/// Land by use.
#[derive(SystemParam)]
pub(super) struct LandReading<'w> {
    pub(super) rent: ByCity<'w, GoingRent>,
    pub(super) construction: ByCity<'w, ConstructionLand>,
    pub(super) town: ByCity<'w, TownLand>,
    pub(super) arable: ByCity<'w, ArableLand>,
    pub(super) homestead: ByCity<'w, HomesteadLand>,
    pub(super) idle: ByCity<'w, IdleHomesteads>,
    pub(super) reserve: ByCity<'w, ReserveLand>,
    pub(super) released: ByCity<'w, ReleasedLand>,
    pub(super) pool: ByCity<'w, QuotaPool>,
    pub(super) quota_bought: ByCity<'w, QuotaBought>,
    pub(super) quota_sold: ByCity<'w, QuotaSold>,
}

/// Markets for food, goods and consumer services.
#[derive(SystemParam)]
pub(super) struct MarketReading<'w> {
    pub(super) food_price: Res<'w, FoodPrice>,
    pub(super) food_output: ByCity<'w, FoodOutput>,
    pub(super) city_supernumerary: ByCity<'w, CitySupernumerary>,
    pub(super) rural_supernumerary: ByCity<'w, RuralSupernumerary>,
    pub(super) expenditure: BySector<'w, Expenditure>,
    pub(super) price_index: BySector<'w, PriceIndex>,
    pub(super) access: BySector<'w, MarketAccess>,
    pub(super) consumer_services_price: ByCity<'w, ConsumerServicesPrice>,
    pub(super) consumer_spending: ByCity<'w, ConsumerSpending>,
    pub(super) modern_share: ByCity<'w, ModernShare>,
}

/// Firms and establishments, and what they earn.
#[derive(SystemParam)]
pub(super) struct FirmReading<'w> {
    pub(super) variety: Res<'w, VarietyMass>,
    pub(super) count: BySector<'w, Firms>,
    pub(super) effective: BySector<'w, EffectiveFirms>,
    pub(super) revenue: BySector<'w, Revenue>,
    pub(super) cost: BySector<'w, ProductionCost>,
    pub(super) profit_rate: BySector<'w, ProfitRate>,
    pub(super) town_count: ByCity<'w, TownFirms>,
    pub(super) town_effective: ByCity<'w, EffectiveTownFirms>,
    pub(super) town_revenue: ByCity<'w, TownRevenue>,
    pub(super) town_cost: ByCity<'w, TownCost>,
    pub(super) establishments: ByCity<'w, Establishments>,
    pub(super) establishment_profit: ByCity<'w, EstablishmentProfit>,
}

/// Public services.
#[derive(SystemParam)]
pub(super) struct ServiceReading<'w> {
    pub(super) input: ByCity<'w, ServiceInput>,
    pub(super) quality: ByCity<'w, ServiceQuality>,
    pub(super) output: ByCity<'w, ServiceOutput>,
}

/// Incomes beside pay, and what programmes cost.
#[derive(SystemParam)]
pub(super) struct IncomeReading<'w> {
    pub(super) capital: Res<'w, CapitalIncome>,
    pub(super) rent_per_citizen: ByCity<'w, RentPerCitizen>,
    pub(super) rural_per_head: ByCity<'w, RuralIncomePerHead>,
    pub(super) value_added: ByCity<'w, ValueAdded>,
    pub(super) remittances: ByCity<'w, Remittances>,
    pub(super) levy_rate: Res<'w, LevyRate>,
    pub(super) programmes: Res<'w, ProgrammeCost>,
}

/// Costs of living and utilities.
#[derive(SystemParam)]
pub(super) struct UtilityReading<'w> {
    pub(super) cost_of_living: ByCity<'w, CostOfLiving>,
    pub(super) rural_cost_of_living: ByCity<'w, RuralCostOfLiving>,
    pub(super) citizen: ByCity<'w, CitizenUtility>,
    pub(super) elsewhere: ByCity<'w, ElsewhereUtility>,
    pub(super) rural: ByCity<'w, RuralUtility>,
    pub(super) migrant: Res<'w, MigrantUtility>,
    pub(super) outside: Res<'w, OutsideUtility>,
}

/// What a row of table `sectors` is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SectorKind {
    /// An industry with firms, by its number among them.
    Firms(usize),
    /// Consumer services.
    Consumer,
    /// Agriculture.
    Farms,
    /// Public service, where the scenario has public wages.
    Government,
}

/// Numbers of the scenario that incomes, price levels and quantities are computed with.
#[derive(Resource, Clone, Debug, PartialEq)]
pub(super) struct Constants {
    /// Rows of `sectors`, in the scenario's order, with their names.
    pub(super) sectors: Vec<(SectorKind, String)>,
    /// Quarters that the run will have.
    pub(super) ticks: u32,
    pub(super) food_share: f64,
    pub(super) subsistence: f64,
    pub(super) housing_share: f64,
    pub(super) migrant_housing: f64,
    /// How much rural people's shares exceed those of city people.
    pub(super) rural_scale: f64,
    pub(super) last_mile: f64,
    pub(super) tax_rate: f64,
    pub(super) outside_tax_rate: f64,
    pub(super) outside_price_ratio: f64,
    pub(super) remitted: f64,
}

impl Constants {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let mechanisms = &scenario.mechanisms;
        let mut with_firms = 0;
        let mut sectors = Vec::new();
        for industry in &scenario.industries {
            let sector = match industry.role {
                Role::Goods | Role::ProducerServices => {
                    with_firms += 1;
                    SectorKind::Firms(with_firms - 1)
                }
                Role::ConsumerServices => SectorKind::Consumer,
                Role::Agriculture => SectorKind::Farms,
            };
            sectors.push((sector, industry.name.clone()));
        }
        if mechanisms.fiscal.as_ref().is_some_and(|fiscal| fiscal.public_wage_share > 0.0) {
            sectors.push((SectorKind::Government, "government".to_owned()));
        }
        let consumer_share = scenario.consumer_service_share();
        let housing_share = scenario.preferences.housing_share;
        Self {
            sectors,
            ticks: scenario.ticks,
            food_share: scenario.preferences.food_share,
            subsistence: scenario.preferences.subsistence,
            housing_share,
            migrant_housing: scenario.preferences.migrant_housing,
            rural_scale: 1.0 / (1.0 - consumer_share - housing_share).max(1e-12),
            last_mile: mechanisms.market_access.as_ref().map_or(1.0, |block| block.last_mile),
            tax_rate: mechanisms.fiscal.as_ref().map_or(0.0, |block| block.tax_rate),
            outside_tax_rate: mechanisms.outside.as_ref().map_or(0.0, |block| block.tax_rate),
            outside_price_ratio: mechanisms.outside.as_ref().map_or(1.0, |block| block.price_ratio),
            remitted: mechanisms.remittances.as_ref().map_or(0.0, |block| block.share),
        }
    }
}

impl Reading<'_> {
    /// Rural people of a place who became urban on the spot, thousand persons.
    pub(super) fn urban_on_the_spot(&self, place: usize) -> f64 {
        f64::from(self.population.counts.on_the_spot[place]) * self.table.mass_per_agent(place)
    }

    pub(super) fn places(&self) -> usize {
        self.table.places.len()
    }

    /// The date of the state at the end of the quarter.
    pub(super) fn year_after(&self, tick: u32) -> f64 {
        f64::from(self.clock.start) + f64::from(tick) / 4.0
    }
}
