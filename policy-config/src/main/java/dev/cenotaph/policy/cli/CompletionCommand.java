package dev.cenotaph.policy.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}: what a shell needs to complete the commands. */
@Command(
        name = "completion",
        description = "Prints a completion script for a shell in which `cenotaph` is an alias or a script.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  alias cenotaph='java -jar /opt/cenotaph-policy.jar'",
            "  source <(cenotaph completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    /** The shells that are known. */
    enum Shell {
        BASH(""),
        /** Reads bash's scripts, once it is told to. */
        ZSH("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n");

        private final String preamble;

        Shell(String preamble) {
            this.preamble = preamble;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandLine root = Cenotaph.commandLine(terminal);
        terminal.out().print(shell.preamble + AutoComplete.bash(root.getCommandName(), root));
        terminal.out().flush();
        return ExitCode.FINE;
    }
}
