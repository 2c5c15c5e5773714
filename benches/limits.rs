//! What the machine itself can do: how fast memory is copied and changed in place. Random words have a bench of their
//! own.

use std::hint::black_box;

use crate::{Times, seconds};

const BYTES: usize = 1 << 28;
const ROUNDS: usize = 7;

fn print(what: &str, bytes: usize, times: &Times) {
    println!("  {what:<44} {:>9.1} GB a second", bytes as f64 / times.min() / 1e9);
}

pub(crate) fn run() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    for threads in [1, threads] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        let (mut from, mut to) = (vec![1_u8; BYTES], vec![0_u8; BYTES]);
        let chunk = BYTES / threads;
        let copy: Vec<f64> = (0..=ROUNDS)
            .map(|_| {
                seconds(|| {
                    pool.scope(|scope| {
                        for (from, to) in from.chunks(chunk).zip(to.chunks_mut(chunk)) {
                            scope.spawn(move |_| to.copy_from_slice(from));
                        }
                    });
                    black_box(&to);
                })
            })
            .collect();
        let update: Vec<f64> = (0..=ROUNDS)
            .map(|_| {
                seconds(|| {
                    pool.scope(|scope| {
                        for from in from.chunks_mut(chunk) {
                            scope.spawn(move |_| from.iter_mut().for_each(|byte| *byte = byte.wrapping_add(1)));
                        }
                    });
                    black_box(&from);
                })
            })
            .collect();
        // A copy reads and writes each byte, and so does a change in place.
        print(&format!("copy, {threads} thread(s), read and write"), 2 * BYTES, &Times::new(copy));
        print(&format!("change in place, {threads} thread(s), read and write"), 2 * BYTES, &Times::new(update));
    }
}
