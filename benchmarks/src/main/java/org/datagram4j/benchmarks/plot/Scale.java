package org.datagram4j.benchmarks.plot;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.function.DoubleFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;

/**
 * A logarithmic scale with a tick at each power of a base. JFreeChart's own draws its labels glyph by glyph, which makes
 * a picture ten times as large.
 */
record Scale(double base) {
    /** Where a value is on the axis. */
    double of(double value) {
        return Math.log(value) / Math.log(base);
    }

    NumberAxis axis(String label, DoubleFunction<String> text) {
        NumberAxis axis = new NumberAxis(label);
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setNumberFormatOverride(new Powers(text));
        axis.setAutoRangeIncludesZero(false);
        return axis;
    }

    private final class Powers extends NumberFormat {
        private static final long serialVersionUID = 1;
        private final transient DoubleFunction<String> text;

        Powers(DoubleFunction<String> text) {
            this.text = text;
        }

        @Override
        public StringBuffer format(double place, StringBuffer to, FieldPosition position) {
            return to.append(text.apply(Math.pow(base, place)));
        }

        @Override
        public StringBuffer format(long place, StringBuffer to, FieldPosition position) {
            return format((double) place, to, position);
        }

        @Override
        public Number parse(String source, ParsePosition position) {
            throw new UnsupportedOperationException();
        }
    }
}
