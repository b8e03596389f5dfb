package org.datagram4j.conformance.read;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON object whose members have to be there and of the right kind; what is not is named with its place. */
public final class Fields {
    private final JsonObject json;
    private final String where;

    private Fields(JsonObject json, String where) {
        this.json = json;
        this.where = where;
    }

    /**
     * Reads a file's JSON.
     *
     * @param text the JSON
     * @param file the file's name, for messages
     * @return its members
     * @throws UnusableInput if it is not a JSON object
     */
    public static Fields of(String text, String file) throws UnusableInput {
        return new Fields(StrictJson.object(text, file), file);
    }

    /**
     * Demands a version of the format.
     *
     * @param known the one that is understood
     * @throws UnusableInput if it is another
     */
    public void requireSchema(int known) throws UnusableInput {
        long schema = number("schema");
        if (schema != known) {
            throw new UnusableInput(where + " has schema version " + schema + ", and this kit knows " + known);
        }
    }

    /**
     * Whether a member is there.
     *
     * @param name its name
     * @return true if it is
     */
    public boolean has(String name) {
        return json.has(name);
    }

    /**
     * A text.
     *
     * @param name its name
     * @return the text
     * @throws UnusableInput if there is none
     */
    public String text(String name) throws UnusableInput {
        JsonElement value = value(name);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw new UnusableInput(where + ": \"" + name + "\" is not a text");
        }
        return value.getAsString();
    }

    /**
     * A whole number.
     *
     * @param name its name
     * @return the number
     * @throws UnusableInput if there is none
     */
    public long number(String name) throws UnusableInput {
        JsonElement value = value(name);
        try {
            if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
                return value.getAsBigDecimal().longValueExact();
            }
        } catch (ArithmeticException e) {
            // no whole number, or one that is too large
        }
        throw new UnusableInput(where + ": \"" + name + "\" is not a whole number");
    }

    /**
     * A truth value.
     *
     * @param name its name
     * @return the value
     * @throws UnusableInput if there is none
     */
    public boolean flag(String name) throws UnusableInput {
        JsonElement value = value(name);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw new UnusableInput(where + ": \"" + name + "\" is neither true nor false");
        }
        return value.getAsBoolean();
    }

    /**
     * One of the names of an enum.
     *
     * @param name the member's name
     * @param type the enum
     * @param <E> the enum
     * @return the constant
     * @throws UnusableInput if there is none
     */
    public <E extends Enum<E>> E one(String name, Class<E> type) throws UnusableInput {
        return constant(text(name), type, "\"" + name + "\"");
    }

    /**
     * Names of an enum.
     *
     * @param name the member's name
     * @param type the enum
     * @param <E> the enum
     * @return the constants
     * @throws UnusableInput if something else is there
     */
    public <E extends Enum<E>> List<E> some(String name, Class<E> type) throws UnusableInput {
        List<E> constants = new ArrayList<>();
        for (JsonElement item : items(name)) {
            if (!item.isJsonPrimitive()) {
                throw new UnusableInput(where + ": \"" + name + "\" is not a list of names");
            }
            constants.add(constant(item.getAsString(), type, "\"" + name + "\""));
        }
        return constants;
    }

    /**
     * An object.
     *
     * @param name its name
     * @return its members
     * @throws UnusableInput if there is none
     */
    public Fields object(String name) throws UnusableInput {
        JsonElement value = value(name);
        if (!value.isJsonObject()) {
            throw new UnusableInput(where + ": \"" + name + "\" is not an object");
        }
        return new Fields(value.getAsJsonObject(), where + ", " + name);
    }

    /**
     * A list of objects.
     *
     * @param name its name
     * @return the members of each
     * @throws UnusableInput if something else is there
     */
    public List<Fields> objects(String name) throws UnusableInput {
        List<Fields> objects = new ArrayList<>();
        for (JsonElement item : items(name)) {
            if (!item.isJsonObject()) {
                throw new UnusableInput(where + ": \"" + name + "\" is not a list of objects");
            }
            objects.add(new Fields(item.getAsJsonObject(), where + ", " + name + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /**
     * An object of whole numbers, by the names of an enum.
     *
     * @param name its name
     * @param type the enum
     * @param <E> the enum
     * @return constant to number
     * @throws UnusableInput if something else is there
     */
    public <E extends Enum<E>> Map<E, Long> numbers(String name, Class<E> type) throws UnusableInput {
        Fields fields = object(name);
        Map<E, Long> numbers = new LinkedHashMap<>();
        for (String key : fields.json.keySet()) {
            numbers.put(constant(key, type, "\"" + name + "\""), fields.number(key));
        }
        return numbers;
    }

    /**
     * An object of texts.
     *
     * @param name its name
     * @return name to text
     * @throws UnusableInput if something else is there
     */
    public Map<String, String> texts(String name) throws UnusableInput {
        Fields fields = object(name);
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : fields.json.keySet()) {
            texts.put(key, fields.text(key));
        }
        return texts;
    }

    private JsonElement value(String name) throws UnusableInput {
        if (!json.has(name)) {
            throw new UnusableInput(where + " lacks \"" + name + "\"");
        }
        return json.get(name);
    }

    private Iterable<JsonElement> items(String name) throws UnusableInput {
        JsonElement value = value(name);
        if (!value.isJsonArray()) {
            throw new UnusableInput(where + ": \"" + name + "\" is not a list");
        }
        return value.getAsJsonArray();
    }

    private <E extends Enum<E>> E constant(String name, Class<E> type, String what) throws UnusableInput {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new UnusableInput(where + ": " + what + " names no " + type.getSimpleName() + ": '" + name + "'");
        }
    }
}
