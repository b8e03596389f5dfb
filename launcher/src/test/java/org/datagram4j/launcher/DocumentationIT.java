package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documentation shows is so: each {@code java} block compiles, each {@code console} block is what the commands
 * print ({@code ...} stands for anything), each link to a file leads to one.
 */
class DocumentationIT {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String COMMAND = "$ ";
    private static final Pattern TYPE = Pattern.compile("^(?:public )?(?:final )?class (\\w+)", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");
    private static final Pattern BUNDLES = Pattern.compile("^\\* `[a-z0-9.]+`: `(.+)`$", Pattern.MULTILINE);

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> javaCompiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            for (String block : blocks(document, "java")) {
                String name = Launched.root().relativize(document) + ": " + fileName(block);
                tests.add(dynamicTest(name, () -> compile(block, Files.createTempDirectory(directory, "java"))));
            }
        }
        return tests.stream();
    }

    @TestFactory
    @DisabledOnOs(OS.WINDOWS)
    Stream<DynamicTest> consoleShowsWhatIsPrinted() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            for (String block : blocks(document, "console")) {
                for (String session : block.split("(?m)^(?=\\$ )")) {
                    String command = session.lines().findFirst().orElseThrow().substring(COMMAND.length());
                    List<String> shown = session.lines().skip(1).toList();
                    tests.add(dynamicTest(
                            Launched.root().relativize(document) + ": " + command, () -> assertPrints(command, shown)));
                }
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            Matcher links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                Path target = document.resolveSibling(links.group(1));
                tests.add(dynamicTest(
                        Launched.root().relativize(document) + ": " + links.group(1),
                        () -> assertTrue(Files.exists(target), target.toString())));
            }
        }
        return tests.stream();
    }

    @Test
    void theEchoServerOfTheReadmeEchoes() throws Exception {
        String source = program(Launched.root().resolve("README.md"), "Echo");
        String anyPort = source.replace("7777", "0")
                .replace("while (true) {", "System.out.println(socket.localAddress().getPort());\nwhile (true) {");
        compile(anyPort, directory);
        Process process = new ProcessBuilder(
                        Launched.thisJava().toString(),
                        "-cp",
                        directory + System.getProperty("path.separator")
                                + Launched.app().resolve("lib") + "/*",
                        "Echo")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader();
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = Integer.parseInt(out.readLine());
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] payload = "datagram".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), port));
            DatagramPacket answer = new DatagramPacket(new byte[payload.length], payload.length);
            socket.receive(answer);

            assertArrayEquals(payload, answer.getData());
        } finally {
            process.destroyForcibly();
        }
    }

    /** With the bundles that the page lists and a backend, and no others. */
    @Test
    void theProgramForVendorsCertifiesBundles() throws Exception {
        Path page = Launched.root().resolve("docs/certifying-a-backend.md");
        String source = program(page, "CertifyBundles");
        compile(source.replace("System.out)", "System.out, \"rules\", \"UDP-RECV-01\")"), directory);
        List<String> command = new ArrayList<>(List.of(
                Launched.thisJava().toString(),
                "-cp",
                directory + System.getProperty("path.separator") + Launched.jar("lib", "org.apache.felix.framework"),
                "CertifyBundles",
                Launched.jar("bundles", "datagram4j-nio").toString()));
        Matcher listed = BUNDLES.matcher(Files.readString(page));
        while (listed.find()) {
            for (String name : listed.group(1).split("[`, ]+")) {
                command.add(Launched.jar("bundles", name).toString());
            }
        }

        Launched launched = Launched.run(new ProcessBuilder(command).directory(directory.toFile()));

        assertEquals(0, launched.exitCode(), launched.toString());
        assertTrue(launched.out().contains("nio: partial: 1 of "), launched.toString());
        assertTrue(Files.exists(directory.resolve("target/certification/nio/conformance.json")), launched.toString());
    }

    /** The program of a document that has a class of this name. */
    private static String program(Path document, String name) throws IOException {
        return blocks(document, "java").stream()
                .filter(block -> block.contains("class " + name + " "))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> documents() {
        return Stream.of(
                        "README.md",
                        "docs/certifying-a-backend.md",
                        "docs/choosing-a-backend.md",
                        "docs/jpms.md",
                        "docs/karaf.md",
                        "docs/osgi.md")
                .map(Launched.root()::resolve)
                .toList();
    }

    /** The fenced blocks of a language, without the indentation of the list that they may be in. */
    private static List<String> blocks(Path document, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("(?ms)^( *)```" + language + "\\R(.*?)^\\1```$").matcher(Files.readString(document));
        while (matcher.find()) {
            int indent = matcher.group(1).length();
            blocks.add(matcher.group(2)
                    .lines()
                    .map(line -> line.substring(Math.min(indent, line.length())))
                    .collect(Collectors.joining("\n", "", "\n")));
        }
        return blocks;
    }

    private static String fileName(String source) {
        if (source.startsWith("module ")) {
            return "module-info.java";
        }
        Matcher type = TYPE.matcher(source);
        assertTrue(type.find(), "no class in\n" + source);
        return type.group(1) + ".java";
    }

    private static void compile(String source, Path target) throws IOException {
        Path file = Files.writeString(target.resolve(fileName(source)), source);
        String path = fileName(source).startsWith("module") ? "--module-path" : "--class-path";
        String libraries = path.equals("--module-path")
                ? Launched.app().resolve("lib").toString()
                : System.getProperty("java.class.path");
        List<String> options =
                List.of("-Xlint:all,-requires-automatic,-classfile", path, libraries, "-d", target.toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertTrue(compiled, messages + "\n" + source);
            assertEquals("", messages.toString());
        }
    }

    private static void assertPrints(String command, List<String> shown) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command + " 2>&1")
                .directory(Launched.root().toFile());
        builder.environment().put("DATAGRAM4J_AS_BUILT", "1");
        Launched launched = Launched.run(builder);
        String pattern = shown.stream().map(DocumentationIT::pattern).collect(Collectors.joining());
        assertTrue(
                Pattern.matches(pattern, narrow(launched.out())),
                () -> "shown:\n" + String.join("\n", shown) + "\n" + launched);
    }

    private static String pattern(String line) {
        return line.equals("...")
                ? "(?:.*\\n)*"
                : Stream.of(narrow(line).split("\\.\\.\\.", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*", "", "\\n"));
    }

    // Columns are as wide as the widest entry, which is none of the document's business.
    private static String narrow(String text) {
        return text.replaceAll(" +", " ");
    }
}
