package org.datagram4j.conformance.render;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fills the templates that lie beside this class. Values are escaped for HTML; what is missing is an error. */
final class Templates {
    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(true)
            .strictSections(true)
            .emptyStringIsFalse(true)
            .withLoader(name -> new StringReader(resource(name + ".mustache")));

    private Templates() {}

    static String fill(String template, Map<String, Object> values) {
        return COMPILER.compile(resource(template + ".mustache")).execute(values);
    }

    /** A page with our style and script, which are named by their digests: a browser runs and applies no others. */
    static String page(String template, Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put("style", STYLE);
        all.put("script", SCRIPT);
        all.put("styleDigest", digest(STYLE));
        all.put("scriptDigest", digest(SCRIPT));
        return fill(template, all);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static String resource(String name) {
        try (InputStream in = Templates.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
