//! Reading the repository: files, and Rust text without its tests, comments and strings.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where the package is"))
}

/// A file's path as it is written in prose and messages.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The text of a file of the repository.
pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", shown(path)))
}

/// Every file below a folder with that ending, in the order of names; none if there is no such folder.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}

/// Folders of the crates.
pub(crate) fn crates() -> Vec<PathBuf> {
    let folder = root().join("crates");
    let entries = fs::read_dir(folder).expect("there are crates");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    found.retain(|path| path.join("Cargo.toml").is_file());
    found.sort();
    found
}

/// The last part of a path, without its ending.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Every Rust source of the crates, with its text.
pub(crate) fn sources() -> Vec<(PathBuf, String)> {
    let of = |folder: PathBuf| {
        let mut found = files(&folder.join("src"), "rs");
        found.extend([folder.join("main.rs")].into_iter().filter(|main| main.is_file()));
        found
    };
    crates().into_iter().flat_map(of).map(|path| (path.clone(), read(&path))).collect()
}

/// Whether a source holds tests and nothing else.
pub(crate) fn is_test(path: &Path) -> bool {
    let part = |part: &str| part == "tests" || part == "tests.rs" || part == "testing.rs";
    shown(path).split('/').any(part)
}

/// The text before the tests: up to `#[cfg(test)]` over a module with a body.
pub(crate) fn without_tests(text: &str) -> &str {
    let mark = "#[cfg(test)]\nmod ";
    let opens =
        |&(at, _): &(usize, &str)| text[at + mark.len()..].lines().next().is_some_and(|line| line.contains('{'));
    text.match_indices(mark).find(opens).map_or(text, |(at, _)| &text[..at])
}

/// The text with comments and the contents of strings and characters blanked out; lines stay where they are.
pub(crate) fn code(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let end = match token(&letters, at) {
            Token::Code => {
                out.push(letters[at]);
                at += 1;
                continue;
            }
            Token::Blank(end) => end,
        };
        out.extend(letters[at..end].iter().map(|&letter| if letter == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

enum Token {
    Code,
    Blank(usize),
}

/// What stands at a position: code, or a comment or literal and where it ends.
fn token(letters: &[char], at: usize) -> Token {
    let next = |offset: usize| letters.get(at + offset).copied().unwrap_or('\0');
    let find = |from: usize, stop: &dyn Fn(usize) -> bool| {
        (from..letters.len()).find(|&position| stop(position)).unwrap_or(letters.len())
    };
    let in_word = at > 0 && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '_');
    match (letters[at], next(1)) {
        ('/', '/') => Token::Blank(find(at, &|position| letters[position] == '\n')),
        ('/', '*') => Token::Blank(end_of_comment(letters, at)),
        ('r', '"' | '#') if !in_word => {
            let hashes = letters[at + 1..].iter().take_while(|&&letter| letter == '#').count();
            if next(1 + hashes) != '"' {
                return Token::Code;
            }
            let closes = |position: usize| {
                letters[position] == '"'
                    && letters[position + 1..].iter().take(hashes).filter(|&&letter| letter == '#').count() == hashes
            };
            Token::Blank((find(at + hashes + 2, &closes) + hashes + 1).min(letters.len()))
        }
        ('"', _) => {
            let mut end = at + 1;
            while end < letters.len() && letters[end] != '"' {
                end += if letters[end] == '\\' { 2 } else { 1 };
            }
            Token::Blank((end + 1).min(letters.len()))
        }
        ('\'', '\\') => Token::Blank((find(at + 3, &|position| letters[position] == '\'') + 1).min(letters.len())),
        ('\'', _) if next(2) == '\'' => Token::Blank(at + 3),
        _ => Token::Code,
    }
}

/// The end of a block comment; they nest.
fn end_of_comment(letters: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0, start);
    while at + 1 < letters.len() {
        match (letters[at], letters[at + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    letters.len()
}

/// Words of code with the number of their line: identifiers, and what stands before and after them.
pub(crate) fn words(code: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    for (line, text) in code.lines().enumerate() {
        let mut start = None;
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            let part = letter.is_alphanumeric() || letter == '_';
            match (start, part) {
                (None, true) => start = Some(at),
                (Some(first), false) => {
                    found.push(Word {
                        text: &text[first..at],
                        before: text[..first].trim_end(),
                        after: text[at..].trim_start(),
                        line: line + 1,
                    });
                    start = None;
                }
                _ => {}
            }
        }
    }
    found
}

/// An identifier in its line.
pub(crate) struct Word<'a> {
    /// The identifier.
    pub(crate) text: &'a str,
    /// What stands before it in the line.
    pub(crate) before: &'a str,
    /// What stands after it in the line.
    pub(crate) after: &'a str,
    /// Number of the line.
    pub(crate) line: usize,
}

#[test]
fn comments_and_strings_are_not_code() {
    let text =
        "let a = \"unsafe \\\" x\"; // unsafe\nlet b = 'u'; /* unsafe /* twice */ */ fn f<'a>() {} r#\"unsafe\"#;";
    let code = code(text);
    assert!(!code.contains("unsafe") && code.contains("fn f<'a>") && code.lines().count() == 2, "{code}");
}
