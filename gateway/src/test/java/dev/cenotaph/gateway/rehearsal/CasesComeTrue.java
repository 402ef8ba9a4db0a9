package dev.cenotaph.gateway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.Claim;
import dev.cenotaph.gateway.tombstone.Deletion;
import dev.cenotaph.gateway.tombstone.FormerBody.Kind;
import dev.cenotaph.gateway.tombstone.FormerBody.Origin;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.tombstone.Trace;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.rehearsal.Call;
import dev.cenotaph.policy.rehearsal.Case;
import dev.cenotaph.policy.rehearsal.Case.ExpectedCall;
import dev.cenotaph.policy.rehearsal.Comparison;
import dev.cenotaph.policy.rehearsal.Exchange;
import dev.cenotaph.policy.rehearsal.Headers;
import dev.cenotaph.policy.rehearsal.Known;
import dev.cenotaph.policy.rehearsal.Outcome;
import dev.cenotaph.policy.rehearsal.Rehearsal;
import dev.cenotaph.policy.rehearsal.Reply;
import dev.cenotaph.policy.rehearsal.Upstream;
import dev.cenotaph.policy.yaml.CaseFile;
import dev.cenotaph.policy.yaml.CaseFileReader;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the command line promises of a case, the real gateway does over HTTP, and the rehearsal, too: the one cannot drift
 * from the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CasesComeTrue {
    private static final Trace TRACE = new Trace(Optional.empty(), "cases", "test");

    private final AtomicReference<Upstream> script = new AtomicReference<>(call -> new Reply(501, Headers.NONE, ""));

    private final Path policyFile;
    private final List<Case> cases;

    private StubUpstream upstream;
    private TestGateway gateway;
    private PolicySet policies;
    private Rehearsal rehearsal;

    /**
     * @param policyFile beside its case file
     * @param least how many cases there are at least
     */
    CasesComeTrue(Path policyFile, int least) {
        this.policyFile = policyFile;
        this.cases = read(
                policyFile.resolveSibling(policyFile.getFileName().toString().replace(".yaml", ".cases.yaml")));
        assertThat(cases).hasSizeGreaterThanOrEqualTo(least);
    }

    @BeforeAll
    void start() throws IOException {
        upstream = StubUpstream.answering(received -> reply(script.get().answer(call(received))));
        String yaml = Files.readString(policyFile)
                .replaceFirst("(?m)^upstream: .*$", "upstream: http://localhost:" + upstream.port());
        gateway = TestGateway.with(yaml);
        policies = PolicyCompiler.compile(List.of(new PolicySource("test.yaml", yaml)), name -> null);
        rehearsal = new Rehearsal(policies);
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theGatewayDoesWhatTheCaseSays(String name, Case expected) {
        emptyTheTrash(expected);
        expected.trashed().forEach(this::trash);
        boolean ofMany = isAboutMany(expected);
        script.set(ofMany ? inAnyOrder(expected.calls()) : expected.upstream());
        upstream.forgetCalls();

        HttpResponse<String> answer = send(expected.request());

        List<Call> received =
                upstream.received().stream().map(CasesComeTrue::call).toList();
        List<Call> calls = ofMany ? ordered(received, expected.calls()) : received;
        assertThat(Comparison.differences(expected, calls, reply(answer))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theRehearsalSaysTheSame(String name, Case expected) {
        Instant now = Clock.systemUTC().instant();
        var outcome = play(expected, now);

        List<Call> calls = outcome.exchanges().stream().map(Exchange::call).toList();
        assertThat(Comparison.differences(expected, calls, outcome.reply())).isEmpty();
    }

    Stream<Arguments> cases() {
        return cases.stream().map(one -> Arguments.of(one.name(), one));
    }

    private static List<Case> read(Path file) {
        try {
            CaseFile read = CaseFileReader.read(new PolicySource(file.toString(), Files.readString(file)));
            assertThat(read.problems()).isEmpty();
            return read.cases().stream().map(CaseFile.Placed::rehearsed).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome play(Case expected, Instant now) {
        List<Known> trash = expected.trashed().stream()
                .map(trashed -> rehearsal.trashed(trashed, now).orElseThrow())
                .toList();
        return rehearsal.play(expected.request(), trash, expected.upstream(), now);
    }

    /** The gateway has some of many items under way at a time: only what is about one of them has an order. */
    private boolean isAboutMany(Case expected) {
        Outcome outcome = play(expected, Clock.systemUTC().instant());
        boolean leads = outcome.reading() instanceof PathReading.Governed governed
                && !governed.match().policy().children().isEmpty();
        return leads
                || outcome.operation()
                        .filter(operation -> operation instanceof Operation.ChangeMany)
                        .isPresent();
    }

    private static Upstream inAnyOrder(List<ExpectedCall> expected) {
        var left = new ArrayList<>(expected);
        return call -> {
            synchronized (left) {
                Optional<ExpectedCall> next = left.stream()
                        .filter(one -> rawPath(one).equals(call.rawPath()))
                        .findFirst()
                        .filter(one ->
                                one.method().equals(call.method()) && one.path().equals(call.path()));
                next.ifPresent(left::remove);
                return next.map(ExpectedCall::answer).orElse(new Reply(501, Headers.NONE, ""));
            }
        };
    }

    private static List<Call> ordered(List<Call> received, List<ExpectedCall> expected) {
        var left = new ArrayList<>(received);
        var ordered = new ArrayList<Call>();
        for (ExpectedCall one : expected) {
            left.stream()
                    .filter(call -> call.rawPath().equals(rawPath(one)))
                    .findFirst()
                    .ifPresent(call -> {
                        left.remove(call);
                        ordered.add(call);
                    });
        }
        ordered.addAll(left);
        return ordered;
    }

    private static String rawPath(ExpectedCall call) {
        return call.path().split("\\?", 2)[0];
    }

    private void trash(Case.Trashed trashed) {
        ItemKey key = rehearsal.item(trashed.path()).orElseThrow();
        ResourcePolicy policy = policies.resource(key.resource()).orElseThrow();
        if (policy.marker() instanceof Marker.Snapshot) {
            keep(key, trashed.former().orElseThrow());
        }
        var deletion = new Deletion(
                key,
                trashed.deleteTime(),
                policy.purgeTime(Clock.systemUTC().instant()),
                rehearsal
                        .trashed(trashed, Clock.systemUTC().instant())
                        .orElseThrow()
                        .deletionId(),
                trashed.former(),
                TRACE);
        assertThat(tombstones().begin(deletion).block())
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted ->
                                tombstones().commit(granted.tombstone(), TRACE).block());
    }

    private void keep(ItemKey key, String body) {
        var origin = new Origin(
                key,
                Kind.SNAPSHOT,
                Optional.empty(),
                Optional.empty(),
                Optional.of("application/json"),
                Optional.empty());
        tombstones()
                .bodies()
                .keep(origin, body.getBytes(StandardCharsets.UTF_8))
                .block();
    }

    /** What earlier cases left behind, and what their lists taught. */
    private void emptyTheTrash(Case expected) {
        var keys = new ArrayList<ItemKey>();
        expected.trashed()
                .forEach(trashed -> keys.add(rehearsal.item(trashed.path()).orElseThrow()));
        rehearsal.item(expected.request().rawPath()).ifPresent(keys::add);
        expected.calls().forEach(call -> rehearsal.item(rawPath(call)).ifPresent(keys::add));
        for (ResourcePolicy policy : policies.resources()) {
            if (policy.path().variables().isEmpty()) {
                tombstones()
                        .page(policy.name(), List.of(), 100, Optional.empty())
                        .blockOptional()
                        .orElseThrow()
                        .tombstones()
                        .forEach(tombstone -> keys.add(tombstone.key()));
            }
        }
        keys.forEach(this::forget);
    }

    private void forget(ItemKey key) {
        if (tombstones().claim(key, Tombstone.State.RESTORING, TRACE).block() instanceof Claim.Granted granted) {
            tombstones().forget(granted.tombstone(), TRACE).block();
        }
    }

    private Tombstones tombstones() {
        return gateway.bean(Tombstones.class);
    }

    private HttpResponse<String> send(Call request) {
        String[] headers = request.headers().fields().entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
        return gateway.send(request.method(), request.path(), request.body(), headers);
    }

    private static Call call(StubUpstream.Received received) {
        return new Call(received.method(), received.uri(), firsts(received.headers()), received.body());
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(response.statusCode(), firsts(response.headers().map()), response.body());
    }

    private static StubUpstream.Reply reply(Reply reply) {
        return new StubUpstream.Reply(
                reply.status(), reply.headers().fields(), reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Headers firsts(Map<String, List<String>> fields) {
        var firsts = new LinkedHashMap<String, String>();
        fields.forEach((name, values) -> firsts.put(name, values.getFirst()));
        return new Headers(firsts);
    }
}
