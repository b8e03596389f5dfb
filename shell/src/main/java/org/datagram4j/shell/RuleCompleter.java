package org.datagram4j.shell;

import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes the ids of rules, where the kit is. */
@Service
public final class RuleCompleter implements Completer {
    @Reference
    BundleContext context;

    /** For Karaf. */
    public RuleCompleter() {}

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter rules = new StringsCompleter();
        try {
            for (Object rule : (List<?>) Kit.call(context, "rules", Map.of()).get("rules")) {
                rules.getStrings().add(String.valueOf(rule));
            }
        } catch (IllegalStateException e) {
            return -1; // no kit, no rules
        }
        return rules.complete(session, line, candidates);
    }
}
