//! Files and folders that are not what they should be, and outputs that cannot be.

use std::path::Path;

use crate::broken::{POLICY, Responses, SOUND, put, sound_folder};
use crate::program::{entries, error_text, output, succeed};

#[test]
fn files_that_are_none_are_answered() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    std::fs::create_dir(folder.path().join("folder.ron")).expect("a folder can be made");
    for (name, path, says) in [
        ("no such file", "nowhere.ron", "there is no such file"),
        ("no such folder", "no/where.ron", "there is no such file"),
        ("a folder", "folder.ron", "folder"),
        ("this folder", ".", "folder"),
        ("a file as a folder", "sound.ron/more.ron", "sound.ron/more.ron"),
        ("a table for a scenario", "region.csv", "region.csv:1:"),
        ("a policy for a scenario", "policy.ron", "policy.ron:"),
    ] {
        responses.of_both(name, folder.path(), &[path], &[path, says]);
    }
    let long = "x".repeat(5000);
    responses.of_both("a name too long", folder.path(), &[&long], &["cannot be read"]);
    responses.to("no name", folder.path(), &["check", ""], &[""]);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_forbidden_files_are_answered() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, mut responses) = (sound_folder(), Responses::default());
    let at = |name: &str| folder.path().join(name);
    symlink("loop.ron", at("loop.ron")).expect("a link can be made");
    symlink("gone.ron", at("dangling.ron")).expect("a link can be made");
    symlink("loop.csv", at("loop.csv")).expect("a link can be made");
    put(folder.path(), "linked.ron", SOUND.replace("region.csv", "loop.csv").as_bytes());
    responses.of_both("a link to itself", folder.path(), &["loop.ron"], &["loop.ron"]);
    responses.of_both("a link to nothing", folder.path(), &["dangling.ron"], &["dangling.ron: there is no such file"]);
    responses.of_both("a table that links to itself", folder.path(), &["linked.ron"], &["loop.csv"]);
    responses.of_both("a device without end", folder.path(), &["/dev/zero"], &["/dev/zero"]);
    responses.of_both("a device without content", folder.path(), &["/dev/null"], &["/dev/null"]);
    let made = std::process::Command::new("mkfifo").arg(at("pipe.ron")).status();
    if made.is_ok_and(|status| status.success()) {
        responses.of_both("a pipe that nobody writes to", folder.path(), &["pipe.ron"], &["pipe.ron"]);
    } else {
        eprintln!("skipped: no pipes here");
    }
    std::fs::set_permissions(at("policy.ron"), PermissionsExt::from_mode(0o000)).expect("permissions can be set");
    if std::fs::read(at("policy.ron")).is_ok() {
        eprintln!("skipped: this user may read every file");
    } else {
        let arguments = ["sound.ron", "--policy", "policy.ron"];
        responses.of_both("a file that may not be read", folder.path(), &arguments, &["policy.ron", "permissions"]);
    }
    std::fs::set_permissions(at("policy.ron"), PermissionsExt::from_mode(0o644)).expect("permissions can be set");
}

#[test]
fn outputs_that_cannot_be_are_answered_and_leave_what_is_there() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    let thesis = folder.path().join("thesis");
    std::fs::create_dir(&thesis).expect("a folder can be made");
    put(&thesis, "chapter.txt", b"ten years of work");
    let held = |path: &Path| std::fs::read(path.join("chapter.txt")).expect("the file is there");
    for (name, out, says) in [
        ("a folder of something else", "thesis", "thesis holds files"),
        ("the folder of the scenario", ".", "holds files"),
        ("the folder of the scenario, by another name", "./", "holds files"),
        ("a file", "region.csv", "region.csv"),
        ("below a file", "region.csv/run", "region.csv"),
        ("no name", "", ""),
        ("the root of all folders", "/", ""),
    ] {
        for more in [&[][..], &["--force"]] {
            responses.to(name, folder.path(), &[&["run", "sound.ron", "--out", out], more].concat(), &[says]);
        }
    }
    assert_eq!(held(&thesis), b"ten years of work");
    if cfg!(target_os = "linux") {
        responses.to(
            "where nobody can write",
            folder.path(),
            &["run", "sound.ron", "--out", "/proc/run"],
            &["/proc/run"],
        );
    }
    responses.to("nothing to resume", folder.path(), &["run", "--resume", "nowhere"], &["nowhere"]);
    responses.to("something else to resume", folder.path(), &["run", "--resume", "thesis"], &["thesis"]);
    responses.to("a file to resume", folder.path(), &["run", "--resume", "region.csv"], &["region.csv"]);
    assert_eq!(entries(&thesis), ["chapter.txt"]);
}

