package org.datagram4j.osgi.internal;

import java.util.Dictionary;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;

/** The only class that needs Configuration Admin's; loaded when its service is there. */
final class ConfigurationListening {
    private ConfigurationListening() {}

    static ServiceRegistration<?> register(
            BundleContext context, Consumer<Dictionary<String, ?>> listener, Dictionary<String, Object> properties) {
        ManagedService service = listener::accept;
        return context.registerService(ManagedService.class, service, properties);
    }
}
