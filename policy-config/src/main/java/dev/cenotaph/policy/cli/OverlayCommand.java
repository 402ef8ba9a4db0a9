package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.PolicySet;
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
        PolicyInput input = policies.read(terminal);
        if (input.compiled().isEmpty()) {
            return new PolicyReport(input).print(OutputForm.TEXT, terminal);
        }
        PolicySet before = input.compiled().get().policies();
        input.sources().forEach(source -> out.mustNotBe(Path.of(source.file())));
        out.write(document.read(api -> Overlay.of(api, before)), terminal);
        return ExitCode.FINE;
    }
}
