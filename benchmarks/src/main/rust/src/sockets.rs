//! Sockets as the loops need them.

use mio::net::UdpSocket;
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

pub const MOST_BYTES: usize = 65_535;
const MOST_PAYLOAD: usize = 65_507;
const RECEIVE_BUFFER: usize = 1 << 20;

/// Ports run out at some 28,000 for an address; each address of 127/8 has its own.
const SOCKETS_PER_ADDRESS: usize = 20_000;

/// Any port of 127.0.0.1.
pub fn any() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

/// Where to bind one of many sockets; the base tells contenders apart that hold theirs at the same time.
pub fn one(index: usize, base: usize) -> SocketAddr {
    let host = Ipv4Addr::new(127, base as u8, 0, (1 + index / SOCKETS_PER_ADDRESS) as u8);
    SocketAddr::from((host, 0))
}

/// How many datagrams a burst has: as many as one segmented send can carry.
pub fn burst(bytes: usize) -> usize {
    32.min(MOST_PAYLOAD / bytes)
}

pub fn is_would_block<T>(result: &io::Result<T>) -> bool {
    matches!(result, Err(e) if e.kind() == io::ErrorKind::WouldBlock)
}

/// For a server; several of them share a port.
pub fn server(port: u16, shared: bool) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
    if shared {
        socket.set_reuse_port(true)?;
    }
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into())?;
    Ok(UdpSocket::from_std(socket.into()))
}
