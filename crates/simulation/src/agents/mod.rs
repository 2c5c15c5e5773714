//! Agents: cities, and industries in cities, as entities; workers and firms as blocks of columns.
//!
//! One entity of workers or firms is a block of up to 65,536 agents, and each component of it is a column. An agent's slot
//! never moves, and what an agent is or does is a bit or a number in a column, never a component added or removed. A tick
//! visits blocks in parallel, in whatever order they are stored: whatever leaves a block is an integer, so order cannot
//! show. Cities are few and are looked up by their number: each is an entity of its own, in the order of the table.

pub mod city;
pub mod cohort;
pub mod columns;
pub mod firm;
pub mod saved;
pub mod worker;
