//! Broken scenario texts: what is replaced by what, and what the answer must say.

use crate::broken::{Responses, SOUND, put, sound_folder};

/// Name, text, replacement, place, what else the message says.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

const CASES: [Case; 58] = [
    ("a typo in a field", "ticks:", "tickss:", "sound.ron:4:5", "did you mean `ticks`?"),
    ("a typo in a block", "congestion:", "congstion:", "sound.ron:10:5", "did you mean `congestion`?"),
    ("a typo in a parameter", "way_cost", "way_cots", "sound.ron:10:18", "did you mean `way_cost`?"),
    ("a typo in a choice", "rule: Residence(", "rule: Residense(", "sound.ron:13:29", "did you mean `Residence`?"),
    ("a typo in a place", "\"kaifeng\"", "\"kaifen\"", "sound.ron:14:26", "did you mean `kaifeng`?"),
    (
        "a typo in an industry",
        "labour_intensive",
        "labor_intensive",
        "sound.ron:16:54",
        "did you mean `labour_intensive`?",
    ),
    ("a text for a number", "ticks: 2", "ticks: \"two\"", "sound.ron:4:12", "whole number"),
    ("a number for a text", "name: \"sound\"", "name: 5", "sound.ron:2:11", "name must be"),
    ("a list for a block", "(way_cost: 0.05)", "[0.05]", "sound.ron:10:17", "congestion must be"),
    ("a block for a number", "way_cost: 0.05", "way_cost: (mean: 1)", "sound.ron:10:28", "way_cost"),
    ("a truth for a number", "way_cost: 0.05", "way_cost: true", "sound.ron:10:28", "way_cost"),
    ("a half quarter", "ticks: 2", "ticks: 2.5", "sound.ron:4:12", "whole number"),
    ("negative quarters", "ticks: 2", "ticks: -2", "sound.ron:4:12", "ticks is -2"),
    ("quarters without end", "ticks: 2", "ticks: 99999999999", "sound.ron:4:12", "ticks is 99999999999"),
    ("a negative seed", "seed: 1", "seed: -1", "sound.ron:5:11", "seed"),
    ("a seed beyond bounds", "seed: 1", "seed: 99999999999999999999999999", "sound.ron:5:11", "seed"),
    ("a start before history", "start: 2010", "start: -4000", "sound.ron:3:12", "start"),
    ("a start beyond the calendar", "start: 2010", "start: 70000", "sound.ron:3:12", "start"),
    ("a negative share", "way_cost: 0.05", "way_cost: -0.05", "sound.ron:10:28", "way_cost is -0.05"),
    ("no number", "way_cost: 0.05", "way_cost: NaN", "sound.ron:10:28", "finite"),
    ("an endless number", "way_cost: 0.05", "way_cost: inf", "sound.ron:10:28", "finite"),
    ("a number too large to write", "way_cost: 0.05", "way_cost: 1e400", "sound.ron:10:28", "finite"),
    (
        "a number of many digits",
        "way_cost: 0.05",
        "way_cost: 123456789012345678901234567890",
        "sound.ron:10:28",
        "way_cost",
    ),
    ("two numbers", "way_cost: 0.05", "way_cost: 0.05 0.06", "sound.ron:10:33", "expected"),
    ("no value", "way_cost: 0.05", "way_cost: ", "sound.ron:10:2", "expected a value"),
    ("a comma too many", "ticks: 2,", "ticks: 2,,", "sound.ron:4:14", "expected"),
    ("a comma too few", "ticks: 2,", "ticks: 2", "sound.ron:5:5", "expected a comma"),
    ("a bracket too few", "(way_cost: 0.05)", "(way_cost: 0.05", "sound.ron", "never closed"),
    ("a bracket too many", "(way_cost: 0.05)", "(way_cost: 0.05))", "sound.ron:10:3", "expected"),
    ("a quotation left open", "\"sound\"", "\"sound", "sound.ron:16:71", "never closed"),
    ("a field given twice", "seed: 1,", "seed: 1, seed: 2,", "sound.ron:5:14", "given twice"),
    ("a block given twice", "ticks: 2,", "ticks: 2, congestion: Off,", "sound.ron:10:5", "given twice"),
    ("no name", "    name: \"sound\",\n", "", "sound.ron:1:1", "`name` is missing"),
    ("no region", "    region: Table(\"region.csv\"),\n", "", "sound.ron:1:1", "`region` is missing"),
    ("an empty name", "\"sound\"", "\"\"", "sound.ron:2:11", "name"),
    ("a name that climbs", "\"sound\"", "\"../../etc\"", "sound.ron:2:11", "name"),
    ("a name with a line break", "\"sound\"", "\"so\\nund\"", "sound.ron:2:11", "name"),
    ("a name with a null character", "\"sound\"", "\"so\\u{0}und\"", "sound.ron:2:11", "name"),
    ("no such table", "region.csv", "regions.csv", "regions.csv", "there is no such file"),
    ("a folder for a table", "region.csv", ".", ".", "folder"),
    ("a table without end", "region.csv", "/dev/zero", "/dev/zero", ""),
    ("a table that never answers", "region.csv", "/dev/tty", "/dev/tty", ""),
    ("no workers to an agent", "agent: 2000", "agent: 0", "sound.ron:6:24", "workers_per_agent is 0"),
    ("a hundred agents to a worker", "agent: 2000", "agent: 0.0000001", "sound.ron", "agents"),
    ("more workers to an agent than there are", "agent: 2000", "agent: 1e300", "sound.ron:6:24", "workers_per_agent"),
    ("a burn-in without end", "burn_in: 5", "burn_in: 4e9", "sound.ron:9:24", "burn_in"),
    ("money that is worth nothing", "farm_income: 1381", "farm_income: 0", "sound.ron:8:26", "farm_income is 0"),
    ("a measure that ends before it begins", "until: 2012", "until: 2010", "sound.ron:16", "not after"),
    ("a measure without effect", ", industries: [\"labour_intensive\"], rate: 0.1", "", "sound.ron:16", "sets nothing"),
    ("a rate above one", "rate: 0.1", "rate: 1.1", "sound.ron:16:81", "rate is 1.1"),
    ("points without an end", ", threshold: 71", "", "sound.ron:14", "threshold"),
    ("half a point", "skill: 60", "skill: 60.5", "sound.ron:14", "whole number"),
    ("the market off", "ticks: 2,", "ticks: 2, goods_market: Off,", "sound.ron:4:29", "cannot be Off"),
    ("an extension", "(\n    name", "#![enable(unwrap_newtypes)]\n(\n    name", "sound.ron:1:1", "extensions"),
    ("a byte-order mark in the middle", "ticks: 2", "\u{feff}ticks: 2", "sound.ron:4:5", "expected"),
    ("a letter that looks like another", "ticks: 2", "tісks: 2", "sound.ron:4", ""),
    ("a comment left open", "ticks: 2,", "ticks: 2, /* and", "sound.ron:4:15", "never closed"),
    (
        "a second scenario after the first",
        "rate: 0.1)],\n)",
        "rate: 0.1)],\n)\n(name: \"b\")",
        "sound.ron:18:1",
        "expected the end",
    ),
];

