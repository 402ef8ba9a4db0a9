package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.openapi.Overlay;
import dev.cenotaph.policy.openapi.UnreadableDocumentException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay}: the OpenAPI document as clients see the API through the gateway. */
@Command(
        name = "overlay",
        description = "Writes an OpenAPI document as clients see the API through the gateway.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  cenotaph overlay --openapi shop.yaml policies/",
            "  cenotaph overlay --openapi shop.yaml -o shop-public.yaml policies/"
        })
final class OverlayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OpenApiInput document = new OpenApiInput();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to write the document. Default: the standard output.")
    private @Nullable Path out;

    @Parameters(
            arity = "1..*",
            paramLabel = "POLICY",
            description = "Policy files, or directories of them; - is the standard input.")
    private List<String> paths = List.of();

    OverlayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String text = overlay();
        if (out == null) {
            terminal.out().print(text);
            terminal.out().flush();
        } else {
            OpenApiInput.write(out, text);
        }
        return ExitCode.FINE;
    }

    private String overlay() {
        var policies = PolicyInput.read(paths, terminal).sound().policies();
        try {
            return Overlay.of(document.read(), policies);
        } catch (UnreadableDocumentException e) {
            throw new UnusableInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
