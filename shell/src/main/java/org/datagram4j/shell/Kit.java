package org.datagram4j.shell;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The services of the conformance kit, which may be missing. */
final class Kit {
    private Kit() {}

    /**
     * Calls one.
     *
     * @param name which
     * @param options what it takes
     * @throws IllegalStateException if the kit is not there, saying what to install
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // what the kit registers is documented
    static Map<String, Object> call(BundleContext context, String name, Map<String, Object> options) {
        Collection<ServiceReference<Function>> found =
                Backends.services(context, Function.class, "(datagram4j.conformance=" + name + ")");
        for (ServiceReference<Function> reference : found) {
            Function service = context.getService(reference);
            if (service != null) {
                try {
                    return (Map<String, Object>) service.apply(options);
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        throw new IllegalStateException("the conformance kit is not there: install the feature datagram4j-conformance");
    }
}
