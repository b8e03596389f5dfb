package org.datagram4j.tools;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;

/**
 * Sends every datagram back to its sender (RFC 862): an event loop on the public API alone, and an example of what a
 * real one has to think of beyond the ten lines that echo:
 *
 * <ul>
 *   <li>Under a flood a socket may never be empty. So the loop takes a limited number of datagrams per event and then
 *       reregisters, which is how to stop draining early; {@link #stop()} and the statistics get their turn.
 *   <li>A send may block. Then the loop keeps the datagram, waits for writable, and reads no more until it is gone.
 *   <li>An error of one datagram, such as a sender that cannot be reached, is counted and does not end the loop.
 *   <li>A sender may claim port 0 (RFC 768 permits it), where nothing can be sent to.
 * </ul>
 */
public final class EchoServer implements AutoCloseable {
    private static final Token SOCKET = new Token(0);
    private static final Token WAKER = new Token(1);
    private static final int DATAGRAMS_PER_EVENT = 256;
    private static final int ERRORS_IN_A_ROW = 100;
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

    private final Poll poll;
    private final UdpSocket socket;
    private final Waker waker;
    private final ByteBuffer buffer;
    private final DatagramInfo info = new DatagramInfo();
    private volatile boolean stopping;

    private boolean unsent; // the buffer holds a datagram that could not be sent yet
    private int errorsInARow;
    private volatile long datagrams; // written by the thread that runs it
    private volatile long bytes;
    private volatile long truncated;
    private volatile long errors;

    /**
     * Binds the server; nothing is answered before {@link #run}.
     *
     * @param backend who does the work
     * @param address where to listen; port 0 lets the system choose
     * @param bufferBytes how much of a datagram is sent back at most
     * @throws UdpException if it cannot listen there
     */
    public EchoServer(UdpBackend backend, InetSocketAddress address, int bufferBytes) throws UdpException {
        buffer = ByteBuffer.allocateDirect(bufferBytes);
        socket = backend.open(UdpConfig.of(address).withTruncationPolicy(TruncationPolicy.DISCARD));
        Poll opened = null;
        try {
            opened = backend.openPoll();
            waker = opened.registry().newWaker(WAKER);
        } catch (UdpException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            socket.close();
            throw e;
        }
        poll = opened;
    }

    /**
     * Where it listens.
     *
     * @return the address, with the port that the system chose
     * @throws UdpException if it is closed
     */
    public InetSocketAddress address() throws UdpException {
        return socket.localAddress();
    }

    /**
     * Answers until {@link #stop()} is called.
     *
     * @param everySecond told what was done since it was told last, at most once a second, and not if that is nothing
     * @return what was done in all
     * @throws UdpException if the socket does not work at all, or closed
     * @throws Exception what {@code everySecond} threw
     */
    public EchoStatistics run(Consumer<EchoStatistics> everySecond) throws Exception {
        Events events = poll.newEvents(8);
        EchoStatistics told = EchoStatistics.NONE;
        long lastTold = System.nanoTime();
        poll.registry().register(socket, SOCKET, Interest.READABLE);
        while (!stopping) {
            EchoStatistics done = statistics();
            long untilNext = REPORT_INTERVAL.toNanos() - (System.nanoTime() - lastTold);
            boolean news = !done.equals(told);
            if (news && untilNext <= 0) {
                everySecond.accept(done.since(told));
                told = done;
                lastTold = System.nanoTime();
                news = false;
            }
            poll.poll(events, news ? Duration.ofNanos(untilNext) : null);
            for (Event event : events) {
                if (event.token().equals(SOCKET)) {
                    serve();
                }
            }
        }
        return statistics();
    }

    /** Makes {@link #run} return soon; from any thread. */
    public void stop() {
        stopping = true;
        waker.wake();
    }

    @Override
    public void close() {
        waker.close();
        socket.close();
        poll.close();
    }

    private void serve() throws Exception {
        for (int count = 0; count < DATAGRAMS_PER_EVENT; count++) {
            try {
                if (!unsent && !receive()) {
                    return; // empty: the next arrival is an event
                }
                if (!send()) {
                    poll.registry().reregister(socket, SOCKET, Interest.READABLE_WRITABLE);
                    return; // the system has no room: a writable event comes when it has
                }
                errorsInARow = 0;
            } catch (UdpException e) {
                failed(e);
            }
        }
        poll.registry().reregister(socket, SOCKET, Interest.READABLE);
    }

    private boolean receive() throws UdpException {
        if (socket.receive(buffer.clear(), info) == UdpSocket.WOULD_BLOCK) {
            return false;
        }
        buffer.flip();
        unsent = true;
        if (info.truncated()) {
            truncated++;
        }
        return true;
    }

    private boolean send() throws UdpException {
        if (info.senderPort() == 0) {
            errors++;
            unsent = false;
            return true;
        }
        int sent = socket.sendTo(buffer, info.sender());
        if (sent == UdpSocket.WOULD_BLOCK) {
            return false;
        }
        unsent = false;
        datagrams++;
        bytes += sent;
        return true;
    }

    private void failed(UdpException e) throws UdpException {
        errors++;
        errorsInARow++;
        unsent = false; // an answer that is refused is refused for good
        if (e.kind() == ErrorKind.CLOSED || errorsInARow == ERRORS_IN_A_ROW) {
            throw e;
        }
    }

    /**
     * What was done so far.
     *
     * @return nearly up to date, if another thread runs it
     */
    public EchoStatistics statistics() {
        return new EchoStatistics(datagrams, bytes, truncated, errors);
    }
}
