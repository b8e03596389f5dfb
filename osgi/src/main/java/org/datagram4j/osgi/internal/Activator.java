package org.datagram4j.osgi.internal;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.datagram4j.BackendCandidate;
import org.datagram4j.osgi.BackendTracker;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Starts to follow Configuration Admin, and registers a service of JDK types only, so that a program that started the
 * framework can call it from outside: a {@code Supplier<List<Map<String, Object>>>} with the property
 * {@code datagram4j.osgi=explain}. Each map has {@code name}, {@code verdict}, {@code ranking}, {@code provider} and
 * {@code reason}, as {@link BackendCandidate} has them.
 */
public final class Activator implements BundleActivator {
    private static final String PROPERTY = "datagram4j.osgi";

    private ConfiguredPolicy policy;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        policy = new ConfiguredPolicy(context);
        policy.open();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(PROPERTY, "explain");
        Supplier<List<Map<String, Object>>> explain = () -> explain(context);
        context.registerService(Supplier.class.getName(), explain, properties);
    }

    @Override
    public void stop(BundleContext context) {
        policy.close();
    }

    private static List<Map<String, Object>> explain(BundleContext context) {
        try (BackendTracker tracker = BackendTracker.open(context)) {
            return tracker.explain().stream().map(Activator::described).toList();
        }
    }

    private static Map<String, Object> described(BackendCandidate candidate) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", candidate.name());
        description.put("verdict", candidate.verdict().name().toLowerCase(Locale.ROOT));
        description.put("ranking", candidate.ranking());
        description.put("provider", candidate.provider());
        description.put("reason", candidate.reason());
        return description;
    }
}
