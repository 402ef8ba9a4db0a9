package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.openapi.PolicyDraft;
import dev.cenotaph.policy.openapi.UnreadableDocumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code init}: a policy file drafted from an OpenAPI document. */
@Command(
        name = "init",
        description = "Drafts a policy file from an OpenAPI document, with the reason of each guess.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Ends with 1 where no resource could be drafted.",
            "",
            "Examples:",
            "  cenotaph init --openapi shop.yaml",
            "  cenotaph init --openapi shop.yaml -o policies/shop.yaml"
        })
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OpenApiInput document = new OpenApiInput();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to write the draft; a file that is there already stays. Default: the standard output.")
    private @Nullable Path out;

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (out != null && Files.exists(out)) {
            throw new UnusableInputException("`" + out + "` is there already, and a draft does not overwrite policies");
        }
        PolicyDraft draft = draft();
        if (out == null) {
            terminal.out().print(draft.text());
            terminal.out().flush();
        } else {
            OpenApiInput.write(out, draft.text());
            terminal.out().println(summary(draft));
        }
        return draft.drafted() > 0 ? ExitCode.FINE : ExitCode.FINDINGS;
    }

    private PolicyDraft draft() {
        try {
            return PolicyDraft.of(document.read());
        } catch (UnreadableDocumentException e) {
            throw new UnusableInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String summary(PolicyDraft draft) {
        return Counted.of(draft.drafted(), "resource") + " drafted, " + draft.undecided() + " left to decide.";
    }
}
