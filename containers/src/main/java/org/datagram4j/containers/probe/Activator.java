package org.datagram4j.containers.probe;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Does its job on a thread of its own, so that the container comes up meanwhile. Idle where nobody gave it one. */
public final class Activator implements BundleActivator {
    private Thread thread;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        if (context.getProperty(Job.DIRECTORY) != null) {
            thread = new Thread(new Job(context), "datagram4j-probe");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void stop(BundleContext context) {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
