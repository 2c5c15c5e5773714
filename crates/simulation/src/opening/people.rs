//! Who lives where at the start: cohorts of worker agents from the identities of the region table.

use scenario::scenario::Scenario;

use super::OpeningError;
use super::origins::{Flows, Reach, share_out};
use super::rounding::largest_remainders;
use crate::agents::cohort::{Cohort, Whereabouts};
use crate::agents::worker::Choice;
use crate::base_year::Margin;
use crate::region::{Geography, PlaceTable};

/// The people of the opening state.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// Cohorts by origin; inside an origin first the registered citizens, then migrants in the order of the places,
    /// then those outside, and last the rural people at home.
    pub cohorts: Vec<Cohort>,
    /// What the table says of each place after caps, persons.
    pub margins: Vec<Margin>,
    /// What had to be capped or left out, in sentences.
    pub notes: Vec<String>,
}

/// Places of each kind of cap that a note names.
const NAMED: usize = 4;

/// What had to be capped, by kind: a region can have hundreds of places.
#[derive(Default)]
struct Caps(Vec<(&'static str, Vec<String>)>);

impl Caps {
    fn note(&mut self, kind: &'static str, case: String) {
        match self.0.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, cases)) => cases.push(case),
            None => self.0.push((kind, vec![case])),
        }
    }

    /// A sentence for each kind.
    fn sentences(self) -> Vec<String> {
        let sentence = |(kind, cases): (&str, Vec<String>)| {
            let more = if cases.len() > NAMED { format!("; and {} more", cases.len() - NAMED) } else { String::new() };
            format!("{kind} ({}{more})", cases[..cases.len().min(NAMED)].join("; "))
        };
        self.0.into_iter().map(sentence).collect()
    }
}

/// Cohorts of a scenario.
///
/// Persons are whole numbers by the identities of [`Margin`]. Where a table contradicts itself, caps apply in this
/// order, each with a note: urban residents by residents; registered by urban residents; people from outside and then
/// from other places by the urban residents without local registration; absent people by zero. Who comes from
/// another county comes from the absent of the same province; demand that these cannot meet is met from the own
/// countryside. Who comes from another province comes, where the region has several, from the absent of the others as
/// far as they reach, and from outside else. Without an outside, its people in the region count as from the own
/// countryside, and people who are away from the region do not exist.
///
/// Agents are persons over `workers_per_agent × dependants(origin)`, rounded by largest remainders among the urban
/// residents of each place, so that the totals of each place are right to within one agent.
///
/// # Errors
///
/// [`OpeningError`] if there are more places or agents than identities reach.
pub fn people(scenario: &Scenario, table: &PlaceTable, geography: &Geography) -> Result<People, OpeningError> {
    let places = table.places.len();
    if places > Choice::PLACES_MAX {
        return Err(OpeningError::TooManyPlaces { places });
    }
    let mut caps = Caps::default();
    let with_outside = scenario.mechanisms.outside.is_some();
    let provinces = &table.provinces[..];
    let several = provinces.iter().any(|&province| province != 0);
    let counted = with_outside || several;
    let mut margins: Vec<Margin> = (0..places).map(|place| margin(&table.places[place], counted, &mut caps)).collect();
    let mut flows = from_the_province(&mut margins, table, provinces, geography, scenario, &mut caps);
    if several {
        from_other_provinces(&mut margins, &mut flows, table, provinces, geography, scenario, &mut caps);
    }
    let mut notes = caps.sentences();
    settle_absent(&mut margins, &flows, table, with_outside, &mut notes);
    let cohorts = cohorts(&margins, &flows, table)?;
    Ok(People { cohorts, margins, notes })
}

