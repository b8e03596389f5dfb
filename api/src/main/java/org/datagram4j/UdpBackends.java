package org.datagram4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.datagram4j.spi.BackendPolicy;

/**
 * Finds backends on the class path and module path, and chooses one.
 *
 * <p>Every provider of {@link UdpBackend} that {@link ServiceLoader} finds is a candidate; one that cannot be loaded or
 * made is refused, with the reason, and does not keep others from serving. The highest {@link UdpBackend#ranking()}
 * wins, and of equals the first by name. The system property {@value UdpBackend#NAME_PROPERTY} forces one by name;
 * {@value UdpBackend#FORBID_PROPERTY} forbids some: what is forbidden is refused.
 *
 * <p>In an OSGi framework backends come from the service registry instead: nothing is found here, and the exception
 * says so. Each call looks anew, so keep what you get. Safe for use by any thread. Rules: UDP-PLAT.
 */
public final class UdpBackends {
    // A loader that never moves past a broken provider must not hold us for ever.
    private static final int MOST_FAILURES = 100;

    private UdpBackends() {}

    /**
     * The best backend that works here, or the forced one.
     *
     * @return the backend
     * @throws IllegalStateException if there is none, saying what was found and refused, and why
     */
    public static UdpBackend select() {
        return find().chosen(policy().forced());
    }

    /**
     * One backend by name, whatever is forced, unless it is forbidden.
     *
     * @param name the backend's name
     * @return the backend
     * @throws IllegalStateException if it is not there, does not work here or is forbidden, saying why
     * @throws NullPointerException if the name is null
     */
    public static UdpBackend select(String name) {
        return find().chosen(Objects.requireNonNull(name, "name"));
    }

    /**
     * All backends that work here and are not forbidden, best first.
     *
     * @return an unmodifiable list, perhaps empty
     */
    public static List<UdpBackend> all() {
        return find().working.stream().map(Working::backend).toList();
    }

    /**
     * What was found, chosen and refused, and why: what {@link #select()} would do now.
     *
     * @return an unmodifiable list: those that work, best first, then those that were refused
     */
    public static List<BackendCandidate> explain() {
        return find().explained(policy().forced());
    }

    private static BackendPolicy policy() {
        return BackendPolicy.of(System::getProperty);
    }

    private static Found find() {
        BackendPolicy policy = policy();
        Found found = new Found(policy, new ArrayList<>(), new ArrayList<>());
        Iterator<UdpBackend> providers = ServiceLoader.load(UdpBackend.class).iterator();
        while (found.refused.size() < MOST_FAILURES) {
            // hasNext() throws too: a class file too new on the class path, a module that does not resolve.
            try {
                if (!providers.hasNext()) {
                    break;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                found.refused.add(refused(e));
            }
        }
        found.working.sort(Comparator.comparingInt(Working::ranking).reversed().thenComparing(Working::name));
        return found;
    }

    private record Working(UdpBackend backend, String name, int ranking) {}

    private static BackendCandidate refused(Error error) {
        String provider = String.valueOf(error.getMessage());
        return new BackendCandidate(provider(provider), provider, 0, BackendCandidate.Verdict.REFUSED, reason(error));
    }

    // A backend that knows why it cannot work here says so itself, by an UnsupportedOperationException, and better than
    // what lies below.
    private static String reason(Error error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
            if (root instanceof UnsupportedOperationException && root.getMessage() != null) {
                return "it does not work here: " + root.getMessage();
            }
        }
        return "it could not be loaded: "
                + (root.getMessage() == null ? root.getClass().getName() : root.getMessage());
    }

    // "org.datagram4j.UdpBackend: Provider com.acme.Backend could not be instantiated" names the class.
    private static String provider(String message) {
        String mark = "Provider ";
        int start = message.indexOf(mark);
        if (start < 0) {
            return "unknown provider";
        }
        String rest = message.substring(start + mark.length());
        int end = rest.indexOf(' ');
        return end < 0 ? rest : rest.substring(0, end);
    }

    private record Found(BackendPolicy policy, List<Working> working, List<BackendCandidate> refused) {
        void add(UdpBackend backend) {
            String provider = backend.getClass().getName();
            try {
                Working asked = new Working(backend, Objects.requireNonNull(backend.name()), backend.ranking());
                if (policy.forbids(asked.name)) {
                    String reason = policy.objection(asked.name).orElseThrow();
                    refused.add(new BackendCandidate(
                            asked.name, provider, asked.ranking, BackendCandidate.Verdict.REFUSED, reason));
                } else {
                    working.add(asked);
                }
            } catch (RuntimeException | Error e) { // whatever is wrong with one, others are to serve
                refused.add(new BackendCandidate(
                        provider, provider, 0, BackendCandidate.Verdict.REFUSED, "it does not tell its name: " + e));
            }
        }

        UdpBackend chosen(String forced) {
            return working.stream()
                    .filter(backend -> forced == null || backend.name.equals(forced))
                    .findFirst()
                    .map(Working::backend)
                    .orElseThrow(() -> new IllegalStateException(nothing(forced)));
        }

        private String nothing(String forced) {
            String asked =
                    forced == null ? "no UDP backend works here" : "no UDP backend named '" + forced + "' works here";
            List<BackendCandidate> seen = explained(forced);
            String found = seen.isEmpty()
                    ? "none was found: add datagram4j-nio to the class path or module path, or, in an OSGi framework,"
                            + " look UdpBackend up in the service registry"
                    : seen.stream().map(BackendCandidate::toString).collect(Collectors.joining("; "));
            return asked + ": " + found;
        }

        List<BackendCandidate> explained(String forced) {
            List<BackendCandidate> all = new ArrayList<>();
            boolean chosen = false;
            for (Working backend : working) {
                boolean wanted = forced == null || backend.name.equals(forced);
                boolean first = wanted && !chosen;
                chosen |= wanted;
                all.add(new BackendCandidate(
                        backend.name,
                        backend.backend.getClass().getName(),
                        backend.ranking,
                        first ? BackendCandidate.Verdict.CHOSEN : BackendCandidate.Verdict.AVAILABLE,
                        reason(first, wanted, forced)));
            }
            all.addAll(refused);
            return List.copyOf(all);
        }

        private static String reason(boolean first, boolean wanted, String forced) {
            if (first) {
                return forced == null
                        ? "highest ranking of those that work"
                        : "forced by " + UdpBackend.NAME_PROPERTY + "=" + forced;
            }
            return wanted
                    ? "another has a higher ranking"
                    : UdpBackend.NAME_PROPERTY + "=" + forced + " forces another";
        }
    }
}
