//! The scenario file as a whole.

use crate::faults::Problem;
use crate::industry::{Industry, Role};
use crate::levers::Levers;
use crate::parameters::Block;
use crate::place::Coordinates;
use crate::reader::{Node, Tree};
use crate::reading::{Fields, Names, Reading, decode_block, optional, source_defaults, sourced};
use crate::scenario::{Initial, Mechanisms, Money, Preferences, Scenario};
use crate::texts::Span;

use super::changes::note_measures;
use super::distances::{check_size, decode_distances};
use super::industries::decode_industries;
use super::levers::{decode_changes, decode_levers};
use super::outline::{Dated, Outline};
use super::regions::decode_places;

/// Most quarters of a run.
pub const TICKS_MAX: u32 = 4_000;
/// Most worker agents of a run.
pub const AGENTS_MAX: f64 = 2e9;
/// Year that census columns of a table carry, unless the scenario says otherwise.
pub(crate) const BASE_YEAR: f64 = 2010.0;

/// The scenario of a tree. With faults it may be incomplete, and is good only for finding more of them.
pub(crate) fn decode(reading: &mut Reading, node: &Node) -> Option<Outline> {
    if is_study(node) {
        let rule = "this is a study, not a scenario: `hinterland batch` runs it, and with --dry-run checks it";
        reading.fault(Span { end: node.at.start + 1, ..node.at }, "", Problem::InvalidCombination { rule });
        return None;
    }
    let mut root = Fields::open(reading, node, "")?;
    let name = decode_name(reading, &mut root);
    let start = whole(reading, &mut root, "start", 2010.0, (1900.0, 2200.0), "year");
    if let Some(node) = root.take("tick") {
        reading.choice(node, "tick", "length of a tick", &["Quarter"]);
    }
    let ticks = whole(reading, &mut root, "ticks", 40.0, (0.0, f64::from(TICKS_MAX)), "quarters");
    let seed_node = root.take("seed").map(|node| sourced(reading, node, "seed").0);
    let seed = seed_node.and_then(|node| reading.seed(node, "seed")).unwrap_or(1);
    let base_year = whole(reading, &mut root, "base_year", BASE_YEAR, (1900.0, 2200.0), "year");
    let weight = root.take("workers_per_agent");
    let workers_per_agent = weight.and_then(|node| decode_weight(reading, node)).unwrap_or(100.0);
    let money = decode_simple::<Money>(reading, &mut root);
    let preferences = decode_simple::<Preferences>(reading, &mut root);
    let initial = decode_simple::<Initial>(reading, &mut root);
    let industries = decode_industries(reading, &mut root);
    let industry_names = industries.as_ref().map(|list| list.iter().map(|one| one.name.clone()).collect::<Vec<_>>());
    let names = industry_names.as_deref().unwrap_or_default();
    let region = decode_places(reading, &mut root, names, base_year as u32, &initial);
    let distances_node = root.take("distances").and_then(optional);
    let names = Names::of(region.as_ref().map(|(places, _)| places.as_slice()), industry_names);
    let (places, coordinates) = region.unwrap_or((Vec::new(), Coordinates::Kilometres));
    let here = Span { end: node.at.start + 1, ..node.at };
    let distances = match check_size(reading, here, places.len()) {
        true => decode_distances(reading, distances_node, &places, coordinates),
        false => Vec::new(),
    };
    let mut scenario = Scenario {
        name,
        start: start as u16,
        ticks: ticks as u32,
        seed,
        workers_per_agent,
        money,
        preferences,
        initial,
        places,
        distances,
        industries: industries.unwrap_or_default(),
        mechanisms: Mechanisms::default(),
        levers: Levers::default(),
    };
    scenario.levers = decode_levers(reading, &mut root, &names);
    let dated = decode_mechanisms(reading, &mut root, &names, &mut scenario);
    let history = root.take("history");
    root.close(reading);
    check_economy(reading, here, &scenario);
    check_agents(reading, weight.map_or(here, |node| node.at), &scenario);
    note_measures(reading, &scenario);
    let distances_given = distances_node.is_some();
    let history_given = history.cloned();
    Some(Outline { scenario, coordinates, distances_given, names, dated, history_given, history: Vec::new() })
}

/// Whether this is the wrong kind of file: a study names its scenario, and a scenario its region.
fn is_study(node: &Node) -> bool {
    let Tree::Struct(None, entries) = &node.tree else { return false };
    let has = |name: &str| entries.iter().any(|entry| &*entry.name == name);
    has("scenario") && has("seeds") && !has("region")
}

fn decode_name(reading: &mut Reading, root: &mut Fields<'_>) -> String {
    let Some(node) = root.need(reading, "name", "") else {
        return String::new();
    };
    let name = reading.text(node, "name").unwrap_or_else(|| "unnamed".into());
    let usable = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ' ');
    let long = name.chars().count() > 100;
    if name.trim().is_empty()
        || name.starts_with(['.', ' '])
        || name.ends_with(['.', ' '])
        || long
        || !name.chars().all(usable)
    {
        let name = name.chars().take(80).collect();
        reading.fault(node.at, "name", Problem::BadName { name });
    }
    name
}

