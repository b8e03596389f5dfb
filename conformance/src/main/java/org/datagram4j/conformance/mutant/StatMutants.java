package org.datagram4j.conformance.mutant;

import java.util.List;
import org.datagram4j.DatagramInfo;

/** Broken backends for the area STAT. */
final class StatMutants {
    static final List<Mutant> ALL = List.of(
            Infos.told("CountsFromOne", "UDP-STAT-01", "counts a drop where there was none", () -> (info, way) -> {
                if (info.dropCount() == 0) {
                    Infos.change(info, filler -> filler.dropCount(1));
                }
            }),
            Infos.told("NeverCountsDrops", "UDP-STAT-02", "says 0 drops always", () -> (info, way) -> {
                if (info.dropCount() != DatagramInfo.UNKNOWN) {
                    Infos.change(info, filler -> filler.dropCount(0));
                }
            }),
            Infos.told("BatchHidesDrops", "UDP-STAT-02", "does not count drops in batches", () -> (info, way) -> {
                if (way == Infos.Way.BATCH && info.dropCount() > 0) {
                    Infos.change(info, filler -> filler.dropCount(0));
                }
            }),
            Infos.told("ResetsDrops", "UDP-STAT-03", "tells new drops only, as if reading reset them", () -> {
                long[] told = {0};
                return (info, way) -> {
                    long count = info.dropCount();
                    if (count != DatagramInfo.UNKNOWN) {
                        Infos.change(info, filler -> filler.dropCount(count - told[0]));
                        told[0] = count;
                    }
                };
            }));

    private StatMutants() {}
}