#[cfg(unix)]
#[test]
fn an_output_that_links_to_itself_or_to_nothing_is_answered() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    std::os::unix::fs::symlink("loop", folder.path().join("loop")).expect("a link can be made");
    responses.to("a link to itself", folder.path(), &["run", "sound.ron", "--out", "loop"], &["loop"]);
    responses.to("below a link to itself", folder.path(), &["run", "sound.ron", "--out", "loop/run"], &["loop"]);
}

#[test]
fn broken_policies_are_answered_with_place_and_sentence() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    let arguments = ["sound.ron", "--policy", "policy.ron"];
    for (name, text, replacement, place, says) in [
        ("a change that there is not", "Barrier", "Barier", "policy.ron:4:30", "did you mean `Barrier`?"),
        ("a field that there is not", "wedge", "wegde", "policy.ron:4:51", "did you mean `wedge`?"),
        ("a date in words", "at: 2010.5", "at: soon", "policy.ron:4", "at"),
        ("no date", "at: 2010.5, ", "", "policy.ron:4", "`at` is missing"),
        ("no change", ", change: Barrier(places: All, wedge: 0.5)", "", "policy.ron:4", "`change` is missing"),
        ("no changes", "changes: [", "canges: [", "policy.ron:3:5", "did you mean `changes`?"),
        ("no name", "    name: \"test\",\n", "", "policy.ron:1", "`name` is missing"),
        ("a place that there is not", "All", "Places([\"kaifen\"])", "policy.ron:4", "did you mean `kaifeng`?"),
        ("a tier upside down", "All", "Tier(from: 9, below: 3)", "policy.ron:4", "below"),
        ("strength below zero", "0.5)", "-0.5)", "policy.ron:4", "wedge is -0.5"),
        ("no number", "0.5)", "NaN)", "policy.ron:4", "finite"),
        ("an end before the beginning", "at: 2010.5,", "at: 2010.5, until: 2010,", "policy.ron:4", "2010"),
        ("no effect", ", wedge: 0.5", "", "policy.ron:4", "sets nothing"),
        ("a number for a change", "Barrier(places: All, wedge: 0.5)", "5", "policy.ron:4", "change"),
        ("a bracket too few", "0.5))", "0.5)", "policy.ron", "never closed"),
        (
            "two settings of one thing on one date",
            "Barrier(places: All, wedge: 0.5)),",
            "Settlement(homestead: Keep)), (at: 2010.5, change: Settlement(homestead: Sell)),",
            "policy.ron:4",
            "homestead",
        ),
        (
            "rules that end",
            "at: 2010.5, change: Barrier(places: All, wedge: 0.5)",
            "at: 2010.5, until: 2011, change: Settlement(homestead: Keep)",
            "policy.ron:4",
            "until",
        ),
    ] {
        assert!(POLICY.contains(text), "{name}");
        put(folder.path(), "policy.ron", POLICY.replacen(text, replacement, 1).as_bytes());
        responses.of_both(name, folder.path(), &arguments, &[place, says]);
    }
    put(folder.path(), "policy.ron", b"");
    responses.of_both("an empty policy", folder.path(), &arguments, &["policy.ron"]);
    responses.of_both(
        "no such policy",
        folder.path(),
        &["sound.ron", "--policy", "none.ron"],
        &["none.ron: there is no"],
    );
    responses.of_both("a folder for a policy", folder.path(), &["sound.ron", "--policy", "."], &["folder"]);
    responses.of_both(
        "a scenario for a policy",
        folder.path(),
        &["sound.ron", "--policy", "sound.ron"],
        &["sound.ron:"],
    );
}

