//! The texts that are read: files and overrides, and stretches of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::faults::{Excerpt, Location, Problem};

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Index of the text.
    pub(crate) text: u16,
    /// First byte.
    pub(crate) start: u32,
    /// First byte after it.
    pub(crate) end: u32,
}

/// Every text read for one scenario.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    texts: Vec<Text>,
}

#[derive(Clone, Debug)]
struct Text {
    label: Arc<str>,
    content: Arc<str>,
    numbered: bool,
}

/// Widest stretch of a line that is shown.
const EXCERPT_MAX: usize = 110;

impl Texts {
    /// Keeps a text under a label; `numbered`: its lines have numbers.
    pub(crate) fn keep(&mut self, label: String, content: String, numbered: bool) -> u16 {
        self.texts.push(Text { label: label.into(), content: content.into(), numbered });
        (self.texts.len() - 1).min(usize::from(u16::MAX)) as u16
    }

    pub(crate) fn content(&self, text: u16) -> &str {
        self.texts.get(usize::from(text)).map_or("", |text| &text.content)
    }

    pub(crate) fn label(&self, text: u16) -> &str {
        self.texts.get(usize::from(text)).map_or("", |text| &text.label)
    }

    /// The text of a span.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.content(span.text).get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line of a stretch, from 1; 0 in a text whose lines have no numbers.
    pub(crate) fn line(&self, span: Span) -> usize {
        match self.texts.get(usize::from(span.text)) {
            Some(text) if text.numbered => {
                let before = text.content.as_bytes().get(..span.start as usize).unwrap_or_default();
                1 + before.iter().filter(|byte| **byte == b'\n').count()
            }
            _ => 0,
        }
    }

    pub(crate) fn location(&self, span: Span) -> Location {
        let content = self.content(span.text);
        let before = content.get(..span.start as usize).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |position| position + 1);
        Location::Text {
            file: self.label(span.text).to_owned(),
            line: self.line(span),
            column: 1 + before[line_start..].chars().count(),
        }
    }

    pub(crate) fn excerpt(&self, span: Span) -> Option<Excerpt> {
        let content = self.content(span.text);
        let start = span.start as usize;
        let before = content.get(..start)?;
        let line_start = before.rfind('\n').map_or(0, |position| position + 1);
        let line_end = content[start..].find(['\n', '\r']).map_or(content.len(), |length| start + length);
        let end = (span.end as usize).clamp(start, line_end);
        let near = |text: &str| text.char_indices().nth(EXCERPT_MAX / 2).map_or(text.len(), |(at, _)| at);
        let lead = &content[line_start..start];
        let lead_start = lead.char_indices().rev().nth(EXCERPT_MAX / 2 - 1).map_or(0, |(at, _)| at);
        let rest = content.get(start..line_end)?;
        let (before, after) = (&lead[lead_start..], &rest[..near(rest)]);
        let cut = |cut: bool| if cut { "…" } else { "" };
        let line = format!("{}{before}{after}{}", cut(lead_start > 0), cut(after.len() < rest.len()));
        let mark = cut(lead_start > 0).len() + before.len();
        Some(Excerpt { line, marked: mark..mark + (end - start).min(after.len()) })
    }
}

/// The content of files that were read. Readings that share it read each file once, so that a file which changes
/// meanwhile is seen in one state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files(Arc<Mutex<BTreeMap<PathBuf, Said>>>);

/// The content of a file, or why it cannot be read.
type Said = Result<Arc<str>, Problem>;

impl Files {
    /// Lets a path have this content, whatever is on disk.
    pub(crate) fn give(&self, path: &Path, content: &str) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), Ok(content.into()));
    }

    /// Reads a file of at most so many bytes, or returns its content from before.
    pub(crate) fn read(&self, path: &Path, bytes_max: u64) -> Result<String, Problem> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let said = files.entry(path.to_owned()).or_insert_with(|| read(path, bytes_max).map(Into::into));
        said.as_ref().map(|text| text.to_string()).map_err(Clone::clone)
    }
}

/// Reads a file of at most so many bytes as UTF-8.
fn read(path: &Path, bytes_max: u64) -> Result<String, Problem> {
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Problem::NotFound,
        ErrorKind::PermissionDenied => Problem::NoPermission,
        ErrorKind::IsADirectory => Problem::Folder,
        _ => Problem::Unreadable { reason: error.to_string() },
    };
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        return Err(Problem::Folder);
    }
    // Opening a pipe or a device can block without end. What a shell hands over is already open.
    let handed_over = path.starts_with("/dev/fd") || path == Path::new("/dev/stdin");
    if !about.is_file() && !handed_over {
        return Err(Problem::NotAFile);
    }
    let file = File::open(path).map_err(unreadable)?;
    if about.len() > bytes_max {
        return Err(Problem::TooLarge { bytes_max });
    }
    let mut bytes = Vec::new();
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > bytes_max {
        return Err(Problem::TooLarge { bytes_max });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => Err(Problem::NotText { byte: error.utf8_error().valid_up_to() }),
    }
}
