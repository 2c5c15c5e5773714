//! The provinces of a region table, each as a table of its own.

use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use crate::faults::{Faults, Location, Problem, nearest};
use crate::reading::Reading;

use super::observed::{Observed, content, read, reported};

/// Column that names the province of a place.
const PROVINCE: &str = "province_en";

/// A province: its rows of a table, as a table with the same columns.
#[derive(Clone, Debug, PartialEq)]
pub struct ProvinceTable {
    /// Name, as column `province_en` has it.
    pub name: String,
    /// Path under which a scenario can name it: that of the table with the province added. Nothing is on disk there.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What censuses found in its places, with keys as a scenario of the province has them.
    pub observed: Observed,
}

/// Divides a region table by province, in the order in which provinces first occur. Rows are taken over as they are.
///
/// # Errors
/// Every fault of the columns that scoring reads, each with its place; a table without column `province_en`.
pub fn provinces(path: &Path) -> Result<Vec<ProvinceTable>, Faults> {
    reported(path, |reading, label| {
        let content = content(reading, path, label)?;
        // Faults with their lines in the whole table; those of a part would have lines of their own.
        read(reading, &content, label)?;
        divide(reading, path, &content, label)
    })
}

fn divide(reading: &mut Reading, path: &Path, content: &str, label: &str) -> Option<Vec<ProvinceTable>> {
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(content.as_bytes());
    let header = rows.headers().cloned().unwrap_or_default();
    let Some(column) = header.iter().position(|name| name.trim() == PROVINCE) else {
        let near = nearest(PROVINCE, header.iter().map(str::trim));
        let location = Location::Cell { file: label.to_owned(), line: 1, column: PROVINCE.to_owned() };
        reading.fault_at(location, "", Problem::MissingColumn { name: PROVINCE.to_owned(), nearest: near });
        return None;
    };
    let mut parts: Vec<(String, Vec<StringRecord>)> = Vec::new();
    for row in rows.records().map_while(Result::ok) {
        let name = row.get(column).unwrap_or_default().trim();
        match parts.iter_mut().find(|(known, _)| known == name) {
            Some((_, rows)) => rows.push(row),
            None => parts.push((name.to_owned(), vec![row])),
        }
    }
    parts.into_iter().map(|(name, rows)| part(reading, path, &header, name, &rows)).collect()
}

fn part(
    reading: &mut Reading,
    path: &Path,
    header: &StringRecord,
    name: String,
    rows: &[StringRecord],
) -> Option<ProvinceTable> {
    let mut file = path.as_os_str().to_owned();
    file.push(format!(", {name}"));
    let path = PathBuf::from(file);
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let written = std::iter::once(header).chain(rows).try_for_each(|row| writer.write_record(row));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok())?;
    let text = String::from_utf8(bytes).ok()?;
    let observed = read(reading, &text, &path.to_string_lossy())?;
    Some(ProvinceTable { name, path, text, observed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_divided_by_province_and_keys_are_those_of_a_province_alone() {
        let text = "name_pinyin,province_en,pop_2010,urban_pop_2010\nSuzhou,Jiangsu,10,5\n\"Su, zhou\",Anhui,20,5\nSuzhou,Anhui,30,10\n";
        let mut reading = Reading::default();
        let parts = divide(&mut reading, Path::new("all.csv"), text, "all.csv").unwrap();
        let keys =
            |part: &ProvinceTable| part.observed.places.iter().map(|place| place.key.clone()).collect::<Vec<_>>();
        assert_eq!(parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["Jiangsu", "Anhui"]);
        assert_eq!(
            (keys(&parts[0]), keys(&parts[1])),
            (vec!["suzhou".to_owned()], vec!["su,_zhou".into(), "suzhou".into()])
        );
        assert_eq!(parts[0].path, Path::new("all.csv, Jiangsu"));
        assert!(parts[1].text.contains("\"Su, zhou\",Anhui,20,5"));
    }

    #[test]
    fn a_table_without_provinces_is_a_fault() {
        let mut reading = Reading::default();
        assert!(divide(&mut reading, Path::new("a.csv"), "name_pinyin,province_zh\nA,B\n", "a.csv").is_none());
        assert!(reading.faults.into_faults().unwrap().to_string().contains("province_en"));
    }
}
