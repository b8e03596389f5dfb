package org.datagram4j.spi;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.datagram4j.BackendCandidate;
import org.datagram4j.BackendCandidate.Verdict;
import org.datagram4j.Poll;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What every bundle with a backend does, but for the calls to the framework, which its activator makes: the backend is
 * offered while it works and the {@linkplain BackendPolicy policy} lets it, and withdrawn when the policy changes. Each
 * user gets a backend of its own; what a user left open is closed when it lets the service go, and everything is closed
 * when the backend is withdrawn. What does not work is told in one line of the log.
 *
 * <p>Safe for use by any thread. No lock is held while the framework, the backend or anybody else is called.
 */
public final class BackendOffer implements BackendStatus {
    private static final System.Logger LOG = System.getLogger(BackendOffer.class.getName());

    private static final String STOPPED = "its bundle has stopped";

    /** Where backends are offered. */
    @ConsumerType
    public interface Place {
        /**
         * Offers the backend to everybody; who comes for it is {@linkplain BackendOffer#lend lent} one of his own.
         *
         * @param properties the service properties, the ranking apart
         * @param ranking the service ranking
         * @return takes the offer back
         * @throws IllegalStateException if the bundle is stopping
         */
        Runnable register(Map<String, Object> properties, int ranking);
    }

    /**
     * A backend for one user.
     *
     * @param backend the backend
     * @param resources what it has open
     */
    public record Lent(UdpBackend backend, OpenResources resources) {
        /**
         * Checks that nothing is null.
         *
         * @param backend see the record
         * @param resources see the record
         */
        public Lent {
            Objects.requireNonNull(backend, "backend");
            Objects.requireNonNull(resources, "resources");
        }
    }

    private record Loan(String user, OpenResources resources) {}

    private final String name;
    private final String provider;
    private final BackendPolicy otherwise;
    private final Supplier<Lent> maker;
    private final Place place;

    private final Map<UdpBackend, Loan> loans = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Comparable<?>, BackendPolicy> policies = new ConcurrentSkipListMap<>();
    private final Coalesced settled = new Coalesced(this::settle);
    private volatile boolean stopped;
    private volatile boolean offered;
    private volatile int withdrawals;
    private volatile BackendCandidate candidate;

    // Only settle() uses these.
    private Runnable withdrawal;
    private int ranking;
    private String failure;

    /**
     * An offer that is not made yet.
     *
     * @param name the backend's name
     * @param provider what makes it, in words: the bundle or the class
     * @param otherwise what holds while no other policy is there
     * @param maker makes the backend for one user; throws {@link UnsupportedOperationException} if it cannot work here,
     *     saying why and what to do
     * @param place where it is offered
     */
    public BackendOffer(String name, String provider, BackendPolicy otherwise, Supplier<Lent> maker, Place place) {
        this.name = Objects.requireNonNull(name, "name");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
        this.maker = Objects.requireNonNull(maker, "maker");
        this.place = Objects.requireNonNull(place, "place");
        this.candidate = refused("its bundle is starting");
    }

    /** Offers the backend, if it works here and may serve. */
    public void start() {
        settled.run();
    }

    /**
     * Follows a policy, while it is the greatest of those that are there.
     *
     * @param source where it comes from, such as a service reference: comparable with the other sources
     * @param policy what it says
     */
    public void follow(Comparable<?> source, BackendPolicy policy) {
        policies.put(source, policy);
        settled.run();
    }

    /**
     * Follows a policy no more.
     *
     * @param source where it came from
     */
    public void unfollow(Comparable<?> source) {
        policies.remove(source);
        settled.run();
    }

    /** Withdraws the backend for good, and closes everything that it has open. */
    public void stop() {
        stopped = true;
        settled.run();
        closeLoans(); // also if another thread settles just now
    }

