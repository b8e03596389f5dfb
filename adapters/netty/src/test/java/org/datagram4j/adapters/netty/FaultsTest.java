package org.datagram4j.adapters.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.Certification;
import org.datagram4j.conformance.Subject;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.RuleResult;
import org.junit.jupiter.api.Test;

/**
 * Finds the faults of Netty by name: exactly the rules of {@code faults.json} fail, and no others. A rule that fails
 * unexpectedly when it is given little time gets more before it counts: the machine may be slow.
 */
class FaultsTest {
    private static final Duration SHORT_LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(300);

    /** Random lengths of this seed are never 0, so what fails for an empty datagram is about empty datagrams. */
    private static final long SEED = 1;

    /** What the two epoll adapters cannot differ in: they receive in different ways, and that is all. */
    private static final List<String> RECEIVING = List.of(
            "UDP-RECV-*",
            "UDP-CONN-*",
            "UDP-ERR-*",
            "UDP-READY-*",
            "UDP-BATCH-*",
            "UDP-SEG-*",
            "UDP-META-*",
            "UDP-V6-*");

    private final Certification certification = Certification.prepare();

    @Test
    void nio() throws IOException {
        expectFaults(new NettyNioBackend(), List.of());
    }

    @Test
    void epoll() throws IOException {
        requireEpoll();
        expectFaults(new NettyEpollBackend(), List.of());
    }

    @Test
    void epollWithRecvmmsg() throws IOException {
        requireEpoll();
        expectFaults(new NettyEpollBatchBackend(), RECEIVING);
    }

    private static void requireEpoll() {
        assumeTrue(Epoll.isAvailable(), () -> "Netty has no epoll here: " + Epoll.unavailabilityCause());
    }

    private void expectFaults(UdpBackend backend, List<String> globs) throws IOException {
        Subject subject = Subject.of(backend);
        Certification.Request request = Certification.Request.of(backend, subject.identity())
                .withRules(globs)
                .withSeed(SEED);
        List<RuleResult> results = certification
                .run(request.withTimes(SHORT_LIMIT, SHORT_PATIENCE), Progress.NONE)
                .results();
        Set<String> expected = Fault.rules(backend.name(), false);
        expected.retainAll(ran(results));
        TreeMap<String, String> failed = failed(results);
        failed.keySet().removeAll(Fault.rules(backend.name(), true));
        List<String> doubtful = new ArrayList<>(failed.keySet());
        doubtful.removeAll(expected);
        if (!doubtful.isEmpty()) {
            failed.keySet().removeAll(doubtful);
            failed.putAll(failed(certification
                    .run(request.withRules(doubtful), Progress.NONE)
                    .results()));
        }
        assertEquals(
                lines(expected),
                lines(failed.keySet()),
                () -> "rules that fail with " + backend.name() + ", and how: " + failed);
    }

    private static Set<String> ran(List<RuleResult> results) {
        Set<String> rules = new TreeSet<>();
        for (RuleResult result : results) {
            if (result.outcome() == Outcome.PASS || result.outcome() == Outcome.FAIL) {
                rules.add(result.rule().id());
            }
        }
        return rules;
    }

    private static TreeMap<String, String> failed(List<RuleResult> results) {
        TreeMap<String, String> rules = new TreeMap<>();
        for (RuleResult result : results) {
            if (result.outcome() == Outcome.FAIL) {
                rules.put(result.rule().id(), result.name() + ": " + result.detail() + "\n");
            }
        }
        return rules;
    }

    private static String lines(Set<String> rules) {
        return String.join("\n", rules);
    }
}
