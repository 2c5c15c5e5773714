//! What the program does with what it is given: whatever that is, it answers in a sentence and an exit code.

mod asked;
mod bench;
mod broken;
mod ended;
mod files;
mod memory;
#[path = "../program/mod.rs"]
mod program;
mod scenarios;
mod table;