#[test]
fn broken_overrides_are_answered_with_what_was_typed() {
    let (folder, mut responses) = (sound_folder(), Responses::default());
    for (set, says) in [
        ("ticks", "PATH=VALUE"),
        ("=5", "PATH=VALUE"),
        ("", "PATH=VALUE"),
        ("ticks=", "expected a value"),
        ("ticks=many", "ticks"),
        ("ticks=-1", "ticks is -1"),
        ("tickss=5", "did you mean `ticks`?"),
        ("congestion.way_cots=1", "did you mean `way_cost`?"),
        ("congestion=On", "Off"),
        ("congestion.way_cost=NaN", "finite"),
        ("congestion.way_cost.more=1", "way_cost"),
        ("congestion..way_cost=1", "congestion."),
        (".=1", "."),
        ("places.kaifen.amenity=1", "did you mean `kaifeng`?"),
        ("places.kaifeng.amenit=1", "did you mean `amenity`?"),
        ("places.99.amenity=1", "99"),
        ("places.kaifeng.area=2", "more than what its area holds"),
        ("industries.labor_intensive.marshall=0.1", "labour_intensive"),
        ("industries.99.marshall=0.1", "99"),
        ("settlement_rules.rules.0.rule=Closd", "Closed"),
        ("settlement_rules.rules.7.rule=Closed", "7"),
        ("name=\"../up\"", "name"),
        ("region=Table(\"none.csv\")", "none.csv"),
        ("goods_market=Off", "cannot be Off"),
        ("money.farm_income=(value: 1, source: Guessed(\"x\"))", "Guessed"),
        ("seed=1e40", "seed"),
        ("ticks=((((((((1))))))))", "ticks"),
    ] {
        let expected = if set.is_empty() { "" } else { says };
        responses.of_both(&format!("--set {set}"), folder.path(), &["sound.ron", "--set", set], &[expected]);
    }
    for arguments in [
        &["sound.ron", "--seed", "-1"][..],
        &["sound.ron", "--seed", "99999999999999999999"],
        &["sound.ron", "--ticks", "1e3"],
        &["sound.ron", "--ticks", "4294967295"],
        &["sound.ron", "--until", "2009"],
        &["sound.ron", "--until", "2010"],
        &["sound.ron", "--until", "4294967295"],
        &["sound.ron", "--ticks", "1", "--until", "2020"],
        &["sound.ron", "--unknown"],
        &["sound.ron", "another.ron"],
    ] {
        responses.of_both(&format!("{arguments:?}"), folder.path(), arguments, &[]);
    }
    for arguments in [
        &["--threads", "-1"][..],
        &["--threads", "1000000000"],
        &["--lanes", "avx1024"],
        &["--checkpoint-every", "0"],
        &["--record", "cities"],
        &["--record", "agents=0"],
        &["--format", "xlsx"],
        &["--resume", "out"],
    ] {
        let all = [&["run", "sound.ron", "--out", "out"], arguments].concat();
        responses.to(&format!("{arguments:?}"), folder.path(), &all, &[]);
    }
}

#[test]
fn what_happens_in_the_folder_of_a_run_is_never_lost() {
    let folder = sound_folder();
    let out = folder.path().join("out");
    succeed(folder.path(), &["run", "sound.ron", "--out", "out", "--quiet"]);
    put(&out, "notes.txt", b"mine");
    std::fs::create_dir(out.join("figures")).expect("a folder can be made");
    put(&out.join("figures"), "map.svg", b"<svg/>");
    succeed(folder.path(), &["run", "sound.ron", "--out", "out", "--quiet", "--force", "--seed", "2"]);
    assert_eq!(std::fs::read(out.join("notes.txt")).expect("it is there"), b"mine");
    assert_eq!(std::fs::read(out.join("figures/map.svg")).expect("it is there"), b"<svg/>");
    assert_eq!(crate::program::manifest(&out)["seed"], 2);
    // Without force, another seed is refused and what is there stays.
    let other = output(folder.path(), &["run", "sound.ron", "--out", "out", "--seed", "3"]);
    assert_eq!(other.status.code(), Some(2), "{}", error_text(&other));
    assert_eq!(crate::program::manifest(&out)["seed"], 2);
}
