/**
 * What the bundle does by itself: it passes Configuration Admin's configuration on as a policy, and explains to whoever
 * sees no class of ours. It may use {@link org.datagram4j.osgi}, {@code org.datagram4j.spi}, and OSGi.
 */
package org.datagram4j.osgi.internal;
