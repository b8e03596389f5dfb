/**
 * Netty's datagram channels behind {@link org.datagram4j.UdpBackend}, as far as they reach, so that the kit can judge
 * them. A sender's thread hands what it wants to the event loop and waits for Netty's own future; what Netty receives
 * stands in a queue, on which the polls are built. Nothing of Netty's is put right here, and nothing but Netty's public
 * interface is used. It may use {@link org.datagram4j}, its {@code spi}, and Netty.
 */
package org.datagram4j.adapters.netty;
