package org.datagram4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the commands that pages show, in their order, and compares what they print. Servers run until the next one is
 * started; in place of the port that the page shows, the system chooses a free one.
 */
class PagesIT {
    private static final Path ROOT = Path.of(System.getProperty("datagram4j.project.root"));
    private static final Path SIZES =
            Path.of(System.getProperty("datagram4j.output"), "images-java" + Jdk.feature() + ".txt");
    private static final String SHOWN_PORT = "7777";
    private static final Pattern IMAGE = Pattern.compile("^jlink .*--output (\\S+)");

    private Path directory;
    private EchoProcess server;

    @BeforeAll
    static void measureAnew() throws IOException {
        Files.deleteIfExists(SIZES);
    }

    @AfterEach
    void stopServer() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @TestFactory
    Stream<DynamicTest> modules() throws IOException {
        return commands("docs/jpms.md", "", 6);
    }

    @TestFactory
    Stream<DynamicTest> echoServiceForOsgi() throws IOException {
        return commands("examples/osgi-echo/README.md", "examples/osgi-echo", 2);
    }

    private Stream<DynamicTest> commands(String page, String from, int atLeast) throws IOException {
        directory = ROOT.resolve(from);
        List<Page.Command> commands = Page.commands(ROOT.resolve(page), Jdk.feature());
        assertTrue(commands.size() >= atLeast, () -> page + " has only " + commands);
        return commands.stream().map(each -> DynamicTest.dynamicTest(each.line(), () -> run(each)));
    }

    private void run(Page.Command command) throws Exception {
        if (command.startsServer()) {
            stopServer();
            server = new EchoProcess(shell("exec " + command.line().replace(SHOWN_PORT, "0")));
            assertShown(command, server.lines());
            assertEquals("", server.errors());
            server.assertAnswers();
            return;
        }
        Matcher image = IMAGE.matcher(command.line());
        boolean linksImage = image.find();
        if (linksImage) {
            delete(directory.resolve(image.group(1)));
        }
        Ended ended = Ended.run(shell(withPort(command.line())));
        assertEquals(0, ended.exitCode(), ended.output());
        assertShown(command, ended.output().lines().toList());
        if (linksImage) {
            report(command, directory.resolve(image.group(1)));
        }
    }

    private void assertShown(Page.Command command, List<String> printed) {
        String pattern = command.shown().stream().map(this::pattern).collect(Collectors.joining("\n"));
        String all = String.join("\n", printed);
        assertTrue(all.matches(pattern), () -> "shown:\n" + String.join("\n", command.shown()) + "\nprinted:\n" + all);
    }

    private String pattern(String line) {
        return Stream.of(withPort(line).split("\\.\\.\\.", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }

    private String withPort(String text) {
        return server == null ? text : text.replace(SHOWN_PORT, String.valueOf(server.port()));
    }

    private ProcessBuilder shell(String command) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).directory(directory.toFile());
        builder.environment().merge("PATH", Jdk.bin().toString(), (path, bin) -> bin + ":" + path);
        builder.environment().put("JAVA_HOME", Jdk.bin().getParent().toString());
        return builder;
    }

    private static void report(Page.Command command, Path image) throws IOException {
        try (Stream<Path> files = Files.walk(image)) {
            long bytes =
                    files.filter(Files::isRegularFile).mapToLong(PagesIT::size).sum();
            String line = "%d MB: %s%n".formatted(Math.round(bytes / 1e6), command.line());
            Files.writeString(SIZES, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
