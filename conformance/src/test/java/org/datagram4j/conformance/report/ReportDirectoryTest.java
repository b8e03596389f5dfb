package org.datagram4j.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void writesAFileAndNothingElse() throws IOException {
        ReportDirectory directory = ReportDirectory.open(temporary.resolve("a")).child("b");
        directory.write("file", "old");
        Path file = directory.write("file", "new");
        assertEquals("new", Files.readString(file));
        try (Stream<Path> files = Files.list(temporary.resolve("a/b"))) {
            assertEquals(List.of(file), files.toList());
        }
    }

    /** A backend says itself what it is called. */
    @Test
    void aNameNeverLeadsElsewhere() throws IOException {
        ReportDirectory directory = ReportDirectory.open(temporary.resolve("reports"));
        String endless = "x".repeat(10_000);
        for (String name :
                new String[] {"..", "../../etc", "/etc", "a/b", "C:\\x", "", ".", "\u0000", "\uD800", endless}) {
            Path file = directory.child(name).write("file", "text");
            assertEquals(temporary.resolve("reports"), file.getParent().getParent(), name);
            assertEquals(file.toRealPath(), file.normalize().toRealPath(), name);
            assertTrue(file.normalize().startsWith(temporary.resolve("reports")), name);
        }
    }

    @Test
    void whatCannotBeWrittenToIsNamed() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        String message = assertThrows(IllegalArgumentException.class, () -> ReportDirectory.open(file))
                .getMessage();
        assertTrue(message.contains("cannot be written to the directory " + file), message);
    }
}
