//! Plain words: a list of odd ones that documents, comments, messages and names do not use.

use crate::report;
use crate::source::{crates, files, read, root, shown};

/// Words that readers with English as a second language should not have to look up, and pronouns that make a worker a man.
const ODD_WORDS: [&str; 30] = [
    "albeit",
    "betwixt",
    "dear",
    "dearer",
    "dearest",
    "foretold",
    "he",
    "him",
    "himself",
    "his",
    "hitherto",
    "luck",
    "luckier",
    "luckiest",
    "lucky",
    "nought",
    "oftener",
    "reckon",
    "reckoned",
    "reckoning",
    "reckons",
    "thereof",
    "thrice",
    "told",
    "unlucky",
    "whence",
    "wherein",
    "whither",
    "whom",
    "yonder",
];
/// Phrases of the same kind.
const ODD_PHRASES: [&str; 7] =
    ["as it lies", "at the gate", "cannot be had", "for ever", "in the making", "nobody's", "to be had"];
/// Names of types that have a plainer one now.
const OLD_NAMES: [&str; 14] = [
    "Answers", "Baskets", "Grain", "Held", "Kept", "Luck", "Making", "Means", "Occasion", "Pasted", "Roster",
    "Sixteen", "Track", "Whence",
];
/// Words of others that are quoted as they are: the MIT licence of the census data.
const QUOTED: &str = "copies of the Software, and to permit persons to whom the Software is";

/// Runs of letters: `of_nought` has two.
fn letters(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty())
}

fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
}

/// What is odd in a line of a source or a document.
fn odd(line: &str, is_source: bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let lower = line.to_lowercase();
    found.extend(letters(&lower).filter(|word| ODD_WORDS.contains(word)).map(str::to_owned));
    let spaced = format!(" {} ", lower.replace(|letter: char| !letter.is_alphabetic() && letter != '\'', " "));
    let phrases = ODD_PHRASES.iter().filter(|phrase| spaced.contains(&format!(" {phrase} ")));
    found.extend(phrases.map(|phrase| (*phrase).to_owned()));
    if is_source {
        found.extend(names(line).filter(|name| OLD_NAMES.contains(name)).map(str::to_owned));
    }
    found
}

#[test]
fn documents_comments_messages_and_names_are_in_plain_words() {
    let mut paths = vec![root().join("README.md")];
    let folders = ["docs", "configs", "tests", "benches"].map(|folder| root().join(folder));
    for folder in folders.into_iter().chain(crates()) {
        for ending in ["rs", "md", "ron", "py", "toml"] {
            paths.extend(files(&folder, ending));
        }
    }
    let mut complaints = Vec::new();
    for path in paths {
        let name = shown(&path);
        // Recorded files stay as they were recorded.
        if name == "tests/tidy/language.rs" || name.starts_with("tests/golden/") {
            continue;
        }
        let text = read(&path);
        for (at, line) in text.lines().enumerate().filter(|(_, line)| *line != QUOTED) {
            complaints.extend(odd(line, name.ends_with(".rs")).iter().map(|word| format!("{name}:{}: {word}", at + 1)));
        }
    }
    report(complaints);
}

#[test]
fn odd_words_are_found_inside_names_and_sentences() {
    assert_eq!(odd("fn a_share_of_nought() {} // He waits for ever", true), ["nought", "he", "for ever"]);
    assert_eq!(odd("for every one the theory holds", true), Vec::<String>::new());
    assert_eq!(odd("struct Luck;", true), ["luck", "Luck"]);
    assert_eq!(odd("Means of three", false), Vec::<String>::new());
}
