package dev.cenotaph.gateway.batch;

import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.policy.operation.MethodOverrides;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the DELETEs out of a batch's body. In JSON, any object counts that has a method and a URL (OData 4.01 §11.7.7,
 * Microsoft Graph, FHIR's {@code Bundle.entry.request}), or the operation {@code remove} (JSON:API's atomic operations),
 * wherever it stands; in anything else, any line that reads as a request's (OData 4.0, RFC 2046).
 */
public final class BatchBody {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final List<String> URLS = List.of("url", "uri", "href", "path", "relative_url", "relativeurl");
    private static final Pattern LINE =
            Pattern.compile("(?im)^[ \\t]*([a-z]+)[ \\t]+([^\\s]+)(?:[ \\t]+HTTP/[\\d.]+)?[ \\t]*\\r?$");
    private static final Pattern HEADER = Pattern.compile("(?im)^[ \\t]*([\\w-]+)[ \\t]*:[ \\t]*([^\\r\\n]*)");
    private static final Pattern FHIR_METHOD =
            Pattern.compile("(?i)<(?:\\w+:)?method\\b[^>]*value\\s*=\\s*[\"']delete[\"']");
    private static final Pattern FHIR_URL =
            Pattern.compile("(?i)<(?:\\w+:)?url\\b[^>]*value\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final String DELETE = "delete";

    private BatchBody() {}

    /** Fails with a 422 where it cannot be told what the body carries. */
    public static List<CarriedDelete> deletes(HttpHeaders headers, byte[] body) {
        if (body.length == 0) {
            return List.of();
        }
        return JsonBodies.isJson(headers) ? inJson(body) : inText(new String(body, StandardCharsets.UTF_8));
    }

    private static List<CarriedDelete> inJson(byte[] body) {
        var found = new ArrayList<CarriedDelete>();
        try {
            collect(JSON.readTree(body), "", found);
        } catch (JacksonException e) {
            throw unreadable("its JSON is not well-formed, or has a member twice");
        }
        return found;
    }

    private static void collect(JsonNode node, String at, List<CarriedDelete> found) {
        if (node.isObject()) {
            delete(node, at).ifPresent(found::add);
        }
        int index = 0;
        for (Map.Entry<String, JsonNode> member :
                node.isObject() ? node.properties() : List.<Map.Entry<String, JsonNode>>of()) {
            collect(member.getValue(), at + "/" + member.getKey(), found);
        }
        for (JsonNode element : node.isArray() ? node : JSON.createArrayNode()) {
            collect(element, at + "/" + index++, found);
        }
    }

    private static Optional<CarriedDelete> delete(JsonNode object, String at) {
        String part = at.isEmpty() ? "the body" : at;
        boolean isDelete = namesDelete(object) || overrides(object.get("headers"));
        Optional<String> url = object.properties().stream()
                .filter(member -> URLS.contains(member.getKey().toLowerCase(Locale.ROOT)))
                .filter(member -> member.getValue().isString())
                .map(member -> member.getValue().asString())
                .findFirst();
        if (isDelete) {
            return url.map(text -> new CarriedDelete(part, text));
        }
        if (!text(object, "op").equals("remove")) {
            return Optional.empty();
        }
        JsonNode ref = object.get("ref");
        boolean itself = ref != null && ref.get("relationship") == null;
        return url.or(() -> Optional.ofNullable(ref)
                        .filter(any -> itself)
                        .map(to -> text(to, "type") + "/" + text(to, "id")))
                .map(text -> new CarriedDelete(part, text));
    }

    private static boolean namesDelete(JsonNode object) {
        return object.properties().stream()
                .anyMatch(member -> isMethod(member.getKey()) && isDelete(member.getValue()));
    }

    /** Headers of a part, as an object or as a list of names and values. */
    private static boolean overrides(@Nullable JsonNode headers) {
        if (headers == null) {
            return false;
        }
        if (headers.isObject()) {
            return namesDelete(headers);
        }
        for (JsonNode header : headers.isArray() ? headers : JSON.createArrayNode()) {
            JsonNode value = header.get("value");
            if (MethodOverrides.isOverride(text(header, "name")) && value != null && isDelete(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDelete(JsonNode value) {
        return value.asString("").strip().equalsIgnoreCase(DELETE);
    }

    private static boolean isMethod(String name) {
        return name.equalsIgnoreCase("method")
                || name.equalsIgnoreCase("httpMethod")
                || MethodOverrides.isOverride(name);
    }

    private static String text(JsonNode object, String member) {
        JsonNode value = object.get(member);
        return value == null ? "" : value.asString("");
    }

    private static List<CarriedDelete> inText(String body) {
        boolean overridden = false;
        Matcher header = HEADER.matcher(body);
        while (header.find()) {
            String name = header.group(1).toLowerCase(Locale.ROOT);
            if (name.equals("content-transfer-encoding")
                    && !header.group(2).strip().toLowerCase(Locale.ROOT).matches("binary|7bit|8bit|")) {
                throw unreadable("a part is encoded");
            }
            overridden |=
                    MethodOverrides.isOverride(name) && header.group(2).strip().equalsIgnoreCase(DELETE);
        }
        boolean all = overridden;
        var found = new ArrayList<CarriedDelete>();
        LINE.matcher(body)
                .results()
                .filter(line -> line.group(1).equalsIgnoreCase(DELETE)
                        || (all && line.group(1).equalsIgnoreCase("post")))
                .map(line -> new CarriedDelete(line.group().strip(), line.group(2)))
                .forEach(found::add);
        if (FHIR_METHOD.matcher(body).find()) {
            FHIR_URL.matcher(body)
                    .results()
                    .map((MatchResult url) -> new CarriedDelete(url.group(), url.group(1)))
                    .forEach(found::add);
        }
        return found;
    }

    private static Failure unreadable(String why) {
        return new Failure(Problem.of(
                422, "batch-unreadable", "It cannot be told whether this batch deletes governed items: " + why + "."));
    }
}
