package org.datagram4j.sys.linkage;

/** Chooses the linkage; the only place where the version of Java matters. */
public final class Linkages {
    private static final int FOREIGN_SINCE = 22;

    private Linkages() {}

    /**
     * The linkage for this version of Java.
     *
     * @return java.lang.foreign where it is final, otherwise JNA
     * @throws UnsupportedOperationException if it does not work here, saying what to do about it
     */
    public static Linkage best() {
        return Runtime.version().feature() >= FOREIGN_SINCE ? foreign() : jna();
    }

    /**
     * Linkage by java.lang.foreign, for Java 22 and up.
     *
     * @return the linkage
     * @throws UnsupportedOperationException if it does not work here, saying what to do about it
     */
    public static Linkage foreign() {
        try {
            return new FfmLinkage();
        } catch (IllegalCallerException | LinkageError e) {
            throw new UnsupportedOperationException(
                    "native access is denied to " + whom() + ": start Java with --enable-native-access=" + flag()
                            + ", or use the backend 'nio' (" + rootOf(e) + ")",
                    e);
        }
    }

    /**
     * Linkage by JNA.
     *
     * @return the linkage
     * @throws UnsupportedOperationException if it does not work here, saying what to do about it
     */
    public static Linkage jna() {
        try {
            Class.forName("com.sun.jna.Native", false, Linkages.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UnsupportedOperationException(
                    "Java 17 to 21 need JNA 5, which is not there: add net.java.dev.jna:jna to the class path or install"
                            + " it as a bundle; on the module path add jna-jpms and --add-modules com.sun.jna",
                    e);
        }
        try {
            return new JnaLinkage();
        } catch (LinkageError | IllegalCallerException e) {
            throw jnaBroken(e);
        }
    }

    private static UnsupportedOperationException jnaBroken(Throwable e) {
        return new UnsupportedOperationException(
                "JNA is there but does not work: it unpacks a library into the directory of the system property"
                        + " jna.tmpdir or java.io.tmpdir, which must be writable and not mounted noexec (" + rootOf(e)
                        + ")",
                e);
    }

    private static String whom() {
        return Linkages.class.getModule().isNamed() ? "the module " + flag() : "the class path";
    }

    private static String flag() {
        Module module = Linkages.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
