package org.datagram4j.conformance.claim;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.render.Reports;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.Verdict;

/**
 * What is claimed of a run: a function of the report and of the jars. {@code docs/claims.md} says what each field means.
 *
 * @param report the run
 * @param kit the jar of the kit
 * @param api the jar of the api, which has the rules
 * @param backend the jar of the backend
 */
public record Claim(Report report, Artifact kit, Artifact api, Artifact backend) {
    /** The version of the format. */
    public static final int SCHEMA = 1;
    /** The name of the file. */
    public static final String FILE = "claim.json";
    /** The name of the detached signature. */
    public static final String SIGNATURE = "claim.json.asc";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * A claim made by this kit.
     *
     * @param report the run
     * @param backend the jar of the backend
     * @return the claim
     */
    public static Claim of(Report report, Artifact backend) {
        return new Claim(report, Artifact.of(Claim.class), Artifact.of(UdpBackend.class), backend);
    }

    /**
     * Whether something can be claimed: all rules were run, and the backend was not broken on purpose.
     *
     * @param report a run
     * @return true if a claim can be made of it
     */
    public static boolean possible(Report report) {
        return report.verdict().conclusion() != Verdict.Conclusion.PARTIAL
                && report.settings().mutant() == null;
    }

    /**
     * The digests of the reports.
     *
     * @return the name of each file to its SHA-256
     */
    public Map<String, String> reports() {
        Map<String, String> digests = new LinkedHashMap<>();
        Reports.texts(report).forEach((file, text) -> digests.put(file, Sha256.of(text)));
        return Collections.unmodifiableMap(digests);
    }

    /**
     * The file's content.
     *
     * @return JSON, with a newline at the end
     */
    public String text() {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.add("kit", artifact(kit));
        json.add("api", artifact(api));
        JsonObject subject = artifact(backend);
        subject.addProperty("name", report.backend().name());
        subject.addProperty("version", report.backend().version());
        json.add("backend", subject);
        json.addProperty("profile", report.profile().name());
        json.addProperty("conclusion", report.verdict().conclusion().name());
        json.addProperty("verdict", report.verdict().text());
        JsonArray capabilities = new JsonArray();
        report.capabilities().forEach(capability -> capabilities.add(capability.name()));
        json.add("capabilities", capabilities);
        JsonObject waivers = new JsonObject();
        report.settings().waivers().forEach(waivers::addProperty);
        json.add("waivers", waivers);
        JsonObject counts = new JsonObject();
        report.counts().forEach((outcome, count) -> counts.addProperty(outcome.name(), count));
        json.add("counts", counts);
        json.addProperty("seed", report.settings().seed());
        json.addProperty("started", report.settings().started().toString());
        json.add("platform", platform());
        JsonObject digests = new JsonObject();
        reports().forEach(digests::addProperty);
        json.add("reports", digests);
        return GSON.toJson(json) + "\n";
    }

    private static JsonObject artifact(Artifact artifact) {
        JsonObject json = new JsonObject();
        json.addProperty("coordinates", artifact.coordinates());
        json.addProperty("sha256", artifact.sha256());
        return json;
    }

    private JsonObject platform() {
        JsonObject json = new JsonObject();
        json.addProperty(
                "java",
                report.platform().javaVersion() + " (" + report.platform().javaVendor() + ")");
        json.addProperty("system", report.platform().osName());
        json.addProperty("kernel", report.platform().osVersion());
        json.addProperty("architecture", report.platform().osArch());
        json.addProperty("distribution", report.platform().distribution());
        json.addProperty("container", report.platform().container());
        if (report.platform().emulator() != null) {
            json.addProperty("emulator", report.platform().emulator());
        }
        return json;
    }
}
