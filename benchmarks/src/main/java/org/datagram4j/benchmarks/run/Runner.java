package org.datagram4j.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Measures contenders by turns: each round measures everybody, in an order that changes. */
public final class Runner {
    private static final int SPARE_FILES = 1000;
    private static final int MOST_BASE = 250;

    private final Programs programs;
    private final Settings settings;
    private final Consumer<String> progress;
    private final Pins pins;
    private final Results results;
    private final Set<String> told = new LinkedHashSet<>();
    private final Set<Contender> taking = EnumSet.noneOf(Contender.class);
    private int base;

    /**
     * A runner for one run.
     *
     * @param wanted who may take part
     * @param results gets what comes of it
     * @param progress is told what happens, a line each
     */
    public Runner(
            Programs programs, Settings settings, Set<Contender> wanted, Results results, Consumer<String> progress)
            throws InterruptedException {
        this.results = results;
        this.programs = programs;
        this.settings = settings;
        this.progress = progress;
        pins = new Pins(programs.tools());
        for (Contender contender : wanted) {
            Optional<String> absence = programs.absence(contender);
            absence.ifPresent(why -> absent(contender.label(), why));
            if (absence.isEmpty()) {
                taking.add(contender);
            }
        }
    }

    /** Measures everything; what fails is left out, and told. */
    public void run(List<List<Workload>> plan) throws InterruptedException {
        results.environment().put("pinning", pins.state());
        int done = 0;
        try (Shared shared = new Shared()) {
            for (List<Workload> together : plan) {
                done++;
                String names = together.stream().map(Workload::name).collect(Collectors.joining(", "));
                progress.accept(done + " of " + plan.size() + ": " + names);
                if (settings.shared()) {
                    shared.measure(possible(together));
                } else {
                    measure(possible(together));
                }
            }
        }
    }

    private List<Trial> trials(List<Workload> together) {
        List<Trial> trials = new ArrayList<>();
        for (Workload workload : together) {
            for (Contender contender : workload.contenders(settings.quick())) {
                if (taking.contains(contender)) {
                    try {
                        trials.add(new Trial(programs, workload, contender));
                    } catch (IOException e) {
                        failed(workload.name() + ", " + contender.label(), e);
                    }
                }
            }
        }
        return trials;
    }

    private void measure(List<Workload> together) throws InterruptedException {
        List<Trial> trials = trials(together);
        try {
            for (Trial trial : trials) {
                attempt(trial, () -> trial.open(nextBase()));
            }
            for (Trial trial : trials) {
                attempt(trial, () -> trial.ready(programs, pins));
            }
            for (Trial trial : trials) {
                attempt(trial, () -> trial.warm(settings.warmUpMillis()));
            }
            Noise noise = new Noise();
            List<Child> children = trials.stream().flatMap(Trial::children).toList();
            noise.begin(children);
            for (int round = 0; round < settings.rounds(); round++) {
                for (Trial trial : order(trials, round)) {
                    int now = round;
                    attempt(
                            trial,
                            () -> results.add(
                                    trial.workload,
                                    trial.contender,
                                    now,
                                    trial.measure(settings.millis(trial.workload))));
                }
            }
            noise.end(children);
            for (Workload workload : together) {
                results.disturbances().put(workload.name(), new Results.Disturbance(noise.others(), noise.stolen()));
            }
        } finally {
            trials.forEach(Trial::close);
        }
    }

    /** Tells apart who runs at the same time; a part of an address. */
    private int nextBase() {
        base = base % MOST_BASE + 1;
        return base;
    }

    /** Each round starts with another one, so that nobody is always measured after the same neighbour. */
    private static List<Trial> order(List<Trial> trials, int round) {
        List<Trial> order = new ArrayList<>(trials);
        Collections.rotate(order, -round);
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

    /** Those that this machine can run, perhaps with fewer sockets. */
    private List<Workload> possible(List<Workload> together) throws InterruptedException {
        List<Workload> possible = new ArrayList<>();
        for (Workload workload : together) {
            Optional<String> noLoad =
                    workload.family().meter() == Family.Meter.LOAD ? programs.noLoad() : Optional.empty();
            if (noLoad.isPresent()) {
                absent(workload.name(), noLoad.get());
            } else if (workload.family() == Family.SOCKETS) {
                possible.add(withinLimit(workload));
            } else {
                possible.add(workload);
            }
        }
        return possible;
    }

    private Workload withinLimit(Workload workload) throws InterruptedException {
        try {
            int most = programs.mostFiles(workload.size() + SPARE_FILES) - SPARE_FILES;
            if (most < workload.size()) {
                Workload smaller = Workload.of(Family.SOCKETS, Math.max(1, most));
                absent(workload.name(), "the limit of open files is too low; " + smaller.name() + " instead");
                return smaller;
            }
        } catch (IOException | NumberFormatException e) {
            // the limit is not known: whoever reaches it says so
        }
        return workload;
    }

    /** Something of a trial that may fail. */
    private interface Part {
        void run() throws IOException, InterruptedException, Absent;
    }

    private void attempt(Trial trial, Part part) throws InterruptedException {
        if (trial.isBroken()) {
            return;
        }
        try {
            part.run();
        } catch (Absent e) {
            trial.breaks();
            absent(trial.name(), e.getMessage());
        } catch (IOException e) {
            trial.breaks();
            failed(trial.name(), e);
        }
    }

    private void absent(String what, String why) {
        tell(results.absences(), "Without " + what + ": " + why);
    }

    private void failed(String what, IOException e) {
        tell(results.failures(), "Failed: " + what + ": " + e.getMessage());
    }

    /** Once is enough. */
    private void tell(List<String> list, String line) {
        if (told.add(line)) {
            list.add(line);
            progress.accept(line);
        }
    }

    /** One process for all workloads of a JVM's contender: starts less, and says nothing about speed. */
    private final class Shared implements AutoCloseable {
        private final Map<List<String>, Child> children = new HashMap<>();

        void measure(List<Workload> together) throws InterruptedException {
            for (Workload workload : together) {
                for (Contender contender : workload.contenders(settings.quick())) {
                    if (taking.contains(contender)) {
                        measure(workload, contender);
                    }
                }
            }
        }

        private void measure(Workload workload, Contender contender) throws InterruptedException {
            try {
                boolean java = contender.program().isJava();
                Trial trial = java
                        ? new Trial(workload, contender, child(workload, contender))
                        : new Trial(programs, workload, contender);
                attempt(trial, () -> {
                    trial.open(nextBase());
                    trial.ready(programs, pins);
                    trial.warm(settings.warmUpMillis());
                    for (int round = 0; round < settings.rounds(); round++) {
                        results.add(workload, contender, round, trial.measure(settings.millis(workload)));
                    }
                    if (java) {
                        trial.end();
                    }
                });
                if (!java) {
                    trial.close();
                }
            } catch (IOException e) {
                failed(workload.name() + ", " + contender.label(), e);
            }
        }

        private Child child(Workload workload, Contender contender) throws IOException {
            List<String> command = Trial.command(programs, workload, contender);
            Child child = children.get(command);
            if (child == null || !child.isAlive()) {
                child = new Child(command, programs.directory());
                children.put(command, child);
            }
            return child;
        }

        @Override
        public void close() {
            children.values().forEach(Child::close);
        }
    }
}
