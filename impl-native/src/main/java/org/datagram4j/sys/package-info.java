/**
 * The backend on system calls: what is the same for every operating system.
 *
 * <ul>
 *   <li>{@code NativeBackend} is the service; {@code Activator} brings it into an OSGi framework.
 *   <li>What a system must supply is in {@code org.datagram4j.sys.contract}. Its calls return codes; {@code Failures}
 *       makes exceptions of them, here and nowhere else. {@code Systems} is the one class that knows which systems there
 *       are.
 *   <li>{@code Opening} makes sockets. {@code NativeSocket} is put together from {@code SendSide}, {@code ReceiveSide},
 *       {@code Peer} and {@code Options}. Sends and receives take no lock: {@code Lifetime} counts who is inside, so that
 *       the last one out closes, and {@code Gate} is one such count.
 *   <li>{@code NativePoll} waits. {@code Readiness} is a source's side of registering, {@code Registration} one source in
 *       one poll, {@code Registrations} finds it by a number that is never used again.
 * </ul>
 *
 * <p>All memory that the system sees is owned: direct buffers that are freed by the garbage collector alone.
 */
package org.datagram4j.sys;
