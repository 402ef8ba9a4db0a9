package dev.cenotaph.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.gateway.tombstone.FirstAnswers;
import dev.cenotaph.gateway.tombstone.FirstAnswers.Attempt;
import dev.cenotaph.gateway.tombstone.FirstAnswers.FirstAnswer;
import dev.cenotaph.gateway.tombstone.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Gives a request with an {@code Idempotency-Key} the answer that it had the first time
 * (draft-ietf-httpapi-idempotency-key-header-07). A key is its caller's alone: with other credentials it is another key.
 */
public final class Idempotency {
    public static final String KEY = "Idempotency-Key";
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7E]{1,255}");
    /** Answers that say nothing of what became of the request. */
    private static final Set<Integer> UNDECIDED = Set.of(401, 403, 408, 425, 429);

    /** In bytes. A longer answer is not kept: the next try finds out what became of the request. */
    private static final int LONGEST_KEPT = 256 * 1024;

    private final FirstAnswers firstAnswers;

    public Idempotency(FirstAnswers firstAnswers) {
        this.firstAnswers = firstAnswers;
    }

    /**
     * One try of a request.
     *
     * @param deletionId for the deletion that it may begin; the same at each try with one key
     * @param again whether an earlier try with the same key ended undecided, and may have had its effect
     */
    public record Try(String deletionId, boolean again) {
        /** A try that no key connects with another. */
        public static Try unconnected() {
            return new Try(UUID.randomUUID().toString(), false);
        }
    }

    /**
     * The first answer, or else that of the work.
     *
     * @param stated what the request says beside its method and URL
     */
    public Mono<Answer> once(GovernedExchange exchange, String stated, Function<Try, Mono<Answer>> work) {
        List<String> keys = exchange.exchange().getRequest().getHeaders().getOrEmpty(KEY);
        if (keys.isEmpty()) {
            return Mono.defer(() -> work.apply(Try.unconnected()));
        }
        if (keys.size() > 1 || !VALID.matcher(keys.getFirst()).matches()) {
            return Mono.just(Answer.problem(Problem.of(
                    400,
                    "invalid-idempotency-key",
                    "Idempotency-Key has to be sent once, as 1 to 255 visible ASCII characters.")));
        }
        String scope = scope(exchange, keys.getFirst());
        return firstAnswers.begin(scope, fingerprint(exchange, stated)).flatMap(attempt -> switch (attempt) {
            case Attempt.Unanswered unanswered -> work(scope, unanswered, work);
            case Attempt.Answered answered -> Mono.just(replayed(answered.answer()));
            case Attempt.UnderWay underWay ->
                Mono.just(Answer.problem(
                        Problem.of(409, "request-in-progress", "The request with this Idempotency-Key is under way."),
                        headers -> headers.set(HttpHeaders.RETRY_AFTER, "1")));
            case Attempt.UsedOtherwise otherwise ->
                Mono.just(Answer.problem(Problem.of(
                        422, "idempotency-key-reused", "This Idempotency-Key was used for another request.")));
        });
    }

    private Mono<Answer> work(String scope, Attempt.Unanswered attempt, Function<Try, Mono<Answer>> work) {
        return work.apply(new Try(deletionId(scope, attempt.since()), attempt.again()))
                .flatMap(answer -> remember(scope, answer).thenReturn(answer))
                .onErrorResume(failure -> firstAnswers
                        .leave(scope)
                        .onErrorComplete(StoreUnavailableException.class)
                        .then(Mono.error(failure)));
    }

    /** Where the store fails now, the next try finds out by itself what became of the request. */
    private Mono<Void> remember(String scope, Answer answer) {
        Mono<Void> remembered =
                isKept(answer) ? firstAnswers.keep(scope, firstAnswer(answer)) : firstAnswers.leave(scope);
        return remembered.onErrorResume(StoreUnavailableException.class, failure -> {
            LOG.warn("an answer could not be kept for its Idempotency-Key: {}", failure.toString());
            return Mono.empty();
        });
    }

    private static boolean isKept(Answer answer) {
        return answer.status() < 500
                && answer.body().length <= LONGEST_KEPT
                && !UNDECIDED.contains(answer.status())
                && !answer.headers().containsHeader(HttpHeaders.RETRY_AFTER);
    }

    private static FirstAnswer firstAnswer(Answer answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        answer.headers().forEach(headers::put);
        return new FirstAnswer(answer.status(), headers, answer.body());
    }

    private static Answer replayed(FirstAnswer first) {
        return Answer.of(
                first.status(),
                headers -> {
                    first.headers().forEach(headers::put);
                    headers.set(REPLAYED, "true");
                },
                first.body());
    }

    /** Who sends this, as a hash that is another one for each purpose. */
    public static String caller(GovernedExchange exchange, String purpose) {
        return scope(exchange, purpose);
    }

    private static String scope(GovernedExchange exchange, String key) {
        HttpHeaders headers = exchange.exchange().getRequest().getHeaders();
        List<String> parts = new ArrayList<>();
        parts.add(exchange.trace().actor().orElse(""));
        parts.addAll(headers.getOrEmpty(HttpHeaders.AUTHORIZATION));
        parts.add("");
        parts.addAll(headers.getOrEmpty(HttpHeaders.COOKIE));
        parts.add("");
        parts.add(key);
        return hash(parts);
    }

    private static String fingerprint(GovernedExchange exchange, String stated) {
        String query = String.valueOf(exchange.exchange().getRequest().getURI().getRawQuery());
        return hash(List.of(exchange.method(), exchange.clientPath(), query, stated));
    }

    private static String deletionId(String scope, Instant since) {
        return UUID.nameUUIDFromBytes((scope + since.toEpochMilli()).getBytes(UTF_8))
                .toString();
    }

    private static String hash(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
