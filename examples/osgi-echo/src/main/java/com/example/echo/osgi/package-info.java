/**
 * An echo service in an OSGi framework: {@link Activator} follows the backends, {@link EchoService} moves from one to the
 * next, {@link EchoServer} does the work.
 */
package com.example.echo.osgi;
