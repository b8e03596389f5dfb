package org.datagram4j.shell;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.karaf.shell.api.action.lifecycle.Destroy;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The echo servers that the shell started; they end with the bundle. */
@Service
public final class EchoServices {
    private final List<EchoService> running = new CopyOnWriteArrayList<>();

    /** For Karaf. */
    public EchoServices() {}

    List<EchoService> running() {
        return running;
    }

    /** Ends all of them. */
    @Destroy
    public void destroy() {
        running.forEach(EchoService::close);
        running.clear();
    }
}
