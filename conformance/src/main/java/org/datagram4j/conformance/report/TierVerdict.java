package org.datagram4j.conformance.report;

import org.datagram4j.conformance.catalogue.RuleEntry;

/**
 * How a backend stands in one tier.
 *
 * @param tier the tier
 * @param standing how it stands
 * @param reason why, empty if there is nothing to say
 */
public record TierVerdict(RuleEntry.Tier tier, Standing standing, String reason) {}