    /**
     * Lends a backend to a user.
     *
     * @param user who, in words
     * @return the user's own backend, or null if it is withdrawn
     */
    public UdpBackend lend(String user) {
        int before = withdrawals;
        Lent lent = maker.get();
        loans.put(lent.backend(), new Loan(user, lent.resources()));
        if (stopped || !offered || withdrawals != before) {
            takeBack(lent.backend());
            return null;
        }
        return lent.backend();
    }

    /**
     * Takes a backend back, and closes what its user left open.
     *
     * @param backend what {@link #lend} returned
     */
    public void takeBack(UdpBackend backend) {
        Loan loan = loans.remove(backend);
        if (loan != null) {
            loan.resources().closeAll();
        }
    }

    @Override
    public BackendCandidate candidate() {
        return candidate;
    }

    @Override
    public List<Use> uses() {
        return loans.values().stream()
                .map(BackendOffer::use)
                .sorted(Comparator.comparing(Use::user))
                .toList();
    }

    private static Use use(Loan loan) {
        List<Object> open = List.copyOf(loan.resources().all());
        return new Use(
                loan.user(),
                open.stream()
                        .filter(UdpSocket.class::isInstance)
                        .map(Object::toString)
                        .sorted()
                        .toList(),
                (int) open.stream().filter(Poll.class::isInstance).count());
    }

    private void settle() {
        Map.Entry<Comparable<?>, BackendPolicy> greatest = policies.lastEntry();
        BackendPolicy policy = greatest == null ? otherwise : greatest.getValue();
        String objection = stopped ? STOPPED : policy.objection(name).orElse(failure);
        if (objection == null && withdrawal == null) {
            objection = offer(policy);
        } else if (objection != null && withdrawal != null) {
            candidate = refused(objection); // who is told of the change may ask at once
            withdraw();
            if (!stopped) {
                log(System.Logger.Level.INFO, "is withdrawn, and what it had open is closed", objection);
            }
        } else if (objection != null && !stopped && !candidate.reason().equals(objection)) {
            log(System.Logger.Level.INFO, "is not registered", objection);
        }
        candidate = objection != null ? refused(objection) : available(policy);
    }

    /** Returns why it cannot be offered, or null. */
    private String offer(BackendPolicy policy) {
        Map<String, Object> properties = new HashMap<>();
        try {
            UdpBackend described = maker.get().backend();
            ranking = described.ranking();
            properties.put(UdpBackend.NAME_PROPERTY, described.name());
            properties.put(UdpBackend.PROFILE_PROPERTY, described.profile().name());
            properties.put(
                    UdpBackend.CAPABILITIES_PROPERTY,
                    described.capabilities().stream().map(Enum::name).toArray(String[]::new));
        } catch (RuntimeException | LinkageError e) {
            failure = e instanceof UnsupportedOperationException
                    ? "it does not work here: " + e.getMessage()
                    : "it failed to start: " + e;
            log(System.Logger.Level.WARNING, "is not registered", failure);
            return failure;
        }
        offered = true; // who is told of the service may come for it, and ask about it, at once
        candidate = available(policy);
        try {
            withdrawal = place.register(properties, ranking);
            return null;
        } catch (IllegalStateException e) {
            offered = false;
            return STOPPED; // the framework takes nothing from it any more
        }
    }

    private void withdraw() {
        offered = false;
        withdrawals++;
        try {
            withdrawal.run();
        } catch (IllegalStateException e) {
            // the framework has taken the service back by itself
        }
        withdrawal = null;
        closeLoans();
    }

    private void closeLoans() {
        List.copyOf(loans.keySet()).forEach(this::takeBack);
    }

    private BackendCandidate available(BackendPolicy policy) {
        return new BackendCandidate(
                name, provider, ranking, Verdict.AVAILABLE, policy.forces(name) ? policy.forcing() : "it works here");
    }

    private BackendCandidate refused(String reason) {
        return new BackendCandidate(name, provider, 0, Verdict.REFUSED, reason);
    }

    private void log(System.Logger.Level level, String what, String reason) {
        LOG.log(level, "the backend ''{0}'' {1}: {2}", name, what, reason);
    }
}
