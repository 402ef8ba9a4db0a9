package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.openapi.Overlay;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "  cenotaph overlay --openapi shop.yaml --out shop-public.yaml policies/"
        })
final class OverlayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OpenApiInput document = new OpenApiInput();

    @Mixin
    private OutputFile out = new OutputFile();

    @Mixin
    private PolicyArguments policies = new PolicyArguments();

    OverlayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        out.mustNotBe(document.file());
        PolicyInput before = policies.read(terminal);
        before.sources().forEach(source -> out.mustNotBe(Path.of(source.file())));
        if (before.compiled().isEmpty()) {
            return new PolicyReport(before).print(OutputForm.TEXT, terminal);
        }
        var set = before.compiled().get().policies();
        out.write(document.read(api -> Overlay.of(api, set)), terminal);
        return ExitCode.FINE;
    }
}
