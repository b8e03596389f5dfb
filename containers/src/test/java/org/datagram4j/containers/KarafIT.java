package org.datagram4j.containers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.datagram4j.containers.probe.Job;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Apache Karaf: the stock one where it starts, and our own assembly on the newer Java. */
class KarafIT {
    /** What Karaf's etc/config.properties chooses. */
    private static final String FRAMEWORK = "org.apache.felix.framework";

    @TestFactory
    Stream<DynamicTest> karaf() throws Exception {
        KarafContainer karaf = Settings.stockKarafStarts() ? KarafContainer.stock() : KarafContainer.own();
        return ContainerRun.named("karaf").in(karaf).replay(FRAMEWORK);
    }

    @Test
    void aFailureShowsKarafsLog() {
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> ContainerRun.named("karaf-without-backend")
                        .with(Job.PATIENCE, "1")
                        .with(Job.EXPECT, "missing")
                        .in(KarafContainer.own()));

        assertTrue(failure.getMessage().contains("(datagram4j.backend=missing)"), failure.getMessage());
        assertTrue(failure.getMessage().contains("| FeaturesServiceImpl "), failure.getMessage());
    }
}
