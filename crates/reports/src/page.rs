//! The page: one HTML file with its style, its figures and its tables, and nothing from elsewhere.

use figures::{DataTable, Figure, Messages, escaped, style};

/// A figure of the headline row, and what it is.
pub(crate) struct Stat {
    pub(crate) figure: String,
    pub(crate) name: String,
}

/// A part of a page under one heading.
#[derive(Default)]
pub(crate) struct Section {
    pub(crate) title: String,
    /// A sentence before the figures.
    pub(crate) words: String,
    pub(crate) figures: Vec<Figure>,
    pub(crate) tables: Vec<DataTable>,
    /// Text as it is typed: a command, a scenario.
    pub(crate) code: Vec<(String, String)>,
}

/// What a page says about one folder.
pub(crate) struct Part {
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) stats: Vec<Stat>,
    pub(crate) sections: Vec<Section>,
}

impl Part {
    /// Makes names of figures those of the folder with this number.
    pub(crate) fn number(&mut self, number: usize) {
        for figure in self.sections.iter_mut().flat_map(|section| &mut section.figures) {
            figure.name = format!("{}-of-{number}", figure.name);
        }
    }

    fn html(&self, messages: &Messages) -> String {
        let mut text = format!("<header><h1>{}</h1>\n<p>{}</p></header>\n", escaped(&self.title), escaped(&self.lead));
        if !self.stats.is_empty() {
            text.push_str("<dl class=\"stats\">");
            for stat in &self.stats {
                let (figure, name) = (escaped(&stat.figure), escaped(&stat.name));
                text.push_str(&format!("<div><dt>{name}</dt><dd>{figure}</dd></div>"));
            }
            text.push_str("</dl>\n");
        }
        for section in &self.sections {
            text.push_str(&format!("<section><h2>{}</h2>\n", escaped(&section.title)));
            if !section.words.is_empty() {
                text.push_str(&format!("<p>{}</p>\n", escaped(&section.words)));
            }
            if !section.figures.is_empty() {
                text.push_str("<div class=\"cards\">\n");
                section.figures.iter().for_each(|figure| text.push_str(&figure.html(messages)));
                text.push_str("</div>\n");
            }
            for table in &section.tables {
                text.push_str(&format!(
                    "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">{}</div>\n\
                     <p><a download=\"table.csv\" href=\"{}\">{}</a></p>\n",
                    escaped(&section.title),
                    table.html(),
                    table.csv_address(),
                    escaped(messages.text("figure.csv")),
                ));
            }
            for (name, code) in &section.code {
                let (name, code) = (escaped(name), escaped(code));
                text.push_str(&format!(
                    "<details><summary>{name}</summary><pre tabindex=\"0\">{code}</pre></details>\n"
                ));
            }
            text.push_str("</section>\n");
        }
        text
    }
}

/// What a page looks like: a column of cards on a phone, two beside each other on a screen and on A4.
const STYLE: &str = include_str!("page.css");

/// The page of some parts.
pub(crate) fn page(parts: &[Part], messages: &Messages) -> String {
    let title = parts.first().map_or_else(|| messages.text("page.name").to_owned(), |part| part.title.clone());
    let body: String = parts.iter().map(|part| part.html(messages)).collect();
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{}{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n<footer><p>{}</p></footer>\n\
         </body>\n</html>\n",
        messages.language().tag(),
        escaped(&title),
        style(),
        escaped(messages.text("page.footer")),
    )
}
