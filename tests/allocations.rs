//! Nothing is allocated in a quarter after the first few: room that a quarter needs is kept for the next. The census is
//! left out: it writes down rows, which must be somewhere.
#![expect(unsafe_code, reason = "to count allocations is to stand in for the allocator, whose trait is unsafe")]

mod worlds;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use bevy_ecs::prelude::*;
use simulation::model::Model;
use simulation::step::Step;
use worlds::{CHINA, HENAN, PLAINS, build, one_thread, policy, scenario};

/// The system's allocator, counting.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call is handed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: the caller keeps the promises of this trait.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: the pointer came from the system's allocator.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Allocations up to the census of the quarter.
#[derive(Resource, Default)]
struct BeforeCensus(u64);

/// Allocations in each of so many quarters, after some to warm up.
fn allocations(model: &mut Model, warm_up: u32, quarters: u32) -> Vec<u64> {
    model.world.init_resource::<BeforeCensus>();
    let note = |mut before: ResMut<BeforeCensus>| before.0 = ALLOCATIONS.load(Relaxed);
    model.add_after(Step::ImproveFarms, note);
    for _ in 0..warm_up {
        model.tick().expect("accounts close");
    }
    let count = |_| {
        let before = ALLOCATIONS.load(Relaxed);
        model.tick().expect("accounts close");
        model.world.resource::<BeforeCensus>().0 - before
    };
    (0..quarters).map(count).collect()
}

// One test: two at a time would count each other's.
#[test]
fn nothing_is_allocated_in_a_quarter_after_the_first_few() {
    let policies = [policy("land-quota-transfer"), policy("transport"), policy("tiered-settlement-2014")];
    let policies: Vec<&str> = policies.iter().map(String::as_str).collect();
    for (world, policies) in [(PLAINS, &[][..]), (HENAN, &[]), (HENAN, &policies), (CHINA, &[])] {
        let mut model = build(&scenario(world, &["ticks=60"], policies), &one_thread(false));
        let counted = allocations(&mut model, 6, 40);
        // Firms that enter may need more room than there ever were before, which doubles; a policy that comes into force
        // makes its rules; and the queue of the pool takes a page now and then.
        let busy = counted.iter().filter(|&&allocations| allocations > 0).count();
        assert!(busy <= 5, "{}: allocations in {busy} of 40 quarters: {counted:?}", world.0);
        assert!(counted.iter().all(|&allocations| allocations <= 20), "{}: {counted:?}", world.0);
    }
}
