package org.datagram4j.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
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

    @Test
    void failuresPointToAHeadingThatIsThere() {
        String page = GeneratedDocs.pages().get("specification.md");
        for (RuleEntry rule : Catalogue.load().rules()) {
            assertEquals("docs/specification.md#" + rule.id().toLowerCase(Locale.ROOT), rule.anchor());
            assertTrue(page.contains("\n### " + rule.id() + "\n"), () -> "a heading for " + rule.anchor());
            String text = FailureText.of(rule, "v4", "expected 1, actual 2", false);
            assertTrue(text.endsWith("\n  see:    " + rule.anchor()), text);
        }
    }
}
