package org.datagram4j.conformance.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datagram4j.conformance.report.JsonReport;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.ReportDirectory;

/** All the files that a run leaves. */
public final class Reports {
    /** The page to read. */
    public static final String PAGE = "conformance.html";

    /** The names of all files. */
    public static final List<String> FILES =
            List.of(JsonReport.FILE, PAGE, "TEST-conformance.xml", "open-test-report.xml", "badge.svg");

    private Reports() {}

    /**
     * The files.
     *
     * @param report what to tell
     * @return the name of each file to its content, {@code conformance.json} first
     */
    public static Map<String, String> texts(Report report) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(JsonReport.FILE, JsonReport.text(report));
        texts.put(PAGE, ReportPage.text(report));
        texts.put("TEST-conformance.xml", JunitXml.text(report));
        texts.put("open-test-report.xml", OpenTestReport.text(report));
        texts.put("badge.svg", Badge.text(report));
        return Collections.unmodifiableMap(texts);
    }

    /**
     * Writes them.
     *
     * @param report what to tell
     * @param directory where to
     * @return where {@code conformance.json} is
     * @throws IOException if one cannot be written
     */
    public static Path write(Report report, ReportDirectory directory) throws IOException {
        Path first = null;
        for (Map.Entry<String, String> file : texts(report).entrySet()) {
            Path path = directory.write(file.getKey(), file.getValue());
            first = first == null ? path : first;
        }
        return first;
    }
}
