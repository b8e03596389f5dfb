package com.example.echo.osgi;

import org.datagram4j.osgi.BackendTracker;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Echoes with the best backend that is there, for as long as the bundle is started. */
public final class Activator implements BundleActivator {
    /** The framework or system property with the port to serve; 0 is any free one. */
    public static final String PORT_PROPERTY = "com.example.echo.port";

    private static final String DEFAULT_PORT = "7777";

    private BackendTracker tracker;
    private EchoService service;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        String port = context.getProperty(PORT_PROPERTY);
        service = new EchoService(Integer.parseInt(port == null ? DEFAULT_PORT : port));
        tracker = BackendTracker.open(context);
        tracker.listen(service);
    }

    @Override
    public void stop(BundleContext context) {
        tracker.close();
        service.stop();
    }
}
