package org.datagram4j.nio;

import org.datagram4j.conformance.fuzz.BackendFuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random calls with hostile arguments, by one thread and by several. */
class NioFuzzTest {
    @ParameterizedTest
    @CsvSource({"1, 2000, 1", "2, 2000, 4"})
    void nothingUndocumentedHappens(long seed, int steps, int threads) throws Exception {
        System.out.println(new BackendFuzz(new NioBackend(), new NioBackend(), seed, steps, threads).run());
    }
}
