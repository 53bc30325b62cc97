//! Clocks and samples.

use std::time::{Duration, Instant};

/// Times of several runs of one thing.
#[derive(Default)]
pub(crate) struct Samples {
    walls: Vec<Duration>,
    cpu: Duration,
}

impl Samples {
    /// Runs something `runs` times and keeps wall and processor time, children that ended included.
    pub(crate) fn of(
        runs: usize,
        mut run: impl FnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<Self> {
        let mut samples = Self::default();
        for _ in 0..runs {
            let cpu = cpu_time();
            let start = now();
            run()?;
            samples.walls.push(start.elapsed());
            samples.cpu += cpu_time().saturating_sub(cpu);
        }
        Ok(samples)
    }

    /// Adds a time measured elsewhere.
    pub(crate) fn push(&mut self, wall: Duration) {
        self.walls.push(wall);
    }

    /// The least time, in seconds.
    pub(crate) fn least(&self) -> f64 {
        self.quantile(0.0)
    }

    /// The middle one.
    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    fn quantile(&self, part: f64) -> f64 {
        let mut sorted: Vec<f64> = self.walls.iter().map(Duration::as_secs_f64).collect();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a short list"
        )]
        let at = (part * last as f64).round() as usize;
        sorted.get(at).copied().unwrap_or_default()
    }

    /// Prints a row in milliseconds.
    pub(crate) fn row(&self, what: &str, size: &str) {
        let ms = |seconds: f64| format!("{:.2}", seconds * 1e3);
        let runs = self.walls.len();
        let cpu = if self.cpu.is_zero() {
            String::new()
        } else {
            ms(self.cpu.as_secs_f64() / f64::from(u32::try_from(runs).unwrap_or(u32::MAX)))
        };
        let (least, median, last) = (ms(self.least()), ms(self.median()), ms(self.quantile(0.99)));
        say(&format!(
            "| {what} | {size} | {least} | {median} | {last} | {cpu} | ms | {runs} |"
        ));
    }
}

/// The instant.
pub(crate) fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "timing is what this is for")]
    Instant::now()
}

/// Processor time of this process and of its children that ended, from `/proc`; zero where there is none. Its unit is
/// a hundredth of a second, so only sums over many runs mean something.
fn cpu_time() -> Duration {
    #[expect(clippy::disallowed_methods, reason = "a tool, not the compiler")]
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(4)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// Prints a line of the report.
pub(crate) fn say(line: &str) {
    #[expect(clippy::print_stdout, reason = "the report")]
    {
        println!("{line}");
    }
}
