package org.datagram4j.nio;

import java.nio.channels.SelectionKey;
import org.datagram4j.Token;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.Signal;

/**
 * One source in one poll, attached to its selection key. It lives as long as the source belongs to that poll, through
 * any number of deregistrations; being an object and no descriptor, it can never be taken for another's.
 */
final class Registration extends Signal {
    /** The poll that it belongs to. */
    final NioPoll poll;

    private final Readiness source;

    /** The key; set under the source's lock, before the registration is used. */
    SelectionKey key;

    // What the application asked for; guarded by the source's lock.
    private Token token;
    private int interest;

    /** The operations that may still be reported; guarded by the source's lock. */
    private int armed;

    /**
     * What the key's interest is: all that is armed, and perhaps what was disarmed since the last select. Guarded by the
     * source's lock.
     */
    private int keyInterest;

    /** Whether the poll will look at it before the next select; for the polling thread alone. */
    private boolean disarmedSince;

    // What the selector found, and in which round; for the polling thread alone.
    private int found;
    private long foundRound;

    Registration(NioPoll poll, Readiness source) {
        super(poll.line());
        this.poll = poll;
        this.source = source;
    }

    /** Whether the source is registered at present; under the source's lock. */
    boolean isActive() {
        return interest != 0;
    }

    /** Takes token and interest and arms everything; under the source's lock. */
    void activate(Token newToken, int newInterest) {
        token = newToken;
        interest = newInterest;
        armed = newInterest;
    }

    /** Takes back everything: no event from now on. Under the source's lock. */
    void deactivate() {
        token = null;
        interest = 0;
        armed = 0;
        setKeyInterest();
    }

    /** What is armed; under the source's lock. */
    int armed() {
        return armed;
    }

    /** Arms what was asked for among these operations; under the source's lock. Returns whether that changed anything. */
    boolean arm(int operations) {
        int now = armed | operations & interest;
        boolean changed = now != armed;
        armed = now;
        return changed;
    }

    /** Shows the selector what is armed, also in the middle of a select; under the source's lock. */
    void showArmed() {
        boolean more = (armed & ~keyInterest) != 0;
        setKeyInterest();
        if (more) {
            poll.interestChanged();
        }
    }

    /** Shows the selector what is disarmed, before it selects; for the polling thread. */
    void showDisarmed() {
        disarmedSince = false;
        source.lock();
        try {
            setKeyInterest();
        } finally {
            source.unlock();
        }
    }

    private void setKeyInterest() {
        if (keyInterest != armed && key != null) {
            keyInterest = armed;
            NioQuirks.interest(key, armed);
        }
    }

    /** Remembers what the selector found; for the polling thread. */
    void found(int operations, long round) {
        found = operations;
        foundRound = round;
    }

    /**
     * Disarms what it reports, and only that, before it is reported: a receive that follows the event and would block
     * must find it disarmed to arm it again. The key follows before the next select only, because by then it is mostly
     * armed again, and two changes of a key cost more than none.
     */
    @Override
    protected void publish(EventList events) {
        source.lock();
        try {
            int ready = foundRound == poll.round() ? found : 0;
            if (source.isHolding()) {
                ready |= source.readOperations();
            }
            ready &= armed;
            if (ready == 0) {
                return;
            }
            int bits = 0;
            if ((ready & source.readOperations()) != 0) {
                bits |= EventList.READABLE;
                armed &= ~source.readOperations();
            }
            if ((ready & source.writeOperations()) != 0) {
                bits |= EventList.WRITABLE;
                armed &= ~source.writeOperations();
            }
            if (!disarmedSince) {
                disarmedSince = true;
                poll.disarmed(this);
            }
            events.add(token, bits);
        } finally {
            source.unlock();
        }
    }
}
