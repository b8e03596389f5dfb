package org.datagram4j.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Karaf as it is distributed. */
final class StockKaraf {
    private StockKaraf() {}

    /** Unpacks it by tar, as an administrator does: the scripts stay executable. */
    static Path unpack(Path scratch) throws Exception {
        Path home = Files.createDirectories(scratch.resolve("karaf"));
        Process tar = new ProcessBuilder(
                        "tar",
                        "xzf",
                        Settings.container("apache-karaf.tar.gz").toString(),
                        "--strip-components=1",
                        "-C",
                        home.toString())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
        return home;
    }

    /** Has it fetch nothing: what is not in the distribution has to be in the archive. */
    static void withoutNetwork(Path home, String emptyRepository) throws IOException {
        Files.writeString(
                home.resolve("etc/org.ops4j.pax.url.mvn.cfg"),
                "\norg.ops4j.pax.url.mvn.repositories =\norg.ops4j.pax.url.mvn.localRepository = " + emptyRepository
                        + "\n",
                StandardOpenOption.APPEND);
    }
}
