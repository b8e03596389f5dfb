package org.datagram4j.benchmarks.loop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.datagram4j.benchmarks.loop.api.ApiLoops;
import org.datagram4j.benchmarks.loop.blocking.BlockingLoops;
import org.datagram4j.benchmarks.loop.channel.ChannelLoops;
import org.datagram4j.benchmarks.loop.netty.NettyLoops;

/**
 * The process that is measured. Reads commands on the standard input, one a line, and answers each by a line:
 *
 * <pre>
 * open LOOP NUMBER...  ready threads=ids [port=port], or skip why
 * warm MILLIS          done, as below; runs until the compiler has seen enough, too
 * go MILLIS            done nanos=for-all count=operations [bytes=allocated] [hist=nanos:times,...]
 * close                closed
 * </pre>
 *
 * Ends when the input does.
 */
public final class Contend {
    /** What the compiler has to see before it compiles for good; compiled less well, calls allocate. */
    private static final int WARM_UP_STEPS = 12_000;

    private static final int NUMBERS = 3;

    private Contend() {}

    /**
     * Answers commands.
     *
     * @param words the contender: channel, blocking, netty-..., or the name of a backend
     * @throws Exception if anything unexpected happens
     */
    public static void main(String[] words) throws Exception {
        int code = 0;
        try {
            answer(loops(words[0]));
        } catch (Exception | Error e) {
            e.printStackTrace();
            code = 1;
        }
        Runtime.getRuntime().halt(code); // other threads may be waiting
    }

    private static Loops loops(String contender) {
        if (contender.equals("channel")) {
            return new ChannelLoops();
        }
        if (contender.equals("blocking")) {
            return new BlockingLoops();
        }
        return contender.startsWith("netty-") ? NettyLoops.of(contender) : new ApiLoops(contender);
    }

    private static void answer(Loops loops) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        Loop loop = null;
        String line;
        while ((line = in.readLine()) != null) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "open" -> {
                    try {
                        loop = loops.open(words[1], numbers(words));
                        String port = loop.port() == 0 ? "" : " port=" + loop.port();
                        say("ready threads=" + MeasuredThreads.line() + port);
                    } catch (Skip e) {
                        say("skip " + e.getMessage());
                    }
                }
                case "warm" -> say(run(loop, words[1], WARM_UP_STEPS));
                case "go" -> say(run(loop, words[1], 0));
                case "close" -> {
                    loop.close();
                    MeasuredThreads.clear();
                    say("closed");
                }
                default -> throw new IOException("no command: " + line);
            }
        }
    }

    private static String run(Loop loop, String millis, int leastSteps) throws Exception {
        return loop.run(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis)), leastSteps)
                .line();
    }

    private static int[] numbers(String[] words) {
        int[] given = Arrays.stream(words, 2, words.length)
                .mapToInt(Integer::parseInt)
                .toArray();
        return Arrays.copyOf(given, NUMBERS);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
