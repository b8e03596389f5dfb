package org.datagram4j.conformance.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.stream.Stream;
import org.datagram4j.Profile;

/** A report as JSON; {@code docs/conformance-json.md} says what each field means. */
public final class JsonReport {
    /** The version of the format: one more whenever a reader of the former could be misled. */
    public static final int SCHEMA = 1;

    /** The name of the file. */
    public static final String FILE = "conformance.json";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {}

    /**
     * The file's content.
     *
     * @param report what to write
     * @return JSON, with a newline at the end
     */
    public static String text(Report report) {
        return GSON.toJson(tree(report)) + "\n";
    }

    private static JsonObject tree(Report report) {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("kit", Report.kitVersion());
        json.add("backend", backend(report.backend()));
        json.addProperty("profile", report.profile().name());
        json.add("verdict", verdict(report.verdict()));
        json.add("platform", platform(report.platform()));
        json.add("environment", environment(report));
        json.add(
                "capabilities",
                array(report.capabilities().stream().map(Enum::name).map(JsonPrimitive::new)));
        JsonObject limits = new JsonObject();
        report.limits().forEach((limit, number) -> limits.addProperty(limit.name(), number));
        json.add("limits", limits);
        json.add("settings", settings(report.settings()));
        JsonObject counts = new JsonObject();
        report.counts().forEach((outcome, count) -> counts.addProperty(outcome.name(), count));
        json.add("counts", counts);
        json.add("results", array(report.results().stream().map(result -> result(result, report.profile()))));
        return json;
    }

    private static JsonObject backend(BackendIdentity backend) {
        JsonObject json = new JsonObject();
        json.addProperty("name", backend.name());
        json.addProperty("version", backend.version());
        json.addProperty("source", backend.source());
        return json;
    }

    private static JsonObject verdict(Verdict verdict) {
        JsonObject json = new JsonObject();
        json.addProperty("conclusion", verdict.conclusion().name());
        json.addProperty("exitCode", verdict.exitCode());
        json.addProperty("text", verdict.text());
        json.add("tiers", array(verdict.tiers().stream().map(tier -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("tier", tier.tier().name());
            entry.addProperty("standing", tier.standing().name());
            entry.addProperty("reason", tier.reason());
            return entry;
        })));
        JsonObject extras = new JsonObject();
        verdict.extras().forEach((capability, standing) -> extras.addProperty(capability.name(), standing.name()));
        json.add("extras", extras);
        return json;
    }

    private static JsonObject platform(Platform platform) {
        JsonObject json = new JsonObject();
        json.addProperty("javaVersion", platform.javaVersion());
        json.addProperty("javaVendor", platform.javaVendor());
        json.addProperty("osName", platform.osName());
        json.addProperty("osVersion", platform.osVersion());
        json.addProperty("osArch", platform.osArch());
        json.addProperty("distribution", platform.distribution());
        json.addProperty("container", platform.container());
        if (platform.emulator() != null) {
            json.addProperty("emulator", platform.emulator());
        }
        return json;
    }

    private static JsonArray environment(Report report) {
        return array(report.environment().entrySet().stream().map(feature -> {
            JsonObject json = new JsonObject();
            json.addProperty("feature", feature.getKey());
            json.addProperty("present", feature.getValue().isEmpty());
            if (!feature.getValue().isEmpty()) {
                json.addProperty("reason", feature.getValue());
            }
            return json;
        }));
    }

    private static JsonObject settings(Report.Settings settings) {
        JsonObject json = new JsonObject();
        json.addProperty("started", settings.started().toString());
        json.addProperty("seed", settings.seed());
        json.addProperty("strict", settings.strict());
        json.addProperty("repeat", settings.repeat());
        json.addProperty("limitMillis", settings.limit().toMillis());
        json.addProperty("patienceMillis", settings.patience().toMillis());
        json.addProperty("rules", settings.rules());
        json.addProperty("allRules", settings.allRules());
        JsonObject waivers = new JsonObject();
        settings.waivers().forEach(waivers::addProperty);
        json.add("waivers", waivers);
        if (settings.mutant() != null) {
            json.addProperty("mutant", settings.mutant());
        }
        return json;
    }

    private static JsonObject result(RuleResult result, Profile profile) {
        JsonObject json = new JsonObject();
        json.addProperty("id", result.rule().id());
        json.addProperty("variant", result.variant());
        json.addProperty("level", result.rule().level().name());
        json.addProperty("tier", result.rule().tier(profile).name());
        json.addProperty("title", result.rule().title());
        json.addProperty("outcome", result.outcome().name());
        json.addProperty("durationMillis", result.duration().toMillis());
        json.addProperty("detail", result.detail());
        json.addProperty("crash", result.crash());
        if (result.tries() != null) {
            json.addProperty("seed", result.tries().seed());
            json.addProperty("tries", result.tries().count());
        }
        return json;
    }

    private static JsonArray array(Stream<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }
}