#[test]
fn broken_scenarios_are_answered_with_place_and_sentence() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    for (name, text, replacement, place, says) in CASES {
        assert!(SOUND.contains(text), "{name}: `{text}` is not in the sound scenario");
        if replacement.contains("/dev/") && !cfg!(unix) {
            eprintln!("skipped: {name}");
            continue;
        }
        put(folder.path(), "sound.ron", SOUND.replacen(text, replacement, 1).as_bytes());
        responses.of_both(name, folder.path(), &["sound.ron"], &[place, says]);
    }
}

/// Inline places and what is wrong with them.
const PLACES: [(&str, &str, &str); 17] = [
    ("no place", "", "there is no place"),
    ("people below zero", "(key: \"a\", x: 0, y: 0, population: -5)", "population is -5"),
    ("nobody", "(key: \"a\", x: 0, y: 0, population: 0)", ""),
    ("people without end", "(key: \"a\", x: 0, y: 0, population: inf)", "finite"),
    ("more people than there is room for", "(key: \"a\", x: 0, y: 0, population: 1e30)", "population"),
    (
        "more city people than people",
        "(key: \"a\", x: 0, y: 0, population: 10, urban_population: 11)",
        "urban_population is 11",
    ),
    (
        "a place twice",
        "(key: \"a\", x: 0, y: 0, population: 1e6), (key: \"a\", x: 9, y: 0, population: 1e6)",
        "there twice",
    ),
    ("a place without a key", "(x: 0, y: 0, population: 1e6)", "`key` is missing"),
    ("an empty key", "(key: \"\", x: 0, y: 0, population: 1e6)", "key"),
    ("a key that is a path", "(key: \"a.b\", x: 0, y: 0, population: 1e6)", "key"),
    ("the key of the outside", "(key: \"outside\", x: 0, y: 0, population: 1e6)", "outside"),
    ("no coordinates", "(key: \"a\", population: 1e6)", "missing"),
    ("a place beyond the plane", "(key: \"a\", x: 1e200, y: 0, population: 1e6)", "x"),
    ("shares beyond one", "(key: \"a\", x: 0, y: 0, population: 1e6, employment_shares: [0.5, 0.6, 0.1])", "sum to 1"),
    ("an area below zero", "(key: \"a\", x: 0, y: 0, population: 1e6, area: -1)", "area is -1"),
    (
        "people of working age beyond all people",
        "(key: \"a\", x: 0, y: 0, population: 1e6, working_age_share: 1.2)",
        "working_age_share",
    ),
    ("a list for a place", "[1, 2, 3]", "places.0"),
];

