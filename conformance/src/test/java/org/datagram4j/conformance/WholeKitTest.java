package org.datagram4j.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.rules.RuleClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a class path a jar can hide parts of the kit and of the api. */
class WholeKitTest {
    private static final String RULES = "META-INF/datagram4j/rules/RECV.json";

    @TempDir
    private Path directory;

    @Test
    void theKitItselfIsWhole() {
        WholeKit.require();
    }

    @Test
    void aForeignClassOfRulesIsNamed() throws Exception {
        Class<?> rules = RuleClasses.all().get(0);
        String file = rules.getName().replace('.', '/') + ".class";
        expect(file, rules.getResource("/" + file), rules.getName());
    }

    @Test
    void foreignRulesAreNamed() throws Exception {
        expect(RULES, UdpBackend.class.getResource("/" + RULES), RULES);
    }

    private void expect(String file, URL content, String named) throws Exception {
        Path copy = directory.resolve(file);
        Files.createDirectories(copy.getParent());
        try (var in = content.openStream()) {
            Files.copy(in, copy);
        }
        // The platform's loader as a parent would find the modules of this JVM.
        try (URLClassLoader loader = new URLClassLoader(classPath(), null)) {
            var require = loader.loadClass(WholeKit.class.getName()).getDeclaredMethod("require");
            require.setAccessible(true);
            Throwable thrown = assertThrows(InvocationTargetException.class, () -> require.invoke(null))
                    .getCause();
            assertTrue(
                    thrown.getMessage().startsWith("the kit is mixed: " + named + " comes from "), thrown.toString());
        }
    }

    // What hides comes first.
    private URL[] classPath() throws IOException {
        List<URL> urls = new ArrayList<>(List.of(directory.toUri().toURL()));
        for (String property : new String[] {"jdk.module.path", "java.class.path"}) {
            for (String path : System.getProperty(property, "").split(java.io.File.pathSeparator)) {
                if (!path.isEmpty()) {
                    urls.add(Path.of(path).toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }
}
