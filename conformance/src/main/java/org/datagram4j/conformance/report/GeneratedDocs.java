package org.datagram4j.conformance.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.MioMapping;
import org.datagram4j.conformance.mutant.Mutants;

/** The pages that are generated from the catalogue, so that they cannot say anything else than the kit does. */
public final class GeneratedDocs {
    private GeneratedDocs() {}

    /**
     * All of them.
     *
     * @return the name of a file in {@code docs} to its content
     */
    public static Map<String, String> pages() {
        Catalogue catalogue = Catalogue.load();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("specification.md", SpecificationPage.text(catalogue, Mutants.all()));
        pages.put("mio-mapping.md", MappingPage.text(MioMapping.load(), catalogue));
        return pages;
    }
}
