//! Tests of the crate's promises on hand-made tables.

use std::path::Path;

use simulation::record::columns::{Columns, TableRow};
use simulation::table::{Table, Tables, Values};

use crate::read::read;
use crate::write::{Format, ROWS_PER_GROUP, TableWriter};
use crate::{Inputs, Manifest, RecordError, Resumed, RunFolder, Start};

struct Row(i64);

impl TableRow for Row {
    type At<'a> = Self;
}

fn table(name: &'static str, rows: i64) -> Table {
    let wage = |row: &Row| if row.0 % 7 == 3 { f64::NAN } else { 0.1 * row.0 as f64 };
    Columns::<Row>::new(name)
        .integer("tick", "quarters", "The tick, in full.", |row| row.0)
        .real("wage", "yuan", "The wage, in full.", wage)
        .name("city", "The city, in full.", ["a, \"quoted\"", "b"], |row| (row.0 % 2) as usize)
        .flag("open", "Whether it is open, in full.", |row| row.0 % 3 == 0)
        .with_rows((0..rows).map(Row))
}

fn tables(rows: i64) -> Tables {
    Tables(vec![table("cities", rows), table("region", 2), table("agents", rows)])
}

fn manifest(seed: u64) -> Manifest {
    let inputs = Inputs {
        scenario_hash: crate::scenario_hash("text"),
        seed,
        ticks: 8,
        format: Format::Parquet,
        record_agents: None,
    };
    Manifest::begun("test", Vec::new(), inputs, 1)
}

fn begin(path: &Path, seed: u64, checkpoints: bool, force: bool) -> Result<Start, RecordError> {
    RunFolder::begin(path, &manifest(seed), "scenario text", checkpoints, force)
}

fn started(start: Start) -> RunFolder {
    match start {
        Start::Run(folder) => *folder,
        Start::Complete(_) => panic!("the run should not be there yet"),
    }
}

fn complete(path: &Path, seed: u64, force: bool) {
    let folder = started(begin(path, seed, false, force).unwrap());
    folder.finish(&mut tables(5), &Manifest { complete: true, ..manifest(seed) }).unwrap();
}

fn entries(path: &Path) -> Vec<String> {
    crate::staging::names(path).unwrap()
}

#[test]
fn a_table_comes_back_with_its_units() {
    let folder = tempfile::tempdir().unwrap();
    let (partial, path) = (folder.path().join("t.partial"), folder.path().join("t.parquet"));
    let table = table("cities", 10);
    let mut writer = TableWriter::create(&partial, &table, Format::Parquet).unwrap();
    writer.push(&table.values).unwrap();
    writer.finish(&path).unwrap();
    let back = read(&path, "cities").unwrap();
    assert_eq!(back.fields, table.fields);
    assert_eq!(back.rows(), 10);
    assert_eq!(back.names, table.names);
    for name in ["tick", "city", "open"] {
        assert_eq!(back.column(name), table.column(name));
    }
    let wages = back.all().reals("wage").unwrap();
    assert!(wages[3].is_nan() && wages[4] == 0.4);
    assert!(!partial.exists());
}

#[test]
fn an_empty_table_is_a_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.parquet");
    let table = table("cities", 0);
    TableWriter::create(&folder.path().join("t"), &table, Format::Parquet).unwrap().finish(&path).unwrap();
    let back = read(&path, "cities").unwrap();
    assert_eq!((back.rows(), back.fields), (0, table.fields));
}

#[test]
fn the_same_rows_give_the_same_bytes_however_they_are_handed_over() {
    let folder = tempfile::tempdir().unwrap();
    let rows = ROWS_PER_GROUP as i64 + 1000;
    let whole = table("cities", rows);
    for format in [Format::Parquet, Format::Csv] {
        let written = [vec![rows], vec![1, 999, rows - 1000], vec![rows - 3, 0, 3], vec![500; rows as usize / 500 + 1]];
        let written = written.map(|pieces| {
            let path = folder.path().join("t");
            let mut writer = TableWriter::create(&folder.path().join("p"), &whole, format).unwrap();
            let mut from = 0;
            for piece in pieces {
                let until = rows.min(from + piece) as usize;
                let mut values = crate::write::empty(&whole.fields);
                for (to, given) in values.iter_mut().zip(&whole.values) {
                    crate::write::extend(to, given, from as usize, until);
                }
                writer.push(&values).unwrap();
                from = until as i64;
            }
            assert_eq!(from, rows);
            writer.finish(&path).unwrap();
            std::fs::read(path).unwrap()
        });
        assert!(written.iter().all(|bytes| *bytes == written[0]), "{format} depends on how rows are handed over");
    }
}

