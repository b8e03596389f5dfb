//! Bursts through one socket to itself.

use crate::measure::{register_thread, Loop};
use crate::sockets::{any, burst, is_would_block, MOST_BYTES};
use mio::net::UdpSocket;
use std::io;

const PATIENCE: u32 = 1 << 26;

pub fn single(bytes: usize) -> io::Result<Loop> {
    register_thread();
    let socket = UdpSocket::bind(any())?;
    let own = socket.local_addr()?;
    let out = vec![0; bytes];
    let mut buffer = vec![0; MOST_BYTES];
    let burst = burst(bytes);
    Ok(Loop::Processor(Box::new(move || {
        for _ in 0..burst {
            socket.send_to(&out, own)?;
        }
        let mut tries = 0;
        let mut received = 0;
        while received < burst {
            let result = socket.recv_from(&mut buffer);
            if is_would_block(&result) {
                tries += 1;
                if tries > PATIENCE {
                    return Err(io::Error::other("a datagram was lost"));
                }
            } else {
                result?;
                received += 1;
            }
        }
        Ok(burst as u64)
    })))
}
