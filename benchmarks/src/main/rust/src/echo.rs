//! A server that sends back what it receives. Each receiver has a thread, a poll and a socket of its own, on one port.

use crate::measure::{register_thread, Loop, SERVED};
use crate::sockets::{is_would_block, server, MOST_BYTES};
use mio::net::UdpSocket;
use mio::{Events, Interest, Poll, Token};
use std::io;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::thread;

const EVENTS: usize = 64;

pub fn serve(receivers: usize) -> io::Result<(Loop, u16)> {
    let mut port = 0;
    for _ in 0..receivers {
        let mut socket = server(port, receivers > 1)?;
        port = socket.local_addr()?.port();
        let poll = Poll::new()?;
        poll.registry().register(&mut socket, Token(0), Interest::READABLE)?;
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            register_thread();
            sender.send(()).unwrap();
            if let Err(e) = receive(poll, &socket) {
                eprintln!("{e}");
                std::process::exit(1);
            }
        });
        receiver.recv().unwrap();
    }
    Ok((Loop::Server, port))
}

fn receive(mut poll: Poll, socket: &UdpSocket) -> io::Result<()> {
    let mut events = Events::with_capacity(EVENTS);
    let mut buffer = vec![0; MOST_BYTES];
    loop {
        poll.poll(&mut events, None)?;
        loop {
            let result = socket.recv_from(&mut buffer);
            if is_would_block(&result) {
                break;
            }
            let (length, from) = result?;
            let _ = socket.send_to(&buffer[..length], from); // a full queue loses it, and is counted so
            SERVED.fetch_add(1, Ordering::Relaxed);
        }
    }
}
