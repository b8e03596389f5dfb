package org.datagram4j.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules judge what happened, not how fast: a machine may be ten times slower than anybody expected. */
class ClockTest {
    private static final Set<String> CLOCKS = Set.of("nanoTime", "currentTimeMillis", "sleep", "parkNanos");

    /** Who may look at a clock all the same, and what for. */
    private static final Map<String, String> ALLOWED = Map.of(
            "WakeRules.timeoutIsNotCutShort", "a lower bound: no wait ends early",
            "WakeRules.registrationsDoNotEndTheWait", "a lower bound: no wait ends early",
            "PlatRules.spin", "a lower bound: no wait ends early",
            "MetaRules.timestamp", "the timestamp of a datagram lies between two of this clock's",
            "MemRules.expectLittle", "how long to wait for the compilers",
            "MemRules.count", "how long to wait for a call to succeed");

    @Test
    void rulesDoNotLookAtTheClock() {
        Set<String> found = new TreeSet<>();
        new ClassFileImporter()
                        .importUrl(RuleClasses.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())
                        .stream()
                        .filter(type -> type.getPackageName().equals(RuleClasses.class.getPackageName()))
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> CLOCKS.contains(call.getTarget().getName()))
                        .map(ClockTest::caller)
                        .forEach(found::add);
        assertEquals(new TreeMap<>(ALLOWED).keySet(), found, "methods of rules that look at a clock");
    }

    private static String caller(JavaMethodCall call) {
        return call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName();
    }
}
