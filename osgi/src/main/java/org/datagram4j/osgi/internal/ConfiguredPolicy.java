package org.datagram4j.osgi.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Objects;
import java.util.stream.Collectors;
import org.datagram4j.spi.BackendPolicy;
import org.datagram4j.spi.Coalesced;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The configuration of Configuration Admin as the policy that backends follow. Its classes are needed only once its
 * service is there; without it nothing happens. If it goes, what it said last still holds.
 */
final class ConfiguredPolicy {
    /** The configuration's name. */
    static final String PID = "org.datagram4j";

    private static final System.Logger LOG = System.getLogger(ConfiguredPolicy.class.getName());
    private static final String ADMIN = "org.osgi.service.cm.ConfigurationAdmin";

    private final BundleContext context;
    private final ServiceTracker<Object, ServiceRegistration<?>> admins;

    private final Coalesced replacement = new Coalesced(this::replace);
    private volatile BackendPolicy configured;

    // Only replace() uses these.
    private ServiceRegistration<BackendPolicy> registration;
    private BackendPolicy current;
    private int ranking;

    ConfiguredPolicy(BundleContext context) {
        this.context = context;
        this.admins = new ServiceTracker<>(context, adminFilter(), null) {
            @Override
            public ServiceRegistration<?> addingService(ServiceReference<Object> reference) {
                return listen();
            }

            @Override
            public void removedService(ServiceReference<Object> reference, ServiceRegistration<?> listener) {
                unregister(listener);
            }
        };
    }

    void open() {
        admins.open();
    }

    void close() {
        admins.close();
        apply(null);
    }

    private static Filter adminFilter() {
        try {
            return FrameworkUtil.createFilter("(" + Constants.OBJECTCLASS + "=" + ADMIN + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServiceRegistration<?> listen() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, PID);
        try {
            return ConfigurationListening.register(context, this::configured, properties);
        } catch (LinkageError e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the configuration ''{0}'' is not followed: this Configuration Admin does not fit: {1}",
                    PID,
                    e);
            return null;
        }
    }

    private void configured(Dictionary<String, ?> configuration) {
        apply(
                configuration == null
                        ? null
                        : BackendPolicy.of(key -> text(configuration.get(key)), "configuration " + PID));
    }

    private static String text(Object value) {
        if (value == null) {
            return null;
        }
        return value instanceof Object[] array
                ? Arrays.stream(array).map(String::valueOf).collect(Collectors.joining(","))
                : value instanceof Collection<?> several
                        ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : String.valueOf(value);
    }

    private void apply(BackendPolicy policy) {
        configured = policy;
        replacement.run();
    }

    // The new policy outranks the old one before that goes: in between nobody must think that there is none.
    private void replace() {
        BackendPolicy policy = configured;
        if (Objects.equals(policy, current)) {
            return;
        }
        ServiceRegistration<BackendPolicy> before = registration;
        registration = null;
        current = policy;
        if (policy != null) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Constants.SERVICE_RANKING, ++ranking);
            registration = context.registerService(BackendPolicy.class, policy, properties);
        }
        unregister(before);
    }

    private static void unregister(ServiceRegistration<?> registration) {
        if (registration != null) {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                // the framework was faster
            }
        }
    }
}
