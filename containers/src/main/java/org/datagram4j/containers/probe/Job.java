package org.datagram4j.containers.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.Certifier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Waits for the backends that are expected and for the kit, certifies each of them, and writes what it found to {@link
 * #RESULT}, which appears when all is done, whatever came of it.
 */
public final class Job implements Runnable {
    /** Property: where the files go; the reports of a backend into a directory of its name. */
    public static final String DIRECTORY = "datagram4j.probe.directory";
    /** Property: the backends that have to be there, with commas between; the first one is what a consumer gets. */
    public static final String EXPECT = "datagram4j.probe.expect";
    /** Property: the rules, as {@link Certifier#RULES}; all of them if it is missing. */
    public static final String RULES = "datagram4j.probe.rules";
    /** Property: the mutant, as {@link Certifier#MUTANT}; none if it is missing. */
    public static final String MUTANT = "datagram4j.probe.mutant";
    /** Property: how many milliseconds to wait for the kit and for each backend. */
    public static final String PATIENCE = "datagram4j.probe.patience";

    /** Property: if it is there, the JVM says so and ends, as if something had killed it. */
    public static final String KILL = "datagram4j.probe.kill";

    /** The file of results, properties: what the container is ({@link Findings}), and what came of it, as follows. */
    public static final String RESULT = "container.properties";
    /** In the result: the verdict, a line for each backend. */
    public static final String VERDICT = "verdict";
    /** In the result, instead of a verdict: why there is none. */
    public static final String PROBLEM = "problem";

    private static final String KIT =
            "(&(" + Constants.OBJECTCLASS + "=java.util.function.Function)(datagram4j.conformance=certify))";

    private final BundleContext context;
    private final Path directory;

    Job(BundleContext context) {
        this.context = context;
        this.directory = Path.of(context.getProperty(DIRECTORY));
    }

    @Override
    public void run() {
        if (context.getProperty(KILL) != null) {
            System.err.println("ending because of " + KILL);
            Runtime.getRuntime().halt(1);
        }
        Properties result = new Properties();
        try {
            result.setProperty(VERDICT, certify(result));
        } catch (InterruptedException e) {
            return; // the bundle is stopped, and does it all again if it is restarted
        } catch (Exception | LinkageError e) {
            Findings.of(context).copyTo(result);
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            result.setProperty(PROBLEM, trace.toString());
        }
        try {
            write(result);
        } catch (IOException e) {
            System.getLogger(Job.class.getName()).log(System.Logger.Level.ERROR, "cannot write the result", e);
        }
    }

    private String certify(Properties result) throws Exception {
        Duration patience = Duration.ofMillis(Long.parseLong(property(PATIENCE, "60000")));
        List<String> expected = Arrays.asList(property(EXPECT, "").split(","));
        for (String backend : expected) {
            await(
                    "(&(" + Constants.OBJECTCLASS + "=" + UdpBackend.class.getName() + ")(" + UdpBackend.NAME_PROPERTY
                            + "=" + backend + "))",
                    patience);
        }
        Function<Map<String, Object>, Map<String, Object>> kit = kit(await(KIT, patience));
        Findings.of(context).copyTo(result);
        Map<String, Object> options = new HashMap<>();
        options.put(Certifier.BACKEND, expected);
        options.put(Certifier.DIRECTORY, directory.toString());
        put(options, Certifier.RULES, RULES);
        put(options, Certifier.MUTANT, MUTANT);
        Files.createDirectories(directory);
        try (PrintStream out = new PrintStream(directory.resolve("console.txt").toFile(), StandardCharsets.UTF_8)) {
            options.put(Certifier.OUT, out);
            return kit.apply(options).get(Certifier.VERDICT).toString();
        }
    }

    private Object await(String filter, Duration patience) throws InvalidSyntaxException, InterruptedException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, context.createFilter(filter), null);
        tracker.open(true);
        try {
            Object service = tracker.waitForService(patience.toMillis());
            if (service == null) {
                throw new IllegalStateException("there is no service " + filter + " after " + patience);
            }
            return service;
        } finally {
            tracker.close();
        }
    }

    @SuppressWarnings("unchecked") // the kit documents what it registers
    private static Function<Map<String, Object>, Map<String, Object>> kit(Object service) {
        return (Function<Map<String, Object>, Map<String, Object>>) service;
    }

    private void put(Map<String, Object> options, String option, String property) {
        String value = context.getProperty(property);
        if (value != null) {
            options.put(option, value);
        }
    }

    private String property(String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null ? otherwise : value;
    }

    private void write(Properties result) throws IOException {
        Files.createDirectories(directory);
        Path temporary = directory.resolve(RESULT + ".tmp");
        try (Writer writer = Files.newBufferedWriter(temporary)) {
            result.store(writer, null);
        }
        Files.move(temporary, directory.resolve(RESULT), StandardCopyOption.ATOMIC_MOVE);
    }
}
