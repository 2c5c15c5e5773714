//! Printing: results to standard output, everything else to standard error.

use std::io::{IsTerminal, Write};

/// The two streams. A reader may close them at any time; that is not a failure of the command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Console;

impl Console {
    /// A result.
    #[expect(clippy::unused_self, reason = "only code that was given the console prints")]
    pub(crate) fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush());
    }

    /// A message beside the result.
    #[expect(clippy::unused_self, reason = "only code that was given the console prints")]
    pub(crate) fn note(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Whether messages go to a terminal.
    #[expect(clippy::unused_self, reason = "only code that was given the console prints")]
    pub(crate) fn is_watched(&self) -> bool {
        std::io::stderr().is_terminal()
    }
}
