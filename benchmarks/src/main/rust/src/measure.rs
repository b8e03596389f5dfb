//! Clocks, threads, and the three ways of measuring.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

const STEPS_PER_CLOCK: u64 = 32;
const MOST_TIMES_LONGER: u32 = 8;

/// Values are exact within one percent: so many bits of each are kept.
const BITS: u32 = 8;

static THREADS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What a server counts.
pub static SERVED: AtomicU64 = AtomicU64::new(0);

/// The calling thread is measured, and may be given a processor of its own.
pub fn register_thread() {
    if let Some(id) = fs::read_link("/proc/thread-self")
        .ok()
        .and_then(|link| link.file_name().map(|it| it.to_owned()))
    {
        THREADS.lock().unwrap().push(id.to_string_lossy().into_owned());
    }
}

pub fn threads() -> String {
    THREADS.lock().unwrap().join(",")
}

/// A step returns how many operations it did.
type Step = Box<dyn FnMut() -> io::Result<u64>>;

pub enum Loop {
    /// What one thread does alone: the time it had a processor.
    Processor(Step),
    /// What threads do together: the clock, each step for itself.
    Clock(Step),
    /// Works on threads of its own, and counts.
    Server,
}

impl Loop {
    pub fn run(&mut self, nanos: u64) -> io::Result<String> {
        match self {
            Loop::Processor(step) => by_processor(step, nanos),
            Loop::Clock(step) => by_clock(step, nanos),
            Loop::Server => {
                let start = Instant::now();
                let before = SERVED.load(Ordering::Relaxed);
                thread::sleep(Duration::from_nanos(nanos));
                let count = SERVED.load(Ordering::Relaxed) - before;
                Ok(format!("done nanos={} count={count}", start.elapsed().as_nanos()))
            }
        }
    }
}

fn processor_nanos() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists, and the pointer is to a timespec.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

fn by_processor(step: &mut Step, nanos: u64) -> io::Result<String> {
    let last = Instant::now() + Duration::from_nanos(nanos) * MOST_TIMES_LONGER;
    let start = processor_nanos();
    let mut count = 0;
    loop {
        for _ in 0..STEPS_PER_CLOCK {
            count += step()?;
        }
        let end = processor_nanos();
        if end - start >= nanos || Instant::now() >= last {
            return Ok(format!("done nanos={} count={count}", end - start));
        }
    }
}

fn by_clock(step: &mut Step, nanos: u64) -> io::Result<String> {
    let mut histogram = vec![0u32; 64 << BITS];
    let start = Instant::now();
    let mut before = 0;
    let mut count = 0;
    while before < nanos {
        count += step()?;
        let after = start.elapsed().as_nanos() as u64;
        histogram[bucket(after - before)] += 1;
        before = after;
    }
    let bars: BTreeMap<u64, u32> = histogram
        .iter()
        .enumerate()
        .filter(|(_, times)| **times > 0)
        .map(|(i, times)| (middle(i), *times))
        .collect();
    let bars: Vec<String> = bars.iter().map(|(value, times)| format!("{value}:{times}")).collect();
    Ok(format!("done nanos={before} count={count} hist={}", bars.join(",")))
}

fn bucket(value: u64) -> usize {
    let shift = (64 - value.leading_zeros()).saturating_sub(BITS);
    ((shift as usize) << BITS) + (value >> shift) as usize
}

fn middle(bucket: usize) -> u64 {
    let shift = (bucket >> BITS) as u32;
    let low = ((bucket & ((1 << BITS) - 1)) as u64) << shift;
    low + ((1u64 << shift) >> 1)
}
