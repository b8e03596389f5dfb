/**
 * UDP for the JVM: the contract. It depends on {@code java.base} alone; backends implement it, the conformance kit
 * judges them by it, applications see nothing else.
 *
 * <h2>The model</h2>
 *
 * <p>A {@link org.datagram4j.UdpBackend} opens sockets and polls. A {@link org.datagram4j.UdpSocket} never blocks: each
 * call does what can be done now and otherwise says {@link org.datagram4j.UdpSocket#WOULD_BLOCK}. A
 * {@link org.datagram4j.Poll} waits until one of the sockets registered with it has something to do:
 *
 * <pre>{@code
 * try (Poll poll = backend.openPoll(); UdpSocket socket = backend.bind(address)) {
 *     Events events = poll.newEvents(128);
 *     DatagramInfo info = new DatagramInfo();
 *     ByteBuffer buffer = ByteBuffer.allocateDirect(65_535);
 *     poll.registry().register(socket, ECHO, Interest.READABLE);
 *     while (running) {
 *         poll.poll(events, null);
 *         for (Event event : events) {
 *             while (socket.receive(buffer.clear(), info) != UdpSocket.WOULD_BLOCK) {
 *                 socket.sendTo(buffer.flip(), info.sender());
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * <h2>Edges and draining</h2>
 *
 * <p>Readiness is reported when it begins, not while it lasts.
 *
 * <ul>
 *   <li>Registering and reregistering arm the socket: what is ready then is reported by the next poll.
 *   <li>After a readable event, receive until would-block; the next arrival after that is an event again. To stop
 *       earlier, reregister. A loop that does neither may wait for ever.
 *   <li>A writable event is reported once after arming, and then only after a send that would block. Sends rarely block;
 *       most applications need {@link org.datagram4j.Interest#READABLE} alone.
 *   <li>Nothing new, no event: an idle or undrained socket never makes a poll spin.
 *   <li>Unspecified: whether an undrained socket gets another event when more arrives. Events may be spurious.
 *   <li>An error makes a socket ready in every direction it is registered for, or, in a backend without
 *       {@link org.datagram4j.Capability#ERROR_READINESS}, in those that are armed; the next receive throws it.
 * </ul>
 *
 * <h2>Buffers</h2>
 *
 * <p>Buffers are the caller's, between position and limit, before and after each call, and no backend keeps a reference.
 * Heap, direct, sliced and, for sends, read-only buffers all work. Slots of a
 * {@link org.datagram4j.DatagramBatch} are the backend's memory, read and written in place.
 *
 * <h2>Threads</h2>
 *
 * <p>Backends, sockets, registries and wakers may be shared by any number of threads; polls, events, infos and batches
 * belong to one at a time. Virtual threads are welcome everywhere. A thread interrupt ends a wait, and closes nothing.
 *
 * <h2>Closing</h2>
 *
 * <p>{@code close()} is for any thread at any time, never waits and never throws. Calls in flight complete or throw
 * {@link org.datagram4j.ErrorKind#CLOSED}; none hangs and none touches another's descriptor. Closing a socket
 * deregisters it; closing a poll leaves its sockets open and unregistered.
 *
 * <h2>Errors and capabilities</h2>
 *
 * <p>Would-block is a value. What the system refuses is a {@link org.datagram4j.UdpException} with an
 * {@link org.datagram4j.ErrorKind} that is the same in every backend. Programming errors are unchecked exceptions,
 * thrown before any system call. What only some backends can do is a {@link org.datagram4j.Capability}: declared and
 * certified, or cleanly refused.
 *
 * <p>Rule identifiers in this documentation, such as UDP-RECV, name areas of the catalogue that the conformance kit
 * tests; its files are in {@code META-INF/datagram4j/rules} of this module.
 */
@Export
@Version("1.0.0")
package org.datagram4j;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
