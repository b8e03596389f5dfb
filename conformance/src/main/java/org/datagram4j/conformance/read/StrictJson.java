package org.datagram4j.conformance.read;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;

/** JSON as its standard has it, and no deeper than our own: a name that comes twice is an error, too. */
final class StrictJson {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 32;

    private StrictJson() {}

    static JsonObject object(String text, String file) throws UnusableInput {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEEPEST);
            JsonElement element = element(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new UnusableInput(file + " has something after its end");
            }
            if (!element.isJsonObject()) {
                throw new UnusableInput(file + " is not a JSON object");
            }
            return element.getAsJsonObject();
        } catch (EOFException e) {
            throw new UnusableInput(file + " is truncated: it ends inside its JSON");
        } catch (MalformedJsonException e) {
            throw new UnusableInput(file + " is not JSON: " + reason(String.valueOf(e.getMessage())));
        } catch (IOException | NumberFormatException | IllegalStateException e) {
            throw new UnusableInput(file + " is not JSON: " + e.getMessage());
        }
    }

    // The library's advice is for programmers.
    private static String reason(String message) {
        return message.lines().findFirst().orElse("").replaceFirst("^Use JsonReader.*malformed JSON", "broken");
    }

    private static JsonElement element(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> members(reader);
            case BEGIN_ARRAY -> items(reader);
            case STRING -> new JsonPrimitive(reader.nextString());
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> throw new MalformedJsonException("unexpected " + reader.peek());
        };
    }

    private static JsonObject members(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new MalformedJsonException("\"" + name + "\" is there twice");
            }
            object.add(name, element(reader));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray items(JsonReader reader) throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(element(reader));
        }
        reader.endArray();
        return array;
    }

    private static JsonPrimitive number(String text) throws IOException {
        if (text.length() > LONGEST_NUMBER) {
            throw new MalformedJsonException("a number has " + text.length() + " digits");
        }
        return new JsonPrimitive(new BigDecimal(text));
    }
}
