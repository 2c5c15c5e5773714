//! The page of equations: every symbol has one meaning, and every function that is named exists.

use std::collections::BTreeMap;

use crate::report;
use crate::source::{read, root};

/// Commands of LaTeX that are no symbols: operators, brackets, fractions and marks.
const COMMANDS: [&str; 19] = [
    "cdot",
    "cos",
    "exp",
    "frac",
    "leftarrow",
    "left",
    "ln",
    "max",
    "min",
    "right",
    "sqrt",
    "sum",
    "tag",
    "tfrac",
    "mathrm",
    "bar",
    "hat",
    "le",
    "ge",
];

/// Symbols of a formula, in order. A bar, a hat, and a label in upright letters or digits belong to a symbol; letters in
/// a subscript are indices, which are symbols of their own.
fn symbols(formula: &str) -> Vec<String> {
    let letters: Vec<char> = formula.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        let (name, next) = token(&letters, at);
        at = next;
        match name.as_str() {
            "\\tag" => at = group(&letters, at).1,
            "\\bar" | "\\hat" => {
                let (inside, next) = group(&letters, at);
                at = symbol(&format!("{name}{{{}}}", inside.trim()), &letters, next, &mut found);
            }
            name if name.starts_with('\\') && COMMANDS.contains(&&name[1..]) => {}
            name if name.starts_with('\\') || name.chars().all(char::is_alphabetic) => {
                at = symbol(name, &letters, at, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// A command with its backslash, or one letter; and where it ends.
fn token(letters: &[char], at: usize) -> (String, usize) {
    let mut end = at + 1;
    if letters[at] == '\\' {
        while letters.get(end).is_some_and(char::is_ascii_alphabetic) {
            end += 1;
        }
    }
    (letters[at..end].iter().collect(), end)
}

/// What stands in braces, or the one token that takes their place; and where it ends.
fn group(letters: &[char], at: usize) -> (String, usize) {
    if letters.get(at) != Some(&'{') {
        let (name, end) = token(letters, at);
        if name == "\\mathrm" {
            let (inside, end) = group(letters, end);
            return (format!("\\mathrm{{{inside}}}"), end);
        }
        return (name, end);
    }
    let (mut depth, mut end) = (1, at + 1);
    while depth > 0 {
        match letters.get(end) {
            Some('{') => depth += 1,
            Some('}') => depth -= 1,
            Some(_) => {}
            None => panic!("a brace is not closed in {}", letters.iter().collect::<String>()),
        }
        end += 1;
    }
    (letters[at + 1..end - 1].iter().collect(), end)
}

/// Adds a symbol with its label, and the indices of its subscript; the place behind both.
fn symbol(base: &str, letters: &[char], at: usize, found: &mut Vec<String>) -> usize {
    if letters.get(at) != Some(&'_') {
        found.push(base.to_owned());
        return at;
    }
    let (subscript, end) = group(letters, at + 1);
    let label = match subscript.split_once("\\mathrm{") {
        Some((_, rest)) => rest.split('}').next().unwrap_or_default().to_owned(),
        None => subscript.chars().filter(char::is_ascii_digit).collect(),
    };
    found.push(if label.is_empty() { base.to_owned() } else { format!("{base}_{label}") });
    found.extend(symbols(&subscript.replace(&format!("\\mathrm{{{label}}}"), "")));
    end
}

fn page() -> String {
    read(&root().join("docs/equations.md"))
}

/// Displayed equations with their numbers, and the text below each up to the next equation or heading.
fn equations(page: &str) -> Vec<(&str, &str, String)> {
    let mut found: Vec<(&str, &str, String)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        if let Some(formula) = line.strip_prefix("$$ ").and_then(|rest| rest.strip_suffix(" $$")) {
            let number = formula.split_once("\\tag{").and_then(|(_, rest)| rest.strip_suffix('}')).unwrap_or_default();
            found.push((formula, number, String::new()));
            open = true;
        } else if line.starts_with('#') {
            open = false;
        } else if open && let Some((_, _, below)) = found.last_mut() {
            below.push_str(line);
        }
    }
    found
}

#[test]
fn every_symbol_of_an_equation_has_one_meaning_in_the_table() {
    let page = page();
    let mut complaints = Vec::new();
    let mut table: BTreeMap<String, bool> = BTreeMap::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("| $")) {
        let (cell, meaning) = row.split_once("$ |").unwrap_or((row, ""));
        let of_cell = symbols(cell);
        if of_cell.len() != 1 || meaning.trim_start().starts_with('|') {
            complaints.push(format!("the row of ${cell}$ must hold one symbol and its meaning; found {of_cell:?}"));
        }
        for symbol in of_cell {
            if table.insert(symbol.clone(), false).is_some() {
                complaints.push(format!("{symbol} stands twice in the notation table"));
            }
        }
    }
    for (formula, number, _) in equations(&page) {
        for symbol in symbols(formula) {
            match table.get_mut(&symbol) {
                Some(occurs) => *occurs = true,
                None => complaints.push(format!("equation ({number}): {symbol} is not in the notation table")),
            }
        }
    }
    let unused = table.iter().filter(|(_, occurs)| !**occurs);
    complaints.extend(unused.map(|(symbol, _)| format!("{symbol} of the notation table occurs in no equation")));
    report(complaints);
}

#[test]
fn equations_are_numbered_and_say_what_computes_them() {
    let page = page();
    let mut complaints = Vec::new();
    let mut numbers: Vec<&str> = Vec::new();
    for (formula, number, below) in equations(&page) {
        if number.is_empty() || numbers.contains(&number) {
            complaints.push(format!("`{formula}` needs a number of its own"));
        }
        numbers.push(number);
        if !below.contains("`economics::") {
            complaints.push(format!("equation ({number}) does not say what computes it"));
        }
    }
    let stray = page.lines().filter(|line| line.contains("$$") && !(line.starts_with("$$ ") && line.ends_with(" $$")));
    complaints.extend(stray.map(|line| format!("one displayed equation a line, between `$$ ` and ` $$`: {line}")));
    assert!(numbers.len() > 60, "only {} equations were read", numbers.len());
    report(complaints);
}

#[test]
fn functions_that_the_page_names_exist() {
    let page = page();
    let mut complaints = Vec::new();
    for path in page.split('`').filter_map(|part| part.strip_prefix("economics::")) {
        let source = root().join("crates/economics/src");
        let (module, function) = path.rsplit_once("::").unwrap_or((path, ""));
        let file = source.join(module.replace("::", "/"));
        let candidates = [file.with_extension("rs"), file.join("mod.rs"), file.join("food.rs")];
        let mut texts = candidates.iter().filter(|path| path.is_file()).map(|path| read(path));
        let exists = |text: String| text.contains(&format!("\npub fn {function}("));
        let is_module = function.is_empty() && source.join(path).is_dir();
        if !is_module && !texts.any(exists) {
            complaints.push(format!("docs/equations.md: no public function economics::{path}"));
        }
    }
    report(complaints);
}

#[test]
fn symbols_carry_their_labels_and_indices() {
    let found = symbols(r"\bar{w}_{0} = \frac{a_\mathrm{L}}{T_{\mathrm{D},r}} \exp ( -x_{rs}^{1 - \sigma} ) \tag{1.2}");
    assert_eq!(found, ["\\bar{w}_0", "a_L", "T_D", "r", "x", "r", "s", "\\sigma"]);
}