/// One place's persons, before anyone's origin is known. Unless people from other provinces are `counted`, they are
/// left with the own countryside.
fn margin(place: &scenario::place::Place, counted: bool, caps: &mut Caps) -> Margin {
    let persons = |number: f64| number.max(0.0).round() as u64;
    let mut cap = |what: &'static str, value: u64, limit: u64| {
        if value > limit {
            caps.note(what, format!("{} from {value} to {limit}", place.key));
        }
        value.min(limit)
    };
    let resident = persons(place.population);
    let urban = cap("urban residents cut to all residents", persons(place.urban_population), resident);
    let hukou = persons(place.hukou_population);
    let registered = cap(
        "urban residents with local registration cut to all urban residents",
        persons(place.urban_hukou_share * place.hukou_population),
        urban,
    );
    let unregistered = urban - registered;
    let from_outside = if counted {
        cap(
            "urban residents from other provinces cut to all urban residents without local registration",
            persons(place.migrants_other_province),
            unregistered,
        )
    } else {
        0
    };
    let other_places = cap(
        "urban residents from other counties cut to what is left of urban residents without local registration",
        persons(place.migrants_other_county),
        unregistered - from_outside,
    );
    let local = resident - other_places - from_outside;
    if hukou < local {
        caps.note(
            "more locally registered residents than people registered: the former count and nobody is absent",
            format!("{}, {local} and {hukou}", place.key),
        );
    }
    Margin {
        registered,
        own_hinterland: unregistered - from_outside - other_places,
        other_places,
        from_outside,
        rural: resident - urban,
        absent: hukou.saturating_sub(local),
        outside: 0,
    }
}

/// Finds the origins of those who come from other counties of the province. Where nobody else is absent, they belong
/// where they are: to the own countryside, and not among the absent.
fn from_the_province(
    margins: &mut [Margin],
    table: &PlaceTable,
    provinces: &[usize],
    geography: &Geography,
    scenario: &Scenario,
    caps: &mut Caps,
) -> Flows {
    let places = margins.len();
    let absent: Vec<u64> = margins.iter().map(|margin| margin.absent).collect();
    let wanted: Vec<u64> = margins.iter().map(|margin| margin.other_places).collect();
    let reach = Reach { provinces, across: false };
    let flows = share_out(&absent, &wanted, geography, scenario.initial.gravity_distance, &reach);
    for (place, margin) in margins.iter_mut().enumerate() {
        let unmet = flows.unmet[place];
        if unmet > 0 {
            margin.other_places -= unmet;
            margin.own_hinterland += unmet;
            let given: u64 = flows.persons[place * places..(place + 1) * places].iter().sum();
            margin.absent -= unmet.min(margin.absent - given);
            caps.note(
                "urban residents from other counties counted as from the own countryside: nobody else is absent",
                format!("{unmet} in {}", table.places[place].key),
            );
        }
    }
    flows
}

/// Finds the origins, in a region of several provinces, of those who come from other provinces: from the absent of the
/// region's other provinces as far as they reach, else from outside. Without an outside, who is left belongs where
/// they are.
fn from_other_provinces(
    margins: &mut [Margin],
    flows: &mut Flows,
    table: &PlaceTable,
    provinces: &[usize],
    geography: &Geography,
    scenario: &Scenario,
    caps: &mut Caps,
) {
    let places = margins.len();
    let given = |flows: &Flows, place: usize| flows.persons[place * places..(place + 1) * places].iter().sum::<u64>();
    let left: Vec<u64> = (0..places).map(|place| margins[place].absent - given(flows, place)).collect();
    let wanted: Vec<u64> = margins.iter().map(|margin| margin.from_outside).collect();
    let reach = Reach { provinces, across: true };
    let found = share_out(&left, &wanted, geography, scenario.initial.gravity_distance, &reach);
    for (all, more) in flows.persons.iter_mut().zip(&found.persons) {
        *all += more;
    }
    let with_outside = scenario.mechanisms.outside.is_some();
    for (place, margin) in margins.iter_mut().enumerate() {
        let unmet = found.unmet[place];
        margin.other_places += margin.from_outside - unmet;
        margin.from_outside = unmet;
        if unmet > 0 && !with_outside {
            margin.from_outside = 0;
            margin.own_hinterland += unmet;
            margin.absent -= unmet.min(margin.absent - given(flows, place));
            caps.note(
                "urban residents from other provinces counted as from the own countryside: nobody else is absent, and \
                 the outside is Off",
                format!("{unmet} in {}", table.places[place].key),
            );
        }
    }
}

