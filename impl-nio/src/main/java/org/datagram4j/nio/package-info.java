/**
 * The backend on {@code java.nio} channels: it needs nothing but a JVM, and declares what a channel cannot do.
 *
 * <ul>
 *   <li>{@code NioBackend} is the service; {@code Activator} brings it into an OSGi framework.
 *   <li>{@code NioSocket} is the socket; {@code SendSide} and {@code ReceiveSide} are its two halves, which share no lock;
 *       {@code Stash}, {@code Memberships} and {@code Options} serve them.
 *   <li>{@code NioPoll} turns a level-triggered {@code Selector} into edges: what was reported is disarmed, and an
 *       operation that would block arms it again. {@code Readiness} is a source's side of that, {@code Registration} one
 *       source in one poll.
 *   <li>{@code NioQuirks} is the one place for what {@code java.nio} does differently from the contract.
 * </ul>
 */
package org.datagram4j.nio;
