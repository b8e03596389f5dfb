package org.datagram4j.conformance.isolate;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of a journal as they come. */
final class Tail implements AutoCloseable {
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Tail(Path file) throws IOException {
        in = Files.newInputStream(file);
    }

    /** The lines that are complete since the last call. */
    List<JsonObject> next() throws IOException {
        List<JsonObject> lines = new ArrayList<>();
        byte[] chunk = new byte[8_192];
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            for (int i = 0; i < count; i++) {
                if (chunk[i] == '\n') {
                    parse(line.toString(StandardCharsets.UTF_8), lines);
                    line.reset();
                } else {
                    line.write(chunk[i]);
                }
            }
        }
        return lines;
    }

    private static void parse(String text, List<JsonObject> lines) {
        try {
            lines.add(JsonParser.parseString(text).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            return; // it was cut off by the end of the JVM that wrote it
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
