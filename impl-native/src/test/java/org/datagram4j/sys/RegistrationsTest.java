package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private final Registrations registrations = new Registrations();

    @Test
    void noIdIsUsedTwice() throws Exception {
        NativeBackend backend = new NativeBackend();
        try (Poll poll = backend.openPoll()) {
            Set<Long> ids = new HashSet<>();
            List<Registration> open = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Registration registration = new Registration((NativePoll) poll, new Token(i), 1);
                registrations.add(registration);
                open.add(registration);
                assertTrue(registration.id > 0 && ids.add(registration.id));
                if (i % 3 == 0) {
                    Registration gone = open.remove(i % open.size());
                    registrations.remove(gone);
                    registrations.remove(gone);
                    assertNull(registrations.get(gone.id));
                }
            }
            open.forEach(registration -> assertSame(registration, registrations.get(registration.id)));
        }
    }
}
