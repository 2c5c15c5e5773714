//! How long spans take: totals by span for `bench` and `--log info`, and a Chrome trace for `--trace`. An own layer of
//! thirty lines, because both need the name that a span of a phase or of a system carries in a field.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// What all spans of one name took together.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Kind of the span, such as `phase` or `system`.
    pub span: &'static str,
    /// Name of the phase or system; empty for others.
    pub name: String,
    /// Seconds.
    pub seconds: f64,
    /// How often it was entered.
    pub times: u64,
}

/// A layer that adds up how long spans take. Copies share their sums.
#[derive(Clone)]
pub struct Times(Arc<Shared>);

struct Shared {
    start: Instant,
    taken: Mutex<Vec<Taken>>,
    trace: Option<Mutex<BufWriter<File>>>,
}

/// What a span keeps: its row in the sums, and when it was entered.
struct Watch {
    row: usize,
    since: Option<Instant>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a span's time is taken: all of our own, and of the engine's those of systems.
pub fn is_timed(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && (metadata.name() == "system" || !metadata.target().starts_with("bevy_ecs"))
}

impl Times {
    /// Sums without a trace, or with one that is written to a file.
    ///
    /// # Errors
    /// If the file cannot be created.
    pub fn new(trace: Option<&Path>) -> std::io::Result<Self> {
        let trace = trace.map(File::create).transpose()?.map(|file| Mutex::new(BufWriter::new(file)));
        if let Some(trace) = &trace {
            lock(trace).write_all(b"[\n")?;
        }
        Ok(Self(Arc::new(Shared { start: Instant::now(), taken: Mutex::default(), trace })))
    }

    /// The sums, in the order in which spans were first opened.
    #[must_use]
    pub fn all(&self) -> Vec<Taken> {
        lock(&self.0.taken).iter().filter(|taken| taken.times > 0).cloned().collect()
    }

    /// Names and seconds of the spans of one kind.
    #[must_use]
    pub fn of(&self, span: &str) -> Vec<(String, f64)> {
        let all = self.all().into_iter().filter(|taken| taken.span == span);
        all.map(|taken| (taken.name, taken.seconds)).collect()
    }

    /// Sets the sums to zero.
    pub fn reset(&self) {
        lock(&self.0.taken).iter_mut().for_each(|taken| (taken.seconds, taken.times) = (0.0, 0));
    }

    /// Ends the trace.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn finish(&self) -> std::io::Result<()> {
        let Some(trace) = &self.0.trace else { return Ok(()) };
        let mut trace = lock(trace);
        trace.write_all(b"{\"name\":\"end\",\"ph\":\"i\",\"ts\":0,\"pid\":1,\"tid\":0}\n]\n")?;
        trace.flush()
    }

    /// Writes one complete event. A fault of the disk shows when the trace is ended.
    fn write(&self, taken: &Taken, since: Instant, now: Instant) {
        static THREADS: AtomicU64 = AtomicU64::new(1);
        thread_local!(static THREAD: u64 = THREADS.fetch_add(1, Ordering::Relaxed));
        let Some(trace) = &self.0.trace else { return };
        let name = serde_json::Value::from(if taken.name.is_empty() { taken.span } else { &taken.name });
        let micros = |from: Instant, until: Instant| 1e6 * until.duration_since(from).as_secs_f64();
        let (start, length) = (micros(self.0.start, since), micros(since, now));
        let thread = THREAD.with(|thread| *thread);
        let _ = writeln!(
            lock(trace),
            "{{\"name\":{name},\"cat\":\"{}\",\"ph\":\"X\",\"ts\":{start:.3},\"dur\":{length:.3},\"pid\":1,\"tid\":{thread}}},",
            taken.span
        );
    }
}

/// Reads field `name` of a span.
#[derive(Default)]
struct Name(String);

impl Visit for Name {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "name" {
            self.0 = format!("{value:?}");
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "name" {
            value.clone_into(&mut self.0);
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Times {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(of) = context.span(id) else { return };
        let (span, mut name) = (attributes.metadata().name(), Name::default());
        attributes.record(&mut name);
        let mut taken = lock(&self.0.taken);
        let known = taken.iter().position(|taken| taken.span == span && taken.name == name.0);
        let row = known.unwrap_or_else(|| {
            taken.push(Taken { span, name: name.0, seconds: 0.0, times: 0 });
            taken.len() - 1
        });
        of.extensions_mut().insert(Watch { row, since: None });
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        let Some(of) = context.span(id) else { return };
        if let Some(watch) = of.extensions_mut().get_mut::<Watch>() {
            watch.since = Some(Instant::now());
        }
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        let now = Instant::now();
        let Some(of) = context.span(id) else { return };
        let mut kept = of.extensions_mut();
        let Some((row, since)) = kept.get_mut::<Watch>().and_then(|watch| Some((watch.row, watch.since.take()?)))
        else {
            return;
        };
        let mut taken = lock(&self.0.taken);
        let taken = &mut taken[row];
        taken.seconds += now.duration_since(since).as_secs_f64();
        taken.times += 1;
        self.write(taken, since, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_subscriber::layer::SubscriberExt;

    #[test]
    fn spans_are_added_up_by_name_and_written_as_a_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.json");
        let times = Times::new(Some(&path)).unwrap();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(times.clone()), || {
            for name in ["prices", "moves", "prices"] {
                tracing::info_span!("phase", name)
                    .in_scope(|| tracing::info_span!("system", name = "a\"b").in_scope(|| ()));
            }
        });
        times.finish().unwrap();
        let of = |span| times.of(span).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!((of("phase"), of("system")), (vec!["prices".into(), "moves".into()], vec!["a\"b".into()]));
        assert_eq!(times.all()[0].times, 2);
        let trace: Vec<serde_json::Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(trace.iter().filter(|event| event["ph"] == "X" && event["cat"] == "phase").count(), 3);
        times.reset();
        assert!(times.all().is_empty());
    }
}
