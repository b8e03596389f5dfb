package org.datagram4j.shell;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.datagram4j.BackendCandidate;
import org.datagram4j.Limit;
import org.datagram4j.UdpBackend;
import org.datagram4j.osgi.BackendTracker;
import org.datagram4j.tools.FoundBackend;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The backends of this framework, as the commands show them. */
final class Backends {
    private Backends() {}

    /** All that there are, the chosen one first. */
    static List<FoundBackend> all(BundleContext context) {
        try (BackendTracker tracker = BackendTracker.open(context)) {
            return tracker.explain().stream()
                    .map(candidate -> found(context, candidate))
                    .toList();
        }
    }

    /** Services of a type, and with a property. */
    static <T> Collection<ServiceReference<T>> services(BundleContext context, Class<T> type, String filter) {
        try {
            return context.getServiceReferences(type, filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FoundBackend found(BundleContext context, BackendCandidate candidate) {
        return candidate.verdict() == BackendCandidate.Verdict.REFUSED
                ? refused(candidate)
                : services(context, UdpBackend.class, null).stream()
                        .filter(service -> candidate.name().equals(service.getProperty(UdpBackend.NAME_PROPERTY))
                                && service.getBundle() != null
                                && candidate
                                        .provider()
                                        .equals("bundle " + service.getBundle().getSymbolicName()))
                        .findFirst()
                        .map(service -> found(context, candidate, service))
                        .orElseGet(() -> refused(candidate));
    }

    private static FoundBackend refused(BackendCandidate candidate) {
        return FoundBackend.refused(candidate.name(), candidate.provider(), candidate.reason());
    }

    private static FoundBackend found(
            BundleContext context, BackendCandidate candidate, ServiceReference<UdpBackend> service) {
        UdpBackend backend = context.getService(service);
        if (backend == null) {
            return refused(candidate);
        }
        try {
            Map<String, Long> limits = new LinkedHashMap<>();
            Arrays.stream(Limit.values()).forEach(limit -> limits.put(limit.name(), backend.limit(limit)));
            Set<String> capabilities =
                    backend.capabilities().stream().map(Enum::name).collect(Collectors.toSet());
            return new FoundBackend(
                    candidate.name(),
                    candidate.verdict().name().toLowerCase(Locale.ROOT),
                    String.valueOf(candidate.ranking()),
                    backend.profile().name(),
                    candidate.provider(),
                    candidate.reason(),
                    capabilities,
                    limits);
        } finally {
            context.ungetService(service);
        }
    }
}
