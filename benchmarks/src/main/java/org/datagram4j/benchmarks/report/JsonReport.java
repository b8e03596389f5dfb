package org.datagram4j.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Workload;

/** All samples, and what they say; can be read again. */
public final class JsonReport {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {}

    /** Writes everything. */
    public static void write(Results results, Path file) throws IOException {
        Comparison comparison = new Comparison(results);
        JsonObject all = new JsonObject();
        all.add("targets", targets(comparison));
        all.add("summary", summary(results, comparison));
        all.add("run", GSON.toJsonTree(results));
        Files.writeString(file, GSON.toJson(all) + "\n");
    }

    /** Reads what was written. */
    public static Results read(Path file) throws IOException {
        try {
            JsonObject all = GSON.fromJson(Files.readString(file), JsonObject.class);
            JsonElement run = all == null ? null : all.get("run");
            if (run == null) {
                throw new IOException(file + " is no result of a benchmark");
            }
            return GSON.fromJson(run, Results.class);
        } catch (JsonParseException e) {
            throw new IOException(file + " is no result of a benchmark", e);
        }
    }

    private static JsonArray targets(Comparison comparison) {
        JsonArray array = new JsonArray();
        for (Target target : Targets.all()) {
            target.measured(comparison).ifPresent(measured -> {
                JsonObject object = new JsonObject();
                object.addProperty("target", target.text());
                object.addProperty("wanted", target.wanted());
                object.add("measured", GSON.toJsonTree(measured));
                object.addProperty("verdict", target.verdict(comparison, measured));
                array.add(object);
            });
        }
        return array;
    }

    private static JsonArray summary(Results results, Comparison comparison) {
        JsonArray array = new JsonArray();
        for (Workload workload : results.workloads()) {
            for (Contender contender : comparison.contenders(workload)) {
                JsonObject object = new JsonObject();
                object.addProperty("workload", workload.name());
                object.addProperty("contender", contender.label());
                object.addProperty("per", workload.unit());
                comparison.nanos(workload, contender).ifPresent(it -> {
                    object.add("nanos", GSON.toJsonTree(it));
                    object.addProperty("noisy", it.isNoisy());
                });
                comparison.ratioToLimit(workload, contender).ifPresent(it -> object.add("toC", GSON.toJsonTree(it)));
                comparison
                        .ratioToBestPeer(workload, contender)
                        .ifPresent(it -> object.add("toBestPeer", GSON.toJsonTree(it)));
                comparison
                        .bytes(workload, contender)
                        .ifPresent(it -> object.add("allocatedBytes", GSON.toJsonTree(it)));
                comparison.lost(workload, contender).ifPresent(it -> object.add("lost", GSON.toJsonTree(it)));
                array.add(object);
            }
            comparison.disturbed(workload).ifPresent(why -> {
                JsonObject object = new JsonObject();
                object.addProperty("workload", workload.name());
                object.addProperty("disturbed", why);
                array.add(object);
            });
        }
        return array;
    }
}
