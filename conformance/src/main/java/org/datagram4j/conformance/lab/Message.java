package org.datagram4j.conformance.lab;

import java.net.InetSocketAddress;
import java.util.HexFormat;

/**
 * A datagram as a peer received it.
 *
 * @param payload its bytes
 * @param sender who sent it
 */
public record Message(byte[] payload, InetSocketAddress sender) {
    /**
     * The payload as text, for payloads made from text.
     *
     * @return the payload in ISO 8859-1
     */
    public String text() {
        return new String(payload, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        String bytes = payload.length > 16
                ? HexFormat.of().formatHex(payload, 0, 16) + "..."
                : HexFormat.of().formatHex(payload);
        return payload.length + " bytes [" + bytes + "] from " + sender;
    }
}
