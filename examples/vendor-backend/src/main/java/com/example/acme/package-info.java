/** The backend {@code acme}: it counts datagrams, and leaves the rest to the best of the other backends. */
package com.example.acme;
