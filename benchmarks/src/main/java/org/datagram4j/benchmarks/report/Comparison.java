package org.datagram4j.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Group;
import org.datagram4j.benchmarks.run.Histograms;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Sample;
import org.datagram4j.benchmarks.run.Workload;

/** What the samples say. What is compared is compared within a round, because rounds differ. */
public final class Comparison {
    /** Beyond this share of the machine, what others did hides what is compared. */
    private static final double MOST_DISTURBED = 0.05;

    private final Results results;

    /** Of a run. */
    public Comparison(Results results) {
        this.results = results;
    }

    /** Who was measured. */
    public List<Contender> contenders(Workload workload) {
        return Stream.of(Contender.values())
                .filter(contender -> !results.samples(workload, contender).isEmpty())
                .toList();
    }

    /** Nanoseconds for each operation. */
    public Optional<Spread> nanos(Workload workload, Contender contender) {
        return spread(workload, contender, Sample::nanos);
    }

    /** Bytes allocated for each operation; nothing where nobody counts them. */
    public Optional<Spread> bytes(Workload workload, Contender contender) {
        return spread(workload, contender, Sample::bytes);
    }

    /** The share of datagrams that were lost. */
    public Optional<Spread> lost(Workload workload, Contender contender) {
        return spread(workload, contender, Sample::lost);
    }

    private Optional<Spread> spread(Workload workload, Contender contender, Function<Sample, Double> value) {
        return spread(results.samples(workload, contender).values().stream()
                .map(value)
                .filter(it -> it != null)
                .toList());
    }

    /** How often each value was measured, in all rounds; empty where not each is measured for itself. */
    public Map<Long, Long> histogram(Workload workload, Contender contender) {
        TreeMap<Long, Long> all = new TreeMap<>();
        for (Sample sample : results.samples(workload, contender).values()) {
            if (sample.histogram() != null) {
                Histograms.add(all, sample.histogram());
            }
        }
        return all;
    }

    /** How many times as long one takes as another, of the rounds that have both. */
    public Optional<Spread> ratio(
            Workload workload, Contender contender, Workload otherWorkload, Contender otherContender) {
        Map<Integer, Sample> others = results.samples(otherWorkload, otherContender);
        List<Double> ratios = new ArrayList<>();
        results.samples(workload, contender).forEach((round, sample) -> {
            if (others.containsKey(round)) {
                ratios.add(sample.nanos() / others.get(round).nanos());
            }
        });
        return spread(ratios);
    }

    /** Beside C, in the same way if C has it at this workload. */
    public Optional<Spread> ratioToLimit(Workload workload, Contender contender) {
        Optional<Spread> same = ratio(workload, contender, workload, contender.limit());
        return same.isPresent() ? same : ratio(workload, contender, workload, Contender.C);
    }

    /** Beside the best that is neither C nor ours. */
    public Optional<Spread> ratioToBestPeer(Workload workload, Contender contender) {
        return bestPeer(workload).flatMap(peer -> ratio(workload, contender, workload, peer));
    }

    /** The one that needs least time, of those that are neither C nor ours. */
    public Optional<Contender> bestPeer(Workload workload) {
        return ranked(workload).stream()
                .filter(contender -> contender.group() == Group.PEER)
                .findFirst();
    }

    private List<Contender> ranked(Workload workload) {
        return contenders(workload).stream()
                .sorted(Comparator.comparingDouble(
                        contender -> nanos(workload, contender).orElseThrow().median()))
                .toList();
    }

    /** Who needs least time without being C, or why that cannot be told. */
    public String fastest(Workload workload) {
        List<Contender> order = ranked(workload).stream()
                .filter(contender -> contender.group() != Group.LIMIT)
                .toList();
        if (order.size() < 2) {
            return "nothing to compare";
        }
        Optional<String> disturbed = disturbed(workload);
        if (disturbed.isPresent()) {
            return "not told: " + disturbed.get();
        }
        Spread first = nanos(workload, order.get(0)).orElseThrow();
        Spread second = nanos(workload, order.get(1)).orElseThrow();
        if (first.isNoisy() || second.isNoisy()) {
            return "not told: too noisy; run it again when the machine has less to do, or with more rounds";
        }
        Spread ratio = ratio(workload, order.get(0), workload, order.get(1)).orElseThrow();
        return ratio.high() < 1
                ? order.get(0).label()
                : order.get(0).label() + " and " + order.get(1).label() + " are too close to tell";
    }

    /** Why nothing should be concluded, because of what others did at the same time. */
    public Optional<String> disturbed(Workload workload) {
        Results.Disturbance disturbance = results.disturbances().get(workload.name());
        if (disturbance == null || disturbance.others() + disturbance.stolen() <= MOST_DISTURBED) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                java.util.Locale.ROOT,
                "other processes had %.0f %% of the machine, other machines %.0f %%",
                100 * disturbance.others(),
                100 * disturbance.stolen()));
    }

    private static Optional<Spread> spread(Collection<Double> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }
}
