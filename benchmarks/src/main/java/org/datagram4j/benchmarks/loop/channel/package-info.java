/** The loops on {@code java.nio} channels and selectors. */
package org.datagram4j.benchmarks.loop.channel;