fn whole(
    reading: &mut Reading,
    root: &mut Fields<'_>,
    name: &'static str,
    default: f64,
    limits: (f64, f64),
    unit: &str,
) -> f64 {
    let Some(node) = root.take(name) else {
        return default;
    };
    let (node, _) = sourced(reading, node, name);
    reading.whole(node, name, limits, unit).unwrap_or(default)
}

fn decode_weight(reading: &mut Reading, node: &Node) -> Option<f64> {
    let (node, source) = sourced(reading, node, "workers_per_agent");
    let weight = reading.number(node, "workers_per_agent", (0.0, 1e9), "persons of working age")?;
    if weight <= 0.0 {
        let unit = "persons of working age; not 0".to_owned();
        reading.fault(node.at, "workers_per_agent", Problem::OutOfRange { value: weight, low: 0.0, high: 1e9, unit });
        return None;
    }
    reading.sources.insert("workers_per_agent".into(), source);
    Some(weight)
}

fn decode_simple<B: Block + Default>(reading: &mut Reading, root: &mut Fields<'_>) -> B {
    let mut block = B::default();
    let name = block.block();
    if let Some(mut fields) = root.take(name).and_then(|node| Fields::open(reading, node, name)) {
        decode_block(reading, &mut fields, &Names::default(), &mut block, None);
        fields.close(reading);
    }
    source_defaults(reading, name, &block);
    block
}

fn decode_mechanisms(reading: &mut Reading, root: &mut Fields<'_>, names: &Names, scenario: &mut Scenario) -> Dated {
    let mut dated = Dated::new();
    for (name, slot) in scenario.mechanisms.slots() {
        let node = root.take(name);
        match node.map(|node| &node.tree) {
            None => {}
            Some(Tree::Name(state)) if &**state == "Off" => {
                if let (false, Some(node)) = (slot.switch_off(), node) {
                    reading.fault(node.at, name, Problem::CannotBeOff);
                }
            }
            Some(Tree::Name(state)) => {
                let at = node.map_or(root.at, |node| node.at);
                reading.unknown(at, name, "state", state, ["Off"].into_iter());
            }
            Some(_) => {
                let Some(mut fields) = node.and_then(|node| Fields::open(reading, node, name)) else {
                    continue;
                };
                let block = slot.switch_on();
                decode_block(reading, &mut fields, names, block, None);
                block.decode_more(reading, &mut fields, names);
                for rules in scenario.levers.rules_mut().into_iter().filter(|rules| rules.mechanism == name) {
                    dated.insert(name, decode_changes(reading, &mut fields, names, rules.changes));
                }
                fields.close(reading);
            }
        }
        if let Some(block) = slot.block() {
            source_defaults(reading, name, block);
        }
    }
    dated
}

fn check_economy(reading: &mut Reading, here: Span, scenario: &Scenario) {
    let mechanisms = &scenario.mechanisms;
    let goods = |industry: &&Industry| industry.role == Role::Goods;
    let goods: f64 =
        scenario.industries.iter().filter(goods).map(|industry| industry.parameters.expenditure_share).sum();
    let food = scenario.preferences.food_share;
    let housing = scenario.preferences.housing_share;
    let services = scenario.consumer_service_share();
    let sum = goods + food + housing + services;
    if (sum - 1.0).abs() > 1e-9 {
        let parts = format!(
            "food {food}, housing {housing}, consumer services {services}, goods {goods}; see preferences, consumer_services and industries.….expenditure_share"
        );
        reading.fault(here, "", Problem::Shares { what: "expenditure shares", sum, parts });
    }
    if let Some(services) = &mechanisms.public_services {
        let (schooling, health) = (services.schooling_weight, services.health_weight);
        if schooling + health > 1.0 + 1e-12 {
            let part = "schooling_weight + health_weight";
            let problem =
                Problem::Exceeds { part, part_value: schooling + health, whole: "all services", whole_value: 1.0 };
            reading.fault(here, "public_services", problem);
        }
    }
    let needs = [
        (mechanisms.producer_services.is_some(), Role::ProducerServices, "producer_services", "ProducerServices"),
        (mechanisms.consumer_services.is_some(), Role::ConsumerServices, "consumer_services", "ConsumerServices"),
    ];
    for (on, role, mechanism, industry) in needs {
        if on && !scenario.industries.is_empty() && scenario.industries.iter().all(|one| one.role != role) {
            reading.fault(here, "", Problem::NoIndustry { mechanism, industry });
        }
    }
}

fn check_agents(reading: &mut Reading, at: Span, scenario: &Scenario) {
    let people: f64 = scenario
        .places
        .iter()
        .map(|place| {
            place.population.max(place.hukou_population) * place.working_age_share * scenario.initial.participation
        })
        .sum();
    let added: f64 = scenario.places.iter().map(|place| f64::from(place.added_workers)).sum();
    let agents = people / scenario.workers_per_agent + added;
    if agents > AGENTS_MAX {
        let room = (AGENTS_MAX - added).max(1.0);
        let weight = (people / room * 100.0).ceil() / 100.0;
        reading.fault(at, "workers_per_agent", Problem::TooManyAgents { agents, agents_max: AGENTS_MAX, weight });
    }
}
