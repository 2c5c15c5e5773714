//! What the machine has: memory, and how much of it was used.

use sysinfo::{MemoryRefreshKind, System};

/// Bytes of a worker and of a firm in the columns of their blocks.
pub(crate) const WORKER_BYTES: u64 = 13;
pub(crate) const FIRM_BYTES: u64 = 16;
/// A number of bytes for people.
pub(crate) fn mebibytes(bytes: u64) -> String {
    if bytes >= 10 << 30 { format!("{} GiB", bytes >> 30) } else { format!("{} MiB", bytes >> 20) }
}

/// Memory to spare without swapping, where the system says: what is free, within what a container or a limit on the
/// address space of the process leaves (both on Linux alone).
pub(crate) fn available_memory() -> Option<u64> {
    let read = |path: &str| std::fs::read_to_string(path).ok();
    let mut system = System::new().ok()?;
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
    let free = Some(system.available_memory()).filter(|&free| free > 0).unwrap_or(system.total_memory());
    let number = |path: &str| read(path)?.trim().parse::<u64>().ok();
    // The system frees what a container holds of files when it is needed.
    let files = read("/sys/fs/cgroup/memory.stat").map_or(0, |stat| of_files(&stat));
    let container = number("/sys/fs/cgroup/memory.max").map(|most| {
        let held = number("/sys/fs/cgroup/memory.current").unwrap_or(0);
        most.saturating_sub(held.saturating_sub(files))
    });
    let process = read("/proc/self/limits").and_then(|limits| address_space(&limits)).map(|most| {
        let used = read("/proc/self/status").and_then(|status| kibibytes(&status, "VmSize:"));
        most.saturating_sub(used.unwrap_or(0))
    });
    [Some(free).filter(|&free| free > 0), container, process].into_iter().flatten().min()
}

/// Bytes of cached files out of a container's statistics.
fn of_files(stat: &str) -> u64 {
    let of = |name: &str| {
        let number = stat.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        number.and_then(|number| number.parse::<u64>().ok()).unwrap_or(0)
    };
    of("inactive_file ").saturating_add(of("active_file "))
}

/// The limit on the address space out of the process's limits; `None` if there is none.
fn address_space(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The most memory that this process has held, where the system says.
pub(crate) fn peak_memory() -> Option<u64> {
    kibibytes(&std::fs::read_to_string("/proc/self/status").ok()?, "VmHWM:")
}

fn kibibytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let number: u64 = line.split_whitespace().next()?.parse().ok()?;
    number.checked_mul(1024)
}

/// Threads that a run uses: those asked for, or as many as the machine has.
pub(crate) fn threads(asked: usize) -> usize {
    if asked > 0 { asked } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cached_files_of_a_container_are_added_up() {
        assert_eq!(of_files("anon 7\ninactive_file 10\nactive_file 5\nslab 3\n"), 15);
        assert_eq!(of_files("anon 7\n"), 0);
    }

    #[test]
    fn the_system_s_figures_are_read_in_kibibytes() {
        let text = "MemTotal:       16000 kB\nMemAvailable:   8000 kB\n";
        assert_eq!(kibibytes(text, "MemAvailable:"), Some(8000 * 1024));
        assert_eq!(kibibytes(text, "VmHWM:"), None);
        assert_eq!(kibibytes("VmHWM: lots\n", "VmHWM:"), None);
    }

    #[test]
    fn a_limit_on_the_address_space_is_read_in_bytes() {
        let limits = |most: &str| format!("Max processes 9 9 processes\nMax address space  {most}  unlimited  bytes\n");
        assert_eq!(address_space(&limits("2147483648")), Some(2_147_483_648));
        assert_eq!(address_space(&limits("unlimited")), None);
    }
}
