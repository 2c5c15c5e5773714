//! Broken region tables.

use crate::broken::{Responses, TABLE, put, sound_folder};

/// Name, text, replacement, what the message says; the place is the table's own.
const CASES: [(&str, &str, &str, &str, &str); 22] = [
    ("a column of people is missing", "pop_2010,urban", "pop_2009,urban", "region.csv:1", "pop_2010"),
    ("a column of names is missing", "name_pinyin", "name", "region.csv:1", "name_pinyin"),
    ("a column twice", "adcode,", "pop_2010,", "region.csv:1", "pop_2010"),
    ("people below zero", "8627089,", "-8627089,", "region.csv:2", "pop_2010 is -8627089"),
    ("people in words", "8627089,", "many,", "region.csv:2", "`many`"),
    ("no number", "8627089,", "NaN,", "region.csv:2", "finite"),
    ("endless", "8627089,", "inf,", "region.csv:2", "finite"),
    ("an empty cell that must not be", "8627089,", ",", "region.csv:2", "is empty"),
    ("thousands with commas", "8627089,", "\"8,627,089\",", "region.csv:2", "8,627,089"),
    ("a row too short", "7515.3,", "", "region.csv:2", "cells"),
    ("a row too long", "7515.3,", "7515.3,7515.3,", "region.csv:2", "cells"),
    ("a place twice", "Kaifeng,410200", "Zhengzhou,410200", "region.csv:3", "there twice"),
    ("a code twice", "410200", "410100", "region.csv:3", "there twice"),
    ("a place without a name", "Kaifeng,", ",", "region.csv:3", "is empty"),
    ("city people beyond all people", "1658481", "9658481", "region.csv:3", "urban"),
    ("a share beyond one", "0.7844", "7.844", "region.csv:3", "emp_share_primary_2010"),
    ("shares that do not add up", "0.7844", "0.2844", "region.csv:3", "sum to 1"),
    ("per cent beyond all", "71.84", "718.4", "region.csv:4", "age15_64_pct_2010"),
    ("east of the world", "112.03", "1120.3", "region.csv:4", "centroid_lon"),
    ("north of the world", "34.29", "342.9", "region.csv:4", "centroid_lat"),
    ("a quotation left open", "Luoyang", "\"Luoyang", "region.csv", ""),
    ("an area of zero", "6246.6", "0", "region.csv:3", "area"),
];

#[test]
fn broken_tables_are_answered_with_row_and_column() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    for (name, text, replacement, place, says) in CASES {
        assert!(TABLE.contains(text), "{name}: `{text}` is not in the sound table");
        put(folder.path(), "region.csv", TABLE.replacen(text, replacement, 1).as_bytes());
        responses.of_both(name, folder.path(), &["sound.ron"], &[place, says]);
    }
}

#[test]
fn tables_of_odd_form_are_answered() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    let header = TABLE.lines().next().expect("a table has a header");
    let semicolons = TABLE.replace(',', ";");
    let rows: String = (0..70_000)
        .map(|at| format!("place{at},{at},Henan,113,34,100,1000,500,1000,0.1,0,0,0.5,0.25,0.25,70\n"))
        .collect();
    let wide = format!("{header}{}\n", ",x".repeat(2_000_000));
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("nothing", Vec::new(), ""),
        ("a header alone", header.as_bytes().to_vec(), "there is no row"),
        ("blank lines", b"\n\n\n\n".to_vec(), ""),
        ("semicolons", semicolons.into_bytes(), "name_pinyin"),
        ("seventy thousand places", format!("{header}\n{rows}").into_bytes(), "there can be 65000"),
        ("two million columns", wide.into_bytes(), ""),
        ("zeros", vec![0; 10_000], ""),
        ("bytes that are no text", [TABLE.as_bytes(), &[0xFF, 0xFE]].concat(), "not UTF-8"),
        ("a scenario for a table", crate::broken::SOUND.as_bytes().to_vec(), ""),
    ];
    for (name, bytes, says) in cases {
        put(folder.path(), "region.csv", &bytes);
        responses.of_both(name, folder.path(), &["sound.ron"], &["region.csv", says]);
    }
}
