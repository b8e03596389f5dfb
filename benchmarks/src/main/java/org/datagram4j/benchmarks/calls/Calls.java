package org.datagram4j.benchmarks.calls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.datagram4j.benchmarks.run.Jdk;
import org.datagram4j.benchmarks.run.Results;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets JMH measure the calls. */
public final class Calls {
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 5;

    private Calls() {}

    /**
     * Measures all calls on one JDK; each has a process of its own.
     *
     * @param millis how long each of the iterations is
     */
    public static List<Results.Call> measure(Jdk jdk, int millis) throws IOException {
        // another JMH on this machine is noise like any other, and is seen as such
        System.setProperty("jmh.ignoreLock", "true");
        TimeValue time = TimeValue.milliseconds(millis);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Calls.class.getPackageName() + "\\.")
                .jvm(jdk.java().toString())
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(time)
                .measurementIterations(ITERATIONS)
                .measurementTime(time)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        List<String> arguments = new ArrayList<>(List.of("-XX:+UseSerialGC"));
        if (jdk.hasForeign()) {
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        if (jdk.feature() >= 23) {
            arguments.add("--sun-misc-unsafe-memory-access=allow");
        }
        options.jvmArgs(arguments.toArray(String[]::new));
        try {
            return new Runner(options.build())
                    .run().stream().map(result -> call(result, jdk)).toList();
        } catch (RunnerException e) {
            throw new IOException("JMH: " + e.getMessage(), e);
        }
    }

    private static Results.Call call(RunResult result, Jdk jdk) {
        String backend = result.getParams().getParam("backend");
        String label = result.getPrimaryResult().getLabel();
        double score = result.getPrimaryResult().getScore();
        double error = result.getPrimaryResult().getScoreError();
        return new Results.Call(
                label,
                String.format(Locale.ROOT, "%s, JDK %d", backend == null ? "java.nio" : backend, jdk.feature()),
                score,
                Double.isNaN(error) ? 0 : error);
    }
}
