//! The whole of China, and a region of thousands of counties: all places there, the census met, accounts closed.

mod worlds;

use scenario::Scenario;
use simulation::base_year::Margin;
use simulation::model::Options;
use simulation::opening;
use simulation::region::{Geography, PlaceTable};
use worlds::{Ended, configs, one_thread, run, scenario};

/// Few agents: about 200,000 workers.
const CHINA: (&str, &[&str]) = ("china", &["workers_per_agent=4000", "ticks=4"]);
/// Units of the table, and residents at the census of 2010.
const UNITS: usize = 361;
const RESIDENTS: f64 = 1_332_810_869.0;
/// Counties of the made-up region: more than a byte can number, and as many as China has.
const COUNTIES: usize = 2850;

fn two_threads() -> Options {
    Options { threads: 2, ..Options::default() }
}

/// A column of `cities` at the end of a quarter.
fn cities(ended: &Ended, column: &str, tick: f64) -> Vec<f64> {
    let rows = ended.table("cities");
    let at = rows.numbers("tick").into_iter().zip(rows.numbers(column));
    at.filter(|(of, _)| *of == tick).map(|(_, value)| value).collect()
}

#[test]
fn the_people_of_the_nation_are_those_of_the_census() {
    let scenario = scenario(CHINA, &[], &[]);
    let people =
        opening::people(&scenario, &PlaceTable::of(&scenario), &Geography::of(&scenario)).expect("china opens");
    let sum = |of: fn(&Margin) -> u64| people.margins.iter().map(of).sum::<u64>();
    assert_eq!(people.margins.len(), UNITS);
    assert_eq!((sum(Margin::urban) + sum(|margin| margin.rural)) as f64, RESIDENTS);
    // 85.9 million crossed a border of a province and 84.7 million one of a county; of the latter, those of provinces
    // that are one unit, and what the table's own contradictions leave no room for, count as local.
    let moved = sum(|margin| margin.other_places);
    assert!((150_000_000..170_600_000).contains(&moved), "{moved} from other places");
    assert_eq!(sum(|margin| margin.from_outside), 0, "everyone's home is in the nation");
    let lost = sum(|margin| margin.outside);
    assert!(lost < 8_000_000, "{lost} people are in no place of the census");
}

#[test]
fn the_nation_runs_on_any_threads_with_all_its_places_and_meets_the_base_year() {
    let scenario = scenario(CHINA, &[], &[]);
    let one = run(&scenario, &one_thread(false));
    let two = run(&scenario, &two_threads());
    assert_eq!(one.state_hash, two.state_hash);
    for tick in 0..=4 {
        assert_eq!(cities(&one, "population", f64::from(tick)).len(), UNITS, "quarter {tick}");
    }
    let people: f64 = cities(&one, "population", 0.0).iter().sum();
    assert!((people / RESIDENTS - 1.0).abs() < 1e-3, "{people} residents");
    let table: f64 = scenario.places.iter().filter_map(|place| place.gdp).sum();
    let known = |ended: &Ended| -> f64 {
        let made = cities(ended, "value_added", 0.0).into_iter().zip(&scenario.places);
        made.filter(|(_, place)| place.gdp.is_some()).map(|(made, _)| made).sum()
    };
    let output = known(&one) * 4.0 / 1e8;
    assert!((output / table - 1.0).abs() < 0.01, "output {output} against {table} in the table");
}

/// What migrants sent to the countryside of a city without any looked like riches to everyone registered there: the few
/// whose working life began there had it all, and half a year later hundreds of thousands had come back for it.
#[test]
fn nobody_returns_to_an_empty_countryside_for_what_is_sent_there() {
    let scenario = scenario(CHINA, &[], &[]);
    let ended = run(&scenario, &two_threads());
    let urban = (0..UNITS).filter(|&at| scenario.places[at].urban_population >= scenario.places[at].population);
    let urban: Vec<usize> = urban.collect();
    assert!(urban.iter().any(|&at| scenario.places[at].key == "shenzhen"), "Shenzhen is all city");
    let (rural, incomes) = (cities(&ended, "rural_population", 4.0), cities(&ended, "rural_income", 4.0));
    for at in urban {
        let place = &scenario.places[at];
        let share = rural[at] / place.population;
        assert!(share < 0.01, "{}: {share} of its people are in a countryside", place.key);
        assert!(incomes[at].is_nan() || incomes[at] < 20_000.0, "{}: {} yuan a quarter", place.key, incomes[at]);
    }
}

/// A region table of so many counties on a grid, by number: a city in each, in provinces of fifty.
fn counties(count: usize) -> String {
    let mut table = String::from(
        "name_pinyin,adcode,province_en,centroid_lon,centroid_lat,area_km2_computed,pop_2010,urban_pop_2010,hukou_pop_2010,\
         nonag_hukou_share_2010,migrants_other_county_same_prov_2010,migrants_other_prov_2010,emp_share_primary_2010,\
         emp_share_secondary_2010,emp_share_tertiary_2010,age15_64_pct_2010\n",
    );
    for county in 0..count {
        let (x, y) = (county % 57, county / 57);
        // Sizes from a third of a million to a million, without order.
        let people = 300_000 + county * 7919 % 700_000;
        let row = format!(
            "County{county},{code},Province{province},{longitude},{latitude},3000,{people},{urban},{hukou},0.25,{near},{far},\
             0.4,0.3,0.3,74\n",
            code = 100_000 + county,
            province = county / 50,
            longitude = 90.0 + 0.5 * x as f64,
            latitude = 22.0 + 0.4 * y as f64,
            urban = people * 45 / 100,
            hukou = people * 102 / 100,
            near = people / 20,
            far = people / 25,
        );
        table.push_str(&row);
    }
    table
}

#[test]
fn a_region_of_all_counties_runs_and_its_accounts_close() {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    std::fs::write(folder.path().join("counties.csv"), counties(COUNTIES)).expect("a file can be written");
    let text = std::fs::read_to_string(configs().join("china.ron")).expect("the scenario is in the repository");
    let text = text.replace("data/china.csv", "counties.csv");
    let sets = ["workers_per_agent=20000", "ticks=2", "initial.burn_in=0"].map(str::to_owned);
    let loaded = scenario::load_str(&text, folder.path(), &sets, &[]).unwrap_or_else(|faults| panic!("{faults}"));
    let scenario: Scenario = loaded.scenario;
    let ended = run(&scenario, &two_threads());
    let residents = cities(&ended, "population", 2.0);
    assert_eq!(residents.len(), COUNTIES);
    let people: f64 = scenario.places.iter().map(|place| place.population).sum();
    let sum: f64 = residents.iter().sum();
    assert!((sum / people - 1.0).abs() < 0.02, "{sum} of {people} residents");
    // Whoever is numbered beyond a byte, and beyond two thousand, is somewhere and moves.
    let flows = ended.table("flows");
    let from = flows.texts("from");
    let number = |name: &str| name.strip_prefix("county").and_then(|number| number.parse::<usize>().ok());
    let highest = from.into_iter().filter_map(number).max().expect("somebody moved");
    assert!(highest > 2048, "nobody moved from a county beyond {highest}");
}