#[test]
fn csv_quotes_names_and_leaves_the_undefined_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    let table = table("cities", 4);
    let mut writer = TableWriter::create(&folder.path().join("p"), &table, Format::Csv).unwrap();
    writer.push(&table.values).unwrap();
    writer.finish(&path).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(text.lines().nth(1), Some("0,0,\"a, \"\"quoted\"\"\",true"));
    assert_eq!(text.lines().nth(4), Some("3,,b,true"));
    assert!(crate::write::columns_as_csv([&table]).contains("cities,wage,yuan,\"The wage, in full.\""));
}

#[test]
fn a_finished_run_shows_whole_files_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    complete(&path, 1, false);
    let names = ["agents.parquet", "cities.parquet", "manifest.json", "region.parquet", "scenario.ron"];
    assert_eq!(entries(&path), names);
    assert_eq!(read(&path.join("agents.parquet"), "agents").unwrap().rows(), 5);
    assert_eq!(std::fs::read_to_string(path.join("scenario.ron")).unwrap(), "scenario text");
}

#[test]
fn a_run_given_up_before_its_end_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    let mut run = started(begin(&path, 1, false, false).unwrap());
    run.record(&mut tables(5)).unwrap();
    drop(run);
    assert!(!path.exists());
}

#[test]
fn a_run_killed_before_it_had_a_lock_does_not_stand_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    std::fs::create_dir_all(path.join(".partial")).unwrap();
    assert!(matches!(RunFolder::resume(&path), Err(RecordError::NothingToResume { .. })));
    complete(&path, 1, false);
    let foreign = folder.path().join("foreign");
    std::fs::create_dir_all(foreign.join(".partial/letters")).unwrap();
    assert!(matches!(begin(&foreign, 1, false, false), Err(RecordError::Foreign { .. })));
}

#[test]
fn a_killed_run_shows_no_table_and_does_not_stand_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    let mut run = started(begin(&path, 1, false, false).unwrap());
    run.record(&mut tables(5)).unwrap();
    // A killed process drops nothing; the system lets go of the lock.
    run.give_up_as_if_killed();
    assert_eq!(entries(&path), [".partial", "manifest.json", "scenario.ron"]);
    complete(&path, 2, false);
    assert_eq!(Manifest::read(&path).unwrap().unwrap().inputs.seed, 2);
    assert!(!path.join(".partial").exists());
}

#[test]
fn foreign_folders_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "ten years of work").unwrap();
    for force in [false, true] {
        assert!(matches!(begin(folder.path(), 1, false, force), Err(RecordError::Foreign { .. })));
    }
    assert_eq!(entries(folder.path()), ["thesis.txt"]);
    let file = folder.path().join("thesis.txt");
    assert!(matches!(begin(&file, 1, false, true), Err(RecordError::Foreign { .. })));
}

#[test]
fn a_complete_run_is_reported_not_repeated_and_replaced_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    complete(&path, 1, false);
    assert!(matches!(begin(&path, 1, false, false), Ok(Start::Complete(_))));
    let Err(RecordError::OtherRun { what, .. }) = begin(&path, 2, false, false) else { panic!("another seed") };
    assert_eq!(what, "seed 1");
    std::fs::write(path.join("notes.txt"), "mine").unwrap();
    complete(&path, 2, true);
    assert_eq!(Manifest::read(&path).unwrap().unwrap().inputs.seed, 2);
    assert_eq!(std::fs::read_to_string(path.join("notes.txt")).unwrap(), "mine");
    assert_eq!(entries(folder.path()), ["run"]);
}

#[test]
fn a_swap_that_was_cut_short_is_ended_by_the_next_command() {
    let folder = tempfile::tempdir().unwrap();
    let (path, aside) = (folder.path().join("run"), folder.path().join("run.replaced"));
    complete(&path, 1, false);
    complete(&folder.path().join("run.partial"), 2, false);
    std::fs::rename(&path, &aside).unwrap();
    assert!(matches!(begin(&path, 2, false, false), Ok(Start::Complete(_))));
    assert_eq!(entries(folder.path()), ["run"]);
    std::fs::rename(&path, &aside).unwrap();
    assert!(matches!(begin(&path, 2, false, false), Ok(Start::Complete(_))), "the old run is put back");
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    let _first = started(begin(&path, 1, false, false).unwrap());
    assert!(matches!(begin(&path, 1, false, true), Err(RecordError::Busy { .. })));
}

