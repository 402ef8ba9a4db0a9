package dev.cenotaph.gateway.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An upstream to which everybody may write, that shows each his own, and refuses a name that any item has already. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevealedDuplicatesTest {
    private static final String OWNER = "owner";
    private static final String STRANGER = "stranger";
    private static final String TAKEN = "{\"error\":\"name taken\"}";
    private static final String POLICIES = policy("verified", "headers", "verified")
            + policy("verified", "problem", "verified")
            + policy("known", "headers", "known-caller")
            + policy("known", "problem", "known-caller");

    private final Map<String, String> items = new ConcurrentHashMap<>();
    private final StubUpstream upstream = StubUpstream.answering(this::answer);

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.with(TestGateway.policy(upstream.port(), POLICIES));
        collections().map(collection -> (String) collection.get()[0]).forEach(collection -> {
            items.put(collection + "/8", "{\"id\":8,\"name\":\"Ken\",\"gone\":false}");
            items.put(collection + "/7", "{\"id\":7,\"name\":\"Ida\",\"gone\":false}");
            assertThat(gateway.delete(collection + "/7", "Authorization", OWNER).statusCode())
                    .isEqualTo(204);
        });
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    private static String policy(String group, String explain, String reveal) {
        return """
                %1$s-%2$s:
                  path: /%1$s/%2$s
                  marker: { flag: gone }
                  unique: [name]
                  reveal: %3$s
                  create: pass
                  duplicates: { status: [409], explain: %2$s }
                """.formatted(group, explain, reveal);
    }

    private Reply answer(Received request) {
        String path = request.uri().split("\\?", 2)[0];
        boolean owner = request.header("Authorization").filter(OWNER::equals).isPresent();
        String item = items.get(path);
        return switch (request.method()) {
            case "POST", "PUT" -> Reply.json(TAKEN).as(409);
            case "PATCH" -> {
                if (request.body().contains("name")) {
                    yield Reply.json(TAKEN).as(409);
                }
                items.put(path, "{\"id\":7,\"name\":\"Ida\",\"gone\":true}");
                yield Reply.json(items.get(path));
            }
            default -> item == null || !owner ? Reply.status(404) : Reply.json(item);
        };
    }

    static Stream<Arguments> collections() {
        return Stream.of("/verified/headers", "/verified/problem", "/known/headers", "/known/problem")
                .map(Arguments::of);
    }

    static Stream<Arguments> writes() {
        return collections()
                .map(collection -> (String) collection.get()[0])
                .flatMap(collection -> Stream.of(
                                "POST " + collection, "PUT " + collection + "/8", "PATCH " + collection + "/8")
                        .map(call -> Arguments.of(call)));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void strangersMeetTheUpstreamsOwnRefusal(String call) {
        HttpResponse<String> refused = write(call, "Ida", STRANGER);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo(TAKEN);
        assertThat(refused.headers().map().toString().toLowerCase(Locale.ROOT))
                .doesNotContain("cenotaph", "trash", "restore", "undelete");
        HttpResponse<String> ofALiveOne = write(call, "Ken", STRANGER);
        assertThat(refused.body()).isEqualTo(ofALiveOne.body());
        assertThat(refused.headers().map().keySet())
                .isEqualTo(ofALiveOne.headers().map().keySet());
    }

    @ParameterizedTest
    @MethodSource("writes")
    void ownersAreToldWhichTrashedItemHoldsTheName(String call) {
        HttpResponse<String> refused = write(call, "Ida", OWNER);
        String item = call.substring(call.indexOf('/')).replace("/8", "") + "/7";
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Cenotaph-Item")).hasValue(item);
        if (call.contains("problem")) {
            assertThat(refused.body()).contains("key-reserved", item + ":undelete", "name taken");
        } else {
            assertThat(refused.body()).isEqualTo(TAKEN);
        }
        assertThat(write(call, "Ken", OWNER).body()).isEqualTo(TAKEN);
    }

    /** Who has just been shown the item need not be asked for again; a stranger is asked for each time. */
    @Test
    void knownCallersCostNoCallAndStrangersOne() {
        gateway.get("/known/headers/7?with_trashed=true", "Authorization", OWNER);
        upstream.forgetCalls();
        write("POST /known/headers", "Ida", OWNER);
        assertThat(upstream.calls()).containsExactly("POST /known/headers");
        upstream.forgetCalls();
        write("POST /known/headers", "Ida", STRANGER);
        write("POST /known/headers", "Ida", STRANGER);
        assertThat(upstream.calls())
                .containsExactly(
                        "POST /known/headers", "GET /known/headers/7", "POST /known/headers", "GET /known/headers/7");
    }

    private HttpResponse<String> write(String call, String name, String caller) {
        String[] words = call.split(" ");
        String type = words[0].equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return gateway.send(
                words[0], words[1], "{\"name\":\"" + name + "\"}", "Content-Type", type, "Authorization", caller);
    }
}
