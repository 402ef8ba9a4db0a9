package dev.cenotaph.gateway.revision;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.marker.RevisionKeeper;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.FormerBody;
import dev.cenotaph.gateway.tombstone.FormerBody.Facts;
import dev.cenotaph.gateway.upstream.UpstreamAnswer;
import dev.cenotaph.policy.Revisions;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a revision is shown: what is known of it, and its body as it came, byte for byte, in the member {@code body}; one that
 * is no JSON in Base64, in {@code content}.
 *
 * @param current the number of the current one
 */
record RevisionView(GovernedExchange exchange, UpstreamItem item, long current) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @param below the revision before it, if it is kept */
    Answer current(List<Facts> below, UpstreamAnswer answer) {
        return envelope(
                facts(path(), current, true, below),
                Optional.ofNullable(answer.headers().getFirst(HttpHeaders.CONTENT_TYPE)),
                RevisionKeeper.content(item.policy(), answer));
    }

    /** @param below the revision before it, if it is kept */
    Answer kept(List<Facts> below, FormerBody body) {
        return envelope(
                facts(path(), body.facts().number(), false, below),
                body.facts().origin().contentType(),
                body.content());
    }

    /**
     * What is known of a revision. It was made when the one before it was replaced, by who replaced that one.
     *
     * @param below older ones that are kept, newest first
     */
    static Map<String, Object> facts(String itemPath, long number, boolean isCurrent, List<Facts> below) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("number", number);
        if (!below.isEmpty() && below.getFirst().number() == number - 1) {
            facts.put("create_time", TrashFacts.text(below.getFirst().time()));
            below.getFirst().origin().actor().ifPresent(actor -> facts.put("actor", actor));
        }
        facts.put("is_current", isCurrent);
        facts.put("revision", itemPath + "/" + Revisions.SEGMENT + "/" + number);
        return facts;
    }

    static Failure noSuchRevision() {
        return new Failure(
                Problem.of(404, "no-such-revision", "There is no such revision of the item, or none any more."));
    }

    private String path() {
        return exchange.clientPathOf(item.policy(), item.key());
    }

    private Answer envelope(Map<String, Object> facts, Optional<String> contentType, byte[] former) {
        byte[] content = shown(contentType, former);
        var known = new LinkedHashMap<>(facts);
        if (content.length == 0 && former.length > 0) {
            return answer(facts, JSON.writeValueAsBytes(known));
        }
        contentType.ifPresent(type -> known.put("content_type", type));
        boolean json = contentType.map(RevisionView::isJson).orElse(true);
        if (!json) {
            known.put("content", Base64.getEncoder().encodeToString(content));
        }
        byte[] head = JSON.writeValueAsBytes(known);
        var out = new ByteArrayOutputStream(head.length + content.length + 16);
        if (json) {
            out.write(head, 0, head.length - 1);
            out.writeBytes(",\"body\":".getBytes(UTF_8));
            out.writeBytes(content);
            out.write('}');
        } else {
            out.writeBytes(head);
        }
        return answer(facts, out.toByteArray());
    }

    private byte[] shown(Optional<String> contentType, byte[] content) {
        Answer item = Answer.of(
                200, headers -> headers.set(HttpHeaders.CONTENT_TYPE, contentType.orElse("application/json")), content);
        return exchange.forwarding().shown(item).body();
    }

    private static Answer answer(Map<String, Object> facts, byte[] document) {
        return Answer.of(
                200,
                headers -> {
                    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
                    headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
                    headers.set(HttpHeaders.CONTENT_LOCATION, String.valueOf(facts.get("revision")));
                },
                document);
    }

    private static boolean isJson(String contentType) {
        return JsonBodies.mediaType(contentType)
                .filter(type -> type.equals("application/json") || type.endsWith("+json"))
                .isPresent();
    }
}
