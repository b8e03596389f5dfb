package org.datagram4j.conformance.run;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.Profile;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.Environment;

/**
 * What all rules of one run have in common; handed to {@link RuleExtension} through the store of the launcher session.
 *
 * @param backend the backend under test
 * @param capabilities what it declared when the run began
 * @param profile the profile it is judged by
 * @param rules the rules asked for, with the variants asked for, by id
 * @param environment what the machine has
 * @param patience how long one wait inside a rule may take
 * @param limit how long one rule may take
 * @param seed where random numbers start
 * @param round which repetition this is, from 0
 * @param memory knows what was judged before, and is told what is judged now
 */
public record RunContext(
        UdpBackend backend,
        Set<Capability> capabilities,
        Profile profile,
        Map<String, RuleEntry> rules,
        Environment environment,
        Duration patience,
        Duration limit,
        long seed,
        int round,
        Memory memory) {
    /**
     * The same with other rules.
     *
     * @param others the rules, with variants, by id
     * @return a changed copy
     */
    RunContext withRules(Map<String, RuleEntry> others) {
        return new RunContext(
                backend, capabilities, profile, others, environment, patience, limit, seed, round, memory);
    }

    static final String STORE = "org.datagram4j.conformance";
    static final String KEY = "run";
}
