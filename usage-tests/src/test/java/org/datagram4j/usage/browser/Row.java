package org.datagram4j.usage.browser;

import java.util.Set;

/**
 * What a page's JSON says of a row.
 *
 * @param level how binding the rule is
 * @param outcomes what the filters find it by
 * @param rare whether a failure says {@link Runs#RARE}
 */
record Row(String level, Set<String> outcomes, boolean rare) {}
