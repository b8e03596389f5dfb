/** An echo server on datagram4j's API: {@link Main} reads the arguments, {@link EchoServer} does the work. */
package com.example.echo;
