package org.datagram4j.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * The middle of some values, and how far they are apart.
 *
 * @param low the first quartile
 * @param median the middle
 * @param high the third quartile
 */
public record Spread(double low, double median, double high) {
    /** Beyond this share of the median, the spread hides what is compared. */
    private static final double MOST = 0.15;

    /**
     * Of one value or more.
     */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double[] pair = Arrays.copyOfRange(sorted, below, Math.min(below + 2, sorted.length));
        return pair[0] + (place - below) * (pair[pair.length - 1] - pair[0]);
    }

    /** The interquartile range as a share of the median. */
    public double width() {
        return median == 0 ? 0 : (high - low) / median;
    }

    /** Whether it is too wide to say anything. */
    public boolean isNoisy() {
        return width() > MOST;
    }
}
