package org.datagram4j.conformance.render;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A JSON schema of the documentation. */
final class PublishedSchema {
    private static final Path DOCS = Path.of(System.getProperty("datagram4j.project.root"), "docs");

    private final String text;
    private final JsonSchema schema;

    private PublishedSchema(String text) {
        this.text = text;
        this.schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
    }

    static PublishedSchema of(String file) throws IOException {
        return new PublishedSchema(Files.readString(DOCS.resolve(file)));
    }

    String text() {
        return text;
    }

    /** What is wrong with a text, nothing if it fits. */
    Set<ValidationMessage> refuses(String json) {
        return schema.validate(
                json,
                InputFormat.JSON,
                execution -> execution.getExecutionConfig().setFormatAssertionsEnabled(true));
    }
}
