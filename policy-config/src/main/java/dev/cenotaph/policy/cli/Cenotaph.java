package dev.cenotaph.policy.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;

/** The command line's root. */
@Command(
        name = "cenotaph",
        description = "Checks and explains soft-delete policies.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Exit codes: 0 all is well, 1 something was found, 2 the command or a file cannot be read.",
            "",
            "Examples:",
            "  cenotaph check policies/",
            "  cenotaph check --output github --strict policies/",
            "  cenotaph explain DELETE /api/orders/7 policies/",
            "  cenotaph test policies/",
            "  cenotaph diff main/policies policies",
        })
public final class Cenotaph {
    private Cenotaph() {}

    public static void main(String[] arguments) {
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    /** Runs one command and gives its exit code. */
    public static int run(Terminal terminal, String... arguments) {
        try {
            return commandLine(terminal).execute(arguments);
        } catch (StackOverflowError tooDeep) {
            return new FailureHandler(terminal).unexpected(tooDeep);
        }
    }

    static CommandLine commandLine(Terminal terminal) {
        var root = new CommandLine(new Cenotaph());
        commands(terminal).forEach(root::addSubcommand);
        root.addSubcommand(new HelpCommand());
        return root.setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(terminal.ink().ansi()))
                .setExecutionExceptionHandler(new FailureHandler(terminal));
    }

    private static List<Callable<Integer>> commands(Terminal terminal) {
        return List.of(
                new CheckCommand(terminal),
                new ExplainCommand(terminal),
                new TestCommand(terminal),
                new InitCommand(terminal),
                new AuditCommand(terminal),
                new OverlayCommand(terminal),
                new DiffCommand(terminal),
                new CompletionCommand(terminal));
    }
}
