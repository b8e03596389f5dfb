package org.datagram4j.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.vendor.OddActivator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.datagram4j.BackendCandidate;
import org.datagram4j.BackendCandidate.Verdict;
import org.datagram4j.UdpBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Whatever is wrong with one backend, the framework stays up, the reason is told, and the next best serves. */
class FaultsIT {
    private final Logger logger = Logger.getLogger("org.datagram4j");
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                logged.add(new SimpleFormatter().formatMessage(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void unlisten() {
        logger.removeHandler(handler);
    }

    @ParameterizedTest
    @ValueSource(strings = {TestFramework.FELIX, TestFramework.EQUINOX})
    void aBackendThatThrowsOnOpenIsPassedOver(String name) throws Exception {
        try (TestFramework framework = framework(name, "acme.name", "acme", "acme.ranking", "500");
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            framework.start("datagram4j-nio");
            vendor(framework, "acme", "").start();

            assertEquals("nio", tracker.current().orElseThrow().name());
            BackendCandidate acme = explained(tracker, "acme");
            assertEquals(Verdict.REFUSED, acme.verdict());
            assertTrue(acme.reason().contains("the device is not plugged in"), acme.reason());
            assertEquals(Verdict.CHOSEN, explained(tracker, "nio").verdict());
            assertEquals(1, linesWith("the device is not plugged in"), logged.toString());
        }
    }

    @Test
    void twoBackendsOfOneNameAreBothExplained() throws Exception {
        try (TestFramework framework = framework(TestFramework.FELIX, "acme.name", "nio", "acme.ranking", "0");
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            framework.start("datagram4j-nio");
            vendor(framework, "acme", "").start();

            assertEquals("nio", tracker.current().orElseThrow().name());
            List<BackendCandidate> all = tracker.explain();
            assertEquals(2, all.size());
            assertEquals("bundle org.datagram4j.nio", all.get(0).provider());
            assertEquals("bundle acme", all.get(1).provider());
            assertTrue(
                    all.stream().allMatch(one -> one.reason().contains("more than one backend has this name")),
                    all.toString());
        }
    }

    @Test
    void aRankingThatIsNoIntegerCountsAsNone() throws Exception {
        try (TestFramework framework = framework(TestFramework.FELIX, "acme.name", "acme", "acme.ranking", "best");
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            framework.start("datagram4j-nio");
            vendor(framework, "acme", "").start();

            assertEquals("nio", tracker.current().orElseThrow().name());
            assertTrue(explained(tracker, "acme").reason().contains("'best' is no Integer and counts as 0"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestFramework.FELIX, TestFramework.EQUINOX})
    void whileABackendHangsInItsStopTheNextServes(String name) throws Exception {
        try (TestFramework framework =
                framework(name, "acme.name", "acme", "acme.ranking", "500", "acme.hangs", "yes")) {
            framework.start("datagram4j-nio");
            Bundle acme = vendor(framework, "acme", "");
            acme.start();
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            try (BackendTracker tracker = BackendTracker.open(framework.context())) {
                tracker.listen(best -> told.add(best == null ? "none" : best.name()));
                assertEquals("acme", told.poll(TestFramework.PATIENCE_SECONDS, TimeUnit.SECONDS));
                Thread stopping = new Thread(() -> {
                    try {
                        acme.stop();
                    } catch (BundleException e) {
                        // interrupted below
                    }
                });
                stopping.start();
                assertEquals("nio", told.poll(TestFramework.PATIENCE_SECONDS, TimeUnit.SECONDS));
                while (System.getProperties().get("com.example.vendor.hangs") == null) {
                    Thread.onSpinWait();
                }
                assertEquals(Bundle.STOPPING, acme.getState());
                assertEquals("nio", tracker.current().orElseThrow().name());
                ((Thread) System.getProperties().remove("com.example.vendor.hangs")).interrupt();
                stopping.join();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestFramework.FELIX, TestFramework.EQUINOX})
    void whatABundleMissesIsNamed(String name) throws Exception {
        try (TestFramework framework = framework(name);
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            framework.start("datagram4j-nio");
            Bundle acme = vendor(framework, "acme", "com.acme.card");

            assertThrows(BundleException.class, acme::start);
            assertEquals("nio", tracker.current().orElseThrow().name());
            BackendCandidate candidate = explained(tracker, "acme");
            assertEquals(Verdict.REFUSED, candidate.verdict());
            assertTrue(
                    candidate.reason().startsWith("its bundle does not resolve: nothing provides")
                            && candidate.reason().contains("com.acme.card"),
                    candidate.reason());
        }
    }

    @Test
    void anActivatorThatFailsIsTold() throws Exception {
        try (TestFramework framework = framework(TestFramework.FELIX, "acme.fails", "yes");
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            framework.start("datagram4j-nio");
            Bundle acme = vendor(framework, "acme", "");

            assertThrows(BundleException.class, acme::start);
            assertEquals("nio", tracker.current().orElseThrow().name());
            assertTrue(explained(tracker, "acme").reason().startsWith("its bundle is not started"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestFramework.FELIX, TestFramework.EQUINOX})
    @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "newer Javas need no JNA")
    void withoutJnaTheNativeBackendSaysSo(String name) throws Exception {
        try (TestFramework framework = framework(name);
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            framework.start("datagram4j-nio");
            Bundle sys = framework.start("datagram4j-native");

            assertEquals(Bundle.ACTIVE, sys.getState());
            assertEquals("nio", tracker.current().orElseThrow().name());
            BackendCandidate candidate = explained(tracker, "native");
            assertEquals(Verdict.REFUSED, candidate.verdict());
            assertTrue(candidate.reason().contains("JNA 5, which is not there"), candidate.reason());
            assertEquals(1, linesWith("JNA 5, which is not there"), logged.toString());
        }
    }

    @Test
    void aListenerThatFailsKeepsNobodyFromBeingTold() throws Exception {
        try (TestFramework framework = framework(TestFramework.FELIX);
                BackendTracker tracker = BackendTracker.open(framework.context())) {
            List<UdpBackend> told = new ArrayList<>();
            tracker.listen(best -> {
                throw new IllegalStateException("a defect of the application");
            });
            tracker.listen(told::add);
            framework.start("datagram4j-nio");

            assertEquals(2, told.size());
            assertEquals(null, told.get(0));
            assertEquals("nio", told.get(1).name());
            assertEquals(2, linesWith("a listener failed"), logged.toString());
        }
    }

    @Test
    void aWrongFilterIsSaid() throws Exception {
        try (TestFramework framework = framework(TestFramework.FELIX)) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> BackendTracker.open(framework.context(), "((nonsense"))
                    .getMessage();
            assertTrue(message.contains("((nonsense"), message);
        }
    }

    private static TestFramework framework(String name, String... properties) throws Exception {
        return TestFramework.launch(name, properties);
    }

    private Bundle vendor(TestFramework framework, String name, String imports) throws Exception {
        return framework.install(VendorBundle.write(directory, name, OddActivator.class, imports));
    }

    private static BackendCandidate explained(BackendTracker tracker, String name) {
        return tracker.explain().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long linesWith(String text) {
        return logged.stream().filter(line -> line.contains(text)).count();
    }
}
