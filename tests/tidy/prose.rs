//! Prose that is made from code, and prose that points at files.

use std::fs;
use std::path::PathBuf;

use crate::report;
use crate::source::{files, read, root, shown, stem};

/// A part of a page that is made from the source. It stands between `<!-- name -->` and `<!-- end -->`.
pub(crate) struct Part {
    /// The page.
    pub(crate) page: PathBuf,
    /// Its name in the comment above it.
    pub(crate) name: String,
    /// What it must say, ending with a new line.
    pub(crate) text: String,
}

impl Part {
    fn block(&self) -> String {
        format!("<!-- {} -->\n{}<!-- end -->\n", self.name, self.text)
    }

    /// The page with this part brought up to date; a page without it gets it before its limits, or at its end.
    fn applied(&self, page: &str) -> String {
        let head = format!("<!-- {} -->\n", self.name);
        if let Some((before, rest)) = page.split_once(&head) {
            let after = rest.split_once("<!-- end -->\n").map(|(_, after)| after).unwrap_or_default();
            return format!("{before}{}{after}", self.block());
        }
        match page.find("**Limits.**") {
            Some(at) => format!("{}**Parameters.**\n\n{}\n{}", &page[..at], self.block(), &page[at..]),
            None => format!("{page}\n{}", self.block()),
        }
    }
}

/// Compares parts with their pages; with `UPDATE_PROSE=1` writes them again and also fails.
pub(crate) fn keep_in_step(parts: &[Part]) {
    let update = std::env::var_os("UPDATE_PROSE").is_some();
    let mut complaints = Vec::new();
    for part in parts {
        let name = shown(&part.page);
        let Ok(page) = fs::read_to_string(&part.page) else {
            complaints.push(format!("{name} is missing"));
            continue;
        };
        let wanted = part.applied(&page);
        if wanted == page {
            continue;
        }
        if update {
            fs::write(&part.page, wanted).unwrap_or_else(|error| panic!("{name}: {error}"));
            complaints.push(format!("{name}: {} written again", part.name));
        } else {
            complaints
                .push(format!("{name}: {} differ from the source; run with UPDATE_PROSE=1 and read them", part.name));
        }
    }
    report(complaints);
}

fn pages() -> Vec<PathBuf> {
    let mut pages = files(&root().join("docs"), "md");
    pages.extend(files(&root().join("configs"), "md"));
    pages.push(root().join("README.md"));
    pages
}

/// A page without its blocks of code.
fn without_blocks(page: &str) -> String {
    page.split("\n```").step_by(2).collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut complaints = Vec::new();
    for page in pages() {
        let text = without_blocks(&read(&page));
        let folder = page.parent().expect("a page is in a folder");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !folder.join(file).exists() {
                complaints.push(format!("{}: no {file}", shown(&page)));
            }
        }
    }
    report(complaints);
}

#[test]
fn the_index_of_mechanisms_lists_every_page() {
    let folder = root().join("docs/mechanisms");
    let index = read(&folder.join("README.md"));
    let missing = files(&folder, "md")
        .into_iter()
        .map(|path| stem(&path))
        .filter(|name| name != "README" && !index.contains(&format!("({name}.md)")));
    report(missing.map(|name| format!("docs/mechanisms/README.md does not list {name}.md")).collect());
}

#[test]
fn every_page_of_a_mechanism_asks_answers_and_says_how_it_is_switched_off() {
    let mut complaints = Vec::new();
    for path in files(&root().join("docs/mechanisms"), "md").into_iter().filter(|path| stem(path) != "README") {
        let text = read(&path);
        for heading in ["**Question.**", "**Rule.**", "**Limits.**", "**Off.**", "**Sign to test**"] {
            if !text.contains(heading) {
                complaints.push(format!("{}: no {heading}", shown(&path)));
            }
        }
        let lines = text.lines().count();
        if lines >= 60 {
            complaints.push(format!("{}: {lines} lines; a page has fewer than 60", shown(&path)));
        }
    }
    report(complaints);
}
