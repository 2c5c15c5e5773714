//! Tallies kept per thread and added up at the end. All are integers, so neither the number of threads nor who counted
//! what can show. A tally of changes counts modulo 2⁶⁴, so that what leaves an entry can be taken from it.

use std::sync::{Mutex, PoisonError};

/// One tally per thread of the pool.
#[derive(Debug, Default)]
pub struct PerThread {
    tallies: Vec<Mutex<Vec<u64>>>,
}

impl PerThread {
    /// Clears all tallies and gives them so many entries. Must be called inside the pool that will count.
    pub fn clear(&mut self, entries: usize) {
        self.tallies.resize_with(rayon::current_num_threads(), Mutex::default);
        for tally in &mut self.tallies {
            let tally = tally.get_mut().unwrap_or_else(PoisonError::into_inner);
            tally.clear();
            tally.resize(entries, 0);
        }
    }

    /// Counts into the tally of the thread that calls.
    pub fn count(&self, count: impl FnOnce(&mut [u64])) {
        let thread = rayon::current_thread_index().unwrap_or(0) % self.tallies.len();
        let mut tally = self.tallies[thread].lock().unwrap_or_else(PoisonError::into_inner);
        count(&mut tally);
    }

    /// The sum over threads of one entry, modulo 2⁶⁴.
    #[must_use]
    pub fn total(&mut self, entry: usize) -> u64 {
        let each = self.tallies.iter_mut().map(|tally| tally.get_mut().unwrap_or_else(PoisonError::into_inner)[entry]);
        each.fold(0, u64::wrapping_add)
    }
}
