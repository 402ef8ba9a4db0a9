package dev.cenotaph.gateway.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.preset.Contract.Row;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every preset answers as its contract says, and where it does not, as {@code docs/presets.md} admits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresetConformanceTest {
    private static final Pattern THE_ID = Pattern.compile("\\b7\\b");

    private final List<Contract> contracts = Contract.all();
    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    /** One policy file a preset, its resource below a path of the preset's name. */
    @BeforeAll
    void start() {
        gateway = TestGateway.with(
                contracts.stream().collect(Collectors.toMap(contract -> contract.preset() + ".yaml", this::policy)));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    Stream<Row> rows() {
        return contracts.stream().flatMap(contract -> contract.rows().stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void holds(Row row) {
        String item = upstream.create(collection(row), "{\"name\":\"first\",\"deleted_at\":null}");
        String id = item.substring(item.lastIndexOf('/') + 1);
        HttpResponse<String> answer = row.asks().stream()
                .map(request -> send(row, THE_ID.matcher(request).replaceAll(id)))
                .reduce((earlier, later) -> later)
                .orElseThrow();

        assertThat(answer.statusCode())
                .as(answer.body())
                .isEqualTo(row.instead().orElse(row.answers()));
        row.shows()
                .map(text -> THE_ID.matcher(text).replaceAll(id))
                .ifPresent(text -> assertThat(answer.body().contains(text))
                        .as("%s shows %s", answer.body(), text)
                        .isNotEqualTo(row.lacks()));
        row.hides()
                .map(text -> THE_ID.matcher(text).replaceAll(id))
                .ifPresent(text -> assertThat(answer.body()).doesNotContain(text));
        row.header()
                .ifPresent(name -> assertThat(answer.headers().firstValue(name).isPresent())
                        .isNotEqualTo(row.lacks()));
        row.upstream().ifPresent(state -> assertThat(stateOf(item)).isEqualTo(state));
    }

    private HttpResponse<String> send(Row row, String request) {
        String[] parts = request.split(" ", 3);
        return parts.length == 3
                ? gateway.send(parts[0], "/" + row.preset() + parts[1], parts[2], "Content-Type", "application/json")
                : gateway.send(parts[0], "/" + row.preset() + parts[1], "");
    }

    private String stateOf(String item) {
        return upstream.item(item)
                .map(body -> body.matches(".*\"deleted_at\":\".*") ? "trashed" : "live")
                .orElse("deleted");
    }

    private String collection(Row row) {
        return contracts.stream()
                .filter(contract -> contract.preset().equals(row.preset()))
                .map(contract -> "/" + row.preset() + contract.path())
                .findFirst()
                .orElseThrow();
    }

    private String policy(Contract contract) {
        String resource = "%s: { path: /%s%s, marker: { timestamp: deleted_at }, write: { format: json } }"
                .formatted(contract.preset(), contract.preset(), contract.path());
        return "preset: " + contract.preset() + "\n" + TestGateway.policy(upstream.port(), resource);
    }
}
