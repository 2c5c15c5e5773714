//! The table behind a figure: the same numbers, for screen readers, for print and as CSV.

use std::fmt::Write as _;

use crate::language::MISSING;
use crate::svg::escaped;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Head on the page, with the unit.
    pub head: String,
    /// Head in CSV, with the unit of its numbers.
    pub csv: String,
}

impl Field {
    /// With one head for page and CSV.
    #[must_use]
    pub fn new(head: &str) -> Self {
        Self { head: head.to_owned(), csv: head.to_owned() }
    }

    /// With a unit on the page, and the unit of tables in CSV.
    #[must_use]
    pub fn with_units(head: &str, shown: &str, raw: &str) -> Self {
        let head = |unit: &str| if unit.is_empty() { head.to_owned() } else { format!("{head} ({unit})") };
        Self { head: head(shown), csv: head(raw) }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number as in the files, and how it is shown.
    Number(f64, String),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataTable {
    /// Columns.
    pub fields: Vec<Field>,
    /// Rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

impl DataTable {
    /// As an HTML table with heads for rows and columns.
    #[must_use]
    pub fn html(&self) -> String {
        let mut text = String::from("<table><thead><tr>");
        let mut put = |piece: String| text.push_str(&piece);
        self.fields.iter().for_each(|field| put(format!("<th scope=\"col\">{}</th>", escaped(&field.head))));
        put("</tr></thead>\n<tbody>\n".to_owned());
        for row in &self.rows {
            put("<tr>".to_owned());
            for (at, cell) in row.iter().enumerate() {
                put(match cell {
                    Cell::Text(text) if at == 0 => format!("<th scope=\"row\">{}</th>", escaped(text)),
                    Cell::Text(text) => format!("<td class=\"w\">{}</td>", escaped(text)),
                    Cell::Number(value, shown) if value.is_finite() => format!("<td>{}</td>", escaped(shown)),
                    Cell::Number(..) => format!("<td>{MISSING}</td>"),
                });
            }
            put("</tr>\n".to_owned());
        }
        put("</tbody></table>".to_owned());
        text
    }

    /// As CSV with every digit; a number that is not defined is empty.
    #[must_use]
    pub fn csv(&self) -> String {
        let quoted = |text: &str| {
            let plain = !text.contains([',', '"', '\n', '\r']);
            if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
        };
        let heads: Vec<String> = self.fields.iter().map(|field| quoted(&field.csv)).collect();
        let mut text = heads.join(",") + "\n";
        for row in &self.rows {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| match cell {
                    Cell::Text(text) => quoted(text),
                    Cell::Number(value, _) if value.is_finite() => value.to_string(),
                    Cell::Number(..) => String::new(),
                })
                .collect();
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        text
    }

    /// The CSV as an address that holds it: a link that works from disk, without script and without network.
    #[must_use]
    pub fn csv_address(&self) -> String {
        let mut address = String::from("data:text/csv;charset=utf-8,");
        for byte in self.csv().bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~,:/()=".contains(&byte) {
                address.push(char::from(byte));
            } else {
                write!(address, "%{byte:02X}").expect("text can be written to memory");
            }
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> DataTable {
        DataTable {
            fields: vec![Field::new("place"), Field::with_units("wage", "thousand yuan", "yuan")],
            rows: vec![
                vec![Cell::Text("a, \"b\" < c".into()), Cell::Number(0.1 + 0.2, "0.3".into())],
                vec![Cell::Text("none".into()), Cell::Number(f64::NAN, "NaN".into())],
            ],
        }
    }

    #[test]
    fn csv_has_every_digit_and_a_page_has_the_rounded_number() {
        assert_eq!(table().csv(), "place,wage (yuan)\n\"a, \"\"b\"\" < c\",0.30000000000000004\nnone,\n");
        let html = table().html();
        assert!(html.contains("<th scope=\"row\">a, &quot;b&quot; &lt; c</th><td>0.3</td>"), "{html}");
        assert!(html.contains("wage (thousand yuan)") && html.contains("<td>–</td>"), "{html}");
    }

    #[test]
    fn the_address_of_the_csv_needs_no_network_and_holds_no_quotes() {
        let address = table().csv_address();
        assert!(address.starts_with("data:text/csv") && !address.contains(['"', '<', ' ', '\n', '#']), "{address}");
    }
}
