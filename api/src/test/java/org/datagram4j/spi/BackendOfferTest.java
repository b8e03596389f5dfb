package org.datagram4j.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.datagram4j.BackendCandidate;
import org.datagram4j.BackendCandidate.Verdict;
import org.datagram4j.FakeBackends;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.junit.jupiter.api.Test;

class BackendOfferTest {
    private static final BackendPolicy FORCES_ANOTHER = new BackendPolicy("low", Set.of(), "here");

    private final List<OpenResources> made = new ArrayList<>();
    private Map<String, Object> registered;
    private int ranking;

    @Test
    void eachUserGetsItsOwnAndWhatItLeavesOpenIsClosed() throws Exception {
        BackendOffer offer = offer(BackendPolicy.NONE, this::high);
        offer.start();
        assertEquals("high", registered.get("datagram4j.backend"));
        assertEquals("UNIX", registered.get("datagram4j.profile"));
        assertArrayEquals(new String[0], (Object[]) registered.get("datagram4j.capabilities"));
        assertEquals(2, ranking);

        UdpBackend one = offer.lend("one");
        Open ofOne = open();
        UdpBackend two = offer.lend("two");
        Open ofTwo = open();
        assertNotSame(one, two);
        assertEquals(
                List.of("one", "two"),
                offer.uses().stream().map(BackendStatus.Use::user).toList());
        offer.takeBack(one);
        assertTrue(ofOne.closed);
        assertTrue(!ofTwo.closed);
        offer.stop();
        assertTrue(ofTwo.closed);
        assertNull(registered);
        assertNull(offer.lend("three"));
        assertTrue(offer.uses().isEmpty());
    }

    @Test
    void whoIsToldOfTheServiceCanAskAtOnceWhyItIsThere() {
        BackendOffer[] offer = new BackendOffer[1];
        List<Verdict> seen = new ArrayList<>();
        offer[0] = new BackendOffer("high", "a test", BackendPolicy.NONE, this::high, (properties, ranked) -> {
            seen.add(offer[0].candidate().verdict());
            return () -> seen.add(offer[0].candidate().verdict());
        });
        offer[0].start();
        offer[0].follow(1, FORCES_ANOTHER);
        assertEquals(List.of(Verdict.AVAILABLE, Verdict.REFUSED), seen);
    }

    @Test
    void thePolicyWithdrawsItAndBringsItBack() throws Exception {
        BackendOffer offer = offer(BackendPolicy.NONE, this::high);
        offer.start();
        assertEquals(Verdict.AVAILABLE, offer.candidate().verdict());
        offer.lend("one");
        Open open = open();

        offer.follow(1, FORCES_ANOTHER);
        assertNull(registered);
        assertTrue(open.closed);
        assertEquals(
                new BackendCandidate(
                        "high", "here", 0, Verdict.REFUSED, "datagram4j.backend=low (here) forces another"),
                offer.candidate());
        assertNull(offer.lend("late"));

        offer.follow(2, new BackendPolicy("high", Set.of(), "there"));
        assertEquals("high", registered.get("datagram4j.backend"));
        assertEquals(
                "forced by datagram4j.backend=high (there)", offer.candidate().reason());

        offer.unfollow(2); // the lesser one counts again
        assertNull(registered);
        offer.unfollow(1);
        assertEquals("high", registered.get("datagram4j.backend"));
    }

    @Test
    void whatAnObjectingPolicySaysHoldsFromTheStart() {
        BackendOffer offer = offer(FORCES_ANOTHER, () -> {
            throw new AssertionError("it need not even be tried");
        });
        offer.start();

        assertNull(registered);
        assertEquals(Verdict.REFUSED, offer.candidate().verdict());
        offer.stop();
    }

    @Test
    void aBackendThatDoesNotWorkHereSaysWhy() {
        BackendOffer unable = offer(BackendPolicy.NONE, () -> {
            throw new UnsupportedOperationException("the library is missing: install it");
        });
        unable.start();
        assertEquals(
                "it does not work here: the library is missing: install it",
                unable.candidate().reason());

        BackendOffer broken = offer(BackendPolicy.NONE, () -> {
            throw new ExceptionInInitializerError("a defect");
        });
        broken.start();
        broken.follow(1, BackendPolicy.NONE);
        assertNull(registered);
        assertTrue(broken.candidate().reason().contains("a defect"));
    }

    @Test
    void aStoppingFrameworkIsNoFailure() {
        BackendOffer offer = new BackendOffer("high", "here", BackendPolicy.NONE, this::high, (properties, rank) -> {
            throw new IllegalStateException("the bundle is stopping");
        });
        offer.start();

        assertEquals(Verdict.REFUSED, offer.candidate().verdict());
        offer.stop();
    }

    private BackendOffer offer(BackendPolicy otherwise, Supplier<BackendOffer.Lent> maker) {
        return new BackendOffer("high", "here", otherwise, maker, (properties, rank) -> {
            registered = properties;
            ranking = rank;
            return () -> registered = null;
        });
    }

    private BackendOffer.Lent high() {
        OpenResources resources = new OpenResources("high");
        made.add(resources);
        return new BackendOffer.Lent(new FakeBackends.High(), resources);
    }

    private Open open() throws UdpException {
        return made.get(made.size() - 1).add(new Open());
    }

    private static final class Open implements Closeable {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }
}
