package org.datagram4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.datagram4j.BackendCandidate.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers are named by a service file in a class loader of the test's own, so that each test has its own world. */
class UdpBackendsTest {
    @TempDir
    Path directory;

    @AfterEach
    void unforce() {
        System.clearProperty(UdpBackend.NAME_PROPERTY);
    }

    @Test
    void theHighestRankingWins() throws Exception {
        with(List.of(FakeBackends.Low.class.getName(), FakeBackends.High.class.getName()), () -> {
            assertEquals("high", UdpBackends.select().name());
            assertEquals("low", UdpBackends.select("low").name());
            assertEquals(
                    List.of("high", "low"),
                    UdpBackends.all().stream().map(UdpBackend::name).toList());
            return null;
        });
    }

    @Test
    void aProviderThatCannotLoadIsRefusedAndTheOthersServe() throws Exception {
        List<String> providers = List.of(
                "org.datagram4j.NoSuchProvider", FakeBackends.Broken.class.getName(), FakeBackends.Low.class.getName());
        with(providers, () -> {
            assertEquals("low", UdpBackends.select().name());
            List<BackendCandidate> seen = UdpBackends.explain();
            assertEquals(
                    List.of(Verdict.CHOSEN, Verdict.REFUSED, Verdict.REFUSED),
                    seen.stream().map(BackendCandidate::verdict).toList());
            assertTrue(seen.toString().contains("NoSuchProvider"), seen.toString());
            assertTrue(seen.toString().contains("the library is missing: install it"), seen.toString());
            assertEquals(FakeBackends.Broken.class.getName(), seen.get(2).name());
            return null;
        });
    }

    @Test
    void aProviderThatCannotTellItsNameIsRefusedAndTheOthersServe() throws Exception {
        with(List.of(FakeBackends.Nameless.class.getName(), FakeBackends.Low.class.getName()), () -> {
            assertEquals("low", UdpBackends.select().name());
            assertEquals(Verdict.REFUSED, UdpBackends.explain().get(1).verdict());
            return null;
        });
    }

    @Test
    void thePropertyForcesOne() throws Exception {
        with(List.of(FakeBackends.Low.class.getName(), FakeBackends.High.class.getName()), () -> {
            System.setProperty(UdpBackend.NAME_PROPERTY, "low");
            assertEquals("low", UdpBackends.select().name());
            assertEquals(Verdict.AVAILABLE, UdpBackends.explain().get(0).verdict());
            assertTrue(UdpBackends.explain().get(1).reason().contains("datagram4j.backend=low"));
            System.setProperty(UdpBackend.NAME_PROPERTY, "absent");
            String message = assertThrows(IllegalStateException.class, UdpBackends::select)
                    .getMessage();
            assertTrue(message.contains("'absent'") && message.contains("high"), message);
            return null;
        });
    }

    @Test
    void withoutBackendTheMessageSaysWhatToDo() throws Exception {
        with(List.of(), () -> {
            String message = assertThrows(IllegalStateException.class, UdpBackends::select)
                    .getMessage();
            assertTrue(message.contains("datagram4j-nio") && message.contains("service registry"), message);
            assertTrue(UdpBackends.explain().isEmpty());
            return null;
        });
    }

    private void with(List<String> providers, Callable<Void> test) throws Exception {
        Path file = directory.resolve("META-INF/services/org.datagram4j.UdpBackend");
        Files.createDirectories(file.getParent());
        Files.write(file, providers);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            test.call();
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
