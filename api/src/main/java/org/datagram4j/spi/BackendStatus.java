package org.datagram4j.spi;

import java.util.List;
import java.util.Objects;
import org.datagram4j.BackendCandidate;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a bundle with a backend tells about itself, whether or not it offers the backend: an OSGi service, with the
 * property {@value org.datagram4j.UdpBackend#NAME_PROPERTY}. It is there from the start of the bundle to its end, and
 * answers with what is so at the moment, so that a backend that stays away can say why. {@link BackendOffer} is one.
 */
@ConsumerType
public interface BackendStatus {
    /**
     * Whether the backend is offered, and why.
     *
     * @return {@link BackendCandidate.Verdict#AVAILABLE} or {@link BackendCandidate.Verdict#REFUSED}, and the reason
     */
    BackendCandidate candidate();

    /**
     * Who uses the backend, and for what.
     *
     * @return one for each bundle that has the service now, perhaps none
     */
    List<Use> uses();

    /**
     * One user of a backend.
     *
     * @param user who, in words, such as "com.example.app [12]"
     * @param sockets the sockets that are open, in words; unmodifiable
     * @param polls how many polls are open
     */
    record Use(String user, List<String> sockets, int polls) {
        /**
         * Checks, and copies the list.
         *
         * @param user see the record
         * @param sockets see the record
         * @param polls see the record
         * @throws NullPointerException if something is null
         */
        public Use {
            Objects.requireNonNull(user, "user");
            sockets = List.copyOf(sockets);
        }
    }
}
