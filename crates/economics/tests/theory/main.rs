//! Known theory against numbers that were found another way; `make_theory.py` says how.

mod core_periphery;

/// Fails unless `ours` is `theirs` within a relative `tolerance`.
#[track_caller]
fn near(ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance * theirs.abs().max(1e-3), "{ours} against {theirs}");
}
