package org.datagram4j.conformance.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.RuleResult;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of rules by JUnit: on the class path, on the module path, in an OSGi framework, and from within another
 * run of JUnit. Nothing that others registered with JUnit, and no configuration file of theirs, has a part in it.
 */
public final class RuleRun {
    private static final String ENGINE = "org.junit.jupiter.engine.JupiterTestEngine";

    private final Map<String, Method> tests;

    /**
     * A run over classes of rules.
     *
     * @param ruleClasses classes with methods that are marked by {@link Rule}
     * @throws IllegalArgumentException if two methods test the same rule
     * @throws IllegalStateException if the JUnit that is there is too old
     */
    public RuleRun(List<Class<?>> ruleClasses) {
        JUnitVersion.require();
        this.tests = tests(ruleClasses);
    }

    /**
     * The tests of rules.
     *
     * @param ruleClasses classes with methods that are marked by {@link Rule}
     * @return rule id to method
     * @throws IllegalArgumentException if two methods test the same rule
     */
    public static Map<String, Method> tests(List<Class<?>> ruleClasses) {
        Map<String, Method> tests = new LinkedHashMap<>();
        for (Class<?> type : ruleClasses) {
            for (Method method : type.getDeclaredMethods()) {
                Rule rule = method.getAnnotation(Rule.class);
                if (rule != null) {
                    Method other = tests.put(rule.value(), method);
                    if (other != null) {
                        throw new IllegalArgumentException(
                                rule.value() + " is tested twice, by " + other + " and by " + method);
                    }
                }
            }
        }
        return tests;
    }

    /**
     * Runs rules, in the order in which the context has them.
     *
     * @param context what they have in common, and which they are
     * @param finished is told each result as it comes
     * @return one result for each rule and variant, in the order of the context
     */
    public List<RuleResult> run(RunContext context, Consumer<RuleResult> finished) {
        ResultListener listener = new ResultListener(context, finished);
        Map<String, RuleEntry> open = new LinkedHashMap<>();
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (RuleEntry rule : context.rules().values()) {
            Method test = tests.get(rule.id());
            if (rule.kind() == RuleEntry.Kind.UNTESTABLE) {
                listener.untestable(rule);
            } else if (test == null) {
                listener.missing(rule, "the kit has no test for it");
            } else {
                List<String> variants = rule.variants().stream()
                        .filter(variant -> !listener.remembers(rule, variant))
                        .toList();
                if (!variants.isEmpty()) {
                    open.put(rule.id(), rule.withVariants(variants));
                    selectors.add(selectMethod(test.getDeclaringClass(), test));
                }
            }
        }
        if (!selectors.isEmpty()) {
            execute(context.withRules(open), selectors, listener);
        }
        return listener.results();
    }

    private static void execute(RunContext context, List<DiscoverySelector> selectors, ResultListener listener) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .enableImplicitConfigurationParameters(false)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .selectors(selectors)
                .build();
        try (LauncherSession session = open()) {
            session.getStore().put(Namespace.create(RunContext.STORE), RunContext.KEY, context);
            session.getLauncher().execute(request, listener);
        } catch (RuntimeException e) {
            listener.stopped(e);
        }
    }

    // JUnit finds its engines by the context class loader; in a framework only the engine's own bundle names it.
    private static LauncherSession open() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(
                    Class.forName(ENGINE, false, RuleRun.class.getClassLoader()).getClassLoader());
            LauncherSession session = LauncherFactory.openSession(LauncherConfig.builder()
                    .enableLauncherSessionListenerAutoRegistration(false)
                    .enableLauncherDiscoveryListenerAutoRegistration(false)
                    .enablePostDiscoveryFilterAutoRegistration(false)
                    .enableTestExecutionListenerAutoRegistration(false)
                    .build());
            session.getLauncher(); // loads the engines
            return session;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("junit-jupiter-engine is missing", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
