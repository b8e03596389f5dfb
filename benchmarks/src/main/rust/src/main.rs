//! The loops on mio. Reads commands on the standard input, one a line, and answers each by a line:
//!
//! ```text
//! open LOOP NUMBER...  ready threads=<ids> [port=<port>], or skip <why>
//! warm MILLIS          done, as below
//! go MILLIS            done nanos=<for all> count=<operations> [hist=<nanos>:<times>,...]
//! ```
//!
//! Ends when the input does.

mod burst;
mod echo;
mod events;
mod measure;
mod round_trip;
mod sockets;

use measure::{threads, Loop};
use std::io::{self, BufRead, Write};

fn open(name: &str, numbers: &[usize; 3]) -> io::Result<Option<(Loop, u16)>> {
    let [first, second, _] = *numbers;
    Ok(Some(match name {
        "single" => (burst::single(first)?, 0),
        "event" => (events::event(first, second)?, 0),
        "churn" => (events::churn()?, 0),
        "open" => (events::open(), 0),
        "sleep" => (round_trip::datagram(first, false)?, 0),
        "spin" => (round_trip::datagram(first, true)?, 0),
        "wake" => (round_trip::wake()?, 0),
        "echo" => echo::serve(second.max(1))?,
        _ => return Ok(None),
    }))
}

fn answer(command: &str, current: &mut Option<Loop>) -> io::Result<String> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let number = |index: usize| words.get(index).and_then(|word| word.parse().ok()).unwrap_or(0);
    match (words.first().copied(), current.as_mut()) {
        (Some("open"), _) => match open(words.get(1).unwrap_or(&""), &[number(2), number(3), number(4)]) {
            Ok(Some((opened, port))) => {
                *current = Some(opened);
                let port = if port == 0 {
                    String::new()
                } else {
                    format!(" port={port}")
                };
                Ok(format!("ready threads={}{}", threads(), port))
            }
            Ok(None) => Ok("skip mio has no such loop".to_string()),
            Err(e) if e.raw_os_error() == Some(libc::EMFILE) => {
                Ok("skip the limit of open files is too low".to_string())
            }
            Err(e) => Err(e),
        },
        (Some("warm") | Some("go"), Some(current)) => current.run(number(1) as u64 * 1_000_000),
        _ => Err(io::Error::other(format!("no command: {command}"))),
    }
}

fn main() {
    // As the C program says of itself: a process with a single thread is let off.
    std::thread::spawn(|| loop {
        std::thread::park();
    });
    let mut current = None;
    for line in io::stdin().lock().lines() {
        match line.and_then(|command| answer(&command, &mut current)) {
            Ok(line) => {
                println!("{line}");
                io::stdout().flush().expect("the driver is gone");
            }
            Err(e) => {
                eprintln!("{e}");
                std::process::exit(1);
            }
        }
    }
    std::process::exit(0); // other threads may be waiting
}
