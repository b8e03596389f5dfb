package org.datagram4j.sys.windows;

import java.util.ArrayList;
import java.util.List;
import org.datagram4j.sys.linkage.Linkage;
import org.datagram4j.sys.linkage.Memory;

/**
 * The watches of one poll: by place, for what AFD says, and by id, for what callers say, without allocating. Guarded by
 * the lock of the poll.
 */
final class Watches {
    private static final int LEAST = 16;

    private final Linkage linkage;
    private final int bytesEach;
    private final List<Watch> places = new ArrayList<>();
    private final List<Watch> free = new ArrayList<>();

    /** Open addressing with linear probing; at most half full. */
    private Watch[] byId = new Watch[LEAST];

    private int used;

    Watches(Linkage linkage, int bytesEach) {
        this.linkage = linkage;
        this.bytesEach = bytesEach;
    }

    /** A watch for an id. */
    Watch add(long id) {
        Watch watch;
        if (free.isEmpty()) {
            watch = new Watch(places.size(), new Memory(linkage, bytesEach));
            places.add(watch);
        } else {
            watch = free.remove(free.size() - 1);
        }
        watch.id = id;
        watch.removed = false;
        if (2 * (used + 1) > byId.length) {
            grow();
        }
        insert(watch);
        used++;
        return watch;
    }

    /** The watch of an id, or null. */
    Watch find(long id) {
        for (int i = begin(id); byId[i] != null; i = next(i)) {
            if (byId[i].id == id) {
                return byId[i];
            }
        }
        return null;
    }

    /** The watch at a place. */
    Watch at(int place) {
        return places.get(place);
    }

    /** All places that were ever used. */
    List<Watch> all() {
        return places;
    }

    /** Finds it by its id no more; its place stays its own until {@link #release}. */
    void forget(Watch watch) {
        int hole = begin(watch.id);
        while (byId[hole] != watch) {
            hole = next(hole);
        }
        used--;
        byId[hole] = null;
        for (int i = next(hole); byId[i] != null; i = next(i)) { // those behind may have wanted a place before
            Watch moved = byId[i];
            byId[i] = null;
            insert(moved);
        }
    }

    /** Lets the place be used again. */
    void release(Watch watch) {
        free.add(watch);
    }

    private void insert(Watch watch) {
        int i = begin(watch.id);
        while (byId[i] != null) {
            i = next(i);
        }
        byId[i] = watch;
    }

    private void grow() {
        Watch[] old = byId;
        byId = new Watch[2 * old.length];
        for (Watch watch : old) {
            if (watch != null) {
                insert(watch);
            }
        }
    }

    private int begin(long id) {
        return (int) (id * 0x9E37_79B9_7F4A_7C15L >>> 32) & byId.length - 1;
    }

    private int next(int index) {
        return index + 1 & byId.length - 1;
    }
}
