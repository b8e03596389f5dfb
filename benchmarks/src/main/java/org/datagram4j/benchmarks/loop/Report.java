package org.datagram4j.benchmarks.loop;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a run took.
 *
 * @param nanos for all operations
 * @param count of the operations
 * @param bytes that the measured threads allocated, or NaN if nobody counts them
 * @param histogram of the nanoseconds of each, or null
 */
public record Report(long nanos, long count, double bytes, Histogram histogram) {
    String line() {
        StringBuilder line = new StringBuilder("done nanos=" + nanos + " count=" + count);
        if (!Double.isNaN(bytes)) {
            line.append(String.format(Locale.ROOT, " bytes=%.0f", bytes));
        }
        if (histogram != null && histogram.getTotalCount() > 0) {
            String separator = " hist=";
            for (var value : histogram.recordedValues()) {
                line.append(separator).append(value.getValueIteratedTo()).append(':');
                line.append(value.getCountAtValueIteratedTo());
                separator = ",";
            }
        }
        return line.toString();
    }
}
