//! Pollution: industry emits, scale abates, people mind.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

/// People mind more than they do by default, so that few seeds show it.
const ON: &str = "pollution.amenity_loss=0.2";

#[test]
fn switched_on_it_changes_the_outcome() {
    changes_the_plain(&[ON]);
}

#[test]
fn industry_that_emits_nothing_is_pollution_switched_off() {
    same_everywhere(&["pollution=Off"], &["pollution.intensity_scale=0"]);
}

#[test]
fn where_nobody_minds_emissions_are_on_record_and_change_nothing() {
    let unminded = CENTRAL_PLAINS.run(&["pollution.amenity_loss=0"]);
    assert!(unminded.region("emissions") > 0.0);
    for quantity in ["urbanisation", "gdp", "real_income"] {
        assert_eq!(unminded.column("region", quantity), BASELINE[0].column("region", quantity), "{quantity}");
    }
}

#[test]
fn fewer_live_in_cities_where_industry_emits() {
    let dirty = CENTRAL_PLAINS.seeds(&[ON]);
    for (dirty, clean) in dirty.iter().zip(BASELINE.iter()) {
        assert!(clean.column("region", "emissions").iter().all(|&emissions| emissions == 0.0));
        assert!(dirty.region("emissions") > 0.0);
    }
    higher("urbanisation without pollution", &BASELINE, &dirty, |run| run.region("urbanisation"));
}
