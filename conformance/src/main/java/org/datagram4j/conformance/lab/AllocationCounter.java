package org.datagram4j.conformance.lab;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;

/**
 * How many bytes a thread has allocated, by {@code com.sun.management.ThreadMXBean}, which not every JVM and not every
 * framework lets a bundle see; hence found by name.
 */
final class AllocationCounter {
    private static final MethodHandle ALLOCATED = find();

    private AllocationCounter() {}

    static boolean available() {
        return ALLOCATED != null;
    }

    /** The count of the current thread; asking allocates nothing. */
    @SuppressWarnings("deprecation") // Thread.getId() has a successor, but only since Java 19
    static long allocatedBytes() {
        try {
            return (long) ALLOCATED.invokeExact(Thread.currentThread().getId());
        } catch (Throwable e) {
            throw new IllegalStateException("the allocation counter failed", e);
        }
    }

    @SuppressWarnings("deprecation") // see above
    private static MethodHandle find() {
        try {
            Object bean = ManagementFactory.getThreadMXBean();
            // null: the loader of the JDK's own classes, whatever a framework delegates
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean", true, null);
            MethodHandle count = MethodHandles.publicLookup()
                    .findVirtual(type, "getThreadAllocatedBytes", MethodType.methodType(long.class, long.class))
                    .bindTo(type.cast(bean));
            return (long) count.invokeExact(Thread.currentThread().getId()) >= 0 ? count : null;
        } catch (Throwable e) {
            return null;
        }
    }
}
