/**
 * Ways of calling the system from Java, which differ by the version of Java alone.
 *
 * <ul>
 *   <li>{@code Linkage} is what a way offers, {@code Linkages} chooses one.
 *   <li>{@code LinuxCalls} lists the functions that the Linux part calls; {@code FfmLinuxCalls} (Java 22 and up) and
 *       {@code JnaLinuxCalls} (17 to 21) call them. Signatures have primitives only, addresses are {@code long}, and a
 *       failed call returns its error negated: so nothing is allocated on the way.
 *   <li>{@code WindowsCalls} and what calls them, in the same way; {@code WindowsMessages} are those that have no name.
 *   <li>{@code JnaBinding} has JNA bind, and forget, a class of such functions.
 * </ul>
 *
 * <p>Classes whose names begin with {@code Ffm} may use what is newer than Java 17, no others.
 */
package org.datagram4j.sys.linkage;
