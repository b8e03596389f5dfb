package org.datagram4j.conformance.osgi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.Subject;
import org.datagram4j.conformance.claim.Artifact;
import org.datagram4j.conformance.report.BackendIdentity;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The backends that the framework's registry has now; let go again when closed. */
final class BackendServices implements AutoCloseable {
    private final BundleContext context;
    private final List<ServiceReference<UdpBackend>> references = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();

    BackendServices(BundleContext context) {
        this.context = context;
        try {
            references.addAll(context.getServiceReferences(UdpBackend.class, "(" + UdpBackend.NAME_PROPERTY + "=*)"));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        references.sort(Collections.reverseOrder());
        for (ServiceReference<UdpBackend> reference : references) {
            UdpBackend backend = context.getService(reference);
            if (backend != null) {
                Bundle bundle = reference.getBundle();
                subjects.add(new Subject(
                        backend, identity(reference), bundle == null ? null : Artifact.at(bundle.getLocation())));
            }
        }
    }

    List<Subject> subjects() {
        return List.copyOf(subjects);
    }

    private static BackendIdentity identity(ServiceReference<UdpBackend> reference) {
        Bundle bundle = reference.getBundle();
        String name = String.valueOf(reference.getProperty(UdpBackend.NAME_PROPERTY));
        return bundle == null
                ? new BackendIdentity(name, BackendIdentity.UNKNOWN, BackendIdentity.UNKNOWN)
                : new BackendIdentity(name, bundle.getVersion().toString(), bundle.getSymbolicName());
    }

    @Override
    public void close() {
        references.forEach(context::ungetService);
    }
}
