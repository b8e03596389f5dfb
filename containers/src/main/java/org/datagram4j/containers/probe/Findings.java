package org.datagram4j.containers.probe;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.UdpBackend;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What a container is, and has.
 *
 * @param java the major version of Java
 * @param framework the symbolic name of the framework
 * @param backends the names of the backends' services, in the order in which the framework prefers them
 * @param jna the bundle that some backend takes JNA from, or "" if none does
 * @param bundles every bundle with its state
 */
public record Findings(String java, String framework, String backends, String jna, String bundles) {
    private static final String JNA_PACKAGE = "com.sun.jna";

    static Findings of(BundleContext context) {
        return new Findings(
                String.valueOf(Runtime.version().feature()),
                context.getBundle(Constants.SYSTEM_BUNDLE_ID).getSymbolicName(),
                backends(context)
                        .sorted(Comparator.reverseOrder())
                        .map(reference -> String.valueOf(reference.getProperty(UdpBackend.NAME_PROPERTY)))
                        .collect(Collectors.joining(",")),
                backends(context)
                        .flatMap(reference -> providersOfJna(reference.getBundle()))
                        .distinct()
                        .collect(Collectors.joining(",")),
                Arrays.stream(context.getBundles()).map(Findings::line).collect(Collectors.joining("\n")));
    }

    /**
     * Reads what {@link #copyTo} wrote.
     *
     * @param properties the properties
     * @return what they say; "" where they say nothing
     */
    public static Findings from(Properties properties) {
        return new Findings(
                properties.getProperty("java", ""),
                properties.getProperty("framework", ""),
                properties.getProperty("backends", ""),
                properties.getProperty("jna", ""),
                properties.getProperty("bundles", ""));
    }

    void copyTo(Properties properties) {
        properties.setProperty("java", java);
        properties.setProperty("framework", framework);
        properties.setProperty("backends", backends);
        properties.setProperty("jna", jna);
        properties.setProperty("bundles", bundles);
    }

    private static Stream<ServiceReference<?>> backends(BundleContext context) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(UdpBackend.class.getName(), null);
            return found == null ? Stream.empty() : Stream.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> providersOfJna(Bundle bundle) {
        return bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .filter(wire -> wire.getCapability()
                        .getAttributes()
                        .get(PackageNamespace.PACKAGE_NAMESPACE)
                        .equals(JNA_PACKAGE))
                .map(wire -> wire.getProvider().getSymbolicName());
    }

    private static String line(Bundle bundle) {
        String state = switch (bundle.getState()) {
            case Bundle.INSTALLED -> "INSTALLED, not resolved";
            case Bundle.RESOLVED -> "RESOLVED, not started";
            case Bundle.STARTING -> "STARTING";
            case Bundle.ACTIVE -> "ACTIVE";
            default -> "state " + bundle.getState();
        };
        return bundle.getSymbolicName() + " " + bundle.getVersion() + ": " + state;
    }
}
