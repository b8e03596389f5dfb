package org.datagram4j.usage.contract;

import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import aQute.bnd.version.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A contract as a text that can be reviewed: a line for each package with its version, and below it, indented, a line for
 * each type, member and property of a member. Each line begins with what it means to add and to remove it.
 */
final class ContractFile {
    static final String NAME = "api.txt";

    private static final String COMMENT =
            "# Generated. What others compile against; CONTRIBUTING.md says how to change it.";
    private static final String PACKAGE = "package ";
    private static final String INDENT = "  ";

    private ContractFile() {}

    static String text(Contract contract) {
        StringBuilder text = new StringBuilder(COMMENT).append('\n');
        contract.packages().forEach((name, exported) -> {
            text.append(PACKAGE)
                    .append(name)
                    .append(' ')
                    .append(exported.version())
                    .append('\n');
            append(text, exported.types().children, INDENT);
        });
        return text.toString();
    }

    private static void append(StringBuilder text, Tree.Data[] elements, String indent) {
        for (Tree.Data each : elements) {
            text.append(indent)
                    .append(each.type)
                    .append(' ')
                    .append(each.add)
                    .append('/')
                    .append(each.rem)
                    .append(' ')
                    .append(each.name)
                    .append('\n');
            append(text, each.children, indent + INDENT);
        }
    }

    static Contract parse(String text) {
        Contract contract = new Contract(new TreeMap<>());
        Map<Tree.Data, List<Tree.Data>> children = new HashMap<>();
        Deque<Tree.Data> path = new ArrayDeque<>(); // from the current line up to its package
        for (String line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
            int depth = (line.length() - line.stripLeading().length()) / INDENT.length();
            while (path.size() > depth) {
                path.pop();
            }
            Tree.Data element = depth == 0 ? exported(line, contract) : element(line.strip());
            children.put(element, new ArrayList<>());
            if (!path.isEmpty()) {
                children.get(path.peek()).add(element);
            }
            path.push(element);
        }
        children.forEach((element, found) -> element.children = found.toArray(new Tree.Data[0]));
        return contract;
    }

    private static Tree.Data exported(String line, Contract contract) {
        String[] words = line.substring(PACKAGE.length()).split(" ");
        Tree.Data types = data(Type.PACKAGE, Delta.MINOR, Delta.MAJOR, words[0]);
        contract.packages().put(words[0], new Contract.Exported(Version.parseVersion(words[1]), types));
        return types;
    }

    private static Tree.Data element(String line) {
        String[] words = line.split(" ", 3);
        String[] deltas = words[1].split("/");
        return data(Type.valueOf(words[0]), Delta.valueOf(deltas[0]), Delta.valueOf(deltas[1]), words[2]);
    }

    private static Tree.Data data(Type type, Delta add, Delta remove, String name) {
        Tree.Data data = new Tree.Data();
        data.type = type;
        data.add = add;
        data.rem = remove;
        data.name = name;
        return data;
    }
}
