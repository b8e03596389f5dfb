package org.datagram4j.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes bundles of classes of the tests, as a vendor would of his own. */
final class VendorBundle {
    private VendorBundle() {}

    /**
     * Writes a bundle.
     *
     * @param directory where
     * @param name its symbolic name, and of the backend that it says it has
     * @param activator its only class
     * @param imports what it imports beside the api and the framework, or ""
     */
    static Path write(Path directory, String name, Class<?> activator, String imports) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Bundle-Activator", activator.getName());
        attributes.putValue(
                "Import-Package",
                "org.datagram4j,org.datagram4j.spi,org.osgi.framework" + (imports.isEmpty() ? "" : "," + imports));
        attributes.putValue(
                "Provide-Capability",
                "osgi.service;objectClass:List<String>=\"org.datagram4j.UdpBackend\";datagram4j.backend=" + name);
        Path file = directory.resolve(name + ".jar");
        String entry = activator.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream type = activator.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            type.transferTo(jar);
        }
        return file;
    }
}
