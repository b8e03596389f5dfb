package org.datagram4j.benchmarks.run;

/** What is started. */
public enum Program {
    /** The loops in C. */
    C,
    /** The loops on mio, in Rust. */
    RUST,
    /** On the newest JDK from 22 on; where there is none and it does not matter, on an older. */
    JAVA,
    /** On a JDK from 22 on. */
    NEW_JAVA,
    /** On a JDK from 17 to 21. */
    OLD_JAVA;

    /** Whether it is a JVM. */
    public boolean isJava() {
        return this != C && this != RUST;
    }
}
