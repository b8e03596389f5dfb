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
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Finds backends in either place, and says what became of each, and why. */
final class Backends {
    private static final String CHOSEN = "chosen";
    private static final String AVAILABLE = "available";

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
        Map<String, Map<String, Long>> limits = limits(host.kit("backends", Map.of()));
        List<FoundBackend> all = new ArrayList<>();
        for (ServiceReference<?> service : host.services(UdpBackend.class.getName())) {
            String name = text(service, UdpBackend.NAME_PROPERTY);
            boolean first = all.isEmpty();
            String why = name.equals(System.getProperty(UdpBackend.NAME_PROPERTY))
                    ? "forced by " + UdpBackend.NAME_PROPERTY + "=" + name
                    : "highest service ranking";
            all.add(new FoundBackend(
                    name,
                    first ? CHOSEN : AVAILABLE,
                    service.getProperty(Constants.SERVICE_RANKING) == null
                            ? "0"
                            : text(service, Constants.SERVICE_RANKING),
                    text(service, UdpBackend.PROFILE_PROPERTY),
                    "bundle " + service.getBundle().getSymbolicName(),
                    first ? why : "another has a higher service ranking",
                    Set.of((String[]) service.getProperty(UdpBackend.CAPABILITIES_PROPERTY)),
                    limits.getOrDefault(name, Map.of())));
        }
        host.refused().forEach((bundle, reason) -> all.add(FoundBackend.refused(bundle, "bundle " + bundle, reason)));
        return all;
    }

    // Limits are no service properties; the kit, which sees the services, tells them.
    private static Map<String, Map<String, Long>> limits(Map<String, Object> described) {
        Map<String, Map<String, Long>> limits = new HashMap<>();
        for (Object backend : (List<?>) described.get("backends")) {
            Map<?, ?> description = (Map<?, ?>) backend;
            Map<String, Long> numbers = new LinkedHashMap<>();
            ((Map<?, ?>) description.get(Certifier.LIMITS))
                    .forEach((limit, number) -> numbers.put(String.valueOf(limit), (Long) number));
            limits.putIfAbsent(String.valueOf(description.get(Certifier.BACKEND)), numbers);
        }
        return limits;
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

    private static String text(ServiceReference<?> service, String property) {
        return String.valueOf(service.getProperty(property));
    }
}
