package org.datagram4j.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.datagram4j.containers.probe.Job;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Felix and Equinox, without anything on top. */
class PlainFrameworkIT {
    private static final String RULE = "UDP-RECV-01";

    @TestFactory
    Stream<DynamicTest> felix() throws Exception {
        PlainFramework felix = PlainFramework.felix();
        return ContainerRun.named("felix").in(felix).replay(felix.symbolicName());
    }

    @TestFactory
    Stream<DynamicTest> equinox() throws Exception {
        PlainFramework equinox = PlainFramework.equinox();
        return ContainerRun.named("equinox").in(equinox).replay(equinox.symbolicName());
    }

    @Test
    void aBrokenBackendIsToldFromInsideTheContainer() throws Exception {
        Certified certified = ContainerRun.named("felix-mutant")
                .with(Job.RULES, RULE)
                .with(Job.MUTANT, "WouldBlockMovesPosition")
                .in(PlainFramework.felix());

        for (String backend : new String[] {"native", "nio"}) {
            DynamicTest broken = certified
                    .report(backend)
                    .tests("")
                    .filter(test -> test.getDisplayName().startsWith(RULE + "/v4"))
                    .findFirst()
                    .orElseThrow();
            AssertionError failure = assertThrows(
                    AssertionError.class, () -> broken.getExecutable().execute());
            assertTrue(failure.getMessage().startsWith("in the container: "), failure.getMessage());
        }
    }

    /** Where JNA is needed and missing, or native access is refused. */
    @Test
    void nioServesWhereTheNativeBackendCannot() throws Exception {
        PlainFramework equinox = PlainFramework.equinox();
        Certified certified = ContainerRun.named("equinox-refused")
                .with(Job.EXPECT, "nio")
                .with(Job.RULES, RULE)
                .in(Settings.needsJna() ? equinox.without(Settings::isJna) : equinox.withOptions(JvmOptions.refused()));

        assertEquals("nio", certified.findings().backends());
        assertTrue(
                certified.findings().bundles().matches("(?s).*org.datagram4j.sys [^\n]*: ACTIVE\\b.*"),
                certified.toString());
        String expected = Settings.needsJna() ? "jna" : "--enable-native-access";
        assertEquals(
                1,
                certified
                        .log()
                        .lines()
                        .filter(line -> line.contains("'native' is not registered") && line.contains(expected))
                        .count(),
                certified.log());
    }

    @Test
    void whatIsMissingInTheContainerIsAFailureThatShowsItsBundles() {
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> ContainerRun.named("felix-without-nio")
                        .with(Job.PATIENCE, "1")
                        .with(Job.EXPECT, "nio")
                        .in(PlainFramework.felix().without(file -> isCalled(file, "datagram4j-nio.jar"))));

        assertTrue(failure.getMessage().contains("(datagram4j.backend=nio)"), failure.getMessage());
        assertTrue(failure.getMessage().contains("org.datagram4j.conformance"), failure.getMessage());
    }

    @Test
    void aContainerThatDoesNotStartIsAFailureThatShowsWhy() {
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> ContainerRun.named("felix-without-api")
                        .in(PlainFramework.felix().without(file -> isCalled(file, "datagram4j-api.jar"))));

        assertTrue(failure.getMessage().contains("did not start"), failure.getMessage());
        assertTrue(failure.getMessage().contains("datagram4j-nio.jar] is not resolved"), failure.getMessage());
    }

    @Test
    void aContainerThatEndsIsAFailure() {
        assertThrows(
                AssertionError.class,
                () -> ContainerRun.named("felix-killed").with(Job.KILL, "true").in(PlainFramework.felix()));
    }

    private static boolean isCalled(Path file, String name) {
        return file.getFileName().toString().equals(name);
    }
}
