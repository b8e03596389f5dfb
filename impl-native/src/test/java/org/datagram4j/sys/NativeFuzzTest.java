package org.datagram4j.sys;

import org.datagram4j.conformance.fuzz.BackendFuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random calls with hostile arguments, by one thread and by several. */
class NativeFuzzTest {
    private static final long SEED = 1;
    private static final int STEPS = 2_000;

    @ParameterizedTest
    @MethodSource("org.datagram4j.sys.Lab#backends")
    void nothingUndocumentedHappensToOneThread(NativeBackend backend) throws Exception {
        System.out.println(new BackendFuzz(backend, new NativeBackend(), SEED, STEPS, 1).run());
    }

    @ParameterizedTest
    @MethodSource("org.datagram4j.sys.Lab#backends")
    void nothingUndocumentedHappensToFour(NativeBackend backend) throws Exception {
        System.out.println(new BackendFuzz(backend, new NativeBackend(), SEED, STEPS, 4).run());
    }
}
