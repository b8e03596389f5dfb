package org.datagram4j.conformance.mutant;

import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.datagram4j.Capability;
import org.datagram4j.Poll;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;

/**
 * A way of breaking a backend that one rule has to notice.
 *
 * @param name what is broken, in CamelCase, such as {@code DropsEmpty}
 * @param rule the rule that has to notice
 * @param description what the broken backend does, in a sentence
 * @param breaks wraps a working backend
 */
public record Mutant(String name, String rule, String description, UnaryOperator<UdpBackend> breaks) {
    /**
     * A mutant whose sockets are broken.
     *
     * @param name as in the constructor
     * @param rule as in the constructor
     * @param description as in the constructor
     * @param breaks wraps every socket that the backend makes
     * @return the mutant
     */
    public static Mutant ofSockets(String name, String rule, String description, UnaryOperator<UdpSocket> breaks) {
        return new Mutant(name, rule, description, working -> new ForwardingBackend(working) {
            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                return breaks.apply(super.open(config));
            }

            @Override
            public UdpSocket adopt(DatagramChannel channel) throws UdpException {
                return breaks.apply(super.adopt(channel));
            }

            @Override
            public UdpSocket adopt(long handle) throws UdpException {
                return breaks.apply(super.adopt(handle));
            }
        });
    }

    /**
     * A mutant whose polls are broken.
     *
     * @param name as in the constructor
     * @param rule as in the constructor
     * @param description as in the constructor
     * @param breaks wraps every poll that the backend opens
     * @return the mutant
     */
    public static Mutant ofPolls(String name, String rule, String description, UnaryOperator<Poll> breaks) {
        return new Mutant(name, rule, description, working -> new ForwardingBackend(working) {
            @Override
            public Poll openPoll(Duration spin) throws UdpException {
                return breaks.apply(super.openPoll(spin));
            }
        });
    }

    /**
     * A mutant that declares a capability, falsely or not, and opens sockets otherwise than asked for.
     *
     * @param name as in the constructor
     * @param rule as in the constructor
     * @param description as in the constructor
     * @param capability what it declares
     * @param change what it opens instead
     * @return the mutant
     */
    public static Mutant ofDeclaredConfigs(
            String name, String rule, String description, Capability capability, UnaryOperator<UdpConfig> change) {
        return new Mutant(name, rule, description, working -> new ForwardingBackend(working) {
            @Override
            public Set<Capability> capabilities() {
                Set<Capability> declared = EnumSet.of(capability);
                declared.addAll(super.capabilities());
                return Collections.unmodifiableSet(declared);
            }

            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                return super.open(change.apply(config));
            }
        });
    }

    /**
     * A mutant that declares a capability, falsely or not, and whose sockets are broken.
     *
     * @param name as in the constructor
     * @param rule as in the constructor
     * @param description as in the constructor
     * @param capability what it declares
     * @param breaks wraps every socket that the backend makes
     * @return the mutant
     */
    public static Mutant ofDeclared(
            String name, String rule, String description, Capability capability, UnaryOperator<UdpSocket> breaks) {
        return new Mutant(name, rule, description, working -> new ForwardingBackend(working) {
            @Override
            public Set<Capability> capabilities() {
                Set<Capability> declared = EnumSet.of(capability);
                declared.addAll(super.capabilities());
                return Collections.unmodifiableSet(declared);
            }

            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                return breaks.apply(super.open(config));
            }
        });
    }

    @Override
    public String toString() {
        return name + " (" + rule + ")";
    }
}
