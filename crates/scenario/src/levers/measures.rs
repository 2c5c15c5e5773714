//! The measures: what each can be told, and what it does if told nothing more.

use super::{Finance, Period};
use crate::parameters::parameters;
use crate::place::Where;

parameters! {
    /// Barriers between places: multiplies the border wedge of trade with the places named.
    pub struct Barrier = "barriers" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Places whose borders it changes (a pair counts if either place is named).
        places: Where = Where::All, "", Assumed("every place unless said");
        /// Multiple of the wedge; 1 changes nothing, 0 removes it.
        wedge: f64 = 1.0, "multiple of the border wedge", 0.0..=10.0, Assumed("changes nothing unless said");
    }
}

parameters! {
    /// Transport: multiplies the distance cost of goods and people between the places named.
    pub struct Transport = "transport" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Places at one end.
        between: Where = Where::All, "", Assumed("every place unless said");
        /// Places at the other end.
        and: Where = Where::All, "", Assumed("every place unless said");
        /// Multiple of the distance cost of goods; 1 changes nothing.
        goods_cost: f64 = 1.0, "multiple of the distance cost of goods", 0.0..=10.0, Assumed("changes nothing unless said");
        /// Multiple of the distance cost of people; 1 changes nothing.
        travel_cost: f64 = 1.0, "multiple of the distance cost of people", 0.0..=10.0, Assumed("changes nothing unless said");
        /// Outlay while it holds, over the pairs named.
        outlay_per_km: f64 = 0.0, "yuan per kilometre and quarter", 0.0..=1000000000000.0, Assumed("free unless said");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless said");
    }
}

parameters! {
    /// Communications: multiplies the distance cost of services and the reach of networks.
    pub struct Communications = "communications" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Places that are connected better.
        places: Where = Where::All, "", Assumed("every place unless said");
        /// Multiple of the distance cost of producer services; 1 changes nothing.
        services_cost: f64 = 1.0, "multiple of the distance cost of producer services", 0.0..=10.0, Assumed("changes nothing unless said");
        /// Multiple of the network strength towards these places; 1 changes nothing.
        network_reach: f64 = 1.0, "multiple of the strength of networks", 0.0..=10.0, Assumed("changes nothing unless said");
    }
}

parameters! {
    /// A subsidy on the price of firms' output. With `towns`, only town firms of the places; otherwise city firms.
    pub struct Subsidy = "subsidies" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless said");
        /// Industries by name; empty: all that are tradable.
        industries: Vec<String> = Vec::new(), "", Assumed("all that are tradable unless said");
        /// True: township industry; false: industry in the city.
        towns: bool = false, "", Assumed("cities unless said");
        /// Share of the price that is paid.
        rate: f64 = 0.0, "share of the price", 0.0..=0.9, Assumed("changes nothing unless said");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless said");
    }
}

parameters! {
    /// An industrial park: a subsidy on cost for chosen industries, and land laid out for them.
    pub struct Park = "parks" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless said");
        /// Industries by name; at least one.
        industries: Vec<String> = Vec::new(), "", Assumed("must be said");
        /// Share of the price that is paid.
        rate: f64 = 0.0, "share of the price", 0.0..=0.9, Assumed("changes nothing unless said");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless said");
    }
}

parameters! {
    /// Village consolidation: villages merge where enough non-farm jobs exist; idle homesteads are re-cultivated.
    pub struct VillageConsolidation = "village_consolidation" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless said");
        /// Non-farm share of the place's rural registered people (town jobs, and people who work away) below which the
        /// place is refused.
        non_farm_share_min: f64 = 0.5, "share of rural registered people", 0.0..=1.0, Assumed("half of the people live off other work");
        /// Homesteads merged in a year, as a share of all in the place.
        share_per_year: f64 = 0.0, "share per year", 0.0..=1.0, Assumed("changes nothing unless said");
        /// Share of a merged homestead's land that is saved.
        land_saved: f64 = 0.5, "share", 0.0..=1.0, Assumed("flats take about half the land of courtyards");
        /// Cost per household.
        cost_per_household: f64 = 0.0, "yuan", 0.0..=100000000.0, Assumed("free unless said");
        /// Gain in rural service output where it is done (added to the index).
        rural_services: f64 = 0.0, "index", 0.0..=5.0, Assumed("changes nothing unless said");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless said");
    }
}

parameters! {
    /// Service reform: quality and spending of public services, and whom they reach.
    pub struct ServiceReform = "service_reform" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless said");
        /// Multiple of quality; 1 changes nothing.
        quality: f64 = 1.0, "multiple of quality", 0.01..=10.0, Assumed("changes nothing unless said");
        /// Multiple of spending; 1 changes nothing; what is added is financed.
        spending: f64 = 1.0, "multiple of spending", 0.0..=10.0, Assumed("changes nothing unless said");
        /// Addition to the share of schooling that reaches migrants; 0 changes nothing.
        migrant_schooling: f64 = 0.0, "share", -1.0..=1.0, Assumed("changes nothing unless said");
        /// The same for health care.
        migrant_health: f64 = 0.0, "share", -1.0..=1.0, Assumed("changes nothing unless said");
        /// The same for housing.
        migrant_housing: f64 = 0.0, "share", -1.0..=1.0, Assumed("changes nothing unless said");
        /// Addition to rural service output; 0 changes nothing.
        rural_output: f64 = 0.0, "index", -1.0..=5.0, Assumed("changes nothing unless said");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless said");
    }
}

parameters! {
    /// Farm policy: agricultural infrastructure, consolidation of farmland.
    pub struct FarmPolicy = "farm_policy" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Added growth of farm productivity.
        growth: f64 = 0.0, "log output per quarter", -0.02..=0.05, Assumed("changes nothing unless said");
        /// Added elasticity to land per farmer.
        consolidation_gain: f64 = 0.0, "elasticity", -1.0..=1.0, Assumed("changes nothing unless said");
    }
}
