package org.datagram4j;

import java.lang.reflect.Proxy;
import java.util.Set;
import org.datagram4j.spi.ForwardingBackend;

/** Backends that have a name and a ranking and can do nothing, for tests of the choice between them. */
public final class FakeBackends {
    private static final UdpBackend NOBODY = (UdpBackend) Proxy.newProxyInstance(
            FakeBackends.class.getClassLoader(), new Class<?>[] {UdpBackend.class}, (proxy, method, arguments) -> {
                throw new AssertionError(method + " is not part of the choice");
            });

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

    /** Cannot say what it is called, because something of it is missing. */
    public static final class Nameless extends Fake {
        /** For ServiceLoader. */
        public Nameless() {
            super("nameless", 4);
        }

        @Override
        public String name() {
            throw new ExceptionInInitializerError("a class is missing");
        }
    }

    private abstract static class Fake extends ForwardingBackend {
        private final String name;
        private final int ranking;

        Fake(String name, int ranking) {
            super(NOBODY);
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
        public String toString() {
            return name;
        }
    }
}
