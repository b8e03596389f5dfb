package org.datagram4j.conformance.report;

import java.net.URI;
import java.net.URISyntaxException;

/** The address of an issue that says why a rule may be broken: of a web page, since others are to read it. */
public final class IssueAddress {
    private IssueAddress() {}

    /**
     * Whether it is the address of a web page.
     *
     * @param text what should be one
     * @return true for {@code http} and {@code https} with a host
     */
    public static boolean isPage(String text) {
        try {
            URI uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
