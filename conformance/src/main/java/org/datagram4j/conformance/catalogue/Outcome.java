package org.datagram4j.conformance.catalogue;

/** What came of one rule in one variant. The kit's own vocabulary: "not tested" is never a pass. */
public enum Outcome {
    /** The rule was tested and kept. */
    PASS,
    /** The rule was tested and broken, or the backend did not answer in time. */
    FAIL,
    /** The backend does not declare the capability that the rule is about; its clean refusal is tested by UDP-PLAT. */
    NOT_DECLARED,
    /** The rule does not concern this profile or this backend. */
    NOT_APPLICABLE,
    /** The machine lacks what the test needs; the detail says what. */
    ENV_LACKS,
    /** No test on one machine can show it; the catalogue says where it is tested instead. */
    UNTESTABLE,
    /** The test could not decide. */
    INCONCLUSIVE,
    /** Excluded, with a reason that the report names. */
    WAIVED
}
