package org.datagram4j;

import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Set;

/** Backends that have a name and a ranking and can do nothing, for tests of the choice between them. */
public final class FakeBackends {
    private FakeBackends() {}

    /** Ranking 1. */
    public static final class Low extends Fake {
        /** For ServiceLoader. */
        public Low() {
            super("low", 1);
        }
    }

    /** Ranking 2. */
    public static final class High extends Fake {
        /** For ServiceLoader. */
        public High() {
            super("high", 2);
        }
    }

    /** Cannot be made. */
    public static final class Broken extends Fake {
        /** For ServiceLoader. */
        public Broken() {
            super("broken", 3);
            throw new UnsupportedOperationException(
                    "the library is missing: install it", new ClassNotFoundException("what lies below"));
        }
    }

    private abstract static class Fake implements UdpBackend {
        private final String name;
        private final int ranking;

        Fake(String name, int ranking) {
            this.name = name;
            this.ranking = ranking;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int ranking() {
            return ranking;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public Profile profile() {
            return Profile.UNIX;
        }

        @Override
        public long limit(Limit limit) {
            return 1;
        }

        @Override
        public Poll openPoll(Duration spin) {
            throw new AssertionError("not part of the choice");
        }

        @Override
        public UdpSocket open(UdpConfig config) {
            throw new AssertionError("not part of the choice");
        }

        @Override
        public UdpSocket adopt(DatagramChannel channel) {
            throw new AssertionError("not part of the choice");
        }

        @Override
        public UdpSocket adopt(long handle) {
            throw new AssertionError("not part of the choice");
        }

        @Override
        public Source source(long handle) {
            throw new AssertionError("not part of the choice");
        }

        @Override
        public Source source(SelectableChannel channel) {
            throw new AssertionError("not part of the choice");
        }

        @Override
        public DatagramBatch newBatch(int slots, int slotBytes) {
            throw new AssertionError("not part of the choice");
        }
    }
}
