package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.openapi.PolicyDraft;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "  cenotaph init --openapi shop.yaml --out policies/shop.yaml"
        })
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OpenApiInput document = new OpenApiInput();

    @Mixin
    private OutputFile out = new OutputFile();

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        out.file().filter(Files::exists).ifPresent(there -> {
            throw new UnusableInputException(
                    "`" + there + "` is there already, and a draft does not overwrite policies");
        });
        PolicyDraft draft = document.read(PolicyDraft::of);
        out.write(draft.text(), terminal);
        out.file().ifPresent(file -> terminal.out().println(summary(draft)));
        return draft.drafted() > 0 ? ExitCode.FINE : ExitCode.FINDINGS;
    }

    private static String summary(PolicyDraft draft) {
        return Counted.of(draft.drafted(), "resource") + " drafted, " + draft.undecided() + " left to decide.";
    }
}
