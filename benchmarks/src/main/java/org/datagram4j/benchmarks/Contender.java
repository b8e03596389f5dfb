package org.datagram4j.benchmarks;

/** Who takes part. The first of each group of two JDKs links by java.lang.foreign, the second by JNA. */
enum Contender {
    C("C", "c", false, false),
    JAVA_NIO("java.nio", "channel", false, false),
    NIO("nio", "nio", false, false),
    NATIVE_FFM("native, FFM", "native", false, false),
    NATIVE_JNA("native, JNA", "native", true, false),
    SLOTS_FFM("native, FFM, in slots", "native", false, true),
    SLOTS_JNA("native, JNA, in slots", "native", true, true);

    /** What the table calls it. */
    final String label;

    /** What the measured process calls it. */
    final String implementation;

    /** Whether it runs on the older JDK. */
    final boolean older;

    /** Whether segments are sent from and received into the slots of a batch. */
    final boolean slots;

    Contender(String label, String implementation, boolean older, boolean slots) {
        this.label = label;
        this.implementation = implementation;
        this.older = older;
        this.slots = slots;
    }

    boolean isNative() {
        return implementation.equals("native");
    }
}
