package org.datagram4j.benchmarks.run;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Values in nanoseconds and how often each was measured. */
public final class Histograms {
    private Histograms() {}

    /** The value that so many percent do not exceed. */
    public static double percentile(Map<Long, Long> values, double percent) {
        return of(values).getValueAtPercentile(percent);
    }

    /** The same values, to be asked more. */
    public static Histogram of(Map<Long, Long> values) {
        Histogram histogram = new Histogram(3);
        values.forEach(histogram::recordValueWithCount);
        return histogram;
    }

    /** Adds all values of one to another. */
    public static void add(TreeMap<Long, Long> to, Map<Long, Long> from) {
        from.forEach((value, times) -> to.merge(value, times, Long::sum));
    }
}
