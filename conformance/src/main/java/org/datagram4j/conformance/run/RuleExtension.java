package org.datagram4j.conformance.run;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.RuleSkip;
import org.datagram4j.conformance.report.RuleResult;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Makes a {@link Rule} method into one test per variant, each with a lab of its own. */
public final class RuleExtension implements TestTemplateInvocationContextProvider {
    /** For JUnit. */
    public RuleExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        RunContext run = context.getStore(
                        StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(RunContext.STORE))
                .get(RunContext.KEY, RunContext.class);
        if (run == null) {
            throw new IllegalStateException(
                    "rules run through Certification or UdpBackendConformance, not on their own");
        }
        String id = context.getRequiredTestMethod().getAnnotation(Rule.class).value();
        RuleEntry rule = run.rules().get(id);
        if (rule == null) {
            throw new IllegalStateException("no rule is called " + id);
        }
        return rule.variants().stream().map(variant -> new Cell(run, rule, variant));
    }

    /** One rule in one variant. */
    private record Cell(RunContext run, RuleEntry rule, String variant)
            implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor {
        @Override
        public String getDisplayName(int index) {
            return rule.id() + "/" + variant;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Lab.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            long seed = run.seed() ^ ((long) rule.id().hashCode() << 32) ^ variant.hashCode();
            return new Lab(run.backend(), run.profile(), variant, run.environment(), run.patience(), seed);
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            Lab lab = (Lab) method.getArguments().get(0);
            try {
                requireApplicable();
                run.memory().begun(run.round(), RuleResult.name(rule, variant));
                new TimeLimit(run.limit())
                        .run(
                                rule.id() + "/" + variant,
                                () -> {
                                    try (lab) {
                                        invocation.proceed();
                                    }
                                    requireTries(lab);
                                },
                                lab::close);
            } catch (RuleSkip skip) {
                throw skip; // before the test or by it
            } catch (TimeLimit.Exceeded e) {
                throw new RuleViolation(rule, variant, e.getMessage(), e, false);
            } catch (AssertionError e) {
                throw new RuleViolation(rule, variant, String.valueOf(e.getMessage()), e, false);
            } catch (Throwable e) {
                throw new RuleViolation(rule, variant, "unexpected " + e, e, Crash.isOurs(e));
            } finally {
                if (lab.tries() > 0) {
                    context.publishReportEntry(TriesEntry.of(run.seed(), lab.tries()));
                }
            }
        }

        // Otherwise nobody could tell how hard a stochastic rule tried, or that another is one.
        private void requireTries(Lab lab) {
            if ((rule.kind() == RuleEntry.Kind.STOCHASTIC) != lab.tries() > 0) {
                throw new IllegalStateException("a rule tells how often it tries if, and only if, it is stochastic; "
                        + rule.id() + " is " + rule.kind() + " and told " + lab.tries());
            }
        }

        private void requireApplicable() {
            if (!rule.profiles().contains(run.profile())) {
                throw new RuleSkip(Outcome.NOT_APPLICABLE, "not a rule of the profile " + run.profile());
            }
            for (Capability capability : rule.capabilities()) {
                if (!run.capabilities().contains(capability)) {
                    throw new RuleSkip(Outcome.NOT_DECLARED, "the backend does not declare " + capability);
                }
            }
            for (String feature : rule.needs(variant)) {
                run.environment().lack(feature).ifPresent(reason -> {
                    throw new RuleSkip(Outcome.ENV_LACKS, feature + ": " + reason);
                });
            }
        }
    }
}
