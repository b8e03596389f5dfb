package org.datagram4j.osgi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.BackendCandidate;
import org.datagram4j.BackendCandidate.Verdict;
import org.datagram4j.UdpBackend;
import org.datagram4j.spi.BackendStatus;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** What is there, what was chosen, what was not, and why. */
final class Explanation {
    private final BundleContext context;
    private final List<ServiceReference<?>> services;
    private final List<BackendCandidate> candidates = new ArrayList<>();
    private final Set<Bundle> explained = new HashSet<>();

    private Explanation(BundleContext context) {
        this.context = context;
        this.services = references(context, UdpBackend.class);
    }

    /**
     * Explains.
     *
     * @param chosen the chosen backend's service, or null
     * @param filter what services have to match, or null
     * @param failure why a service could not be used, or null
     */
    static List<BackendCandidate> of(
            BundleContext context,
            ServiceReference<?> chosen,
            Filter filter,
            Function<ServiceReference<?>, String> failure) {
        Explanation explanation = new Explanation(context);
        Map<String, String> statements = explanation.statements();
        for (ServiceReference<?> service : explanation.services) {
            explanation.offered(service, service.equals(chosen), filter, failure.apply(service), statements);
        }
        explanation.declined();
        explanation.unheard();
        return List.copyOf(explanation.candidates);
    }

    private void offered(
            ServiceReference<?> service,
            boolean chosen,
            Filter filter,
            String failure,
            Map<String, String> statements) {
        Bundle bundle = service.getBundle();
        if (bundle == null) {
            return; // it went just now
        }
        explained.add(bundle);
        String name = name(service);
        Object ranking = service.getProperty(Constants.SERVICE_RANKING);
        Verdict verdict = chosen ? Verdict.CHOSEN : failure != null ? Verdict.REFUSED : Verdict.AVAILABLE;
        String reason;
        if (chosen) {
            reason = statements.getOrDefault(name, "highest service ranking");
        } else if (failure != null) {
            reason = failure;
        } else if (filter != null && !filter.match(service)) {
            reason = "the filter " + filter + " does not match";
        } else {
            reason = "another has a higher service ranking";
        }
        candidates.add(new BackendCandidate(
                name,
                provider(bundle),
                ranking instanceof Integer number ? number : 0,
                verdict,
                reason + notes(service, name, ranking)));
    }

    private String notes(ServiceReference<?> service, String name, Object ranking) {
        String notes = "";
        if (ranking != null && !(ranking instanceof Integer)) {
            notes += "; its service.ranking '" + ranking + "' is no Integer and counts as 0";
        }
        if (services.stream().anyMatch(other -> other != service && name(other).equals(name))) {
            notes += "; more than one backend has this name";
        }
        return notes;
    }

    /** What forced a backend, by its name. */
    private Map<String, String> statements() {
        return statuses()
                .filter(candidate -> candidate.verdict() != Verdict.REFUSED
                        && candidate.reason().startsWith("forced"))
                .collect(Collectors.toMap(BackendCandidate::name, BackendCandidate::reason, (first, second) -> first));
    }

    /** Those that stay away, and say why. */
    private void declined() {
        for (ServiceReference<?> reference : references(context, BackendStatus.class)) {
            BackendCandidate said = said(reference);
            Bundle bundle = reference.getBundle();
            if (said != null && bundle != null && explained.add(bundle)) {
                candidates.add(said);
            }
        }
    }

    private Stream<BackendCandidate> statuses() {
        return references(context, BackendStatus.class).stream().map(this::said).filter(said -> said != null);
    }

    private BackendCandidate said(ServiceReference<?> reference) {
        try {
            BackendStatus status = (BackendStatus) context.getService(reference);
            try {
                return status == null ? null : status.candidate();
            } finally {
                context.ungetService(reference);
            }
        } catch (RuntimeException | LinkageError e) {
            return null; // a vendor's, and then its bundle is told of below
        }
    }

    /** Bundles that say they have a backend, and have not said anything else. */
    private void unheard() {
        for (Bundle bundle : context.getBundles()) {
            if (!explained.contains(bundle) && Requirements.claimsBackend(bundle)) {
                candidates.add(new BackendCandidate(
                        Requirements.claimedName(bundle), provider(bundle), 0, Verdict.REFUSED, reason(bundle)));
            }
        }
    }

    private String reason(Bundle bundle) {
        switch (bundle.getState()) {
            case Bundle.INSTALLED:
                String missing = Requirements.missing(context, bundle);
                return missing.isEmpty()
                        ? "its bundle is not started"
                        : "its bundle does not resolve: nothing provides " + missing;
            case Bundle.RESOLVED:
                return "its bundle is not started; if it was, the framework's log says why it failed";
            case Bundle.STARTING:
                return "its bundle is starting";
            case Bundle.STOPPING:
                return "its bundle is stopping";
            default:
                return "its bundle is active, and registered no backend; the log may say why";
        }
    }

    private static String provider(Bundle bundle) {
        return "bundle " + bundle.getSymbolicName();
    }

    private static String name(ServiceReference<?> service) {
        Object name = service.getProperty(UdpBackend.NAME_PROPERTY);
        return name == null ? "(no name)" : String.valueOf(name);
    }

    private static List<ServiceReference<?>> references(BundleContext context, Class<?> type) {
        try {
            ServiceReference<?>[] found = context.getServiceReferences(type.getName(), null);
            return found == null
                    ? List.of()
                    : Arrays.<ServiceReference<?>>stream(found)
                            .sorted(Comparator.reverseOrder())
                            .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
