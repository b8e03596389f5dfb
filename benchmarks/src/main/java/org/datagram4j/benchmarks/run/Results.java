package org.datagram4j.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a run found out: what is written as JSON, and what every report is made of. */
public final class Results {
    /**
     * One contender at one workload.
     *
     * @param samples by round
     */
    public record Entry(Family family, int size, Contender contender, Map<Integer, Sample> samples) {}

    /**
     * How much of the machine others had.
     *
     * @param others the share that other processes had
     * @param stolen the share that other machines had
     */
    public record Disturbance(double others, double stolen) {}

    /**
     * A call, as JMH measured it.
     *
     * @param name of the call
     * @param who does it
     * @param nanos for each
     * @param error half of the interval in which the mean is by 99.9 %
     */
    public record Call(String name, String who, double nanos, double error) {}

    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Object> environment = new LinkedHashMap<>();
    private final List<String> absences = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Disturbance> disturbances = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    /** Made by a run, and read from JSON. */
    public Results() {}

    /** Where it was measured. */
    public Map<String, Object> environment() {
        return environment;
    }

    /** Who took no part, and why: a line each. */
    public List<String> absences() {
        return absences;
    }

    /** What failed, and why: a line each. */
    public List<String> failures() {
        return failures;
    }

    /** By name of the workload. */
    public Map<String, Disturbance> disturbances() {
        return disturbances;
    }

    /** What JMH measured. */
    public List<Call> calls() {
        return calls;
    }

    /** In the order of workloads and contenders. */
    public List<Entry> entries() {
        return entries;
    }

    /** Adds a sample. */
    public void add(Workload workload, Contender contender, int round, Sample sample) {
        Entry entry = entries.stream()
                .filter(it -> it.family == workload.family() && it.size == workload.size() && it.contender == contender)
                .findFirst()
                .orElseGet(() -> {
                    Entry added = new Entry(workload.family(), workload.size(), contender, new TreeMap<>());
                    entries.add(added);
                    return added;
                });
        entry.samples.put(round, sample);
    }

    /** Those that were measured. */
    public List<Workload> workloads() {
        return entries.stream()
                .map(entry -> Workload.of(entry.family, entry.size))
                .distinct()
                .toList();
    }

    /** The samples by round; none if it was not measured. */
    public Map<Integer, Sample> samples(Workload workload, Contender contender) {
        return entries.stream()
                .filter(it -> it.family == workload.family() && it.size == workload.size() && it.contender == contender)
                .findFirst()
                .map(Entry::samples)
                .orElse(Map.of());
    }
}
