package org.datagram4j.sys;

import org.datagram4j.spi.Pool;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;

/** What one send or receive needs for the length of its call: room for any datagram, and addresses to work with. */
final class Scratch extends Pool.Item {
    /** Room for the longest datagram, and for the longest row of coalesced ones. */
    static final int ROOM = 65_536;

    final Datagrams datagrams;
    final RawAddress sender = new RawAddress();
    final Route route = new Route();

    Scratch(NetworkSystem system) {
        datagrams = system.newDatagrams(1, ROOM);
    }
}
