package org.datagram4j.benchmarks.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One contender at one workload: its process, and where it is a server, the generator of load. */
final class Trial implements AutoCloseable {
    private static final int SPARE_FILES = 1000;
    private static final int MOST_WARM_UPS = 8;
    private static final int WARM_UP_DATAGRAMS = 60_000;

    final Workload workload;
    final Contender contender;
    private final Child child;
    private Child load;
    private boolean broken;

    Trial(Programs programs, Workload workload, Contender contender) throws IOException {
        this(workload, contender, new Child(command(programs, workload, contender), programs.directory()));
    }

    /** Uses a process that is there already, and stays. */
    Trial(Workload workload, Contender contender, Child child) {
        this.workload = workload;
        this.contender = contender;
        this.child = child;
    }

    static List<String> command(Programs programs, Workload workload, Contender contender) {
        int sockets = workload.family() == Family.SOCKETS ? workload.size() : 0;
        return programs.command(contender, sockets + SPARE_FILES);
    }

    String name() {
        return workload.name() + ", " + contender.label();
    }

    Child child() {
        return child;
    }

    /** Its processes, once it is ready: what they do is not noise. */
    Stream<Child> children() {
        return load == null ? Stream.of(child) : Stream.of(child, load);
    }

    boolean isBroken() {
        return broken;
    }

    void breaks() {
        broken = true;
    }

    /** Makes the loop ready; {@link #ready} waits for it. */
    void open(int base) throws IOException {
        child.tell(workload.open(contender, base));
    }

    void ready(Programs programs, Pins pins) throws IOException, InterruptedException, Absent {
        String line = child.await();
        if (line.startsWith("skip ")) {
            throw new Absent(line.substring("skip ".length()));
        }
        Answer answer = Answer.parse(line, "ready");
        pins.pin(answer.text("threads", ""), 0);
        if (workload.family().meter() == Family.Meter.LOAD) {
            load = new Child(programs.load(), programs.directory());
            load.tell(workload.load((int) answer.number("port")));
            String threads = Answer.parse(load.await(), "ready").text("threads", "");
            if (workload.family() == Family.ECHO) {
                pins.pin(threads, 1);
            }
        }
    }

    /** A server sees no more than what the generator of load sends, so that may take several times. */
    void warm(int millis) throws IOException, InterruptedException {
        double served = 0;
        for (int i = 0; i < MOST_WARM_UPS && served < WARM_UP_DATAGRAMS; i++) {
            Sample sample = run("warm " + millis);
            served += load == null || millis == 1
                    ? WARM_UP_DATAGRAMS
                    : TimeUnit.MILLISECONDS.toNanos(millis) / sample.nanos();
        }
    }

    Sample measure(int millis) throws IOException, InterruptedException {
        return run("go " + millis);
    }

    private Sample run(String command) throws IOException, InterruptedException {
        child.tell(command);
        if (load != null) {
            load.tell(command);
            return served(Answer.parse(child.await(), "done"), Answer.parse(load.await(), "done"));
        }
        Answer done = Answer.parse(child.await(), "done");
        double count = Math.max(1, done.number("count"));
        Double bytes = done.has("bytes") ? done.number("bytes") / count : null;
        if (!done.has("hist")) {
            return new Sample(done.number("nanos") / count, bytes, null, null);
        }
        Map<Long, Long> histogram = done.histogram();
        return new Sample(Histograms.percentile(histogram, 50), bytes, null, histogram);
    }

    /** The client counts datagrams, losses and time, the server what it allocated for how many. */
    private static Sample served(Answer server, Answer client) throws IOException {
        double count = client.number("count");
        double lost = client.number("lost");
        if (count == 0) {
            throw new IOException("nothing came back");
        }
        Double bytes = server.has("bytes") ? server.number("bytes") / Math.max(1, server.number("count")) : null;
        return new Sample(client.number("nanos") / count, bytes, lost / (count + lost), null);
    }

    /** Makes a process that stays ready for something else. */
    void end() throws IOException, InterruptedException {
        closeLoad();
        child.tell("close");
        Answer.parse(child.await(), "closed");
    }

    private void closeLoad() {
        if (load != null) {
            load.close();
            load = null;
        }
    }

    @Override
    public void close() {
        closeLoad();
        child.close();
    }
}
