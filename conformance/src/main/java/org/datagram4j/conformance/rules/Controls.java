package org.datagram4j.conformance.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.datagram4j.Capability;
import org.datagram4j.SendInfo;
import org.datagram4j.conformance.lab.Lab;

/** What a {@link SendInfo} can ask for that a backend may lack. */
final class Controls {
    private Controls() {}

    /** Every control whose capability is not declared, by what it sets. */
    static Map<UnaryOperator<SendInfo>, Capability> undeclared(Lab lab) {
        Map<UnaryOperator<SendInfo>, Capability> all = new LinkedHashMap<>();
        all.put(info -> info.sourceAddress(lab.loopback(0).getAddress()), Capability.SOURCE_SELECTION);
        all.put(info -> info.interfaceIndex(1), Capability.SOURCE_SELECTION);
        all.put(info -> info.ecn(1), Capability.SEND_TRAFFIC_CLASS);
        all.put(info -> info.trafficClass(0), Capability.SEND_TRAFFIC_CLASS);
        all.put(info -> info.hopLimit(7), Capability.SEND_HOP_LIMIT);
        all.values().removeIf(lab::has);
        if (all.isEmpty()) {
            throw lab.notApplicable("the backend declares every control of a send");
        }
        return all;
    }
}