/// Counts the absent who are outside: all that are in no place of the region.
fn settle_absent(
    margins: &mut [Margin],
    flows: &Flows,
    table: &PlaceTable,
    with_outside: bool,
    notes: &mut Vec<String>,
) {
    let places = margins.len();
    let mut vanished = 0;
    for (place, margin) in margins.iter_mut().enumerate() {
        let found: u64 = flows.persons[place * places..(place + 1) * places].iter().sum();
        margin.outside = margin.absent - found;
        if !with_outside {
            vanished += margin.outside;
            margin.absent = found;
            margin.outside = 0;
        }
    }
    if vanished > 0 {
        notes.push(format!(
            "{vanished} people registered in the region live outside it and are left out: the outside is Off"
        ));
    }
    let strangers: f64 = table.places.iter().map(|place| place.migrants_other_province).sum();
    if !with_outside && strangers > 0.0 && table.provinces.iter().all(|&province| province == 0) {
        notes.push(format!(
            "{strangers} residents from outside count as from the countryside of where they live: the outside is Off"
        ));
    }
}

/// Agents in whole numbers, and their order.
fn cohorts(margins: &[Margin], flows: &Flows, table: &PlaceTable) -> Result<Vec<Cohort>, OpeningError> {
    let places = margins.len();
    let agents = |persons: u64, origin: usize| persons as f64 / (1000.0 * table.mass_per_agent(origin));
    let mut citizens = vec![0; places];
    let mut migrants = vec![0; (places + 1) * places];
    let mut rural = vec![0; places];
    for (place, margin) in margins.iter().enumerate() {
        let mut quotas: Vec<f64> =
            (0..places).map(|origin| agents(flows.persons[origin * places + place], origin)).collect();
        quotas[place] = agents(margin.own_hinterland, place);
        quotas.push(agents(margin.from_outside, places));
        quotas.push(agents(margin.registered, place));
        let urban: f64 = quotas.iter().sum();
        let everyone = urban + agents(margin.rural, place);
        if everyone > f64::from(u32::MAX) {
            return Err(too_many(table, place, everyone));
        }
        let mut rounded = largest_remainders(&quotas, urban.round() as u64);
        citizens[place] = rounded.pop().unwrap_or(0);
        for (origin, count) in rounded.into_iter().enumerate() {
            migrants[origin * places + place] = count;
        }
        rural[place] = (everyone.round() as u64).saturating_sub(urban.round() as u64)
            + u64::from(table.places[place].added_workers);
    }
    let mut cohorts = Vec::new();
    for origin in 0..=places {
        let outside = margins.get(origin).map_or(0, |margin| agents(margin.outside, origin).round() as u64);
        let mut list: Vec<(bool, Whereabouts, u64)> = Vec::new();
        if origin < places {
            list.push((true, Whereabouts::City(origin as u16), citizens[origin]));
        }
        for place in 0..places {
            list.push((false, Whereabouts::City(place as u16), migrants[origin * places + place]));
        }
        list.push((false, Whereabouts::Outside, outside));
        if origin < places {
            list.push((false, Whereabouts::RuralHome, rural[origin]));
        }
        let total: u64 = list.iter().map(|(_, _, count)| count).sum();
        if total > u64::from(u32::MAX) {
            return Err(too_many(table, origin, total as f64));
        }
        cohorts.extend(list.into_iter().filter(|(_, _, count)| *count > 0).map(|(citizen, whereabouts, count)| {
            Cohort { origin: origin as u16, citizen, whereabouts, agents: count as u32 }
        }));
    }
    Ok(cohorts)
}

fn too_many(table: &PlaceTable, origin: usize, agents: f64) -> OpeningError {
    let place = table.places.get(origin).map_or_else(|| "the outside".to_owned(), |place| place.key.clone());
    OpeningError::TooManyAgents { place, agents, workers_per_agent: table.workers_per_agent }
}
