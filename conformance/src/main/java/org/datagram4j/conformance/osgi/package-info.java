/**
 * The kit inside an OSGi framework: four services of JDK types only, so that a program that started the framework can
 * call them from outside. Each is a {@code java.util.function.Function<Map<String, Object>, Map<String, Object>>} with
 * the property {@code datagram4j.conformance}:
 *
 * <ul>
 *   <li>{@code certify}: takes options and gives results as {@link org.datagram4j.conformance.Certifier} names them; it
 *       certifies the {@code UdpBackend} services of the framework.
 *   <li>{@code backends}: takes an empty map, and gives under {@code backends} a {@code List<Map<String, Object>>} that
 *       describes each {@code UdpBackend} service, the one that a bundle would get by default first.
 *   <li>{@code rules}: takes an empty map, and gives under {@code rules} the ids of all rules, a {@code List<String>}.
 *   <li>{@code explain}: takes a rule's id under {@code rule}, and gives under {@code lines} all that the catalogue says
 *       about it, a {@code List<String>}.
 * </ul>
 *
 * <p>A wrong option is an {@link IllegalArgumentException}. Depends on OSGi Core and on the kit's public packages.
 */
package org.datagram4j.conformance.osgi;
