package org.datagram4j.usage.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract changes with a version or not at all; and the guard that sees to it can bark. */
class ContractIT {
    private static final int OLDEST_JAVA = 17;
    private static final Set<String> MARKS =
            Set.of("org.osgi.annotation.versioning.ProviderType", "org.osgi.annotation.versioning.ConsumerType");

    private static String api;

    @BeforeEach
    void onTheOldestJava() {
        assumeTrue(
                Runtime.version().feature() == OLDEST_JAVA,
                "what our types inherit from the JDK's is compared as Java " + OLDEST_JAVA + " has it");
    }

    /** Our bundles that export packages. */
    static List<Path> bundles() throws Exception {
        List<Path> bundles = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path file = Path.of(entry);
            if (file.getFileName().toString().matches("datagram4j-.*\\.jar") && exportsPackages(file)) {
                bundles.add(file);
            }
        }
        assertTrue(bundles.size() >= 2, () -> "only " + bundles + " export packages");
        return bundles;
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void isWhatWasReviewed(Path bundle) throws Exception {
        Contract actual = Contract.of(bundle);
        Path file = reviewed(bundle);
        if (Boolean.getBoolean(Guard.WRITE)) {
            Files.writeString(file, ContractFile.text(actual));
        }
        assertTrue(Files.exists(file), () -> file + " is missing: write it by -D" + Guard.WRITE + "=true");

        List<String> problems = Guard.problems(ContractFile.parse(Files.readString(file)), actual);
        assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
    }

    /** Otherwise bnd takes an interface for one that everybody implements, and a class for one that nobody extends. */
    @ParameterizedTest
    @MethodSource("bundles")
    void typesThatOthersCouldImplementSayWhoDoes(Path bundle) throws Exception {
        List<String> unmarked = new ArrayList<>();
        for (Contract.Exported exported : Contract.of(bundle).packages().values()) {
            for (Tree.Data type : exported.types().children) {
                if (canBeImplemented(type) && !isMarked(type)) {
                    unmarked.add(type.name);
                }
            }
        }
        assertEquals(List.of(), unmarked, "mark them as @ProviderType or @ConsumerType");
    }

    @Test
    void aMethodMoreInAProviderTypeIsAMinorChange() throws Exception {
        // what is there, but was not when it was reviewed, was added since
        String before = without(api(), "METHOD .* recv\\(java.nio.ByteBuffer\\)", "UdpSocket");

        String problem = onlyProblem(before);
        assertTrue(problem.contains("is still version 1.0.0. This change needs 1.1.0"), problem);
        assertTrue(problem.contains("added method recv(java.nio.ByteBuffer)"), problem);
        assertTrue(problem.contains("in interface org.datagram4j.UdpSocket"), problem);
    }

    @Test
    void aMethodMoreInAConsumerTypeIsAMajorChange() throws Exception {
        String before = without(api(), "METHOD .* deregister\\(org.datagram4j.Registry\\)", "Source");

        assertTrue(onlyProblem(before).contains("This change needs 2.0.0"), onlyProblem(before));
    }

    @Test
    void aMethodLessIsAMajorChange() throws Exception {
        String type = "  INTERFACE MINOR/MAJOR org.datagram4j.UdpSocket\n";
        assertTrue(api().contains(type));
        String before = api().replace(type, type + "    METHOD MINOR/MAJOR gone(int)\n      RETURN MINOR/MAJOR void\n");

        String problem = onlyProblem(before);
        assertTrue(problem.contains("This change needs 2.0.0"), problem);
        assertTrue(problem.contains("removed method gone(int)"), problem);
    }

    @Test
    void aChangeWithItsVersionIsFine() throws Exception {
        String before = without(api(), "METHOD .* recv\\(java.nio.ByteBuffer\\)", "UdpSocket");

        assertEquals(
                List.of(), problems(before.replace("package org.datagram4j 1.0.0", "package org.datagram4j 0.9.0")));
    }

    @Test
    void aVersionWithoutAChangeIsNot() throws Exception {
        String before = api().replace("package org.datagram4j.spi 1.0.0", "package org.datagram4j.spi 0.9.0");

        assertTrue(onlyProblem(before).contains("set the @Version in its package-info back"), onlyProblem(before));
    }

    @Test
    void packagesDoNotComeOrGoUnseen() throws Exception {
        String another = api().replace("package org.datagram4j.spi ", "package org.datagram4j.gone ");

        List<String> problems = problems(another);
        assertEquals(2, problems.size(), problems.toString());
        assertTrue(
                problems.get(0).startsWith("the package org.datagram4j.gone is not exported any more"),
                problems.get(0));
        assertTrue(
                problems.get(1).startsWith("the package org.datagram4j.spi is exported and was never"),
                problems.get(1));
    }

    private static String onlyProblem(String before) throws Exception {
        List<String> problems = problems(before);
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    private static List<String> problems(String before) throws Exception {
        return Guard.problems(ContractFile.parse(before), ContractFile.parse(api()));
    }

    private static synchronized String api() throws Exception {
        if (api == null) {
            api = ContractFile.text(Contract.of(bundles().stream()
                    .filter(file -> file.getFileName().toString().startsWith("datagram4j-api-"))
                    .findFirst()
                    .orElseThrow()));
        }
        return api;
    }

    /** The text without a member of a type. */
    private static String without(String text, String member, String type) {
        List<String> kept = new ArrayList<>();
        boolean inType = false;
        boolean inMember = false;
        for (String line : text.lines().toList()) {
            if (line.matches(" {2}\\S.*")) {
                inType = line.endsWith(" org.datagram4j." + type);
            }
            if (line.matches(" {0,4}\\S.*")) {
                inMember = inType && line.matches(" {4}" + member);
            }
            if (!inMember) {
                kept.add(line);
            }
        }
        assertTrue(kept.size() < text.lines().count(), () -> "there is no " + member + " in " + type);
        return String.join("\n", kept);
    }

    private static boolean canBeImplemented(Tree.Data type) {
        return type.type == Type.INTERFACE
                || type.type == Type.CLASS
                        && Stream.of(type.children)
                                .noneMatch(child -> child.type == Type.ACCESS && child.name.equals("final"))
                        && Stream.of(type.children)
                                .anyMatch(child -> child.type == Type.METHOD && child.name.startsWith("<init>"));
    }

    private static boolean isMarked(Tree.Data type) {
        return Arrays.stream(type.children)
                .anyMatch(child -> child.type == Type.ANNOTATED && MARKS.contains(child.name));
    }

    // The jar of a module is in its target directory.
    private static Path reviewed(Path bundle) {
        return bundle.getParent().resolveSibling(ContractFile.NAME);
    }

    private static boolean exportsPackages(Path file) throws Exception {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Export-Package") != null;
        }
    }
}
