package org.datagram4j.conformance.rules;

import java.util.List;

/** The classes that hold the tests of the rules, in the order of the areas. */
public final class RuleClasses {
    private RuleClasses() {}

    /**
     * All of them.
     *
     * @return an unmodifiable list
     */
    public static List<Class<?>> all() {
        return List.of(RecvRules.class);
    }
}
