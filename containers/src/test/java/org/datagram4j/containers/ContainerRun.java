package org.datagram4j.containers;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.datagram4j.containers.probe.Findings;
import org.datagram4j.containers.probe.Job;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;

/**
 * One life of a container: it is started with the probe and the probe's job, waited for until the job is done, and
 * stopped. A container that does not start, ends early or does not do the job is an {@link AssertionError} that shows
 * what the container said.
 */
final class ContainerRun {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String name;
    private final Path directory;
    private final Map<String, String> job = new LinkedHashMap<>();
    private Callable<String> log = () -> "";

    /** Makes a container from options, and does not start it. */
    interface Maker {
        TestContainer make(List<Option> options) throws Exception;

        /** What the container wrote into files of its own, instead of printing it. */
        default String log() throws IOException {
            return "";
        }
    }

    private ContainerRun(String name) {
        this.name = name;
        this.directory = Settings.results(name);
        job.put(Job.DIRECTORY, directory.toString());
    }

    /** A run of a container that has both backends, and certifies them by all rules. */
    static ContainerRun named(String name) {
        return new ContainerRun(name).with(Job.EXPECT, "native,nio");
    }

    /** A changed job: one of the properties of {@link Job}. */
    ContainerRun with(String property, String value) {
        job.put(property, value);
        return this;
    }

    /** Lives it. */
    Certified in(Maker maker) throws Exception {
        Trees.remove(directory);
        List<Option> options = new ArrayList<>();
        job.forEach((property, value) -> options.add(systemProperty(property).value(value)));
        try (Output output = Output.keep()) {
            log = maker::log;
            try {
                return live(maker.make(options), output);
            } catch (Exception e) {
                throw failure("the container did not start or did not stop: " + e, output, e);
            } finally {
                endChildren();
                Files.writeString(
                        Files.createDirectories(directory).resolve("container.log"), output.text() + log.call());
            }
        }
    }

    private Certified live(TestContainer container, Output output) throws Exception {
        long begin = System.nanoTime();
        container.start();
        long started = System.nanoTime();
        Properties result = await(directory.resolve(Job.RESULT), output);
        System.out.printf(
                "%s on Java %d: started in %d ms, judged in %d ms%n",
                name, Settings.JAVA, millis(begin, started), millis(started, System.nanoTime()));
        container.stop();
        Findings findings = Findings.from(result);
        String problem = result.getProperty(Job.PROBLEM);
        if (problem != null) {
            throw failure(problem + "\nin " + findings, output, null);
        }
        return new Certified(name, directory, findings, result.getProperty(Job.VERDICT), output.text());
    }

    private AssertionError failure(String what, Output output, Exception cause) throws Exception {
        output.settle();
        return new AssertionError(name + ": " + what + "\nThe container said:\n" + output.text() + log.call(), cause);
    }

    private Properties await(Path result, Output output) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(result)) {
            if (ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive)) {
                throw failure("the container ended before its work was done", output, null);
            }
            if (System.nanoTime() > end) {
                throw failure("the work was not done within " + PATIENCE, output, null);
            }
            Thread.sleep(PAUSE.toMillis());
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(result)) {
            properties.load(reader);
        }
        return properties;
    }

    // Pax Exam tells a JVM to end, and does not wait; and it leaves one alone that did not start as it should.
    private static void endChildren() throws Exception {
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            child.destroy();
            try {
                child.onExit().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                child.destroyForcibly();
                child.onExit().get();
            }
        }
    }

    private static long millis(long from, long to) {
        return Duration.ofNanos(to - from).toMillis();
    }
}
