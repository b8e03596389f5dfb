package org.datagram4j.conformance.run;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks the test of one rule of the catalogue. The method takes a {@code Lab} and is run once for each of the rule's
 * variants, within a limit of time, unless capability, profile or environment say that it does not apply.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(RuleExtension.class)
public @interface Rule {
    /**
     * Which rule.
     *
     * @return an id of the catalogue
     */
    String value();
}
