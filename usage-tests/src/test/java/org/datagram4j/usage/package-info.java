/**
 * Uses what is built as others do: the packaged jars, by the commands of the JDK that runs the tests, on the module path,
 * the class path and in run-time images. Nothing here calls datagram4j's own types.
 */
package org.datagram4j.usage;
