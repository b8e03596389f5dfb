package org.datagram4j.osgi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.datagram4j.BackendCandidate;
import org.datagram4j.UdpBackend;
import org.datagram4j.spi.Coalesced;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * The best backend that is there, as backends come and go.
 *
 * <p>The best is the one with the highest service ranking that matches the filter and opens a socket when it is tried; of
 * equals, the one that was there first. Whoever {@linkplain #listen listens} is told at once what is best now, and again whenever that
 * changes: a better one came, the best one went, none is left.
 *
 * <pre>{@code
 * tracker = BackendTracker.open(bundleContext);
 * tracker.listen(best -> {
 *     if (server != null) server.close();
 *     server = best == null ? null : new Server(best);
 * });
 * }</pre>
 *
 * <p>When a backend's service or bundle stops, listeners hear of the next best before its sockets close with
 * {@link org.datagram4j.ErrorKind#CLOSED}. When a better one comes, what was opened by the others stays open: it is up
 * to the listener whether and when to move. Everything closes when this tracker closes.
 *
 * <p>Safe for use by any thread. Listeners are called one after another, in the thread in which the change happens, with
 * no lock held: they may call the framework and this tracker. Of several quick changes they may be told only the last.
 */
public final class BackendTracker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BackendTracker.class.getName());

    /** Whoever wants to know which backend is the best. */
    @FunctionalInterface
    @ConsumerType
    public interface Listener {
        /**
         * Another backend is the best now. What this throws is logged, and keeps nobody else from being told.
         *
         * @param best the backend, or null if there is none
         * @throws Exception whatever the listener likes
         */
        void changed(UdpBackend best) throws Exception;
    }

    private final BundleContext context;
    private final Filter filter;
    private final Map<ServiceReference<UdpBackend>, Offered> offers = new ConcurrentHashMap<>();
    private final List<Told> listeners = new CopyOnWriteArrayList<>();
    private final Coalesced changes = new Coalesced(this::tell);
    private final ServiceTracker<UdpBackend, Offered> services;
    private final SynchronousBundleListener bundles = this::bundleChanged;
    private volatile boolean closed;

    private BackendTracker(BundleContext context, Filter filter) {
        this.context = context;
        this.filter = filter;
        this.services = new ServiceTracker<>(context, filter, new Customizer());
    }

    /**
     * Tracks every backend.
     *
     * @param context of the bundle that will use them
     * @return the tracker; close it when the bundle stops
     */
    public static BackendTracker open(BundleContext context) {
        return open(context, null);
    }

    /**
     * Tracks the backends that match a filter.
     *
     * @param context of the bundle that will use them
     * @param filter in LDAP's syntax, such as {@code (datagram4j.capabilities=GSO)}, or null for all
     * @return the tracker; close it when the bundle stops
     * @throws IllegalArgumentException if the filter's syntax is wrong
     */
    public static BackendTracker open(BundleContext context, String filter) {
        String backends = "(" + Constants.OBJECTCLASS + "=" + UdpBackend.class.getName() + ")";
        BackendTracker tracker;
        try {
            tracker = new BackendTracker(
                    context, context.createFilter(filter == null ? backends : "(&" + backends + filter + ")"));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("the filter " + filter + " is wrong: " + e.getMessage(), e);
        }
        context.addBundleListener(tracker.bundles);
        tracker.services.open();
        return tracker;
    }

    /**
     * The best backend now. The same object for as long as its service is there.
     *
     * @return the backend, or empty if there is none or the tracker is closed
     */
    public Optional<UdpBackend> current() {
        Offered best = best();
        return best == null ? Optional.empty() : Optional.of(best.backend());
    }

    /**
     * Tells a listener what is the best backend now, and again whenever that changes, until the tracker closes.
     *
     * @param listener whom to tell; it is called before this returns, unless another thread is telling listeners now
     */
    public void listen(Listener listener) {
        listeners.add(new Told(Objects.requireNonNull(listener, "listener")));
        changes.run();
    }

    /**
     * Tells a listener nothing more. It may still be told once by another thread that is about to.
     *
     * @param listener one that listened
     */
    public void unlisten(Listener listener) {
        listeners.removeIf(told -> told.listener == listener);
    }

    /**
     * Which backends there are, which one is chosen, and why: also those that do not match the filter, those that stay
     * away and say why, and bundles with a backend that did not get so far.
     *
     * @return an unmodifiable list: those that are offered, best first, then the others
     * @throws IllegalStateException if the bundle has stopped
     */
    public List<BackendCandidate> explain() {
        Offered best = best();
        return Explanation.of(context, best == null ? null : best.reference(), filter, this::failure);
    }

    /** Lets all backends go: what was opened by them closes. Listeners are not told. Idempotent. */
    @Override
    public void close() {
        closed = true;
        listeners.clear();
        try {
            context.removeBundleListener(bundles);
            services.close();
        } catch (IllegalStateException e) {
            // The bundle has stopped: the framework has done all of this.
        }
    }

    private String failure(ServiceReference<?> reference) {
        Offered offered = offers.get(reference);
        return offered == null ? null : offered.failure();
    }

    private Offered best() {
        while (!closed) {
            Offered best = null;
            for (Offered offered : offers.values()) {
                if (offered.usable() && (best == null || offered.reference().compareTo(best.reference()) > 0)) {
                    best = offered;
                }
            }
            if (best == null || best.obtain(context)) {
                return best;
            }
        }
        return null;
    }

    private void tell() {
        for (Told told : listeners) {
            told.tell(current().orElse(null));
        }
    }

    // A bundle that is asked to stop may take its time, or hang, before its services go.
    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING) {
            boolean any = false;
            for (Offered offered : offers.values()) {
                if (event.getBundle().equals(offered.reference().getBundle())) {
                    offered.leave();
                    any = true;
                }
            }
            if (any) {
                changes.run();
            }
        }
    }

    private final class Customizer implements ServiceTrackerCustomizer<UdpBackend, Offered> {
        @Override
        public Offered addingService(ServiceReference<UdpBackend> reference) {
            Offered offered = new Offered(reference);
            offers.put(reference, offered);
            changes.run();
            return offered;
        }

        @Override
        public void modifiedService(ServiceReference<UdpBackend> reference, Offered offered) {
            offered.changed();
            changes.run();
        }

        @Override
        public void removedService(ServiceReference<UdpBackend> reference, Offered offered) {
            offers.remove(reference, offered);
            offered.leave();
            changes.run();
            offered.release(context);
        }
    }

    /** A listener, and what it was told last. Used while changes are told, and so by one thread at a time. */
    private static final class Told {
        private final Listener listener;
        private boolean told;
        private UdpBackend last;

        Told(Listener listener) {
            this.listener = listener;
        }

        void tell(UdpBackend best) {
            if (told && best == last) {
                return;
            }
            told = true;
            last = best;
            try {
                listener.changed(best);
            } catch (Exception | LinkageError | AssertionError e) {
                LOG.log(System.Logger.Level.WARNING, "a listener failed when it was told of the backend " + best, e);
            }
        }
    }
}
