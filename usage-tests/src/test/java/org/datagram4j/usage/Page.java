package org.datagram4j.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that a page of the documentation shows, with what it says they print. */
final class Page {
    // ```console 17-21, or 22+: for which versions of Java the block is
    private static final Pattern BLOCK =
            Pattern.compile("^```console (\\d+)(?:-(\\d+)|\\+)\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String PROMPT = "$ ";

    private Page() {}

    /**
     * A command.
     *
     * @param line the command, for a shell
     * @param shown the lines that it prints; {@code ...} in a line stands for anything
     */
    record Command(String line, List<String> shown) {
        boolean startsServer() {
            return shown.stream().anyMatch(each -> each.startsWith("Echoing on port"));
        }
    }

    /** The commands of the blocks that are for a version of Java, in order. */
    static List<Command> commands(Path page, int java) throws IOException {
        List<Command> commands = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            int first = Integer.parseInt(blocks.group(1));
            int last = blocks.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(blocks.group(2));
            if (java < first || java > last) {
                continue;
            }
            for (String session : blocks.group(3).split("(?m)^(?=\\$ )")) {
                List<String> lines = session.lines().toList();
                commands.add(new Command(lines.get(0).substring(PROMPT.length()), lines.subList(1, lines.size())));
            }
        }
        return commands;
    }
}
