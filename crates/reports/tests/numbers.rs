//! A page holds the numbers of the tables it was made from, a table for every figure, and nothing from elsewhere.

use std::path::{Path, PathBuf};

use ensembles::compare::tables::tables;
use ensembles::compare::{Asked, Effort, Plan, compare};
use figures::Language;
use records::read::read;
use records::results::{Opened, Results, ResultsFolder};
use reports::report;
use serde_json::{Map, json};

const HENAN: &str = include_str!("../../../configs/henan.ron");
const OPEN: &str = include_str!("../../../configs/policies/open-settlement.ron");
/// Few agents and six years: what matters here is that numbers arrive, not what they are.
const SMALL: [&str; 3] = ["workers_per_agent=8000", "initial.burn_in=40", "ticks=24"];

/// A comparison of Henan with and without a policy over three seeds, written as `compare --out` writes it.
fn comparison(folder: &Path) -> PathBuf {
    let configs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../configs");
    let small = SMALL.map(str::to_owned);
    let load = |policies: &[(&str, &str)]| {
        scenario::load_str(HENAN, &configs, &small, policies).unwrap_or_else(|faults| panic!("{faults}"))
    };
    let asked = Asked { first_seed: 1, seeds: 3, from: None, interactions: false };
    let plan =
        Plan::new(load(&[]), vec![(vec![0], load(&[("open.ron", OPEN)]))], &asked).expect("a plan of one policy");
    let found = compare(&plan, &Effort { threads: 2, watch: &|| true }).expect("six short runs");
    let path = folder.join("found");
    let about = json!({"scenario": "henan", "policies": ["open"], "seeds": [1, 2, 3], "worlds": []});
    let about: Map<_, _> = about.as_object().cloned().unwrap_or_default();
    let results = Results { kind: "comparison", inputs_hash: "abc".into(), about };
    let Ok(Opened::Folder(results)) = ResultsFolder::begin(&path, results, false) else { panic!("an empty folder") };
    let files = [("base.ron", plan.base.to_ron()), ("world-1.ron", plan.arms[0].loaded.to_ron())];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    results.finish(&tables(&found), &files, &[], Map::new()).expect("results can be written");
    path
}

/// The CSV of a figure of a page.
fn csv(page: &str, figure: &str) -> Vec<Vec<String>> {
    let mark = format!("download=\"{figure}.csv\" href=\"data:text/csv;charset=utf-8,");
    let from = page.split_once(&mark).unwrap_or_else(|| panic!("no CSV of {figure}")).1;
    let address = from.split('"').next().unwrap_or_default();
    let mut bytes = Vec::new();
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
            let digits = std::str::from_utf8(&digits).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
        } else {
            bytes.push(byte);
        }
    }
    let text = String::from_utf8(bytes).expect("CSV is UTF-8");
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn a_page_has_the_numbers_of_its_tables_and_asks_for_nothing() {
    let place = tempfile::tempdir().expect("there is room for temporary files");
    let path = comparison(place.path());
    for language in [Language::English, Language::Chinese] {
        let page = report(std::slice::from_ref(&path), language).unwrap_or_else(|error| panic!("{error}"));
        // Paths over time: dates and both worlds, to the last digit.
        let paths = read(&path.join("paths.parquet"), "paths").expect("paths");
        let rows = paths.all();
        let quantities = rows.names("quantity").expect("quantities");
        let [years, base, with] = ["year", "base", "with_policy"].map(|name| rows.reals(name).expect("numbers"));
        let expected: Vec<[f64; 3]> = (0..quantities.len())
            .filter(|&row| quantities[row] == "urbanisation")
            .map(|row| [years[row], base[row], with[row]])
            .collect();
        let shown: Vec<Vec<f64>> = csv(&page, "path-urbanisation")[1..]
            .iter()
            .map(|row| row.iter().map(|cell| cell.parse().expect("a number")).collect())
            .collect();
        assert_eq!(shown, expected);
        // Gains and losses: shares of each group add up to one, and are those of the table.
        let winners = read(&path.join("winners.parquet"), "winners").expect("winners");
        let rows = winners.all();
        let [better, worse] = ["better_share", "worse_share"].map(|name| rows.reals(name).expect("numbers"));
        let first: Vec<f64> = csv(&page, "gains")[1][1..].iter().map(|cell| cell.parse().expect("a share")).collect();
        assert_eq!((first[0], first[2]), (better[0], worse[0]));
        assert!((first.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        // Every figure has its table and its CSV, and identifiers are unique.
        let figures = page.matches("<figure ").count();
        assert!(figures >= 10, "{figures}");
        assert_eq!(page.matches("<figcaption>").count(), figures);
        assert!(page.matches("<table>").count() > figures);
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
        // No script, no address, no colour outside the style.
        for foreign in ["<script", "http://", "https://", "src=", "@import", "url(", "style=\""] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert!(page.len() < 1_000_000, "{} bytes", page.len());
        // Titles of figures have at most ten words.
        for title in page.split("<h3>").skip(1).filter_map(|rest| rest.split("</h3>").next()) {
            assert!(title.split(' ').count() <= 10, "{title}");
        }
        assert_eq!(page, report(std::slice::from_ref(&path), language).expect("the same page twice"));
    }
}

#[test]
fn a_folder_that_is_none_of_ours_is_named() {
    let place = tempfile::tempdir().expect("there is room for temporary files");
    let error = report(&[place.path().to_owned()], Language::English).expect_err("an empty folder");
    assert!(error.to_string().contains("holds no results of this program"), "{error}");
}
