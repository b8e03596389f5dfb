package org.datagram4j.conformance.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.Profile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CatalogueTest {
    private static final String RULE = """
            {"id": "UDP-RECV-01", "level": "MUST", "tier": "CORE", "title": "t", "text": "x", "intent": "i",
             "methods": ["UdpSocket.recv"], "source": "s", "check": ["c"]}""";

    @Test
    void readsARule() {
        String full = RULE.replace("\"source\"", """
                "capabilities": ["RAW_HANDLE"], "profiles": ["UNIX"], "variants": ["v4", "v6-self"],
                "needs": ["ICMP"], "kind": "stochastic", "extraOn": ["WINDOWS"], "source\"""");
        RuleEntry rule = parse(full).rule("UDP-RECV-01").orElseThrow();
        assertEquals(RuleEntry.Level.MUST, rule.level());
        assertEquals(RuleEntry.Kind.STOCHASTIC, rule.kind());
        assertEquals("RECV", rule.area());
        assertEquals(Set.of(Capability.RAW_HANDLE), rule.capabilities());
        assertEquals(Set.of(Profile.UNIX), rule.profiles());
        assertEquals(RuleEntry.Tier.CORE, rule.tier(Profile.UNIX));
        assertEquals(RuleEntry.Tier.EXTRA, rule.tier(Profile.WINDOWS));
        assertEquals(List.of("v4", "v6-self"), rule.variants());
        assertEquals(Set.of("ICMP"), rule.needs("v4"));
        assertEquals(Set.of("ICMP", "IPV6"), rule.needs("v6-self"));
    }

    @Test
    void whatIsNotSaidHasADefault() {
        RuleEntry rule = parse(RULE).rule("UDP-RECV-01").orElseThrow();
        assertEquals(EnumSet.allOf(Profile.class), rule.profiles());
        assertEquals(List.of("v4"), rule.variants());
        assertEquals(RuleEntry.Kind.DETERMINISTIC, rule.kind());
        assertTrue(rule.capabilities().isEmpty());
    }

    @Test
    void aVariantNeedsItsOwnMulticastOnly() {
        RuleEntry rule = parse(
                        RULE.replace("\"source\"", "\"needs\": [\"MULTICAST_V4\", \"MULTICAST_V6\"], \"source\""))
                .rule("UDP-RECV-01")
                .orElseThrow();
        assertEquals(Set.of("MULTICAST_V4"), rule.needs("v4"));
        assertEquals(Set.of("MULTICAST_V6", "IPV6"), rule.needs("v6"));
    }

    @TestFactory
    Stream<DynamicTest> badRulesAreNamed() {
        return Stream.of(
                bad("\"MUST\"", "\"WILL\"", "UDP-RECV-01: no Level is called WILL"),
                bad("\"title\": \"t\",", "", "UDP-RECV-01 lacks \"title\""),
                bad("\"text\": \"x\"", "\"text\": \" \"", "UDP-RECV-01 lacks \"text\""),
                bad("\"intent\": \"i\",", "", "UDP-RECV-01 lacks \"intent\""),
                bad("\"source\": \"s\",", "", "UDP-RECV-01 lacks \"source\""),
                bad("\"check\": [\"c\"]", "\"check\": []", "UDP-RECV-01 lacks \"check\""),
                bad("\"methods\": [\"UdpSocket.recv\"],", "", "UDP-RECV-01 lacks \"methods\""),
                bad("UDP-RECV-01", "UDP-SEND-01", "rule id 'UDP-SEND-01' does not fit area RECV"),
                bad("UDP-RECV-01", "UDP-RECV-1", "rule id 'UDP-RECV-1' does not fit area RECV"),
                bad("\"intent\"", "\"intend\"", "UDP-RECV-01 has \"intend\", which means nothing"));
    }

    private static DynamicTest bad(String good, String bad, String message) {
        return DynamicTest.dynamicTest(
                message,
                () -> assertEquals(
                        message,
                        assertThrows(IllegalStateException.class, () -> parse(RULE.replace(good, bad)))
                                .getMessage()));
    }

    @Test
    void badFilesAreNamed() {
        assertEquals(
                "rule UDP-RECV-01 is there twice",
                assertThrows(IllegalStateException.class, () -> parse(RULE + "," + RULE))
                        .getMessage());
        for (String file : List.of("[]", "{", "{}", "{\"title\": \"t\"}", "{\"title\": \"t\", \"rules\": 1}")) {
            String message = assertThrows(IllegalStateException.class, () -> Catalogue.parse(Map.of("RECV", file)))
                    .getMessage();
            assertTrue(message.contains("the file of area RECV"), message);
        }
    }

    @Test
    void globsMatchIdsAndVariants() {
        Catalogue catalogue =
                parse(RULE.replace("\"source\"", "\"variants\": [\"v4\", \"v6\", \"v6-self\"], \"source\"") + ","
                        + RULE.replace("-01", "-02"));
        assertEquals(List.of("UDP-RECV-01", "UDP-RECV-02"), ids(catalogue, List.of()));
        assertEquals(List.of("UDP-RECV-01", "UDP-RECV-02"), ids(catalogue, List.of("udp-recv-*")));
        assertEquals(List.of("UDP-RECV-01", "UDP-RECV-02"), ids(catalogue, List.of("*-02", "*-01")));
        assertEquals(List.of("UDP-RECV-02"), ids(catalogue, List.of("UDP-RECV-?2")));
        assertEquals(
                List.of("v6", "v6-self"),
                catalogue.matching(List.of("UDP-RECV-01/v6*")).get(0).variants());
        assertEquals(
                "no rule matches 'UDP.RECV.*': see the list of rules",
                assertThrows(IllegalArgumentException.class, () -> ids(catalogue, List.of("*", "UDP.RECV.*")))
                        .getMessage());
    }

    private static List<String> ids(Catalogue catalogue, List<String> globs) {
        return catalogue.matching(globs).stream().map(RuleEntry::id).toList();
    }

    private static Catalogue parse(String rules) {
        return Catalogue.parse(Map.of("RECV", "{\"title\": \"t\", \"rules\": [" + rules + "]}"));
    }
}
