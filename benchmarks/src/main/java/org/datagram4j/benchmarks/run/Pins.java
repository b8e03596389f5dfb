package org.datagram4j.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gives each measured thread a processor of its own, where that is allowed. */
final class Pins {
    private final Tools tools;
    private final List<Integer> processors;
    private final String state;

    Pins(Tools tools) throws InterruptedException {
        this.tools = tools;
        processors = allowed();
        state = processors.size() < 2 ? "none: there is one processor only" : probe();
    }

    /** Whether threads are pinned, and why not. */
    String state() {
        return state;
    }

    private String probe() throws InterruptedException {
        try {
            tools.run(List.of(
                    "taskset", "-p", Long.toString(ProcessHandle.current().pid())));
            return "each measured thread to one processor";
        } catch (IOException e) {
            return "none: there is no taskset";
        }
    }

    /** The first thread gets the last processor: the first one has the most other work. */
    void pin(String threads, int first) throws IOException, InterruptedException {
        if (threads.isEmpty() || state.startsWith("none")) {
            return;
        }
        int next = first;
        for (String thread : threads.split(",")) {
            int processor = processors.get(Math.floorMod(processors.size() - 1 - next, processors.size()));
            tools.run(List.of("taskset", "-p", "-c", Integer.toString(processor), thread));
            next++;
        }
    }

    /** Two at most: one for each side, next to each other. */
    private static List<Integer> allowed() {
        List<Integer> all = new ArrayList<>();
        try {
            String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(it -> it.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .orElse("");
            for (String range : line.substring(line.indexOf(':') + 1).strip().split(",")) {
                String[] ends = range.split("-");
                for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                    all.add(i);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return List.of();
        }
        return all.subList(0, Math.min(2, all.size()));
    }
}
