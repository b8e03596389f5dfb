package org.datagram4j.conformance.report;

import java.util.stream.Collectors;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.MioMapping;

/** What mio has beside what we have, with the rules that certify it, generated from the catalogue. */
final class MappingPage {
    private MappingPage() {}

    static String text(MioMapping mapping, Catalogue catalogue) {
        StringBuilder page = new StringBuilder("# mio and datagram4j, side by side\n\n")
                .append(
                        "Every method of mio 1.1 that UDP needs, what it is called here, and the rules that exercise it.\n")
                .append(
                        "Generated from the catalogue in the API module; `CONTRIBUTING.md` says how to generate it again.\n");
        for (MioMapping.Section section : mapping.sections()) {
            page.append("\n## ")
                    .append(section.title())
                    .append("\n\n| mio | datagram4j | rules |\n| --- | --- | --- |\n");
            for (MioMapping.Row row : section.rows()) {
                String rules = row.rules(catalogue).stream()
                        .map(rule -> "[" + rule.id() + "](specification.md#"
                                + rule.id().toLowerCase(java.util.Locale.ROOT) + ")")
                        .collect(Collectors.joining(", "));
                page.append("| `")
                        .append(row.mio())
                        .append("` | `")
                        .append(row.ours())
                        .append("` | ");
                page.append(rules).append(" |\n");
            }
        }
        return page.toString();
    }
}
