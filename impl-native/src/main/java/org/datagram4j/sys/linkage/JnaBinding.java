package org.datagram4j.sys.linkage;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.function.Supplier;

/**
 * A class with native methods that JNA binds to the functions of their names, for as long as somebody uses it. Afterwards
 * JNA forgets the class, which it would keep, and the class loader with it, for as long as JNA is there: in a framework
 * longer than our bundle.
 */
final class JnaBinding {
    private final Class<?> functions;
    private int users;

    /** A binding that nobody uses yet. */
    JnaBinding(Class<?> functions) {
        this.functions = functions;
    }

    /** Binds the methods, if that is not done. */
    synchronized void use(Supplier<NativeLibrary> library) {
        if (users == 0) {
            Native.register(functions, library.get());
            // JNA keeps the options of a class by a weak key, but names the class among them (Native.cacheOptions).
            Native.getLibraryOptions(functions).remove("enclosing-library");
        }
        users++;
    }

    synchronized void leave() {
        users--;
        if (users == 0) {
            Native.unregister(functions);
        }
    }
}
