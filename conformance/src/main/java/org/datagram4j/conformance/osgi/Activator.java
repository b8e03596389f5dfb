package org.datagram4j.conformance.osgi;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.datagram4j.conformance.Certifier;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.catalogue.RuleText;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the services that the package describes. */
public final class Activator implements BundleActivator {
    private static final String PROPERTY = "datagram4j.conformance";

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        register(context, "certify", options -> {
            try (BackendServices services = new BackendServices(context)) {
                return Certifier.certify(options, services.subjects());
            }
        });
        register(context, "backends", options -> {
            try (BackendServices services = new BackendServices(context)) {
                List<Map<String, Object>> all =
                        services.subjects().stream().map(Certifier::describe).toList();
                return Map.of("backends", all);
            }
        });
        register(
                context,
                "rules",
                options -> Map.of(
                        "rules",
                        Catalogue.load().rules().stream().map(RuleEntry::id).toList()));
        register(context, "explain", options -> Map.of("lines", explained(String.valueOf(options.get("rule")))));
    }

    private static List<String> explained(String id) {
        RuleEntry rule = Catalogue.load()
                .rule(id.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> new IllegalArgumentException("there is no rule " + id));
        return Stream.concat(Stream.of(rule.id() + " " + rule.title()), RuleText.lines(rule).stream())
                .toList();
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the services back
    }

    private static void register(
            BundleContext context, String name, Function<Map<String, Object>, Map<String, Object>> service) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(PROPERTY, name);
        context.registerService(Function.class.getName(), inside(service), properties);
    }

    // The caller's classes are those of another world: nothing here may find backends by its context class loader.
    private static Function<Map<String, Object>, Map<String, Object>> inside(
            Function<Map<String, Object>, Map<String, Object>> service) {
        return options -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(Activator.class.getClassLoader());
            try {
                return service.apply(options);
            } finally {
                thread.setContextClassLoader(before);
            }
        };
    }
}
