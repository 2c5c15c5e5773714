//! `hinterland completions`: scripts by which a shell completes commands and options.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::console::Console;
use crate::{Arguments, Outcome};

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  hinterland completions bash > ~/.local/share/bash-completion/completions/hinterland")]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "hinterland", &mut script);
        console.print(&String::from_utf8_lossy(&script));
        Ok(())
    }
}
