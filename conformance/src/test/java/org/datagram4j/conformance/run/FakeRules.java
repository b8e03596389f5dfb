package org.datagram4j.conformance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import org.datagram4j.conformance.lab.Lab;

/** Tests that end in every way there is. */
final class FakeRules {
    /** Ends what hangs, when the test is over. */
    static final CountDownLatch END = new CountDownLatch(1);

    FakeRules() {}

    @Rule("UDP-TEST-01")
    void passes(Lab lab) {
        assertEquals(lab.variant().startsWith("v6"), lab.v6());
    }

    @Rule("UDP-TEST-02")
    void fails(Lab lab) {
        assertEquals(1, 2, "numbers");
    }

    @Rule("UDP-TEST-03")
    void hangs(Lab lab) {
        sleep();
    }

    @Rule("UDP-TEST-04")
    void hangsInClose(Lab lab) {
        lab.track(FakeRules::sleep);
    }

    @Rule("UDP-TEST-05")
    void stumbles(Lab lab) {
        String nothing = null;
        assertEquals(0, nothing.length());
    }

    @Rule("UDP-TEST-06")
    void cannotDecide(Lab lab) {
        throw lab.inconclusive("the dice fell off the table");
    }

    @Rule("UDP-TEST-07")
    void backendThrows(Lab lab) throws Exception {
        lab.socket();
    }

    @Rule("UDP-TEST-08")
    void failsInClose(Lab lab) {
        lab.track(() -> {
            throw new IllegalStateException("does not close");
        });
    }

    @Rule("UDP-TEST-09")
    void cannotBeCalled(Lab lab, String whatNobodyGives) {}

    @Rule("UDP-TEST-10")
    void triesItsLuck(Lab lab) {
        assertEquals(20, lab.tries(20));
    }

    @Rule("UDP-TEST-11")
    void losesOneDay(Lab lab) {
        lab.tries(5);
        throw new AssertionError("no luck with " + lab.random().nextInt());
    }

    private static void sleep() {
        boolean ended = false;
        while (!ended) {
            try {
                END.await();
                ended = true;
            } catch (InterruptedException e) {
                continue; // the worst kind of hang
            }
        }
    }
}
