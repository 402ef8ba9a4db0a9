package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cenotaph.gateway.filter.Victim.Place;
import dev.cenotaph.gateway.testing.TestGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises I1 and I2 against the real thing: whatever a client writes, and however carelessly the upstream reads what
 * arrives, no governed item is deleted. The tally goes to {@code target/hostile-requests.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {
    private static final Pattern GOVERNED = Pattern.compile(
            "^/(api/orders|api/parcels|users|issues(\\.json)?|find/\\w+)(/.*)?$", Pattern.CASE_INSENSITIVE);

    private final CarelessUpstream upstream =
            new CarelessUpstream("/api/orders", "/api/parcels", "/users", "/users/5/notes", "/issues.json");
    private final TestGateway gateway = TestGateway.with(TestGateway.policy(upstream.port(), """
            orders:
              path: /api/orders
              marker: { timestamp: deleted_at }
              views: [{ path: /find/plain }]
            parcels:
              path: /api/parcels
              marker: { timestamp: deleted_at }
              override: apply
              views: [{ path: /find/applying }]
            users:
              path: /users
              marker: { timestamp: deleted_at }
            notes:
              path: /users/{user}/notes
              marker: { timestamp: deleted_at }
              views: [{ path: /find/nested }]
            issues:
              path: /issues.json
              item: /issues/{id}.json
              marker: { timestamp: deleted_at }
              views: [{ path: /find/suffixed }]
            """));
    private final HostileTally tally = new HostileTally();
    private final AtomicInteger ids = new AtomicInteger(1000);

    @AfterAll
    void stop() throws IOException {
        gateway.close();
        upstream.close();
        Files.writeString(Path.of("target", "hostile-requests.md"), tally.markdown());
    }

    static List<HostileRequest> rows() {
        return Stream.of(HostilePaths.rows(), HostileMethods.rows(), HostileBodies.rows(), HostileWires.rows())
                .flatMap(rows -> rows)
                .toList();
    }

    static Stream<Arguments> rowsInEveryPlace() {
        return rows().stream().flatMap(row -> Stream.of(Place.values()).map(place -> arguments(row, place)));
    }

    @ParameterizedTest
    @MethodSource("rowsInEveryPlace")
    void noGovernedItemIsDeleted(HostileRequest row, Place place) throws IOException {
        var victim = new Victim(place, Integer.toString(ids.incrementAndGet()));
        String text = row.text().apply(victim);
        upstream.forget();

        String answer = gateway.raw(text);

        List<Arrived> arrived = upstream.arrived();
        Outcome outcome = Outcome.of(answer, arrived, victim);
        List<Arrived> deletions = arrived.stream()
                .filter(request -> CarelessReading.deletes(request, GOVERNED))
                .toList();
        tally.count(row, outcome, wouldDelete(text), !deletions.isEmpty());
        assertThat(deletions).isEmpty();
        assertThat(arrived).allMatch(Arrived::isWellFramed);
        assertThat(outcome)
                .as(() -> row.text().apply(victim) + "\n---\n" + answer + "\n---\n" + arrived)
                .isEqualTo(row.outcome().apply(place));
    }

    @Test
    void tableIsLong() {
        assertThat(rows()).hasSizeGreaterThan(120).doesNotHaveDuplicates();
    }

    /** What would come of a row without the gateway: the recorder has to see through most of the tricks. */
    private static boolean wouldDelete(String text) throws IOException {
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return Arrived.read(in)
                .filter(request -> CarelessReading.deletes(request, GOVERNED))
                .isPresent();
    }
}
