package org.datagram4j.conformance.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Files of a directory that somebody else may have made. */
public final class InputFile {
    /** The longest file that is read. */
    public static final int MOST_BYTES = 32 << 20;

    private InputFile() {}

    /**
     * Reads a file, if it is an ordinary one and not too long.
     *
     * @param directory where it is
     * @param name its name, without directories
     * @return its bytes
     * @throws UnusableInput if it is not there or something else, saying what
     */
    public static byte[] bytes(Path directory, String name) throws UnusableInput {
        Path file = directory.resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableInput("there is no " + name + " in " + directory);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableInput(
                    file + (Files.isSymbolicLink(file) ? " is a symbolic link" : " is not an ordinary file"));
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnusableInput(file + " is longer than " + (MOST_BYTES >> 20) + " MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw new UnusableInput("cannot read " + file + ": " + e.getMessage());
        }
    }

    /**
     * What bytes say as text.
     *
     * @param bytes the content of a file
     * @param name the file's name, for the message
     * @return the text
     * @throws UnusableInput if it is not UTF-8
     */
    public static String text(byte[] bytes, String name) throws UnusableInput {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnusableInput(name + " is not UTF-8");
        }
    }
}
