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
        return List.of(
                BindRules.class,
                SendRules.class,
                RecvRules.class,
                ConnRules.class,
                ErrRules.class,
                ReadyRules.class,
                RegRules.class,
                WakeRules.class,
                CloseRules.class,
                OptRules.class,
                McastRules.class,
                V6Rules.class,
                BatchRules.class,
                SegRules.class,
                MetaRules.class,
                StatRules.class,
                MemRules.class,
                ThrRules.class,
                PlatRules.class);
    }
}
