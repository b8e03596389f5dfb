/**
 * A bundle that certifies the backends of the container that it is started in, without anybody calling it: a test that
 * started the container reads the files that it leaves. What to do is in framework or system properties, which
 * {@link org.datagram4j.containers.probe.Job} names. Depends on OSGi Core and, when compiled, on names of the kit.
 */
package org.datagram4j.containers.probe;
