//! The city economy with people and firms held where they are: against the mean-field statement, and against itself.

mod accounts;
mod homogeneity;
mod reference;
mod switches;
mod world;
