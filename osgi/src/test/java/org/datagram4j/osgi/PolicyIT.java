package org.datagram4j.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.datagram4j.BackendCandidate.Verdict;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.BackendPolicy;
import org.datagram4j.spi.BackendStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Backends are forced and forbidden by properties, by a policy, and by Configuration Admin where it is. */
class PolicyIT {
    @ParameterizedTest
    @ValueSource(strings = {TestFramework.FELIX, TestFramework.EQUINOX})
    void aPropertyForcesOneAndAnotherForbids(String name) throws Exception {
        for (String[] setting : List.of(
                new String[] {"datagram4j.backend", "nio"},
                new String[] {"datagram4j.backend.forbid", "native,acme"})) {
            try (TestFramework framework = TestFramework.launch(name, setting);
                    BackendTracker tracker = BackendTracker.open(framework.context())) {
                framework.startBackends();

                assertEquals("nio", tracker.current().orElseThrow().name());
                assertEquals(Verdict.REFUSED, tracker.explain().get(1).verdict());
                assertTrue(tracker.explain().get(1).reason().contains(setting[0]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestFramework.FELIX, TestFramework.EQUINOX})
    void whatIsForbiddenClosesAndComesBackWhenItIsNot(String name) throws Exception {
        try (TestFramework framework = TestFramework.launch(name);
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            framework.startBackends();
            UdpSocket socket = tracker.current().orElseThrow().bind(loopback());
            assertEquals(1, uses(framework, "native").get(0).sockets().size());
            ServiceRegistration<BackendPolicy> policy = framework
                    .context()
                    .registerService(BackendPolicy.class, new BackendPolicy(null, Set.of("native"), "a test"), null);

            assertFalse(socket.isOpen());
            assertEquals("nio", tracker.current().orElseThrow().name());
            assertTrue(uses(framework, "native").isEmpty());
            UdpSocket next = tracker.current().orElseThrow().bind(loopback());
            policy.unregister();

            assertEquals("native", tracker.current().orElseThrow().name());
            assertTrue(next.isOpen(), "the lesser one is not closed when the better returns");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestFramework.FELIX, TestFramework.EQUINOX})
    void configurationAdminMayComeLateAndIsFollowed(String name) throws Exception {
        try (TestFramework framework = TestFramework.launch(name, "datagram4j.backend", "native");
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            framework.startBackends();
            framework.start("datagram4j-osgi");
            tracker.listen(best -> told.add(best == null ? "none" : best.name()));
            assertEquals("native", await(told));
            framework.start("org.apache.felix.configadmin");

            configure(framework.context(), "datagram4j.backend", "nio");
            awaitUntil(told, "nio");
            assertEquals(
                    "forced by datagram4j.backend=nio (configuration org.datagram4j)",
                    tracker.explain().get(0).reason());
            configure(framework.context(), "datagram4j.backend.forbid", new String[] {"nio", "native"});
            awaitUntil(told, "none");
            configure(framework.context(), null, null);
            awaitUntil(told, "native"); // what the property says holds again
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static List<BackendStatus.Use> uses(TestFramework framework, String backend) throws Exception {
        ServiceReference<BackendStatus> status = framework
                .context()
                .getServiceReferences(BackendStatus.class, "(datagram4j.backend=" + backend + ")")
                .iterator()
                .next();
        return framework.context().getService(status).uses();
    }

    private static String await(BlockingQueue<String> told) throws InterruptedException {
        return told.poll(TestFramework.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void awaitUntil(BlockingQueue<String> told, String wanted) throws InterruptedException {
        String next = await(told);
        while (next != null && !next.equals(wanted)) {
            next = await(told);
        }
        assertEquals(wanted, next);
    }

    // Configuration Admin's classes are those of its bundle, not of the test.
    private static void configure(BundleContext context, String key, Object value) throws Exception {
        ServiceReference<?> reference =
                context.getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        Object admin = context.getService(reference);
        Class<?> type = reference.getBundle().loadClass("org.osgi.service.cm.ConfigurationAdmin");
        Object configuration =
                type.getMethod("getConfiguration", String.class, String.class).invoke(admin, "org.datagram4j", null);
        Class<?> configurationType = reference.getBundle().loadClass("org.osgi.service.cm.Configuration");
        if (key == null) {
            configurationType.getMethod("delete").invoke(configuration);
            return;
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(key, value);
        Method update = configurationType.getMethod("update", Dictionary.class);
        update.invoke(configuration, properties);
    }
}