#[test]
fn broken_places_are_answered_with_place_and_sentence() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    for (name, places, says) in PLACES {
        let text =
            format!("(\n    name: \"inline\", ticks: 1, workers_per_agent: 1000,\n    region: Places([{places}]),\n)");
        put(folder.path(), "inline.ron", text.as_bytes());
        responses.of_both(name, folder.path(), &["inline.ron"], &["inline.ron:", says]);
    }
}

#[test]
fn texts_of_odd_size_and_depth_are_answered() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    let many_places: String = (0..70_000).map(|at| format!("(key:\"p{at}\",x:{at},y:0,population:1000),")).collect();
    let deep = "[".repeat(200_000);
    let long_name = "n".repeat(3_000_000);
    let many_fields: String = (0..200_000).map(|at| format!("f{at}: {at},\n")).collect();
    let many_rules = "(places: All, rule: Open),".repeat(900_000);
    let cases: [(&str, String, &str); 10] = [
        ("nothing", String::new(), "expected a value"),
        ("blanks", " \n\t\n ".to_owned(), "expected a value"),
        ("a comment alone", "// nothing yet".to_owned(), "expected a value"),
        ("seventy thousand places", format!("(name: \"a\", region: Places([{many_places}]))"), "there can be 65000"),
        ("deep nesting", format!("(name: \"a\", region: {deep}"), "deep"),
        ("deep comments", "/*".repeat(200_000), "never closed"),
        ("a long name", format!("(name: \"{long_name}\", region: Table(\"region.csv\"))"), "name"),
        ("a hundred thousand unknown fields", format!("({many_fields})"), "more"),
        (
            "a million rules",
            format!("(name: \"a\", region: Table(\"region.csv\"), settlement_rules: (rules: [{many_rules}]))"),
            "",
        ),
        ("a file too large", format!("// {}", "x".repeat(70 << 20)), "larger than"),
    ];
    for (name, text, says) in cases {
        put(folder.path(), "odd.ron", text.as_bytes());
        responses.of_both(name, folder.path(), &["odd.ron"], &["odd.ron", says]);
    }
    // A billion of what can be said in few words must not be made before it is judged.
    for (name, set, says) in [
        ("a billion agents more", "places.kaifeng.added_workers=1000000000000", "added_workers"),
        ("a billion people", "places.kaifeng.population=1e15", "population"),
        ("an agent to each nose", "workers_per_agent=0.000001", "workers_per_agent"),
    ] {
        responses.of_both(name, folder.path(), &["sound.ron", "--set", set], &[says]);
    }
}

#[test]
fn a_text_cut_off_anywhere_is_answered() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    let end = SOUND.trim_end().len();
    for cut in (0..end - 1).step_by(23) {
        put(folder.path(), "sound.ron", &SOUND.as_bytes()[..cut]);
        responses.to(&format!("cut at {cut}"), folder.path(), &["check", "sound.ron"], &["sound.ron:"]);
    }
}

#[test]
fn bytes_that_are_no_text_are_answered() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    let junk: Vec<u8> = (0..5000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let latin = SOUND.replace("sound", "s\u{f6}und").chars().map(|letter| letter as u32 as u8).collect::<Vec<u8>>();
    let utf16: Vec<u8> = SOUND.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let zeros = vec![0_u8; 1000];
    let half = [SOUND.as_bytes(), &[0xE9, 0x83]].concat();
    for (name, bytes) in
        [("junk", junk), ("Latin-1", latin), ("UTF-16", utf16), ("zeros", zeros), ("half a letter", half)]
    {
        put(folder.path(), "bytes.ron", &bytes);
        responses.of_both(name, folder.path(), &["bytes.ron"], &["bytes.ron"]);
    }
}

#[test]
fn a_byte_order_mark_and_line_ends_of_other_systems_are_no_fault() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    let table = crate::broken::TABLE;
    put(folder.path(), "sound.ron", format!("\u{feff}{}", SOUND.replace('\n', "\r\n")).as_bytes());
    put(folder.path(), "region.csv", format!("\u{feff}{}", table.replace('\n', "\r\n")).as_bytes());
    crate::program::succeed(folder.path(), &["check", "sound.ron"]);
    let faulty = SOUND.replace('\n', "\r\n").replace("way_cost", "way_cots");
    put(folder.path(), "sound.ron", faulty.as_bytes());
    responses.of_both("a fault after line ends of two letters", folder.path(), &["sound.ron"], &["sound.ron:10:18"]);
}
