package org.datagram4j.conformance.catalogue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.Capability;
import org.datagram4j.UdpBackend;

/**
 * What mio has beside what we have, row by row; each row is certified by rules.
 *
 * @param sections the parts of the table
 */
public record MioMapping(List<Section> sections) {
    private static final String FILE = "/META-INF/datagram4j/rules/mio.json";

    /**
     * Copies the list.
     *
     * @param sections see the record
     */
    public MioMapping {
        sections = List.copyOf(sections);
    }

    /**
     * A part of the table.
     *
     * @param title what it is about
     * @param rows its rows
     */
    public record Section(String title, List<Row> rows) {}

    /**
     * A row of the table.
     *
     * @param mio what mio has
     * @param ours what we have
     * @param methods our methods, as {@link RuleEntry#methods()} names them
     * @param capabilities if not empty, only rules about one of these belong to the row
     */
    public record Row(String mio, String ours, List<String> methods, List<Capability> capabilities) {
        /**
         * The rules that exercise what the row is about.
         *
         * @param catalogue the rules
         * @return rules, in the order of the catalogue
         */
        public List<RuleEntry> rules(Catalogue catalogue) {
            return catalogue.rules().stream()
                    .filter(rule -> rule.methods().stream().anyMatch(methods::contains))
                    .filter(rule ->
                            capabilities.isEmpty() || capabilities.stream().anyMatch(of -> isAbout(rule, of)))
                    .toList();
        }

        // A rule for those who do not declare a capability has it as a variant.
        private static boolean isAbout(RuleEntry rule, Capability capability) {
            return rule.capabilities().contains(capability) || rule.variants().contains(capability.name());
        }
    }

    /**
     * Reads the table of the api module.
     *
     * @return the table
     */
    public static MioMapping load() {
        try (InputStream in = UdpBackend.class.getResourceAsStream(FILE);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return parse(JsonParser.parseReader(reader).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    private static MioMapping parse(JsonObject file) {
        List<Section> sections = new ArrayList<>();
        for (JsonElement section : file.getAsJsonArray("sections")) {
            JsonObject json = section.getAsJsonObject();
            List<Row> rows = new ArrayList<>();
            json.getAsJsonArray("rows").forEach(row -> rows.add(row(row.getAsJsonObject())));
            sections.add(new Section(json.get("title").getAsString(), List.copyOf(rows)));
        }
        return new MioMapping(sections);
    }

    private static Row row(JsonObject json) {
        return new Row(
                json.get("mio").getAsString(),
                json.get("ours").getAsString(),
                list(json, "methods"),
                list(json, "capabilities").stream().map(Capability::valueOf).toList());
    }

    private static List<String> list(JsonObject json, String key) {
        List<String> values = new ArrayList<>();
        JsonArray array = json.has(key) ? json.getAsJsonArray(key) : new JsonArray();
        array.forEach(value -> values.add(value.getAsString()));
        return List.copyOf(values);
    }
}
