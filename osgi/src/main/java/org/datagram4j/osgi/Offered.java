package org.datagram4j.osgi;

import org.datagram4j.UdpBackend;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A backend service that is there: got when it is first the best, and held until it goes. */
final class Offered {
    private static final System.Logger LOG = System.getLogger(BackendTracker.class.getName());

    private final ServiceReference<UdpBackend> reference;
    private volatile UdpBackend backend;
    private volatile String failure;
    private volatile boolean left;

    // Guarded by this; never held while the framework is called.
    private boolean asked;
    private boolean released;

    Offered(ServiceReference<UdpBackend> reference) {
        this.reference = reference;
    }

    ServiceReference<UdpBackend> reference() {
        return reference;
    }

    UdpBackend backend() {
        return backend;
    }

    /** Why it could not be got, or null. */
    String failure() {
        return failure;
    }

    boolean usable() {
        return !left && failure == null;
    }

    /** It is going, and is not to be given to anybody any more. */
    void leave() {
        left = true;
    }

    /** Gets it, if that was not done; returns whether it can be used. */
    boolean obtain(BundleContext context) {
        if (backend == null) {
            get(context);
        }
        return usable();
    }

    private void get(BundleContext context) {
        UdpBackend got = null;
        String why = "its bundle gave none";
        try {
            got = context.getService(reference);
            why = got == null ? why : Trial.of(got);
        } catch (RuntimeException | LinkageError e) {
            why = "its bundle failed to give one: " + e;
        }
        if (why != null && !left) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the backend ''{0}'' of bundle {1} is passed over: {2}",
                    reference.getProperty(UdpBackend.NAME_PROPERTY),
                    reference.getBundle(),
                    why);
        }
        boolean surplus;
        synchronized (this) {
            surplus = got != null && (asked || released);
            failure = why;
            if (got != null) {
                backend = got; // whoever asks gets the same, so this does no harm
                asked = true;
            }
        }
        if (surplus) {
            unget(context);
        }
    }

    /** Its properties changed, and perhaps it works now. */
    void changed() {
        if (failure != null) {
            failure = null;
            backend = null;
        }
    }

    /** Lets it go: what was opened by it closes. */
    void release(BundleContext context) {
        boolean held;
        synchronized (this) {
            held = asked && !released;
            released = true;
        }
        if (held) {
            unget(context);
        }
    }

    private void unget(BundleContext context) {
        try {
            context.ungetService(reference);
        } catch (IllegalStateException e) {
            // The bundle has stopped: the framework has let everything go.
        }
    }
}
