//! Many runs at once: pieces of work side by side, in order.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Does `count` pieces of work side by side and gives their results in order. A piece that holds a run is not
/// interrupted by another: a pool of threads would start the next run inside one that waits for its own pool.
pub fn side_by_side<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let threads = rayon::current_num_threads().clamp(1, count.max(1));
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let worker = || {
            let mut mine = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= count {
                    return mine;
                }
                mine.push((index, work(index)));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_work() {
        assert_eq!(side_by_side(100, |index| 2 * index), (0..100).map(|index| 2 * index).collect::<Vec<_>>());
        assert!(side_by_side(0, |index| index).is_empty());
    }
}
