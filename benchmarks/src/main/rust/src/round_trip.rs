//! There and back between two threads, each with a poll of its own.

use crate::measure::{register_thread, Loop};
use crate::sockets::{any, is_would_block, MOST_BYTES};
use mio::net::UdpSocket;
use mio::{Events, Interest, Poll, Token, Waker};
use std::io;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

const EVENTS: usize = 64;

/// How long a spinning wait looks before it sleeps.
const SPIN: Duration = Duration::from_millis(1);

struct Side {
    poll: Poll,
    events: Events,
    spinning: bool,
}

impl Side {
    fn new(spinning: bool) -> io::Result<Side> {
        Ok(Side {
            poll: Poll::new()?,
            events: Events::with_capacity(EVENTS),
            spinning,
        })
    }

    fn wait(&mut self) -> io::Result<()> {
        if self.spinning {
            let start = Instant::now();
            loop {
                self.poll.poll(&mut self.events, Some(Duration::ZERO))?;
                if !self.events.is_empty() {
                    return Ok(());
                }
                if start.elapsed() >= SPIN {
                    break;
                }
            }
        }
        self.poll.poll(&mut self.events, None)
    }

    fn bind(&self) -> io::Result<UdpSocket> {
        let mut socket = UdpSocket::bind(any())?;
        self.poll
            .registry()
            .register(&mut socket, Token(0), Interest::READABLE)?;
        Ok(socket)
    }
}

/// Returns when the thread runs.
fn start(mut answer: impl FnMut() -> io::Result<()> + Send + 'static) {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        register_thread();
        sender.send(()).unwrap();
        loop {
            if let Err(e) = answer() {
                eprintln!("{e}");
                std::process::exit(1);
            }
        }
    });
    receiver.recv().unwrap();
}

/// A datagram to another polling thread and back.
pub fn datagram(bytes: usize, spinning: bool) -> io::Result<Loop> {
    register_thread();
    let mut near = Side::new(spinning)?;
    let mut far = Side::new(spinning)?;
    let near_socket = near.bind()?;
    let far_socket = far.bind()?;
    let there = far_socket.local_addr()?;
    let mut echo_buffer = vec![0; MOST_BYTES];
    start(move || {
        far.wait()?;
        loop {
            let result = far_socket.recv_from(&mut echo_buffer);
            if is_would_block(&result) {
                return Ok(());
            }
            let (length, from) = result?;
            far_socket.send_to(&echo_buffer[..length], from)?;
        }
    });
    let out = vec![0; bytes];
    let mut buffer = vec![0; MOST_BYTES];
    Ok(Loop::Clock(Box::new(move || {
        near_socket.send_to(&out, there)?;
        let mut received = 0;
        while received == 0 {
            near.wait()?;
            loop {
                let result = near_socket.recv_from(&mut buffer);
                if is_would_block(&result) {
                    break;
                }
                result?;
                received += 1;
            }
        }
        Ok(1)
    })))
}

/// A wake of another polling thread, and one back.
pub fn wake() -> io::Result<Loop> {
    register_thread();
    let mut near = Side::new(false)?;
    let mut far = Side::new(false)?;
    let near_waker = Waker::new(near.poll.registry(), Token(0))?;
    let far_waker = Waker::new(far.poll.registry(), Token(0))?;
    start(move || {
        far.wait()?;
        near_waker.wake()
    });
    Ok(Loop::Clock(Box::new(move || {
        far_waker.wake()?;
        near.wait()?;
        Ok(1)
    })))
}
