package org.datagram4j.launcher;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where backends live while they are looked at: they register themselves differently in each. */
enum Place {
    /** In an embedded OSGi framework, as services of bundles. */
    FELIX,
    /** On the class path or module path, found by ServiceLoader. */
    CLASSPATH;

    /** Reads a place as the user writes it. */
    static final class Converter implements ITypeConverter<Place> {
        @Override
        public Place convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "felix" -> FELIX;
                case "classpath" -> CLASSPATH;
                default -> throw new TypeConversionException("'" + text + "' is neither felix nor classpath");
            };
        }
    }
}
