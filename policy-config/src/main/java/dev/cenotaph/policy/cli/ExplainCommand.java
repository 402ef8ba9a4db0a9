package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.rehearsal.Call;
import dev.cenotaph.policy.rehearsal.Headers;
import dev.cenotaph.policy.yaml.CompiledPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: what happens to one request. */
@Command(
        name = "explain",
        description = "Says which policy a request meets and why, what is sent upstream, and what the client gets.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "The upstream's answers are assumed: it has the item and does as its policy says.",
            "",
            "Examples:",
            "  cenotaph explain DELETE /api/orders/7 policies/",
            "  cenotaph explain --state trashed GET '/api/orders/7?with_trashed=true' policies/",
            "  cenotaph explain --item order-7.json DELETE /api/orders/7 policies/"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock = Clock.systemUTC();

    @Option(names = "--state", description = "The item's state: ${COMPLETION-CANDIDATES}. Default: both, in turn.")
    private @Nullable State state;

    @Option(names = "--mode", description = "The gateway's own mode, cenotaph.mode. Default: enforce.")
    private Mode mode = Mode.ENFORCE;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header of the request.")
    private List<String> headers = List.of();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "BODY",
            description = "The request's body; @FILE for what a file holds.")
    private String data = "";

    @Option(names = "--item", paramLabel = "FILE", description = "The item as the upstream shows it while it is live.")
    private @Nullable Path item;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "How to print: ${COMPLETION-CANDIDATES}. Default: text.")
    private Form form = Form.TEXT;

    @Parameters(index = "0", paramLabel = "METHOD")
    private String method = "";

    @Parameters(
            index = "1",
            paramLabel = "URL",
            description = "A path with its query, or a whole URL; without http:// as curl reads it.")
    private String url = "";

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Policy files, or directories of them; - is the standard input.")
    private List<String> paths = List.of();

    /** The states of an item that make a difference. */
    enum State {
        LIVE,
        TRASHED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How to print. */
    enum Form {
        TEXT,
        JSON;

        OutputForm ofReports() {
            return switch (this) {
                case TEXT -> OutputForm.TEXT;
                case JSON -> OutputForm.JSON;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Call request = request();
        var input = PolicyInput.read(paths, terminal);
        if (input.compiled().isEmpty()) {
            return new PolicyReport(input).print(form.ofReports(), terminal);
        }
        var explanation = new Explainer(held(input.compiled().get()), sample(), states(), clock).explain(request);
        terminal.out()
                .print(
                        switch (form) {
                            case TEXT -> ExplanationText.of(explanation, terminal.ink());
                            case JSON -> ExplanationText.json(explanation);
                        });
        terminal.out().flush();
        return ExitCode.FINE;
    }

    /** As a gateway in this mode holds them. */
    private CompiledPolicies held(CompiledPolicies compiled) {
        return new CompiledPolicies(
                compiled.policies().map(policy -> policy.in(policy.mode().atMost(mode))), compiled.places());
    }

    private List<State> states() {
        return state == null ? List.of(State.values()) : List.of(state);
    }

    private Call request() {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new UnusableInputException("`" + header + "` is no header; write 'NAME: VALUE'");
            }
            fields.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        String body = data.startsWith("@") ? read(Path.of(data.substring(1))) : data;
        if (!body.isEmpty()) {
            fields.putIfAbsent("Content-Type", "application/json");
        }
        return new Call(method, RequestUrl.path(url), new Headers(fields), body);
    }

    private Optional<String> sample() {
        return item == null ? Optional.empty() : Optional.of(read(item));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UnusableInputException("`" + file + "` cannot be read: " + e, e);
        }
    }
}
