package dev.cenotaph.gateway.preset;

import dev.cenotaph.gateway.preset.Contract.Row;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/presets.md}, made of the rows that are tested. */
final class PresetsPage {
    private static final String HEAD = """
            # Presets

            `preset: NAME` at the top of a policy file sets the defaults of its resources, so that the API behaves as the contract of
            that name says ([how, and the keys behind it](policies.md#presets-the-contract-of-an-api-that-clients-know)). Each row
            below is a request sequence that `PresetConformanceTest` sends through the running gateway: it begins with a live item,
            `{"id":7,"name":"first","deleted_at":null}`, and is about the last request. A row that is *not met* is tested, too: that it
            is answered as it says here. What a contract has no word for is as in `gone`.

            This page is made of `gateway/src/test/resources/presets.yaml`; after a change there, write it anew with
            `./mvnw -pl gateway test -Dtest=PresetsPageTest -Dpresets.write=true`.
            """;

    private PresetsPage() {}

    static String of(List<Contract> contracts) {
        return HEAD
                + summary(contracts)
                + contracts.stream().map(PresetsPage::section).collect(Collectors.joining());
    }

    private static String summary(List<Contract> contracts) {
        return "\n| preset | rows | met | not met |\n|---|---|---|---|\n"
                + contracts.stream().map(PresetsPage::counts).collect(Collectors.joining());
    }

    private static String counts(Contract contract) {
        long met = contract.rows().stream().filter(Row::isMet).count();
        int all = contract.rows().size();
        return "| [`%s`](#%s) | %d | %d | %d |\n".formatted(contract.preset(), contract.preset(), all, met, all - met);
    }

    private static String section(Contract contract) {
        return "\n## %s\n\n%s\n\n| the contract says | requests | answer | source |\n|---|---|---|---|\n"
                        .formatted(contract.preset(), contract.about())
                + contract.rows().stream().map(PresetsPage::line).collect(Collectors.joining());
    }

    private static String line(Row row) {
        String requests =
                row.asks().stream().map(request -> "`" + request + "`").collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s |\n".formatted(row.says(), requests, answer(row), row.source());
    }

    private static String answer(Row row) {
        String answer = row.answers() + shown(row);
        return row.why()
                .map(why -> "**not met**: " + answer
                        + row.instead().map(status -> ", here " + status).orElse("")
                        + ". " + why)
                .orElse(answer);
    }

    private static String shown(Row row) {
        String shows = row.shows().map(text -> " with `" + text + "`").orElse("");
        String header = row.header().map(name -> " with `" + name + "`").orElse("");
        String hides = row.hides().map(text -> " without the item").orElse("");
        return shows + header + hides;
    }
}
