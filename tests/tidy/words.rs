//! Words that belong in one place only.

use crate::report;
use crate::source::{Word, code, is_test, shown, sources, without_tests, words};

/// Where unsafe code may be: vector lanes, chosen when the program runs; columns of cities as one slice each; counts that
/// many threads change at once.
const UNSAFE: [&str; 3] = [
    "crates/simulation/src/random/lanes/",
    "crates/simulation/src/agents/city.rs",
    "crates/simulation/src/mechanisms/population/counts.rs",
];
/// Files that may call the maths library: the one that decides how the model rounds, and distances of a region table,
/// which are read before any equation runs.
const MATHS: [&str; 2] = ["crates/economics/src/maths.rs", "crates/scenario/src/decode/distances.rs"];
/// Methods of std whose last bit differs between platforms, or that fuse operations.
const TRANSCENDENTAL: [&str; 27] = [
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp", "exp2", "exp_m1",
    "hypot", "ln", "ln_1p", "log", "log10", "log2", "mul_add", "powf", "powi", "sin", "sin_cos", "sinh", "tan", "tanh",
];
const PRINTS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// Every file where a word of code, tests left out, is one that is not allowed there.
fn banned(allowed_in: impl Fn(&str) -> bool, is_banned: impl Fn(&Word) -> bool, why: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (path, text) in sources() {
        let name = shown(&path);
        if allowed_in(&name) || is_test(&path) {
            continue;
        }
        let code = code(without_tests(&text));
        let found = words(&code).into_iter().filter(|word| is_banned(word));
        complaints.extend(found.map(|word| format!("{name}:{}: `{}`: {why}", word.line, word.text)));
    }
    complaints
}

#[test]
fn unsafe_code_is_in_the_lanes_the_columns_of_cities_and_shared_counts_alone() {
    let unsafe_word = |word: &Word| word.text == "unsafe" || word.text == "unsafe_code";
    let allowed = |path: &str| UNSAFE.iter().any(|place| path.starts_with(place));
    report(banned(allowed, unsafe_word, "only vector lanes, columns of cities and shared counts may hold unsafe code"));
}

#[test]
fn only_the_command_line_prints() {
    let prints = |word: &Word| PRINTS.contains(&word.text) && word.after.starts_with('!');
    report(banned(|path| path.starts_with("crates/cli/"), prints, "only cli prints: return a value or an error"));
}

#[test]
fn one_file_decides_how_powers_and_logarithms_round() {
    let std_maths = |word: &Word| {
        let method = word.before.ends_with('.') && word.after.starts_with('(');
        let path = word.before.ends_with("f64::") || word.before.ends_with("f32::");
        TRANSCENDENTAL.contains(&word.text) && (method || path)
    };
    let mut complaints = banned(|_| false, std_maths, "use economics::maths");
    let library = |word: &Word| word.text == "libm" && word.after.starts_with("::");
    complaints.extend(banned(|path| MATHS.contains(&path), library, "use economics::maths"));
    report(complaints);
}
