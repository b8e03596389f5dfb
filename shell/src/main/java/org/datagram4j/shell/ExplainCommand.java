package org.datagram4j.shell;

import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.datagram4j.BackendCandidate;
import org.datagram4j.osgi.BackendTracker;
import org.osgi.framework.BundleContext;

/** Explains the choice of the backend, or a rule. */
@Service
@Command(
        scope = "udp",
        name = "explain",
        description = "Explain why which UDP backend was chosen, or what a rule of the contract demands.")
public final class ExplainCommand implements Action {
    @Reference
    BundleContext context;

    @Argument(name = "rule", description = "The rule's id, such as UDP-RECV-01; without it, the choice is explained.")
    @Completion(RuleCompleter.class)
    String rule;

    /** For Karaf. */
    public ExplainCommand() {}

    @Override
    public Object execute() {
        if (rule == null) {
            choice();
        } else {
            for (Object line :
                    (List<?>) Kit.call(context, "explain", Map.of("rule", rule)).get("lines")) {
                System.out.println(line);
            }
        }
        return null;
    }

    private void choice() {
        List<BackendCandidate> candidates;
        try (BackendTracker tracker = BackendTracker.open(context)) {
            candidates = tracker.explain();
        }
        if (candidates.isEmpty()) {
            System.out.println("There is no backend: install the feature datagram4j.");
        }
        for (BackendCandidate candidate : candidates) {
            System.out.println(candidate + " [" + candidate.provider() + "]");
        }
    }
}
