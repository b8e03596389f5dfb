package org.datagram4j.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.junit.jupiter.api.Test;

/** Nothing of the api is without a rule, and no rule names what its test does not call. */
class ApiCoverageTest {
    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final ApiUse USE = new ApiUse();

    /** What no rule has to name, as patterns over methods with parameters, and why. */
    private static final Map<String, String> EXCEPT = new LinkedHashMap<>();

    static {
        EXCEPT.put(".*\\.(values\\(\\)|valueOf\\(String\\))", "the compiler writes them");
        EXCEPT.put(
                "(BackendCandidate|Token|DatagramInfo|UdpConfig)\\.(equals|hashCode|toString)\\(.*",
                "of values that no backend makes: ValuesTest, DatagramInfoTest");
        EXCEPT.put(
                "(BackendCandidate\\.(provider|ranking|reason)|new BackendCandidate)\\(.*",
                "made by the selection, not by a backend: UdpBackendsTest");
        EXCEPT.put("Interest\\..*", "a constant of the caller's: ValuesTest");
        EXCEPT.put("Capability\\.kind\\(\\)", "a constant, printed with the specification");
        EXCEPT.put("new (Token|SendInfo|DatagramInfo)\\(.*", "how the caller makes what rules name by its methods");
        EXCEPT.put(
                "UdpConfig\\.[a-zA-Z0-9]+\\(\\)",
                "what a backend reads; rules see what came of the method with \"with\" that set it");
        EXCEPT.put("(DatagramInfo\\.Filler\\..*|DatagramInfo\\.fill\\(\\))", "what a backend fills: DatagramInfoTest");
        EXCEPT.put(
                "(new UdpException\\(.*|UdpException\\.(atSlot|truncated)\\(.*)",
                "how a backend makes errors; rules see what they say");
        EXCEPT.put("IoOperation\\.run\\(\\)", "the caller's own, run by UdpSocket.tryIo");
    }

    @Test
    void everyMethodOfTheApiIsNamedByARule() {
        Set<String> named = CATALOGUE.rules().stream()
                .flatMap(rule -> rule.methods().stream())
                .collect(Collectors.toSet());
        assertNone("public methods that no rule names", offered(method -> !named.contains(withoutParameters(method))));
    }

    @Test
    void everyMethodOfTheApiIsCalledByTheTestOfARule() {
        Set<String> called = USE.all();
        assertTrue(called.size() > 150, "methods found: " + called.size());
        assertNone("public methods, overloads apart, that no test calls", offered(method -> !called.contains(method)));
    }

    @Test
    void everyRuleCallsWhatItNames() {
        assertNone(
                "methods that a rule names and its test does not call",
                CATALOGUE.rules().stream()
                        .filter(rule -> rule.kind() != RuleEntry.Kind.UNTESTABLE)
                        .flatMap(rule -> rule.methods().stream()
                                .filter(method ->
                                        !method.endsWith(".toString")) // strings are joined without a visible call
                                .filter(method -> USE.of(rule.id()).stream()
                                        .noneMatch(called ->
                                                withoutParameters(called).equals(method)))
                                .map(method -> rule.id() + " " + method)));
    }

    @Test
    void everyExceptionIsNeeded() {
        assertNone(
                "exceptions for nothing",
                EXCEPT.keySet().stream()
                        .filter(pattern -> USE.offered().stream().noneMatch(method -> method.matches(pattern))));
    }

    private static Stream<String> offered(Predicate<String> condition) {
        return USE.offered().stream()
                .filter(method -> EXCEPT.keySet().stream().noneMatch(method::matches))
                .filter(condition);
    }

    private static String withoutParameters(String method) {
        return method.substring(0, method.indexOf('('));
    }

    private static void assertNone(String what, Stream<String> found) {
        assertEquals(List.of(), found.toList(), what);
    }
}
