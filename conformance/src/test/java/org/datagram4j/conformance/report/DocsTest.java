package org.datagram4j.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keeps the generated pages in step with the catalogue; with {@code -Ddatagram4j.docs.write=true} it writes them. */
class DocsTest {
    private static final Path DOCS = Path.of(System.getProperty("datagram4j.project.root"), "docs");
    private static final String COMMAND = "mvn -q test -pl conformance -am -Dtest=DocsTest -Ddatagram4j.docs.write=true"
            + " -Dsurefire.failIfNoSpecifiedTests=false";

    @Test
    void generatedPagesAreThoseInTheRepository() throws IOException {
        for (Map.Entry<String, String> page : GeneratedDocs.pages().entrySet()) {
            Path file = DOCS.resolve(page.getKey());
            if (Boolean.getBoolean("datagram4j.docs.write")) {
                Files.createDirectories(DOCS);
                Files.writeString(file, page.getValue());
            }
            String committed = Files.exists(file) ? Files.readString(file) : "";
            assertEquals(
                    page.getValue(),
                    committed,
                    () -> file + " is not what the catalogue says; generate it: " + COMMAND);
        }
    }
}
