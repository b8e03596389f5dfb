package org.datagram4j.benchmarks.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A line that a measured process prints. */
final class Answer {
    private final String line;
    private final Map<String, String> values = new HashMap<>();

    private Answer(String line) {
        this.line = line;
        for (String word : line.split(" ")) {
            String[] pair = word.split("=", 2);
            values.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
    }

    /** The answer, which has to begin with a word. */
    static Answer parse(String line, String word) throws IOException {
        if (!line.equals(word) && !line.startsWith(word + " ")) {
            throw new IOException("it printed '" + line + "'");
        }
        return new Answer(line);
    }

    /** A value, or the other. */
    String text(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    double number(String key) throws IOException {
        try {
            return Double.parseDouble(values.get(key));
        } catch (NullPointerException | NumberFormatException e) {
            throw new IOException("it printed '" + line + "', which has no " + key, e);
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Values and how often they were measured. */
    Map<Long, Long> histogram() throws IOException {
        Map<Long, Long> histogram = new TreeMap<>();
        try {
            for (String bar : text("hist", "").split(",")) {
                String[] pair = bar.split(":");
                histogram.put(Long.valueOf(pair[0]), Long.valueOf(pair[1]));
            }
        } catch (RuntimeException e) {
            throw new IOException("it printed '" + line + "'", e);
        }
        return histogram;
    }
}
