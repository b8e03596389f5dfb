package org.datagram4j.adapters.netty;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why rules fail: an entry of {@code faults.json}, which the test goes by and {@code docs/peers.md} shows.
 *
 * @param of whose fault: netty, interface (what Netty's interface cannot say) or adapter
 * @param rules which rules, by the name of the backend, or for "all" of them
 * @param byChance whether they fail in some runs only
 * @param what what happens, and why
 */
record Fault(String of, Map<String, List<String>> rules, boolean byChance, String what) {
    private static final String ALL = "all";
    private static final String FILE = "faults.json";

    /** All that are known. */
    static List<Fault> known() throws IOException {
        try (Reader file = new InputStreamReader(Fault.class.getResourceAsStream(FILE), StandardCharsets.UTF_8)) {
            return List.copyOf(new Gson().fromJson(file, new TypeToken<List<Fault>>() {}));
        }
    }

    /** The rules that fail by it, of one backend. */
    List<String> rulesOf(String backend) {
        return rules.getOrDefault(ALL, rules.getOrDefault(backend, List.of()));
    }

    /** The rules that fail in every run, or those that fail by chance, of one backend. */
    static Set<String> rules(String backend, boolean byChance) throws IOException {
        Set<String> all = new TreeSet<>();
        for (Fault fault : known()) {
            if (fault.byChance != byChance) {
                continue;
            }
            for (String rule : fault.rulesOf(backend)) {
                if (!all.add(rule)) {
                    throw new IllegalStateException(rule + " of " + backend + " has two entries in " + FILE);
                }
            }
        }
        return all;
    }
}
