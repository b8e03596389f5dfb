package org.datagram4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a ratio should be at most or at least.
 *
 * @param text what is compared
 */
record Goal(
        String text,
        Workload workload,
        Contender contender,
        Workload otherWorkload,
        Contender other,
        boolean atMost,
        double limit) {

    private static final Workload EVENT_100 = new Workload("event", 100);
    private static final Workload EVENT_10000 = new Workload("event", 10_000);
    private static final Workload SLEEP = new Workload("sleep", 64);
    private static final Workload SPIN = new Workload("spin", 64);
    private static final Workload SINGLE = new Workload("single", 1200);
    private static final Workload BATCH = new Workload("batch", 1200);
    private static final Workload SEGMENTS = new Workload("segments", 1200);

    /** All of them; each is about the native backend. */
    static List<Goal> all() {
        Contender ffm = Contender.NATIVE_FFM;
        Contender jna = Contender.NATIVE_JNA;
        Contender slots = Contender.SLOTS_FFM;
        return List.of(
                atMost("single to C's single", SINGLE, ffm, SINGLE, Contender.C, 1.05),
                atMost("batch to C's batch", BATCH, ffm, BATCH, Contender.C, 1.05),
                atLeast("single to batch", SINGLE, ffm, BATCH, ffm, 1.25),
                atMost("segments to C's segments", SEGMENTS, ffm, SEGMENTS, Contender.C, 1.15),
                atMost("segments in slots to C's segments", SEGMENTS, slots, SEGMENTS, Contender.C, 1.15),
                atLeast("single to segments", SINGLE, ffm, SEGMENTS, ffm, 12),
                atLeast("single to segments in slots", SINGLE, ffm, SEGMENTS, slots, 12),
                atMost("event of 10,000 sockets to event of 100", EVENT_10000, ffm, EVENT_100, ffm, 1.3),
                atMost("spinning to sleeping round trip", SPIN, ffm, SLEEP, ffm, 0.333),
                atMost("single, JNA to FFM", SINGLE, jna, SINGLE, ffm, 1.15),
                atMost("batch, JNA to FFM", BATCH, jna, BATCH, ffm, 1.05));
    }

    private static Goal atMost(
            String text, Workload workload, Contender contender, Workload otherWorkload, Contender other, double most) {
        return new Goal(text, workload, contender, otherWorkload, other, true, most);
    }

    private static Goal atLeast(
            String text,
            Workload workload,
            Contender contender,
            Workload otherWorkload,
            Contender other,
            double least) {
        return new Goal(text, workload, contender, otherWorkload, other, false, least);
    }

    Optional<Spread> ratio(Results results) {
        return results.ratio(workload, contender, otherWorkload, other);
    }

    String wanted() {
        return (atMost ? "at most " : "at least ") + String.format(Locale.ROOT, "%.2f", limit);
    }

    /** Met or missed only if three quarters of the rounds say so. */
    String verdict(Spread ratio) {
        boolean met = atMost ? ratio.high() <= limit : ratio.low() >= limit;
        boolean missed = atMost ? ratio.low() > limit : ratio.high() < limit;
        return met ? "met" : missed ? "missed" : "undecided: the spread crosses it";
    }
}
