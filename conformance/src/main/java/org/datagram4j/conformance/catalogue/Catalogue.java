package org.datagram4j.conformance.catalogue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.datagram4j.Capability;
import org.datagram4j.Profile;
import org.datagram4j.UdpBackend;

/** All rules, in the order of their areas. */
public final class Catalogue {
    /** The areas, in the order in which they are run and printed. */
    public static final List<String> AREAS = List.of(
            "BIND", "SEND", "RECV", "CONN", "ERR", "READY", "REG", "WAKE", "CLOSE", "OPT", "MCAST", "V6", "BATCH",
            "SEG", "META", "STAT", "MEM", "THR", "PLAT");

    private static final Pattern ID = Pattern.compile("UDP-[A-Z0-9]+-[0-9]{2}");

    private static final Set<String> KEYS = Set.of(
            "id",
            "level",
            "tier",
            "extraOn",
            "kind",
            "title",
            "text",
            "intent",
            "capabilities",
            "profiles",
            "variants",
            "needs",
            "methods",
            "source",
            "check");

    private final Map<String, RuleEntry> rules = new LinkedHashMap<>();
    private final Map<String, String> areaTitles = new LinkedHashMap<>();

    private Catalogue() {}

    /**
     * Reads the catalogue of the api module.
     *
     * @return the catalogue
     * @throws IllegalStateException if a file is missing parts or contradicts itself, saying which and where
     */
    public static Catalogue load() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String area : AREAS) {
            String file = "/META-INF/datagram4j/rules/" + area + ".json";
            try (InputStream in = UdpBackend.class.getResourceAsStream(file)) {
                if (in != null) {
                    files.put(area, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + file, e);
            }
        }
        return parse(files);
    }

    /**
     * Reads a catalogue.
     *
     * @param files area to the content of its file
     * @return the catalogue
     * @throws IllegalStateException if a file is missing parts or contradicts itself, saying which and where
     */
    static Catalogue parse(Map<String, String> files) {
        Catalogue catalogue = new Catalogue();
        files.forEach((area, json) -> {
            try {
                JsonElement file = JsonParser.parseString(json);
                if (!file.isJsonObject()) {
                    throw new JsonParseException("it has to be an object");
                }
                catalogue.read(area, file.getAsJsonObject());
            } catch (JsonParseException | UnsupportedOperationException | ClassCastException e) {
                throw new IllegalStateException("the file of area " + area + " is no catalogue: " + e.getMessage(), e);
            }
        });
        return catalogue;
    }

    /**
     * All rules.
     *
     * @return in the order of areas and files
     */
    public Collection<RuleEntry> rules() {
        return Collections.unmodifiableCollection(rules.values());
    }

    /**
     * One rule.
     *
     * @param id its id
     * @return the rule, or empty if there is none
     */
    public Optional<RuleEntry> rule(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /**
     * What an area is about.
     *
     * @return area to title, in order, only areas that have rules
     */
    public Map<String, String> areas() {
        return Collections.unmodifiableMap(areaTitles);
    }

    /**
     * Rules that match any of some globs ({@code *} and {@code ?}), ignoring case. A glob is for ids, such as
     * {@code UDP-RECV-*}, or for ids with variants, such as {@code UDP-RECV-01/v6}: then a rule has only those.
     *
     * @param globs the globs; none means all rules
     * @return in the order of the catalogue
     * @throws IllegalArgumentException if a glob matches nothing, naming it
     */
    public List<RuleEntry> matching(Collection<String> globs) {
        if (globs.isEmpty()) {
            return List.copyOf(rules.values());
        }
        List<RuleEntry> found = new ArrayList<>();
        Set<String> unused = new LinkedHashSet<>(globs);
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        globs.forEach(glob -> patterns.put(glob, pattern(glob)));
        for (RuleEntry rule : rules.values()) {
            Set<String> variants = new LinkedHashSet<>();
            patterns.forEach((glob, pattern) -> {
                List<String> hits = rule.variants().stream()
                        .filter(variant -> pattern.matcher(glob.contains("/") ? rule.id() + "/" + variant : rule.id())
                                .matches())
                        .toList();
                if (!hits.isEmpty()) {
                    unused.remove(glob);
                    variants.addAll(hits);
                }
            });
            if (!variants.isEmpty()) {
                found.add(rule.withVariants(
                        rule.variants().stream().filter(variants::contains).toList()));
            }
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException(
                    "no rule matches '" + unused.iterator().next() + "': see the list of rules");
        }
        return List.copyOf(found);
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                "\\Q" + glob.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E", Pattern.CASE_INSENSITIVE);
    }

    private void read(String area, JsonObject file) {
        areaTitles.put(area, text(file, "title", "the file of area " + area));
        if (!file.has("rules")) {
            throw new IllegalStateException("the file of area " + area + " lacks \"rules\"");
        }
        for (JsonElement element : file.getAsJsonArray("rules")) {
            RuleEntry rule = rule(area, element.getAsJsonObject());
            if (rules.put(rule.id(), rule) != null) {
                throw new IllegalStateException("rule " + rule.id() + " is there twice");
            }
        }
    }

    private static RuleEntry rule(String area, JsonObject json) {
        String id = text(json, "id", "a rule of area " + area);
        Set<String> unknown = new TreeSet<>(json.keySet());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(id + " has \"" + unknown.iterator().next() + "\", which means nothing");
        }
        if (!ID.matcher(id).matches() || !id.startsWith("UDP-" + area + "-")) {
            throw new IllegalStateException("rule id '" + id + "' does not fit area " + area);
        }
        List<String> variants = list(json, "variants");
        Set<Profile> profiles = enums(list(json, "profiles"), Profile.class, id);
        return new RuleEntry(
                id,
                one(text(json, "level", id), RuleEntry.Level.class, id),
                one(text(json, "tier", id), RuleEntry.Tier.class, id),
                enums(list(json, "extraOn"), Profile.class, id),
                json.has("kind")
                        ? one(text(json, "kind", id).toUpperCase(Locale.ROOT), RuleEntry.Kind.class, id)
                        : RuleEntry.Kind.DETERMINISTIC,
                text(json, "title", id),
                text(json, "text", id),
                text(json, "intent", id),
                enums(list(json, "capabilities"), Capability.class, id),
                profiles.isEmpty() ? EnumSet.allOf(Profile.class) : profiles,
                variants.isEmpty() ? List.of("v4") : variants,
                new LinkedHashSet<>(list(json, "needs")),
                some(json, "methods", id),
                text(json, "source", id),
                some(json, "check", id));
    }

    private static String text(JsonObject json, String key, String where) {
        if (!json.has(key) || json.get(key).getAsString().isBlank()) {
            throw new IllegalStateException(where + " lacks \"" + key + "\"");
        }
        return json.get(key).getAsString();
    }

    private static List<String> list(JsonObject json, String key) {
        List<String> values = new ArrayList<>();
        JsonArray array = json.has(key) ? json.getAsJsonArray(key) : new JsonArray();
        array.forEach(value -> values.add(value.getAsString()));
        return List.copyOf(values);
    }

    private static List<String> some(JsonObject json, String key, String where) {
        List<String> values = list(json, key);
        if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
            throw new IllegalStateException(where + " lacks \"" + key + "\"");
        }
        return values;
    }

    private static <E extends Enum<E>> E one(String name, Class<E> type, String id) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(id + ": no " + type.getSimpleName() + " is called " + name, e);
        }
    }

    private static <E extends Enum<E>> Set<E> enums(List<String> names, Class<E> type, String id) {
        Set<E> values = EnumSet.noneOf(type);
        Function<String, E> parse = name -> one(name, type, id);
        names.stream().map(parse).forEach(values::add);
        return Collections.unmodifiableSet(values);
    }
}
