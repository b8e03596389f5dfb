package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the packaged jars say about themselves to OSGi frameworks and to the module system. */
class BundlesIT {
    @Test
    void theApiNeedsNothing() throws IOException {
        // An exporter imports its own packages, too, so that two copies in a framework can become one.
        String imported = String.valueOf(manifest(jar("datagram4j-api")).getValue("Import-Package"));
        assertEquals("", imported.replaceAll("org\\.datagram4j(\\.spi)?;version=\"[^\"]*\",?", ""));
        assertNull(manifest(jar("datagram4j-api")).getValue("Require-Bundle"));
        assertEquals(
                Set.of("java.base"),
                module(jar("datagram4j-api")).requires().stream()
                        .filter(requires -> !requires.modifiers().contains(Modifier.STATIC))
                        .map(ModuleDescriptor.Requires::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void theApiExportsItsTwoPackages() throws IOException {
        String exported = manifest(jar("datagram4j-api")).getValue("Export-Package");

        assertTrue(exported.contains("org.datagram4j;version=\""), exported);
        assertTrue(exported.contains("org.datagram4j.spi;version=\""), exported);
        assertEquals(Set.of("org.datagram4j", "org.datagram4j.spi"), exports(jar("datagram4j-api")));
    }

    /** Otherwise a vendor's bundle that exports a part of the kit could stand in for it. */
    @Test
    void theKitIsNobodyElses() throws IOException {
        Attributes manifest = manifest(jar("datagram4j-conformance"));

        assertTrue(manifest.getValue("Export-Package").contains("org.datagram4j.conformance.report;"));
        assertFalse(manifest.getValue("Import-Package").contains("org.datagram4j.conformance"));
    }

    @Test
    void implementationsExportNothing() throws IOException {
        assertNull(manifest(jar("datagram4j-nio")).getValue("Export-Package"));
        assertEquals(Set.of(), exports(jar("datagram4j-nio")));
        assertNull(manifest(jar("datagram4j-native")).getValue("Export-Package"));
        assertEquals(Set.of(), exports(jar("datagram4j-native")));
    }

    @Test
    void nobodyImportsAnImplementation() throws IOException {
        for (Path bundle : bundles()) {
            String imported = String.valueOf(manifest(bundle).getValue("Import-Package"));
            assertTrue(!imported.contains("org.datagram4j.nio"), bundle + " imports " + imported);
            assertTrue(!imported.contains("org.datagram4j.sys"), bundle + " imports " + imported);
            assertTrue(!imported.contains("java.lang.foreign"), bundle + " imports " + imported);
            assertTrue(!imported.contains("com.sun.jna"), bundle + " imports " + imported);
        }
    }

    @Test
    void ourBundlesRunOnJava17() throws IOException {
        for (Path bundle : bundles()) {
            String needed = String.valueOf(manifest(bundle).getValue("Require-Capability"));
            assertTrue(
                    !bundle.getFileName().toString().startsWith("datagram4j") || needed.contains("(version=17)"),
                    needed);
        }
    }

    @Test
    void theBundlesAreAmongTheLibraries() throws IOException {
        for (Path bundle : bundles()) {
            assertTrue(Files.exists(Launched.app().resolve("lib").resolve(bundle.getFileName())), bundle.toString());
        }
    }

    private static List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.list(Launched.app().resolve("bundles"))) {
            return files.toList();
        }
    }

    private static Path jar(String artifact) throws IOException {
        return Launched.jar("bundles", artifact);
    }

    private static Attributes manifest(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    private static ModuleDescriptor module(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    }

    private static Set<String> exports(Path jar) {
        return module(jar).exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }
}