/// Records three quarters of agents with a checkpoint after two, is stopped, and goes on.
fn stopped_and_resumed(path: &Path) {
    let mut run = started(begin(path, 1, true, false).unwrap());
    let mut kept = Tables(vec![table("cities", 2), table("agents", 3)]);
    run.record(&mut kept).unwrap();
    run.checkpoint(1, vec![1], &kept).unwrap();
    kept.0[1] = table("agents", 4);
    run.record(&mut kept).unwrap();
    run.checkpoint(2, vec![2], &kept).unwrap();
    kept.0[1] = table("agents", 50);
    run.record(&mut kept).unwrap();
    run.give_up_as_if_killed();
    assert!(matches!(begin(path, 1, true, false), Err(RecordError::Unfinished { tick: 2, .. })));
    let Resumed::Run { folder: mut run, checkpoint, manifest, .. } = RunFolder::resume(path).unwrap() else {
        panic!("the run is not complete")
    };
    assert_eq!((checkpoint.tick, &checkpoint.state), (2, &vec![2]));
    let mut built = Tables(vec![table("cities", 0), table("agents", 0)]);
    checkpoint.put_rows(&mut built).unwrap();
    run.replay(&built, 2).unwrap();
    built.0[1] = table("agents", 5);
    run.record(&mut built).unwrap();
    run.finish(&mut built, &Manifest { complete: true, ..*manifest }).unwrap();
}

#[test]
fn a_resumed_run_ends_with_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (resumed, straight) = (folder.path().join("resumed"), folder.path().join("straight"));
    stopped_and_resumed(&resumed);
    let mut run = started(begin(&straight, 1, false, false).unwrap());
    let mut kept = Tables(vec![table("cities", 2), table("agents", 3)]);
    for rows in [3, 4, 5] {
        kept.0[1] = table("agents", rows);
        run.record(&mut kept).unwrap();
    }
    run.finish(&mut kept, &Manifest { complete: true, ..manifest(1) }).unwrap();
    for name in ["cities.parquet", "agents.parquet"] {
        let bytes = |path: &Path| std::fs::read(path.join(name)).unwrap();
        assert!(bytes(&resumed) == bytes(&straight), "{name} differs");
    }
    assert!(matches!(RunFolder::resume(&resumed), Ok(Resumed::Complete(_))));
}

#[test]
fn the_last_two_checkpoints_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    let mut run = started(begin(&path, 1, true, false).unwrap());
    for tick in 1..=4 {
        run.checkpoint(tick, vec![0; 10], &tables(1)).unwrap();
    }
    drop(run);
    assert_eq!(entries(&path.join("checkpoints")), ["000003.checkpoint", "000004.checkpoint"]);
    assert!(!path.join(".partial").exists());
}

#[test]
fn a_damaged_or_foreign_checkpoint_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    let mut run = started(begin(&path, 1, true, false).unwrap());
    run.checkpoint(3, (0..200).collect(), &tables(3)).unwrap();
    drop(run);
    let file = path.join("checkpoints/000003.checkpoint");
    let sound = std::fs::read(&file).unwrap();
    let refused = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        match RunFolder::resume(&path) {
            Err(RecordError::Checkpoint { what, .. }) => what,
            Err(other) => panic!("refused for another reason: {other}"),
            Ok(_) => panic!("not refused"),
        }
    };
    for at in [0, 30, sound.len() / 2, sound.len() - 1] {
        let mut damaged = sound.clone();
        damaged[at] ^= 1;
        assert!(!refused(&damaged).is_empty());
        refused(&sound[..at]);
    }
    assert_eq!(refused(b"notes of mine"), "it is not a checkpoint");
    let later = String::from_utf8_lossy(&sound[..24]).replace("checkpoint 1", "checkpoint 9");
    assert_eq!(refused(&[later.as_bytes(), &sound[24..]].concat()), "it is of form 9, and this program reads form 1");
    std::fs::write(&file, &sound).unwrap();
    assert!(matches!(RunFolder::resume(&path), Ok(Resumed::Run { .. })));
    let nowhere = RunFolder::resume(&folder.path().join("nowhere"));
    assert!(matches!(nowhere, Err(RecordError::NothingToResume { .. })));
}

#[test]
fn rows_of_another_program_are_not_taken_over() {
    let checkpoint = |rows: Vec<(String, Vec<Values>)>| crate::checkpoint::Checkpoint {
        scenario_hash: String::new(),
        seed: 0,
        tick: 1,
        state: Vec::new(),
        rows,
    };
    let mut own = tables(0);
    assert!(checkpoint(vec![("weather".to_owned(), Vec::new())]).put_rows(&mut own).is_err());
    assert!(checkpoint(vec![("cities".to_owned(), vec![Values::Real(vec![1.0])])]).put_rows(&mut own).is_err());
    assert!(checkpoint(vec![("cities".to_owned(), table("cities", 3).values)]).put_rows(&mut own).is_ok());
    assert_eq!(own.0[0].rows(), 3);
}
