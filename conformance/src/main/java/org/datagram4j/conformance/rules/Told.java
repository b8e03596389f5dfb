package org.datagram4j.conformance.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.conformance.lab.Lab;

/** The fields of a {@link DatagramInfo} that have to be asked for. */
final class Told {
    private static final Map<Capability, Function<DatagramInfo, Object>> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put(Capability.LOCAL_ADDRESS, DatagramInfo::localAddress);
        FIELDS.put(Capability.LOCAL_INTERFACE, DatagramInfo::interfaceIndex);
        FIELDS.put(Capability.RECV_TRAFFIC_CLASS, DatagramInfo::trafficClass);
        FIELDS.put(Capability.RECV_HOP_LIMIT, DatagramInfo::hopLimit);
        FIELDS.put(Capability.RECV_TIMESTAMP, DatagramInfo::timestampNanos);
        FIELDS.put(Capability.DROP_COUNT, DatagramInfo::dropCount);
    }

    private Told() {}

    /** Those that the backend declares; ends the rule if there is none. */
    static Set<Capability> declared(Lab lab) {
        Set<Capability> declared = new TreeSet<>(FIELDS.keySet());
        declared.removeIf(field -> !lab.has(field));
        if (declared.isEmpty()) {
            throw lab.notApplicable("the backend declares no field that has to be asked for");
        }
        return declared;
    }

    /** What an info says of each field, null where it is unknown. */
    static Map<Capability, Object> by(DatagramInfo info) {
        Map<Capability, Object> told = new LinkedHashMap<>();
        FIELDS.forEach((field, getter) -> {
            Object value = getter.apply(info);
            boolean unknown = value instanceof Number number && number.longValue() == DatagramInfo.UNKNOWN;
            told.put(field, unknown ? null : value);
        });
        return told;
    }

    /** Which fields an info knows. */
    static Set<Capability> known(DatagramInfo info) {
        Map<Capability, Object> told = by(info);
        told.values().removeIf(Objects::isNull);
        return new TreeSet<>(told.keySet());
    }
}
