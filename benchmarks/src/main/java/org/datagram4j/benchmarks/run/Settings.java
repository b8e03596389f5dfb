package org.datagram4j.benchmarks.run;

/**
 * How long and how often.
 *
 * @param quick whether those are left out that a quick run has no time for
 * @param rounds how often each is measured
 * @param millis for how long each time
 * @param warmUpMillis for how long before
 * @param shared whether the contenders of one JVM share a process, which says nothing about speed
 */
public record Settings(boolean quick, int rounds, int millis, int warmUpMillis, boolean shared) {
    /** A datagram under load and a round trip take two threads, which need longer to be exact. */
    int millis(Workload workload) {
        return workload.family().meter() == Family.Meter.PROCESSOR ? millis : millis * 3 / 2;
    }
}
