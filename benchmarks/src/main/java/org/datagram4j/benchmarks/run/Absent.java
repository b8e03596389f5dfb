package org.datagram4j.benchmarks.run;

/** Takes no part, and why. */
public final class Absent extends Exception {
    private static final long serialVersionUID = 1;

    Absent(String why) {
        super(why);
    }
}
