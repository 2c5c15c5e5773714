//! Steps through a text: blanks, comments, names, numbers and quotations.

use crate::faults::Problem;
use crate::texts::Span;

use super::{SyntaxFault, Tree};

pub(super) struct Cursor<'t> {
    text: u16,
    source: &'t str,
    pub(super) position: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: u16, source: &'t str) -> Cursor<'t> {
        Cursor { text, source, position: 0 }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.source.get(self.position..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn step(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.position += letter.len_utf8();
        Some(letter)
    }

    /// Steps over a letter if it is the next.
    pub(super) fn eat(&mut self, letter: char) -> bool {
        let found = self.peek() == Some(letter);
        if found {
            self.position += letter.len_utf8();
        }
        found
    }

    /// The stretch from a position to here.
    pub(super) fn since(&self, start: usize) -> Span {
        Span { text: self.text, start: start as u32, end: self.position as u32 }
    }

    /// The stretch of the next letter or word.
    pub(super) fn next_word(&self) -> Span {
        let rest = self.rest();
        let word = rest.find(|letter: char| !is_word(letter)).unwrap_or(rest.len());
        let length = if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) };
        Span { text: self.text, start: self.position as u32, end: (self.position + length) as u32 }
    }

    /// A fault at the next word: it is not what was expected.
    pub(super) fn expected(&self, expected: &'static str) -> SyntaxFault {
        let at = self.next_word();
        let found = match self.source.get(at.start as usize..at.end as usize) {
            None | Some("") => "the end".to_owned(),
            Some(found) => format!("`{}`", found.chars().take(40).collect::<String>()),
        };
        SyntaxFault { at, problem: Problem::Syntax { expected, found } }
    }

    /// Steps over blanks and comments.
    pub(super) fn skip_blanks(&mut self) -> Result<(), SyntaxFault> {
        loop {
            let rest = self.rest();
            let blank = rest.find(|letter: char| !matches!(letter, ' ' | '\t' | '\n' | '\r')).unwrap_or(rest.len());
            self.position += blank;
            let rest = &rest[blank..];
            if rest.starts_with("//") {
                self.position += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.skip_block_comment()?;
            } else {
                return Ok(());
            }
        }
    }

    fn skip_block_comment(&mut self) -> Result<(), SyntaxFault> {
        let start = self.position;
        let mut depth = 0_usize;
        loop {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.position += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.position += 2;
                if depth == 0 {
                    return Ok(());
                }
            } else if self.step().is_none() {
                let at = Span { text: self.text, start: start as u32, end: start as u32 + 2 };
                return Err(SyntaxFault { at, problem: Problem::Unclosed { what: "comment" } });
            }
        }
    }

    /// A name, plain or as `r#name`, if one comes next.
    pub(super) fn name(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let raw = rest.strip_prefix("r#").filter(|after| after.starts_with(is_word));
        let body = raw.unwrap_or(rest);
        if raw.is_none() && !body.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_') {
            return None;
        }
        let length = body.find(|letter: char| !is_word(letter)).unwrap_or(body.len());
        let name = body.get(..length)?;
        self.position += length + if raw.is_some() { 2 } else { 0 };
        Some(name)
    }

    /// Whether a quotation comes next.
    pub(super) fn at_text(&self) -> bool {
        let rest = self.rest();
        rest.starts_with('"')
            || rest.strip_prefix('r').is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
    }

    /// Whether a number comes next.
    pub(super) fn at_number(&self) -> bool {
        self.peek().is_some_and(|letter| letter.is_ascii_digit() || matches!(letter, '+' | '-' | '.'))
    }

    /// A number.
    pub(super) fn number(&mut self) -> Result<Tree, SyntaxFault> {
        let start = self.position;
        let mut last = '0';
        while let Some(letter) = self.peek() {
            let sign = matches!(letter, '+' | '-') && (self.position == start || matches!(last, 'e' | 'E'));
            if !(sign || is_word(letter) || letter == '.') {
                break;
            }
            last = letter;
            self.position += letter.len_utf8();
        }
        let at = self.since(start);
        let word = self.source.get(start..self.position).unwrap_or("");
        let value = match word {
            "+inf" => Some(f64::INFINITY),
            "-inf" => Some(f64::NEG_INFINITY),
            "+NaN" | "-NaN" => Some(f64::NAN),
            word => strict_number(word),
        };
        value.map(Tree::Number).ok_or_else(|| {
            let found = format!("`{}`", word.chars().take(40).collect::<String>());
            SyntaxFault { at, problem: Problem::Syntax { expected: "a number such as 12, -0.5 or 1.5e3", found } }
        })
    }

    /// A quotation.
    pub(super) fn quotation(&mut self) -> Result<String, SyntaxFault> {
        let start = self.position;
        let unclosed = |at: Span| SyntaxFault {
            at: Span { end: at.start + 1, ..at },
            problem: Problem::Unclosed { what: "quotation" },
        };
        if self.eat('r') {
            let mut hashes = 0;
            while self.eat('#') {
                hashes += 1;
            }
            self.eat('"');
            let end = format!("\"{}", "#".repeat(hashes));
            let rest = self.rest();
            let length = rest.find(&end).ok_or_else(|| unclosed(self.since(start)))?;
            self.position += length + end.len();
            return Ok(rest[..length].to_owned());
        }
        self.eat('"');
        let mut text = String::new();
        let mut fault = None;
        loop {
            match self.step() {
                None => return Err(unclosed(self.since(start))),
                Some('"') => return fault.map_or(Ok(text), Err),
                Some('\\') => match self.escape() {
                    Ok(letter) => text.push(letter),
                    Err(found) => fault = fault.or(Some(found)),
                },
                Some(letter) => text.push(letter),
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxFault> {
        let start = self.position - 1;
        let letter = match self.step() {
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('0') => Some('\0'),
            Some(letter @ ('\\' | '"' | '\'')) => Some(letter),
            Some('x') => self.hexadecimal(2).filter(char::is_ascii),
            Some('u') if self.eat('{') => {
                let digits = self.rest().find('}').unwrap_or(7);
                let letter = if (1..=6).contains(&digits) { self.hexadecimal(digits) } else { None };
                letter.filter(|_| self.eat('}'))
            }
            _ => None,
        };
        letter.ok_or_else(|| SyntaxFault {
            at: self.since(start),
            problem: Problem::Syntax {
                expected: "an escape such as \\n, \\\" or \\\\ (a raw text r\"…\" needs none)",
                found: "another letter after `\\`".into(),
            },
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<char> {
        let word = self.rest().get(..digits)?;
        if !word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.position += digits;
        u32::from_str_radix(word, 16).ok().and_then(char::from_u32)
    }
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// A decimal number: digits with single underscores between them, at most one point, an exponent.
pub(crate) fn strict_number(word: &str) -> Option<f64> {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, part) = match mantissa.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (mantissa, None),
    };
    let digits = |digits: &str| {
        !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
            && !digits.starts_with('_')
            && !digits.ends_with('_')
            && !digits.contains("__")
    };
    let whole_sound = digits(whole) || (whole.is_empty() && part.is_some_and(digits));
    let part_sound = part.is_none_or(|part| part.is_empty() || digits(part));
    let exponent_sound = exponent.is_none_or(|exponent| digits(exponent) && !exponent.contains('_'));
    if whole_sound && part_sound && exponent_sound { word.replace('_', "").parse().ok() } else { None }
}
