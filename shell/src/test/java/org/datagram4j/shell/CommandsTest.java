package org.datagram4j.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.karaf.shell.api.action.Action;
import org.datagram4j.BackendCandidate;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.spi.BackendStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/** What the commands print, in a framework without Karaf. */
class CommandsTest {
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir
    private Path storage;

    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString(), "felix.log.level", "0"));
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(PATIENCE_MILLIS);
    }

    @Test
    void withoutBackendsTheySayWhatToDo() throws Exception {
        assertTrue(run(backends(false)).contains("install the feature datagram4j"));
        assertTrue(run(explain(null)).contains("install the feature datagram4j"));
        assertTrue(run(sockets()).contains("No bundle uses a backend."));
    }

    @Test
    void backendsShowsThemAndWhatTheyCanDo() throws Exception {
        offer();
        String few = run(backends(false));
        String all = run(backends(true));

        assertTrue(few.startsWith("BACKEND"), few);
        assertTrue(few.contains("nio") && few.contains("chosen") && few.contains("highest service ranking"), few);
        assertTrue(!few.contains("PAYLOAD_V4_BYTES") && all.contains("PAYLOAD_V4_BYTES"), all);
    }

    @Test
    void explainTellsTheChoiceAndARule() throws Exception {
        offer();
        assertTrue(run(explain(null)).startsWith("chosen nio (ranking 0): highest service ranking"));
        String missing = assertThrows(IllegalStateException.class, () -> run(explain("UDP-RECV-01")))
                .getMessage();
        assertTrue(missing.contains("install the feature datagram4j-conformance"), missing);
        kit("explain", options -> Map.of("lines", List.of(options.get("rule") + " is a rule")));

        assertEquals("UDP-RECV-01 is a rule", run(explain("UDP-RECV-01")).strip());
    }

    @Test
    void certifyPassesOptionsOnAndFailsWithTheVerdict() throws Exception {
        Map<String, Object> asked = new HashMap<>();
        kit("certify", options -> {
            asked.putAll(options);
            String file = storage.resolve("nio").resolve("conformance.json").toString();
            return Map.of(
                    "exitCode", "bad".equals(options.get("rules")) ? 1 : 0, "runs", List.of(Map.of("report", file)));
        });
        CertifyCommand command = new CertifyCommand();
        command.context = context;
        command.backend = "nio";
        command.directory = storage.toString();

        assertTrue(run(command).contains("Reports: " + storage.resolve("nio")));
        assertEquals("nio", asked.get("backend"));
        assertEquals(storage.toString(), asked.get("directory"));
        command.rules = "bad";
        assertEquals(
                "not conformant",
                assertThrows(IllegalStateException.class, () -> run(command)).getMessage());
    }

    @Test
    void socketsShowsWhoUsesWhat() throws Exception {
        BackendStatus status = new BackendStatus() {
            @Override
            public BackendCandidate candidate() {
                return new BackendCandidate("acme", "a test", 1, BackendCandidate.Verdict.AVAILABLE, "it works");
            }

            @Override
            public List<Use> uses() {
                return List.of(new Use("com.example.app [7]", List.of("one socket", "another"), 1));
            }
        };
        context.registerService(BackendStatus.class, status, null);

        assertEquals(
                List.of(
                        "BACKEND  BUNDLE               POLLS  SOCKETS  SOCKET",
                        "acme     com.example.app [7]  1      2        one socket",
                        "                                              another"),
                run(sockets()).lines().toList());
    }

    @Test
    void echoAnswersListsAndStops() throws Exception {
        ServiceRegistration<UdpBackend> backend = offer();
        EchoServices services = new EchoServices();
        assertEquals(
                "No echo server is running.", run(echo(services, "list", null)).strip());
        String started = run(echo(services, "start", "127.0.0.1:0")).strip();
        assertTrue(started.matches("Echoing on 127\\.0\\.0\\.1:\\d+ with backend nio"), started);
        String address = services.running().get(0).where();
        answers(address);
        backend.unregister();
        assertTrue(run(echo(services, "list", null)).contains("there is no backend"));
        offer();
        answers(address); // at the same port
        assertTrue(run(echo(services, "stop", address)).contains("2 datagrams"));
        assertThrows(IllegalArgumentException.class, () -> run(echo(services, "stop", address)));
        assertThrows(IllegalArgumentException.class, () -> run(echo(services, "jump", null)));
        assertThrows(IllegalStateException.class, () -> run(echo(services, "start", "192.0.2.1:7")));
        services.close();
    }

    private static void answers(String address) throws Exception {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] sent = "datagram".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(sent, sent.length, InetAddress.getByName("127.0.0.1"), port));
            DatagramPacket got = new DatagramPacket(new byte[sent.length], sent.length);
            socket.receive(got);
            assertArrayEquals(sent, got.getData());
        }
    }

    private ServiceRegistration<UdpBackend> offer() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(UdpBackend.NAME_PROPERTY, "nio");
        return context.registerService(UdpBackend.class, UdpBackends.select("nio"), properties);
    }

    private void kit(String name, Function<Map<String, Object>, Map<String, Object>> service) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("datagram4j.conformance", name);
        context.registerService(Function.class.getName(), service, properties);
    }

    private BackendsCommand backends(boolean all) {
        BackendsCommand command = new BackendsCommand();
        command.context = context;
        command.all = all;
        return command;
    }

    private ExplainCommand explain(String rule) {
        ExplainCommand command = new ExplainCommand();
        command.context = context;
        command.rule = rule;
        return command;
    }

    private SocketsCommand sockets() {
        SocketsCommand command = new SocketsCommand();
        command.context = context;
        return command;
    }

    private EchoCommand echo(EchoServices services, String action, String address) {
        EchoCommand command = new EchoCommand();
        command.context = context;
        command.services = services;
        command.action = action;
        command.address = address;
        return command;
    }

    private static String run(Action command) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            command.execute();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
