package org.datagram4j.conformance;

import java.io.PrintStream;
import java.util.Map;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.isolate.Journal;
import org.datagram4j.conformance.report.ConsoleReport;
import org.datagram4j.conformance.report.Report;

/** How a certification is told of: on the console, or in a journal for another JVM that has the console. */
interface Telling extends AutoCloseable {
    /** Runs it, telling how it goes and what came of it. */
    Report run(Certification certification, Certification.Request request);

    /** Says that all is told. */
    default void finish(Map<String, Object> result) {}

    @Override
    default void close() {}

    static Telling of(CertifierOptions options, Catalogue catalogue) {
        return options.journal() == null
                ? onConsole(options.out(), options.verbose())
                : inJournal(Journal.open(options.journal(), catalogue));
    }

    private static Telling onConsole(PrintStream out, boolean verbose) {
        return (certification, request) -> {
            ConsoleReport console = new ConsoleReport(out, verbose);
            Report report = certification.run(request, console);
            console.print(report);
            return report;
        };
    }

    private static Telling inJournal(Journal journal) {
        return new Telling() {
            @Override
            public Report run(Certification certification, Certification.Request request) {
                Report report = certification.run(
                        request,
                        journal.progress(),
                        journal.memory(request.identity().name()));
                journal.print(ConsoleReport.text(report));
                return report;
            }

            @Override
            public void finish(Map<String, Object> result) {
                journal.finish(result);
            }

            @Override
            public void close() {
                journal.close();
            }
        };
    }
}
