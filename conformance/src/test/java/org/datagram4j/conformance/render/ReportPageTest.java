package org.datagram4j.conformance.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datagram4j.conformance.report.FailureText;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    @Test
    void hasEveryRuleWithItsText() {
        Report report = Samples.passing();
        String page = ReportPage.text(report);

        for (RuleResult result : report.results()) {
            assertTrue(page.contains("id=\"" + result.rule().id() + "\""), result.name());
        }
        assertTrue(page.contains("would-block (WOULD_BLOCK or null), move no position"), "text of UDP-RECV-01");
        assertTrue(page.contains("<h2>Conformant</h2>"));
        assertTrue(page.contains("Acme Linux 3"));
    }

    @Test
    void aBrokenRuleIsOpenAndHasExpectedAndActual() {
        String page = ReportPage.text(Samples.failing(5));

        assertTrue(page.contains("<h2>Not conformant</h2>"));
        assertTrue(page.contains("Broken rules <span class=\"count\">5</span>"));
        assertEquals(5, count(page, "<details class=\"rule row fail\" [^>]* open>"));
        assertTrue(page.contains("<dd class=\"expected\"><pre>"));
    }

    @Test
    void manyBrokenRulesAreClosed() {
        String page = ReportPage.text(Samples.failing(150));

        assertTrue(page.contains("Broken rules <span class=\"count\">150</span>"));
        assertEquals(0, count(page, "<details class=\"rule row fail\" [^>]* open>"));
        assertEquals(150, count(page, "<details class=\"rule row fail\" "));
    }

    @Test
    void needsNothingFromElsewhere() {
        String page = ReportPage.text(Samples.failing(3));

        assertEquals(0, count(page, "(?i)<(link|img|iframe|object|embed|base)\\b"));
        assertEquals(0, count(page, "(?i)\\b(src|srcset|action|formaction)\\s*="));
        assertEquals(0, count(page, "(?i)url\\(|@import|https?://(?!www\\.w3\\.org)"));
        assertEquals(0, count(page, "href=\"(?!#)"));
    }

    /** What a backend says is text, wherever it stands; nothing but the one script of ours can run. */
    @Test
    void hostileNamesAndMessagesStayText() {
        String page = ReportPage.text(Samples.hostile());

        assertEquals(1, count(page, "<script"));
        assertEquals(0, count(page, "<img"));
        assertEquals(0, count(page, "(?i)<[^>]*\\son\\w+="));
        assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(page.contains("{{name}}"), "what looks like a template is not filled");
        assertFalse(page.contains("&amp;{{name}}") && !page.contains("&amp;amp;{{name}}"), "escaped once more");
        assertTrue(page.contains("default-src 'none'; style-src 'sha256-"), page.substring(0, 600));
        assertFalse(page.contains("unsafe-inline"));
    }

    @Test
    void aWaiverIsNotHidden() {
        String page = ReportPage.text(Samples.waived());

        assertTrue(page.contains("<h2>Conformant with waivers</h2>"));
        assertTrue(page.contains("waived: UDP-RECV-01"));
        assertTrue(page.contains("https://example.com/issues/1"));
        assertTrue(Badge.text(Samples.waived()).contains("conformant with waivers"));
    }

    @Test
    void theMatrixHasAColumnForEachReportAndARowForEachRule() {
        Map<String, String> files =
                Matrix.texts(List.of(Samples.passing(), Samples.failing(150), Samples.without("UDP-RECV-01")));
        String page = files.get(Matrix.PAGE);

        int rules = count(files.get(Matrix.FILE), "\"id\": \"UDP-");
        assertEquals(count(page, "<tr class=\"row\""), rules);
        assertEquals(150, count(page, "data-outcomes=\"[^\"]*\\bFAIL\\b"));
        assertEquals(3, count(page, "<th scope=\"col\">acme"));
        assertTrue(page.contains("not run"), "UDP-RECV-01 in the last column");
        assertTrue(files.get(Matrix.FILE).contains("\"NOT_RUN\""));
        assertEquals(1, count(Matrix.texts(List.of(Samples.hostile())).get(Matrix.PAGE), "<script"));
    }

    /** Style, script and what names their digests; the rest is from runs. */
    @Test
    void thePublishedMatrixLooksAsOneWouldNow() throws IOException {
        Path published = Path.of(System.getProperty("datagram4j.project.root"), "docs", "peers", Matrix.PAGE);
        String page = Files.readString(published);
        String now = Matrix.texts(List.of(Samples.passing())).get(Matrix.PAGE);

        assertEquals(
                now.substring(0, now.indexOf("<header")),
                page.substring(0, page.indexOf("<header")),
                "make it again: adapters/netty/matrix");
        assertEquals(now.substring(now.indexOf("<script>")), page.substring(page.indexOf("<script>")));
    }

    @Test
    void theBadgeIsXmlWhateverTheVerdict() {
        assertTrue(Badge.text(Samples.passing()).contains("conformant: CORE"));
        assertTrue(Badge.text(Samples.failing(1)).contains("not conformant"));
        assertFalse(Badge.text(Samples.hostile()).contains("<script"));
    }

    @Test
    void theFailureIsTakenApart() {
        assertEquals(new Difference("position", "4", "0"), Difference.of("position ==> expected: <4> but was: <0>"));
        assertEquals(new Difference("", "a\nb", "<"), Difference.of("expected: <a\nb> but was: <<>"));
        assertEquals(new Difference("it broke", "", ""), Difference.of("it broke\n"));
        RuleResult failed = Samples.failing(1).results().stream()
                .filter(result -> !result.detail().isEmpty())
                .findFirst()
                .orElseThrow();
        assertTrue(FailureText.of(failed).contains(failed.rule().text()));
    }

    private static int count(String page, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(page);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
