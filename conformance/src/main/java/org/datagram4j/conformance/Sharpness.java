package org.datagram4j.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.mutant.Mutant;
import org.datagram4j.conformance.mutant.Mutants;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.SharpnessMatrix.Row;

/**
 * Measures how sharp the kit is: judges every mutant not by its own rule alone, as the build does, but by all. A rule is
 * sharp if there is a mutant that nothing else notices, so that its failure says what is broken.
 */
public final class Sharpness {
    /** How many rules may notice a mutant before the rest is not asked any more: it is not one fault, then. */
    public static final int MANY = 25;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    // What is not there at once mostly does not come at all, and a rule that waits for it is many times as slow as
    // otherwise. On a busy machine some of it does come: so a rule that fails is asked again, with more patience.
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration MORE_PATIENCE = Duration.ofSeconds(4);

    private final Certification certification = Certification.prepare();
    private final List<UdpBackend> backends;
    private final Map<UdpBackend, Set<String>> failing = new HashMap<>();

    /**
     * Prepares to measure.
     *
     * @param backends working backends; each mutant breaks the first with which its rule notices,
     *     because one that declares what its backend lacks is no mutant where the backend has it
     */
    public Sharpness(List<UdpBackend> backends) {
        this.backends = List.copyOf(backends);
    }

    /**
     * The rules.
     *
     * @return the catalogue
     */
    public Catalogue catalogue() {
        return certification.catalogue();
    }

    /**
     * Judges mutants, one after the other.
     *
     * @param areas whose mutants, such as {@code RECV}; empty for all
     * @param goesOn asked before each mutant; the rest is left out when it says false
     * @param told each row when it is there
     * @return a row for each mutant that was judged
     */
    public List<Row> measure(Set<String> areas, BooleanSupplier goesOn, Consumer<Row> told) {
        List<Row> rows = new ArrayList<>();
        for (Mutant mutant : Mutants.all()) {
            String area = catalogue().rule(mutant.rule()).orElseThrow().area();
            if (!areas.isEmpty() && !areas.contains(area)) {
                continue;
            }
            if (!goesOn.getAsBoolean()) {
                break;
            }
            Row row = row(mutant, area);
            rows.add(row);
            told.accept(row);
        }
        return rows;
    }

    private Row row(Mutant mutant, String ownArea) {
        UdpBackend able = null;
        for (UdpBackend backend : backends) {
            if (failing(backend).contains(mutant.rule())) {
                continue;
            }
            List<RuleResult> own = results(broken(mutant, backend), mutant.rule());
            if (own.stream().anyMatch(result -> result.outcome() == Outcome.FAIL)) {
                return row(mutant, ownArea, backend);
            }
            if (able == null && own.stream().anyMatch(result -> result.outcome() == Outcome.PASS)) {
                able = backend;
            }
        }
        return able == null
                ? new Row(mutant.name(), mutant.rule(), "", new TreeSet<>(), true, Duration.ZERO)
                : row(mutant, ownArea, able);
    }

    private Row row(Mutant mutant, String ownArea, UdpBackend backend) {
        Certification.Request request = broken(mutant, backend);
        SortedSet<String> noticed = new TreeSet<>();
        Duration duration = Duration.ZERO;
        List<String> areas = Stream.concat(
                        Stream.of(ownArea),
                        catalogue().areas().keySet().stream().filter(area -> !area.equals(ownArea)))
                .toList();
        boolean complete = true;
        for (String area : areas) {
            if (noticed.size() >= MANY) {
                complete = false;
                break;
            }
            List<RuleResult> results = results(request, "UDP-" + area + "-*");
            for (RuleResult result : results) {
                duration = duration.plus(result.duration());
            }
            noticed.addAll(failed(results));
        }
        noticed.removeAll(failing(backend));
        // The own rule has noticed already, before all others were asked. One that takes chances may miss it next time.
        boolean own = noticed.remove(mutant.rule());
        if (complete) {
            noticed = failedAgain(request, noticed);
        }
        if (own) {
            noticed.add(mutant.rule());
        }
        return new Row(mutant.name(), mutant.rule(), backend.name(), noticed, complete, duration);
    }

    // What the working backend breaks says nothing of a mutant.
    private Set<String> failing(UdpBackend backend) {
        return failing.computeIfAbsent(
                backend,
                key -> failedAgain(
                        request(backend),
                        failed(certification
                                .run(request(backend), Progress.NONE)
                                .results())));
    }

    private SortedSet<String> failedAgain(Certification.Request request, Set<String> rules) {
        SortedSet<String> again = new TreeSet<>();
        for (String rule : rules) {
            again.addAll(failed(results(request.withTimes(LIMIT, MORE_PATIENCE), rule)));
        }
        return again;
    }

    private static SortedSet<String> failed(List<RuleResult> results) {
        return results.stream()
                .filter(result -> result.outcome() == Outcome.FAIL)
                .map(result -> result.rule().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<RuleResult> results(Certification.Request request, String rules) {
        return certification
                .run(request.withRules(List.of(rules)), Progress.NONE)
                .results();
    }

    private static Certification.Request broken(Mutant mutant, UdpBackend backend) {
        return request(backend).withMutant(mutant.name(), mutant.breaks().apply(backend));
    }

    private static Certification.Request request(UdpBackend backend) {
        return Certification.Request.of(backend, Subject.of(backend).identity()).withTimes(LIMIT, PATIENCE);
    }
}
