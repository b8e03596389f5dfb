/**
 * What an operating system must supply, so that {@code org.datagram4j.sys} can make a backend of it.
 *
 * <ul>
 *   <li>{@code NetworkSystem}: sockets, their settings, and what its error codes mean ({@code SystemError}).
 *   <li>{@code Datagrams}: memory in which datagrams are sent and received, one or many by one call.
 *   <li>{@code SystemPoll}: waiting, with edges.
 * </ul>
 *
 * <p>Calls return codes, never exceptions; they take and give numbers ({@code RawAddress}, {@code Setting}), so that the
 * hot ones allocate nothing.
 */
package org.datagram4j.sys.contract;
