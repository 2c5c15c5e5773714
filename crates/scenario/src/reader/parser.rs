//! Builds the tree, and goes on after a fault where the next comma or bracket shows how.

use crate::faults::Problem;

use super::cursor::Cursor;
use super::{DEPTH_MAX, Entry, Node, SYNTAX_FAULTS_MAX, SyntaxFault, Tree, VALUES_MAX};

/// The tree of a text, if its outline could be read, and the faults of syntax.
pub(crate) fn parse(text: u16, source: &str) -> (Option<Node>, Vec<SyntaxFault>) {
    let mut parser = Parser { cursor: Cursor::new(text, source), faults: Vec::new(), values: 0 };
    let node = parser.document().ok();
    (node, parser.faults)
}

/// The rest of the text cannot be read.
struct Stop;

struct Parser<'t> {
    cursor: Cursor<'t>,
    faults: Vec<SyntaxFault>,
    values: usize,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<Node, Stop> {
        self.blanks()?;
        while self.cursor.peek() == Some('#') {
            let start = self.cursor.position;
            while self.cursor.peek().is_some_and(|letter| letter != '\n') {
                self.cursor.step();
            }
            let at = self.cursor.since(start);
            self.report(SyntaxFault { at, problem: Problem::Extension })?;
            self.blanks()?;
        }
        let node = self.value(0)?;
        self.blanks()?;
        if self.cursor.peek().is_some() {
            let fault = self.cursor.expected("the end of the text");
            self.report(fault)?;
        }
        Ok(node)
    }

    fn report(&mut self, fault: SyntaxFault) -> Result<(), Stop> {
        self.faults.push(fault);
        if self.faults.len() >= SYNTAX_FAULTS_MAX { Err(Stop) } else { Ok(()) }
    }

    fn stop<T>(&mut self, fault: SyntaxFault) -> Result<T, Stop> {
        self.faults.push(fault);
        Err(Stop)
    }

    fn blanks(&mut self) -> Result<(), Stop> {
        match self.cursor.skip_blanks() {
            Ok(()) => Ok(()),
            Err(fault) => self.stop(fault),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Stop> {
        let start = self.cursor.position;
        self.values += 1;
        if self.values > VALUES_MAX {
            let at = self.cursor.next_word();
            return self.stop(SyntaxFault { at, problem: Problem::TooManyValues { values_max: VALUES_MAX } });
        }
        if depth > DEPTH_MAX {
            let at = self.cursor.next_word();
            return self.stop(SyntaxFault { at, problem: Problem::TooDeep { depth_max: DEPTH_MAX } });
        }
        let tree = if self.cursor.at_text() {
            match self.cursor.quotation() {
                Ok(text) => Tree::Text(text),
                Err(fault) if matches!(fault.problem, Problem::Unclosed { .. }) => {
                    return self.stop(fault);
                }
                Err(fault) => self.broken(fault, start)?,
            }
        } else if self.cursor.at_number() {
            match self.cursor.number() {
                Ok(tree) => tree,
                Err(fault) => self.broken(fault, start)?,
            }
        } else if self.cursor.peek() == Some('[') {
            self.list(depth)?
        } else if self.cursor.peek() == Some('(') {
            self.bracket(None, depth)?
        } else if let Some(name) = self.cursor.name() {
            self.named(name, depth)?
        } else {
            let fault = self.cursor.expected("a value");
            self.broken(fault, start)?
        };
        Ok(Node { tree, at: self.cursor.since(start) })
    }

    fn named(&mut self, name: &str, depth: usize) -> Result<Tree, Stop> {
        let after = self.cursor.position;
        self.blanks()?;
        let bare = matches!(name, "true" | "false" | "inf" | "NaN" | "None");
        if !bare && self.cursor.peek() == Some('(') {
            return self.bracket(Some(name.into()), depth);
        }
        self.cursor.position = after;
        Ok(match name {
            "true" => Tree::Switch(true),
            "false" => Tree::Switch(false),
            "inf" => Tree::Number(f64::INFINITY),
            "NaN" => Tree::Number(f64::NAN),
            name => Tree::Name(name.into()),
        })
    }

    fn list(&mut self, depth: usize) -> Result<Tree, Stop> {
        let open = self.cursor.position;
        self.cursor.step();
        let mut nodes = Vec::new();
        loop {
            self.blanks()?;
            if self.cursor.eat(']') {
                return Ok(Tree::List(nodes));
            }
            self.still_open(open, ')', "`[`")?;
            nodes.push(self.value(depth + 1)?);
            self.separator(']')?;
        }
    }

    fn bracket(&mut self, name: Option<Box<str>>, depth: usize) -> Result<Tree, Stop> {
        let open = self.cursor.position;
        self.cursor.step();
        self.blanks()?;
        let fields = self.cursor.peek() == Some(')') || self.at_field()?;
        let mut entries = Vec::new();
        let mut nodes = Vec::new();
        loop {
            self.blanks()?;
            if self.cursor.eat(')') {
                return Ok(if fields { Tree::Struct(name, entries) } else { Tree::Tuple(name, nodes) });
            }
            self.still_open(open, ']', "`(`")?;
            if !fields {
                if nodes.len() == 1 && name.as_deref() == Some("Some") {
                    let fault = self.cursor.expected("`)` after the one value of `Some`");
                    self.report(fault)?;
                }
                nodes.push(self.value(depth + 1)?);
            } else if self.at_field()? {
                let start = self.cursor.position;
                let name: Box<str> = self.cursor.name().unwrap_or("").into();
                let name_at = self.cursor.since(start);
                self.blanks()?;
                self.cursor.eat(':');
                self.blanks()?;
                let node = self.value(depth + 1)?;
                entries.push(Entry { name, name_at, node });
            } else {
                let fault = self.cursor.expected("a field `name: value`");
                let start = self.cursor.position;
                self.broken(fault, start)?;
            }
            self.separator(')')?;
        }
    }

    /// Whether `name:` comes next.
    fn at_field(&mut self) -> Result<bool, Stop> {
        let start = self.cursor.position;
        let named = self.cursor.name().is_some();
        if named {
            self.blanks()?;
        }
        let field = named && self.cursor.peek() == Some(':');
        self.cursor.position = start;
        Ok(field)
    }

    /// Stops at the end of the text, or at a bracket that closes something else.
    fn still_open(&mut self, open: usize, other: char, what: &'static str) -> Result<(), Stop> {
        match self.cursor.peek() {
            Some(letter) if letter != other && letter != '}' => Ok(()),
            _ => {
                let mut at = self.cursor.since(open);
                at.end = at.start + 1;
                self.stop(SyntaxFault { at, problem: Problem::Unclosed { what } })
            }
        }
    }

    /// Steps over the comma after a value. A missing comma is reported, and read as if it were there.
    fn separator(&mut self, close: char) -> Result<(), Stop> {
        self.blanks()?;
        match self.cursor.peek() {
            Some(',') => {
                self.cursor.step();
                Ok(())
            }
            Some(letter) if letter == close => Ok(()),
            None | Some(')' | ']' | '}') => Ok(()),
            Some(_) => {
                let fault = self.cursor.expected("a comma");
                let start = self.cursor.position;
                let value = self.cursor.at_number()
                    || self.cursor.at_text()
                    || self.cursor.peek().is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '_');
                if value { self.report(fault) } else { self.broken(fault, start).map(|_| ()) }
            }
        }
    }

    /// Reports a fault and steps to the comma or bracket that ends the value it is in.
    fn broken(&mut self, fault: SyntaxFault, start: usize) -> Result<Tree, Stop> {
        self.report(fault)?;
        self.cursor.position = start;
        let mut depth = 0_usize;
        loop {
            self.blanks()?;
            if self.cursor.at_text() {
                if let Err(fault) = self.cursor.quotation()
                    && matches!(fault.problem, Problem::Unclosed { .. })
                {
                    return self.stop(fault);
                }
                continue;
            }
            match self.cursor.peek() {
                None => return Ok(Tree::Broken),
                Some(',') if depth == 0 => return Ok(Tree::Broken),
                Some(')' | ']' | '}') if depth == 0 => return Ok(Tree::Broken),
                Some(')' | ']' | '}') => depth -= 1,
                Some('(' | '[' | '{') => depth += 1,
                Some(_) => {}
            }
            self.cursor.step();
        }
    }
}
