/** The backend on {@code java.nio} channels. */
package org.datagram4j.nio;
