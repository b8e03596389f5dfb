package org.datagram4j.usage.contract;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Domain;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import aQute.bnd.version.Version;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bundle exports.
 *
 * @param packages its packages, by name
 */
record Contract(SortedMap<String, Exported> packages) {
    // What every class inherits, and what is the JDK's own business.
    private static final Set<String> NOBODYS_METHODS = Set.of("clone()", "finalize()");
    private static final String JDK_INTERNAL = "jdk.internal.";

    /**
     * An exported package.
     *
     * @param version its version
     * @param types its types and their members
     */
    record Exported(Version version, Tree.Data types) {
        Tree tree() throws Exception {
            return new DiffPluginImpl().deserialize(types);
        }
    }

    /** What a packaged bundle exports. */
    static Contract of(Path bundle) throws Exception {
        try (Jar jar = new Jar(bundle.toFile())) {
            Parameters exports = Domain.domain(jar.getManifest()).getExportPackage();
            SortedMap<String, Exported> packages = new TreeMap<>();
            for (Tree each : new DiffPluginImpl().tree(jar).get("<api>").getChildren()) {
                if (each.getType() != Type.PACKAGE) {
                    continue;
                }
                Version version =
                        Version.parseVersion(exports.get(each.getName()).getVersion());
                packages.put(each.getName(), new Exported(version, without(each.serialize())));
            }
            return new Contract(packages);
        }
    }

    private static Tree.Data without(Tree.Data element) {
        element.children = Arrays.stream(element.children == null ? new Tree.Data[0] : element.children)
                .filter(child -> child.type != Type.VERSION)
                .filter(child -> child.type != Type.METHOD || !NOBODYS_METHODS.contains(child.name))
                .filter(child -> child.type != Type.ANNOTATED || !child.name.startsWith(JDK_INTERNAL))
                .map(Contract::without)
                .toArray(Tree.Data[]::new);
        return element;
    }
}
