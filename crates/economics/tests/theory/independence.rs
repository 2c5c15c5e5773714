//! Theory uses of this crate only powers and logarithms, so that an error of the engine cannot move both.

use std::fs;
use std::path::Path;

#[test]
fn theory_uses_only_the_maths_of_this_crate() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/theory");
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let foreign = line.replace("crate::maths::", "").contains("crate::") || line.contains("super::super");
            assert!(!foreign, "{}:{}: {line}", path.display(), at + 1);
        }
        files += 1;
    }
    assert!(files > 8, "only {files} files were read");
}
