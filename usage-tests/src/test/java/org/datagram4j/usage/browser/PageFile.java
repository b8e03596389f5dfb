package org.datagram4j.usage.browser;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A page, and what is to be on it.
 *
 * @param name for reports of the test
 * @param file the page
 * @param json the same as data
 * @param rows by rule, in the order of the page
 */
record PageFile(String name, Path file, JsonObject json, Map<String, Row> rows) {
    List<String> rules() {
        return rules(row -> true);
    }

    List<String> rules(Predicate<Row> condition) {
        return rows.entrySet().stream()
                .filter(row -> condition.test(row.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
