package org.datagram4j.osgi;

import java.util.List;
import java.util.stream.Collectors;
import org.datagram4j.UdpBackend;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** What bundles declare: that they have a backend, and what they need. */
final class Requirements {
    private static final String SERVICES = "osgi.service";

    private Requirements() {}

    /** Whether a bundle says in its manifest that it has a backend. */
    static boolean claimsBackend(Bundle bundle) {
        return !claims(bundle).isEmpty();
    }

    /** The name of the backend that it says it has, or of the bundle. */
    static String claimedName(Bundle bundle) {
        return claims(bundle).stream()
                .map(claim -> claim.getAttributes().get(UdpBackend.NAME_PROPERTY))
                .filter(name -> name != null)
                .map(String::valueOf)
                .findFirst()
                .orElse(bundle.getSymbolicName());
    }

    private static List<BundleCapability> claims(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? List.of()
                : revision.getDeclaredCapabilities(SERVICES).stream()
                        .filter(Requirements::isBackend)
                        .toList();
    }

    private static boolean isBackend(BundleCapability capability) {
        Object types = capability.getAttributes().get(Constants.OBJECTCLASS);
        return types instanceof List<?> list ? list.contains(UdpBackend.class.getName()) : false;
    }

    /** What a bundle needs and nobody has, in words; empty if there is nothing of that kind. */
    static String missing(BundleContext context, Bundle bundle) {
        FrameworkWiring framework =
                context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
        return bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
                .filter(Requirements::isBinding)
                .filter(need -> framework.findProviders(need).isEmpty())
                .map(need ->
                        need.getNamespace() + " " + need.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE))
                .collect(Collectors.joining(", "));
    }

    private static boolean isBinding(BundleRequirement need) {
        String resolution = need.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        String effective = need.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        return (resolution == null || resolution.equals(Namespace.RESOLUTION_MANDATORY))
                && (effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE));
    }
}
