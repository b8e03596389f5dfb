/** The loops on Netty, over epoll and over NIO. */
package org.datagram4j.benchmarks.loop.netty;
