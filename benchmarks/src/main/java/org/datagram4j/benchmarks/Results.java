package org.datagram4j.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All samples, by round. What is compared is compared within a round, because rounds differ. */
final class Results {
    private record Trial(Workload workload, Contender contender) {}

    private final Map<Trial, Map<Integer, Sample>> samples = new LinkedHashMap<>();

    void add(Workload workload, Contender contender, int round, Sample sample) {
        samples.computeIfAbsent(new Trial(workload, contender), trial -> new TreeMap<>())
                .put(round, sample);
    }

    Collection<Sample> samples(Workload workload, Contender contender) {
        return rounds(workload, contender).values();
    }

    /** Nanoseconds for each operation. */
    Optional<Spread> nanos(Workload workload, Contender contender) {
        return spread(
                rounds(workload, contender).values().stream().map(Sample::nanos).toList());
    }

    /** Bytes allocated for each operation; nothing for C. */
    Optional<Spread> bytes(Workload workload, Contender contender) {
        return spread(rounds(workload, contender).values().stream()
                .map(Sample::bytes)
                .filter(bytes -> !bytes.isNaN())
                .toList());
    }

    /** How many times as long one takes as another, of the rounds that have both. */
    Optional<Spread> ratio(Workload workload, Contender contender, Workload otherWorkload, Contender other) {
        Map<Integer, Sample> others = rounds(otherWorkload, other);
        List<Double> ratios = new ArrayList<>();
        rounds(workload, contender).forEach((round, sample) -> {
            if (others.containsKey(round)) {
                ratios.add(sample.nanos() / others.get(round).nanos());
            }
        });
        return spread(ratios);
    }

    /** Who needs least time, or why that cannot be told. */
    String fastest(Workload workload) {
        List<Contender> order = workload.contenders().stream()
                .filter(contender -> nanos(workload, contender).isPresent())
                .sorted(Comparator.comparingDouble(
                        contender -> nanos(workload, contender).orElseThrow().median()))
                .toList();
        if (order.size() < 2) {
            return "nothing to compare";
        }
        Spread first = nanos(workload, order.get(0)).orElseThrow();
        Spread second = nanos(workload, order.get(1)).orElseThrow();
        if (first.isNoisy() || second.isNoisy()) {
            return "too noisy to tell: run it again when the machine has less to do, or with more rounds";
        }
        return first.high() < second.low()
                ? order.get(0).label
                : order.get(0).label + " and " + order.get(1).label + " are too close to tell";
    }

    private Map<Integer, Sample> rounds(Workload workload, Contender contender) {
        return samples.getOrDefault(new Trial(workload, contender), Map.of());
    }

    private static Optional<Spread> spread(List<Double> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }
}
