package org.datagram4j.launcher;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point. What the user got wrong ends in one line on the standard error and {@link #USAGE}: a stack trace or
 * a page of usage would bury the reason.
 */
@Command(
        name = "datagram4j",
        description = "UDP backends for the JVM: certify them, compare them, try them.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        subcommands = {
            CertifyCommand.class,
            ListCommand.class,
            ExplainCommand.class,
            SignCommand.class,
            VerifyCommand.class,
            MatrixCommand.class,
            MutantsCommand.class,
            BackendsCommand.class,
            EchoCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "COMMAND --help tells what a command does. \"test\" runs the project's own tests, \"bench\" benchmarks.",
            "Exit codes: 0 well, 1 not conformant, 2 inconclusive or broken, 3 wrong usage."
        })
public final class Main implements Runnable {
    /** Nothing is known to be wrong. */
    static final int OK = 0;

    /** A backend does not conform. */
    static final int NOT_CONFORMANT = 1;

    /** No verdict: a rule could not decide, or something that is not the backend's fault broke. */
    static final int INCONCLUSIVE = 2;

    /** The user asked for what does not exist or cannot be done. */
    static final int USAGE = 3;

    private static final String TRACE = "datagram4j.trace";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Made by {@link #main} and by picocli. */
    public Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param arguments the words of the command line
     */
    public static void main(String[] arguments) {
        int exitCode = INCONCLUSIVE;
        try {
            exitCode = commandLine().execute(arguments);
        } catch (Error e) { // picocli handles exceptions alone
            if (System.getProperty(TRACE) != null) {
                e.printStackTrace();
            }
            System.err.println("datagram4j: " + firstLine(root(e).toString()));
        }
        System.exit(exitCode);
    }

    /** The command line with all commands, that prints to the standard output and error unless it is told otherwise. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExitCodeExceptionMapper(problem -> problem instanceof UsageProblem ? USAGE : INCONCLUSIVE)
                .setParameterExceptionHandler((problem, words) -> wrongWords(problem))
                .setExecutionExceptionHandler((problem, command, words) -> failed(problem, command));
    }

    /** Without a command there is nothing to do, so tell what there is. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? One of " + String.join(", ", spec.subcommands().keySet()));
    }

    private static int wrongWords(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)) {
            return complain(problem.getCommandLine(), firstLine(problem.getMessage()));
        }
        String word = unmatched.getUnmatched().get(0);
        boolean top = unmatched.getCommandLine().getParent() == null;
        String kind = word.startsWith("-") ? "option" : top ? "command" : "argument";
        List<String> suggestions = unmatched.getSuggestions();
        String hint = suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
        return complain(problem.getCommandLine(), "there is no " + kind + " '" + word + "'" + hint);
    }

    private static int failed(Exception problem, CommandLine command) {
        if (problem instanceof UsageProblem) {
            return complain(command, problem.getMessage());
        }
        if (System.getProperty(TRACE) != null) {
            problem.printStackTrace();
        }
        String reason = problem.getMessage() == null ? problem.toString() : firstLine(problem.getMessage());
        command.getErr().println("datagram4j: " + reason);
        return INCONCLUSIVE;
    }

    private static int complain(CommandLine command, String line) {
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("datagram4j: " + line + " (see " + name + " --help)");
        return USAGE;
    }

    private static Throwable root(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
