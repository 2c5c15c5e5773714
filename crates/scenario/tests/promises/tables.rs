use std::fs;
use std::path::PathBuf;

use scenario::{Faults, Loaded, load_str};

use crate::fixtures;

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("hinterland-scenario-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn load(&self, table: &[u8]) -> Result<Loaded, Faults> {
        fs::write(self.0.join("region.csv"), table).unwrap();
        load_str("(name: \"region\", region: Table(\"region.csv\"))", &self.0, &[], &[])
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn table() -> String {
    fs::read_to_string(fixtures().join("region.csv")).unwrap()
}

/// The table without the columns that a test picks.
fn without(drop: impl Fn(&str) -> bool) -> String {
    let table = table();
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let keep: Vec<usize> = (0..header.len()).filter(|index| !drop(header[*index])).collect();
    let line = |cells: Vec<&str>| keep.iter().map(|index| cells[*index]).collect::<Vec<_>>().join(",") + "\n";
    let mut text = line(header);
    lines.for_each(|cells| text += &line(cells));
    text
}

fn one_fault(folder: &Folder, table: &[u8], parts: &[&str]) {
    let faults = folder.load(table).expect_err("a fault");
    assert_eq!(faults.count(), 1, "{faults}");
    for part in parts {
        assert!(faults.to_string().contains(part), "`{part}` is not in: {faults}");
    }
}

#[test]
fn columns_of_later_years_change_nothing() {
    let folder = Folder::new("later");
    let full = folder.load(table().as_bytes()).unwrap();
    let base = folder.load(without(|column| column.contains("2020")).as_bytes()).unwrap();
    assert_eq!(full.scenario, base.scenario);
    assert_eq!(full.notes, base.notes);
}

#[test]
fn faults_name_file_line_and_column() {
    let folder = Folder::new("cells");
    one_fault(
        &folder,
        table().replace("1658481", "many").as_bytes(),
        &["region.csv:3:urban_pop_2010: ", "is `many`, but must be a number"],
    );
    one_fault(
        &folder,
        table().replace("5477495", "9477495").as_bytes(),
        &["region.csv:2:urban_pop_2010", "more than population"],
    );
    one_fault(
        &folder,
        table().replace(",4676483,4676483,", ",-5,4676483,").as_bytes(),
        &["region.csv:3:pop_2010: pop_2010 is -5"],
    );
    one_fault(
        &folder,
        table().replace(",4676483,4676483,", ",,4676483,").as_bytes(),
        &["region.csv:3:pop_2010: pop_2010 is empty"],
    );
    one_fault(&folder, table().replace(",4676483,4676483,", ",nan,4676483,").as_bytes(), &["finite"]);
    one_fault(&folder, table().replace("410300,", "410300,extra,").as_bytes(), &["region.csv:4:row: this row has"]);
}

#[test]
fn missing_columns_are_all_named() {
    let folder = Folder::new("columns");
    let faults = folder.load(without(|column| matches!(column, "pop_2010" | "hukou_pop_2010")).as_bytes()).unwrap_err();
    assert_eq!(faults.count(), 2, "{faults}");
    assert!(faults.to_string().contains("no column `pop_2010`"), "{faults}");
    assert!(faults.to_string().contains("no column `hukou_pop_2010`"), "{faults}");
}

#[test]
fn what_a_table_may_lack_falls_to_rules() {
    let folder = Folder::new("rules");
    let optional =
        ["gdp_2010_prelim_100m_yuan", "schooling_years_2010", "age15_64_pct_2010", "district_urban_pop_2010", "adcode"];
    let loaded = folder.load(without(|column| optional.contains(&column)).as_bytes()).unwrap();
    let notes = loaded.notes.join("\n");
    assert_eq!(loaded.scenario.places[0].gdp, None);
    assert_eq!(loaded.scenario.places[0].schooling_years, 9.0);
    for part in ["no output figure", "years of schooling", "working age", "city proper"] {
        assert!(notes.contains(part), "{notes}");
    }
}

#[test]
fn places_given_twice_name_both_rows() {
    let folder = Folder::new("twice");
    one_fault(
        &folder,
        table().replace("Kaifeng,Henan", "Zhengzhou,Henan").as_bytes(),
        &["region.csv:3:", "place `zhengzhou` is there twice (first in line 2)"],
    );
    one_fault(&folder, table().replace("410200,", "410100,").as_bytes(), &["code `410100` is there twice"]);
}

#[test]
fn places_of_one_name_in_two_provinces_get_different_keys() {
    let folder = Folder::new("provinces");
    let table = table().replace("Kaifeng,Henan", "Zhengzhou,Hubei");
    let loaded = folder.load(table.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(loaded.scenario.places[0].key, "zhengzhou_henan");
    assert_eq!(loaded.scenario.places[1].key, "zhengzhou_hubei");
    let scenario =
        "(name: \"region\", region: Table(\"region.csv\"), barriers: [(places: Places([\"zhengzhou\"]), wedge: 0)])";
    let faults = load_str(scenario, &folder.0, &[], &[]).unwrap_err();
    assert!(
        faults
            .to_string()
            .contains("several places are called `zhengzhou`; say which: zhengzhou_henan, zhengzhou_hubei"),
        "{faults}"
    );
}

#[test]
fn empty_or_odd_tables_are_faults() {
    let folder = Folder::new("odd");
    let header = table().lines().next().unwrap().to_owned();
    one_fault(&folder, header.as_bytes(), &["there is no row of data"]);
    assert!(folder.load(b"").unwrap_err().to_string().contains("no column `name_pinyin`"));
    one_fault(&folder, b"name_pinyin\n\xff\xfe", &["not UTF-8 text (byte 12)"]);
}

#[test]
fn endless_tables_are_not_read_to_the_end() {
    let folder = Folder::new("endless");
    let table = table();
    let (header, row) = (table.lines().next().unwrap(), table.lines().nth(1).unwrap());
    let mut long = format!("{header}\n");
    for index in 0..70_000 {
        long += &row.replace("410100", &index.to_string()).replace("Zhengzhou,H", &format!("Z{index},H"));
        long.push('\n');
    }
    one_fault(&folder, long.as_bytes(), &["65001 places or more; there can be 65000"]);
}
