package dev.cenotaph.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermanentDeletionTest {
    private static final String POLICIES = """
            always: { path: /always, marker: { flag: trashed } }
            twostep: { path: /twostep, marker: { flag: trashed }, permanent: { parameter: purge, allow: trashed } }
            never: { path: /never, marker: { flag: trashed }, permanent: { allow: never } }
            real: { path: /real, marker: { flag: trashed }, answers: { delete: pass } }
            """;

    private final ItemUpstream upstream = new ItemUpstream();

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(upstream.port(), POLICIES));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allowedAlwaysItIsRealWhateverTheState(boolean trashed) {
        String item = item("/always", trashed);
        assertThat(gateway.delete(item + "?permanent=true&x=1").statusCode()).isEqualTo(204);
        assertThat(upstream.item(item)).isEmpty();
        assertThat(upstream.received(item).getLast().uri()).isEqualTo(item + "?x=1");
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
        assertThat(gateway.get("/always/trashed").body()).doesNotContain("\"" + item + "\"");
    }

    @Test
    void allowedForTrashedItemsItTakesTwoSteps() {
        String item = item("/twostep", false);
        assertThat(gateway.delete(item + "?purge=true").statusCode()).isEqualTo(409);
        assertThat(upstream.methods(item)).doesNotContain("DELETE");
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(gateway.delete(item + "?purge=true").statusCode()).isEqualTo(204);
        assertThat(upstream.item(item)).isEmpty();
    }

    @Test
    void itemThatTheUpstreamTrashedItselfCountsAsTrashed() {
        String item = upstream.create("/twostep", "{\"trashed\":true}");
        assertThat(gateway.delete(item + "?purge=true").statusCode()).isEqualTo(204);
        assertThat(upstream.item(item)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allowedNeverItIsForbidden(boolean trashed) {
        String item = item("/never", trashed);
        assertThat(gateway.delete(item + "?permanent=true").statusCode()).isEqualTo(403);
        assertThat(upstream.item(item)).isPresent();
    }

    @Test
    void policyMayLetEveryDeleteStayReal() {
        String item = item("/real", false);
        assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        assertThat(upstream.item(item)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"permanent=yes", "permanent=TRUE", "permanent=true&permanent=true", "permanent", "Permanent=true"
            })
    void parameterIsReadStrictly(String query) {
        String item = item("/always", false);
        assertThat(gateway.delete(item + "?" + query).statusCode()).isEqualTo(400);
        assertThat(upstream.methods(item)).isEmpty();
    }

    @Test
    void trashedItemThatIsNotThereAnyMoreIsDeletedAllTheSame() {
        String item = item("/always", true);
        upstream.remove(item);
        assertThat(gateway.delete(item + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"403", "409", "500", "503"})
    void refusalIsTheUpstreamsOwnAndTheItemStaysTrashed(int status) {
        String item = item("/always", true);
        upstream.on(
                "DELETE",
                item,
                (request, well) -> Mono.just(Reply.json("\"no\"").as(status)));
        HttpResponse<String> refused = gateway.delete(item + "?permanent=true");
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).isEqualTo("\"no\"");
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(gateway.post(item + ":undelete").statusCode()).isEqualTo(200);
    }

    @Test
    void connectionThatBreaksAfterTheDeleteIsSettledByReading() {
        String item = item("/always", true);
        upstream.on("DELETE", item, (request, well) -> {
            java.util.Objects.requireNonNull(well.get());
            return Mono.just(Reply.RESET);
        });
        assertThat(gateway.delete(item + "?permanent=true").statusCode()).isEqualTo(204);
        assertThat(gateway.get(item).statusCode()).isEqualTo(404);
    }

    @Test
    void connectionThatBreaksBeforeTheDeleteLeavesTheItemTrashed() {
        String item = item("/always", true);
        upstream.on("DELETE", item, (request, well) -> Mono.just(Reply.RESET));
        assertThat(gateway.delete(item + "?permanent=true").statusCode()).isEqualTo(502);
        assertThat(gateway.get(item).statusCode()).isEqualTo(410);
        assertThat(upstream.methods(item)).containsOnlyOnce("DELETE");
    }

    @Test
    void clientsConditionGoesWithIt() {
        String item = item("/always", false);
        assertThat(gateway.delete(item + "?permanent=true", "If-Match", "\"stale\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(upstream.item(item)).isPresent();
    }

    private String item(String collection, boolean trashed) {
        String item = upstream.create(collection, "{\"name\":\"x\",\"trashed\":false}");
        if (trashed) {
            assertThat(gateway.delete(item).statusCode()).isEqualTo(204);
        }
        return item;
    }
}
