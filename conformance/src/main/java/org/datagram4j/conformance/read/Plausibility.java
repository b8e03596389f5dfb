package org.datagram4j.conformance.read;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.JsonReport;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;

/**
 * Which results the kit can have given, with what the report says of the backend and of the machine: an outcome that
 * excuses from a rule has to have its reason there, and a rule that could not be tested has not passed.
 */
record Plausibility(
        Profile profile, Set<Capability> declared, Map<String, String> environment, Report.Settings settings) {
    private static final String UNDECLARED = "the backend does not declare ";

    void require(RuleResult result) throws Untrue {
        boolean untestable = result.rule().kind() == RuleEntry.Kind.UNTESTABLE;
        if (untestable != (result.outcome() == Outcome.UNTESTABLE)) {
            throw untrue(result, untestable ? "the kit cannot test it" : "the kit does test it");
        }
        switch (result.outcome()) {
            case PASS -> requirePass(result);
            case NOT_DECLARED -> requireUndeclared(result);
            case ENV_LACKS -> requireLack(result);
            case NOT_APPLICABLE -> requireNoOther(result, Outcome.NOT_APPLICABLE);
            case WAIVED -> requireWaiver(result);
            case FAIL, INCONCLUSIVE, UNTESTABLE -> {
                // nobody gains by inventing these
            }
        }
        requireTries(result);
        if (result.duration().isNegative()) {
            throw untrue(result, "took less than no time");
        }
        if (result.crash() && result.outcome() != Outcome.FAIL) {
            throw untrue(result, "its test stumbled");
        }
    }

    private void requirePass(RuleResult result) throws Untrue {
        requireNoOther(result, Outcome.PASS);
        if (!result.detail().isEmpty()) {
            throw untrue(result, "has a reason why not");
        }
    }

    private void requireUndeclared(RuleResult result) throws Untrue {
        requireNoOther(result, Outcome.NOT_DECLARED);
        boolean named = Stream.of(Capability.values())
                .filter(capability -> !declared.contains(capability))
                .anyMatch(capability -> result.detail().equals(UNDECLARED + capability));
        if (!named) {
            throw untrue(result, "the backend declares what it is about");
        }
    }

    // Tests may miss more than the features that are listed; then the verdict is open.
    private void requireLack(RuleResult result) throws Untrue {
        requireNoOther(result, Outcome.ENV_LACKS);
        String feature = result.detail().split(":", 2)[0];
        String lack = environment.get(feature);
        if (lack != null && !result.detail().equals(feature + ": " + lack)) {
            throw untrue(result, "the machine is not said to lack it so");
        }
    }

    private void requireWaiver(RuleResult result) throws Untrue {
        requireNoOther(result, Outcome.FAIL);
        if (!settings.waivers().containsKey(result.rule().id())) {
            throw new Untrue("a waiver is hidden: " + result.name() + " is WAIVED, but " + JsonReport.FILE
                    + " names no waiver of it");
        }
    }

    // What keeps a rule from being tested is looked at in this order, before its test.
    private void requireNoOther(RuleResult result, Outcome said) throws Untrue {
        RuleEntry rule = result.rule();
        Outcome before = null;
        if (!rule.profiles().contains(profile)) {
            before = Outcome.NOT_APPLICABLE;
        } else if (!declared.containsAll(rule.capabilities())) {
            before = Outcome.NOT_DECLARED;
        } else if (rule.needs(result.variant()).stream()
                .anyMatch(feature -> !environment.getOrDefault(feature, "").isEmpty())) {
            before = Outcome.ENV_LACKS;
        }
        if (before != null && before != said) {
            throw untrue(result, "it must have been " + before);
        }
    }

    private void requireTries(RuleResult result) throws Untrue {
        RuleResult.Tries tries = result.tries();
        boolean stochastic = result.rule().kind() == RuleEntry.Kind.STOCHASTIC;
        if (tries == null) {
            if (stochastic && result.outcome() == Outcome.PASS) {
                throw untrue(result, "does not tell how often it tried");
            }
            return;
        }
        long round = tries.seed() - settings.seed();
        if (!stochastic || tries.count() < 1 || round < 0 || round >= settings.repeat()) {
            throw untrue(result, "tried otherwise than the run could have");
        }
    }

    private static Untrue untrue(RuleResult result, String but) {
        return new Untrue(result.name() + " is " + result.outcome() + " in " + JsonReport.FILE + ", but " + but);
    }
}
