package org.datagram4j.conformance.run;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.RuleSkip;
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
        RuleEntry rule =
                run.catalogue().rule(id).orElseThrow(() -> new IllegalStateException("no rule is called " + id));
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
            return new Lab(run.backend(), variant, run.environment(), run.patience(), seed);
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            Lab lab = (Lab) method.getArguments().get(0);
            try {
                requireApplicable();
                new TimeLimit(run.limit()).run(rule.id() + "/" + variant, () -> {
                    try (lab) {
                        invocation.proceed();
                    }
                });
            } catch (RuleSkip skip) {
                invocation.skip();
                throw skip;
            } catch (TimeLimit.Exceeded e) {
                throw new RuleViolation(rule, variant, e.getMessage(), e, false);
            } catch (AssertionError e) {
                throw new RuleViolation(rule, variant, String.valueOf(e.getMessage()), e, false);
            } catch (Throwable e) {
                throw new RuleViolation(rule, variant, "unexpected " + e, e, isOurs(e));
            }
        }

        private void requireApplicable() {
            if (!rule.profiles().contains(run.profile())) {
                throw new RuleSkip(Outcome.NOT_APPLICABLE, "not a rule of the profile " + run.profile());
            }
            for (Capability capability : rule.capabilities()) {
                if (!run.backend().capabilities().contains(capability)) {
                    throw new RuleSkip(Outcome.NOT_DECLARED, "the backend does not declare " + capability);
                }
            }
            if (variant.startsWith("v6")) {
                require(Environment.IPV6);
            }
            rule.needs().forEach(this::require);
        }

        private void require(String feature) {
            run.environment().lack(feature).ifPresent(reason -> {
                throw new RuleSkip(Outcome.ENV_LACKS, feature + ": " + reason);
            });
        }

        // An exception that was made in the kit's own code, and not by what it called, is a defect of the kit.
        private static boolean isOurs(Throwable e) {
            StackTraceElement[] stack = e.getStackTrace();
            return stack.length > 0 && stack[0].getClassName().startsWith("org.datagram4j.conformance.rules.");
        }
    }

    /** Gives an action some time, on a thread of its own. */
    private record TimeLimit(Duration limit) {
        interface Action {
            void run() throws Throwable;
        }

        static final class Exceeded extends Exception {
            private static final long serialVersionUID = 1L;

            Exceeded(String message, StackTraceElement[] where) {
                super(message);
                setStackTrace(where);
            }
        }

        void run(String name, Action action) throws Throwable {
            Throwable[] thrown = new Throwable[1];
            Thread thread = new Thread(
                    () -> {
                        try {
                            action.run();
                        } catch (Throwable e) {
                            thrown[0] = e;
                        }
                    },
                    name);
            thread.setDaemon(true); // a backend that hangs must not keep the process
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.start();
            thread.join(limit.toMillis());
            if (thread.isAlive()) {
                StackTraceElement[] where = thread.getStackTrace();
                thread.interrupt();
                throw new Exceeded(
                        "expected an end within " + limit.toSeconds() + " s, actual: still busy in "
                                + (where.length == 0 ? "nothing" : where[0]) + "; it was cut off",
                        where);
            }
            if (thrown[0] != null) {
                throw thrown[0];
            }
        }
    }
}
