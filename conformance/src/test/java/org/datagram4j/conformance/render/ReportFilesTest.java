package org.datagram4j.conformance.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.datagram4j.conformance.claim.Artifact;
import org.datagram4j.conformance.claim.Claim;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.ReportDirectory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.reporting.schema.Namespace;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportFilesTest {
    @TempDir
    Path directory;

    private interface Check {
        void accept(Report report) throws Exception;
    }

    private static Stream<DynamicTest> each(Check check) {
        return Stream.of(Samples.passing(), Samples.failing(150), Samples.hostile())
                .map(report -> DynamicTest.dynamicTest(report.verdict().text(), () -> check.accept(report)));
    }

    @Test
    void allAreWritten() throws IOException {
        Path json = Reports.write(Samples.passing(), ReportDirectory.open(directory));

        assertEquals(directory.resolve("conformance.json"), json);
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of(
                            "TEST-conformance.xml",
                            "badge.svg",
                            "conformance.html",
                            "conformance.json",
                            "open-test-report.xml"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> theJsonFitsItsPublishedSchema() {
        return each(report -> {
            PublishedSchema schema = PublishedSchema.of("conformance.schema.json");
            assertEquals(Set.of(), schema.refuses(Reports.texts(report).get("conformance.json")));
        });
    }

    @TestFactory
    Stream<DynamicTest> theClaimFitsItsPublishedSchema() {
        return each(report -> {
            PublishedSchema schema = PublishedSchema.of("claim.schema.json");
            Artifact jar = new Artifact("com.example:acme:1.2.0", "0".repeat(64));
            assertEquals(Set.of(), schema.refuses(Claim.of(report, jar).text()));
        });
    }

    @TestFactory
    Stream<DynamicTest> theOpenTestReportFitsItsSchema() {
        return each(report -> {
            Source[] schemas = Stream.of("core-0.2.0.xsd", "java-0.2.0.xsd", "hierarchy-0.2.0.xsd")
                    .map(name ->
                            new StreamSource(Namespace.class.getResource(name).toExternalForm()))
                    .toArray(Source[]::new);
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(schemas)
                    .newValidator()
                    .validate(new StreamSource(
                            new StringReader(Reports.texts(report).get("open-test-report.xml"))));
        });
    }

    @TestFactory
    Stream<DynamicTest> theJunitXmlHasEveryResult() {
        return each(report -> {
            Element suite = parse(Reports.texts(report).get("TEST-conformance.xml"));
            NodeList tests = suite.getElementsByTagName("testcase");
            NodeList failures = suite.getElementsByTagName("failure");

            assertEquals(report.results().size(), tests.getLength());
            assertEquals(String.valueOf(tests.getLength()), suite.getAttribute("tests"));
            assertEquals(String.valueOf(failures.getLength()), suite.getAttribute("failures"));
            assertEquals(
                    suite.getAttribute("skipped"),
                    String.valueOf(suite.getElementsByTagName("skipped").getLength()));
        });
    }

    @TestFactory
    Stream<DynamicTest> theBadgeIsXml() {
        return each(report -> {
            assertEquals("svg", parse(Reports.texts(report).get("badge.svg")).getTagName());
        });
    }

    @Test
    void nobodyIsNamed() throws IOException {
        String user = System.getProperty("user.name");
        String host = InetAddress.getLocalHost().getHostName();
        Reports.texts(Samples.passing()).forEach((file, text) -> {
            assertFalse(text.contains("hostName") || text.contains("userName") || text.contains("hostname"), file);
            assertFalse(text.contains("\"" + user + "\"") || text.contains(">" + user + "<"), file);
            assertFalse(text.contains("\"" + host + "\"") || text.contains(">" + host + "<"), file);
        });
    }

    @Test
    void theSameReportGivesTheSameFiles() {
        assertEquals(Reports.texts(Samples.failing(3)), Reports.texts(Samples.failing(3)));
        assertTrue(Reports.texts(Samples.failing(3)).keySet().iterator().next().equals("conformance.json"));
    }

    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }
}
