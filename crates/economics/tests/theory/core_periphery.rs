//! Core and periphery.

use crate::near;
use economics::theory::core_periphery::{break_point, logit_break_points, sustain_point, zero_at};

#[test]
fn break_and_sustain_points_are_those_of_the_literature() {
    for (substitution, goods_share, breaks, sustains) in [
        (5.0, 0.4, 1.626577, 1.807313),
        (5.0, 0.3, 1.421730, 1.473861),
        (4.0, 0.3, 1.630324, 1.725368),
        (3.0, 0.2, 1.669046, 1.717566),
        (10.0, 0.5, 1.298570, 1.412093),
    ] {
        near(break_point(substitution, goods_share).unwrap(), breaks, 1e-6);
        near(sustain_point(substitution, goods_share).unwrap(), sustains, 1e-6);
    }
    println!("{:?}", zero_at(20.0, 0.9, 0.9999));
    println!("{:?}", zero_at(1.5, 0.33, 0.9999));
    println!("{:?}", zero_at(1.01, 0.009, 0.9999));
    println!("{:?}", zero_at(1.5, 0.05, 0.9999));
}

#[test]
fn a_logit_makes_a_bell_of_trade_costs() {
    assert!(logit_break_points(5.0, 0.4, 20.0).unwrap().is_empty());
    for (precision, low, high) in [(50.0, 1.068338, 1.512675), (200.0, 1.014509, 1.600662)] {
        let found = logit_break_points(5.0, 0.4, precision).unwrap();
        assert_eq!(found.len(), 2);
        near(found[0], low, 1e-6);
        near(found[1], high, 1e-6);
    }
}
