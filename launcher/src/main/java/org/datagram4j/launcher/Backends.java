package org.datagram4j.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.datagram4j.BackendCandidate;
import org.datagram4j.Limit;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.conformance.Certifier;
import org.datagram4j.tools.FoundBackend;
import org.osgi.framework.InvalidSyntaxException;

/** Finds backends in either place, and says what became of each, and why. */
final class Backends {
    private Backends() {}

    /** What {@link UdpBackends#select()} looks at. */
    static List<FoundBackend> onClassPath() {
        Map<String, UdpBackend> working = UdpBackends.all().stream()
                .collect(Collectors.toMap(UdpBackend::name, backend -> backend, (first, second) -> first));
        return UdpBackends.explain().stream()
                .map(candidate -> found(candidate, working.get(candidate.name())))
                .toList();
    }

    /** What a bundle that asks the service registry for a backend gets. */
    static List<FoundBackend> in(FelixHost host) throws IOException, InvalidSyntaxException, InterruptedException {
        Map<String, Map<?, ?>> described = described(host.kit("backends", Map.of()));
        List<FoundBackend> all = new ArrayList<>();
        for (Map<String, Object> candidate : host.explain()) {
            String name = String.valueOf(candidate.get("name"));
            String verdict = String.valueOf(candidate.get("verdict"));
            String provider = String.valueOf(candidate.get("provider"));
            String reason = host.refused()
                    .getOrDefault(provider.replaceFirst("^bundle ", ""), String.valueOf(candidate.get("reason")));
            Map<?, ?> description = described.get(name);
            all.add(
                    verdict.equals("refused") || description == null
                            ? FoundBackend.refused(name, provider, reason)
                            : found(name, verdict, provider, reason, candidate.get("ranking"), description));
        }
        return all;
    }

    private static FoundBackend found(
            String name, String verdict, String provider, String reason, Object ranking, Map<?, ?> description) {
        Set<String> capabilities = ((List<?>) description.get(Certifier.CAPABILITIES))
                .stream().map(String::valueOf).collect(Collectors.toSet());
        Map<String, Long> limits = new LinkedHashMap<>();
        ((Map<?, ?>) description.get(Certifier.LIMITS))
                .forEach((limit, number) -> limits.put(String.valueOf(limit), (Long) number));
        String profile = String.valueOf(description.get(Certifier.PROFILE));
        return new FoundBackend(
                name, verdict, String.valueOf(ranking), profile, provider, reason, capabilities, limits);
    }

    // The kit, which sees the services, tells what they can do; the first of a name is the one that is chosen.
    private static Map<String, Map<?, ?>> described(Map<String, Object> answer) {
        Map<String, Map<?, ?>> described = new HashMap<>();
        for (Object backend : (List<?>) answer.get("backends")) {
            Map<?, ?> description = (Map<?, ?>) backend;
            described.putIfAbsent(String.valueOf(description.get(Certifier.BACKEND)), description);
        }
        return described;
    }

    private static FoundBackend found(BackendCandidate candidate, UdpBackend backend) {
        if (candidate.verdict() == BackendCandidate.Verdict.REFUSED || backend == null) {
            return FoundBackend.refused(candidate.name(), candidate.provider(), candidate.reason());
        }
        Map<String, Long> limits = new LinkedHashMap<>();
        Arrays.stream(Limit.values()).forEach(limit -> limits.put(limit.name(), backend.limit(limit)));
        return new FoundBackend(
                candidate.name(),
                candidate.verdict().name().toLowerCase(Locale.ROOT),
                String.valueOf(candidate.ranking()),
                backend.profile().name(),
                candidate.provider(),
                candidate.reason(),
                backend.capabilities().stream().map(Enum::name).collect(Collectors.toSet()),
                limits);
    }
}
