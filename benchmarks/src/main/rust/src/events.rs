//! What a poll and its registry cost.

use crate::measure::{register_thread, Loop};
use crate::sockets::{any, is_would_block, one, MOST_BYTES};
use mio::net::UdpSocket;
use mio::{Events, Interest, Poll, Token};
use std::io;

const EVENTS: usize = 64;
const EVENT_BYTES: usize = 64;

/// One datagram to one of many registered sockets, a poll, and receives until would-block.
pub fn event(count: usize, base: usize) -> io::Result<Loop> {
    register_thread();
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(EVENTS);
    let sender = UdpSocket::bind(any())?;
    let mut sockets = Vec::with_capacity(count);
    for index in 0..count {
        let mut socket = UdpSocket::bind(one(index, base))?;
        poll.registry()
            .register(&mut socket, Token(index), Interest::READABLE)?;
        sockets.push(socket);
    }
    let active = sockets[count / 2].local_addr()?;
    let out = [0; EVENT_BYTES];
    let mut buffer = vec![0; MOST_BYTES];
    Ok(Loop::Processor(Box::new(move || {
        sender.send_to(&out, active)?;
        let mut received = 0;
        while received == 0 {
            poll.poll(&mut events, None)?;
            for event in &events {
                let socket = &sockets[event.token().0];
                loop {
                    let result = socket.recv_from(&mut buffer);
                    if is_would_block(&result) {
                        break;
                    }
                    result?;
                    received += 1;
                }
            }
        }
        Ok(1)
    })))
}

/// A socket registered and deregistered.
pub fn churn() -> io::Result<Loop> {
    register_thread();
    let poll = Poll::new()?;
    let mut socket = UdpSocket::bind(any())?;
    Ok(Loop::Processor(Box::new(move || {
        poll.registry().register(&mut socket, Token(1), Interest::READABLE)?;
        poll.registry().deregister(&mut socket)?;
        Ok(1)
    })))
}

/// A socket opened, bound and closed.
pub fn open() -> Loop {
    register_thread();
    Loop::Processor(Box::new(|| {
        drop(UdpSocket::bind(any())?);
        Ok(1)
    }))
}
