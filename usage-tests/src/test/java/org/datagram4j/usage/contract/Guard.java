package org.datagram4j.usage.contract;

import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.version.Version;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.usage.contract.Contract.Exported;

/** Compares what a bundle exports with what was reviewed. */
final class Guard {
    static final String WRITE = "datagram4j.contract.write";

    private static final String TO_RECORD = "record it, and let it be reviewed: mvn -q verify -pl usage-tests -am"
            + " -Dmaven.javadoc.skip=true -Dtest=ContractIT -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE
            + "=true";

    private Guard() {}

    /** What has to be done before the change is one that others can live with; nothing if that is so. */
    static List<String> problems(Contract reviewed, Contract actual) throws Exception {
        List<String> problems = new ArrayList<>();
        for (String name : reviewed.packages().keySet()) {
            if (!actual.packages().containsKey(name)) {
                problems.add(
                        "the package " + name + " is not exported any more, which breaks all who use it; if that is"
                                + " meant, " + TO_RECORD);
            }
        }
        for (var entry : actual.packages().entrySet()) {
            Exported before = reviewed.packages().get(entry.getKey());
            if (before == null) {
                problems.add("the package " + entry.getKey() + " is exported and was never reviewed: " + TO_RECORD);
            } else {
                compare(entry.getKey(), before, entry.getValue(), problems);
            }
        }
        return problems;
    }

    private static void compare(String name, Exported before, Exported now, List<String> problems) throws Exception {
        Diff diff = now.tree().diff(before.tree());
        Version needed = needed(diff.getDelta(), before.version());
        if (needed.equals(before.version()) && !now.version().equals(needed)) {
            problems.add("the package " + name + " is the same as in version " + before.version()
                    + ", and calls itself " + now.version() + ": set the @Version in its package-info back");
        } else if (now.version().compareTo(needed) < 0) {
            StringBuilder changes = new StringBuilder();
            describe(diff, "", changes);
            problems.add("the package " + name + " has changed, and is still version " + now.version()
                    + ". This change needs " + needed + ":\n" + changes
                    + "Set the @Version in its package-info, or, if " + before.version()
                    + " is not released yet, " + TO_RECORD);
        }
    }

    private static Version needed(Delta delta, Version before) {
        return switch (delta) {
            case UNCHANGED, IGNORED -> before;
            case CHANGED, MICRO -> new Version(before.getMajor(), before.getMinor(), before.getMicro() + 1);
            case MINOR -> new Version(before.getMajor(), before.getMinor() + 1, 0);
            case MAJOR, REMOVED, ADDED -> new Version(before.getMajor() + 1, 0, 0);
        };
    }

    private static void describe(Diff diff, String indent, StringBuilder text) {
        if (diff.getDelta() == Delta.UNCHANGED || diff.getDelta() == Delta.IGNORED) {
            return;
        }
        boolean whole = diff.getDelta() == Delta.ADDED || diff.getDelta() == Delta.REMOVED;
        text.append(indent)
                .append(whole ? diff.getDelta() == Delta.ADDED ? "added " : "removed " : "in ")
                .append(diff.getType().name().toLowerCase(java.util.Locale.ROOT))
                .append(' ')
                .append(diff.getName())
                .append('\n');
        if (!whole) {
            diff.getChildren().forEach(child -> describe(child, indent + "  ", text));
        }
    }
}
