package org.datagram4j.conformance;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.report.VerdictDerivation;
import org.datagram4j.conformance.rules.RuleClasses;
import org.datagram4j.conformance.run.RuleRun;

/**
 * Makes sure that the kit is one kit: on a class path a jar that has swallowed another version of it, or of the api, lends
 * some of its classes and rules, and a claim would name the wrong jars.
 */
final class WholeKit {
    private WholeKit() {}

    /** Throws if not. */
    static void require() {
        List<Class<?>> kit = new ArrayList<>(RuleClasses.all());
        kit.addAll(List.of(Lab.class, RuleRun.class, VerdictDerivation.class, Catalogue.class));
        for (Class<?> type : kit) {
            requireSame(type.getName(), place(type), place(Certification.class));
        }
        for (String area : Catalogue.AREAS) {
            String file = "META-INF/datagram4j/rules/" + area + ".json";
            requireSame(file, place(UdpBackend.class, file), place(UdpBackend.class));
        }
    }

    private static void requireSame(String what, String is, String expected) {
        if (!Objects.equals(is, expected)) {
            throw new IllegalStateException("the kit is mixed: " + what + " comes from " + is + ", not from " + expected
                    + ": leave one of the two, or a jar that contains it, off the class path");
        }
    }

    private static String place(Class<?> type) {
        return place(type, type.getName().replace('.', '/') + ".class");
    }

    // The address of what is in a jar, a directory or a bundle begins with that of the jar, directory or bundle.
    private static String place(Class<?> type, String file) {
        URL url = type.getResource("/" + file);
        return url == null ? null : url.toString().replaceFirst(Pattern.quote(file) + "$", "");
    }
}
