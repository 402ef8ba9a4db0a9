package dev.cenotaph.gateway.batch;

import dev.cenotaph.gateway.batch.CarriedDelete.Certainty;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.JsonBodies;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.policy.operation.MethodOverrides;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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

    private static final Pattern BUNDLE = Pattern.compile("<(?:\\w+:)?Bundle\\b");

    /** A document type, a character that is written as a number inside a method or a URL, another encoding. */
    private static final Pattern UNREADABLE_XML = Pattern.compile(
            "(?i)<!DOCTYPE|<(?:\\w+:)?(?:method|url)\\b[^>]*&#|<\\?xml[^>]*encoding\\s*=\\s*[\"'](?!utf-8|us-ascii|iso-8859-1)");

    /** A request as the whole of a text, with a path. */
    private static final Pattern REQUEST =
            Pattern.compile("(?is)\\s*(delete|post|put|patch)[ \\t]+([^\\s]*/[^\\s]*)(?:[ \\t]+HTTP/[\\d.]+.*)?\\s*");

    /** The word in a form, or a letter that is escaped without need. */
    private static final Pattern DELETE_IN_FORM =
            Pattern.compile("(?i)(?<![a-z_])delete(?![a-z_])|\\\\u00[4-7]|%(?:25)*(?:[46][1-9a-f]|[57][0-9a])");

    /** A part's body, written as a form or as JSON. */
    private static final Pattern METHOD_IN_TEXT = Pattern.compile(
            "(?im)(?:^|[&;])[ \\t]*[_. \\[]method=delete\\b|[\"']_method[\"']\\s*:\\s*[\"']delete[\"']");

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\";,\\s]*)");
    private static final Pattern CHARSETS =
            Pattern.compile("utf-?8|utf-?16(?:le|be)?|utf-?32(?:le|be)?|us-ascii|iso-8859-1|windows-1252");
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF\u00FE\u00FF";

    /** Members of the body by which these are known: JSON:API, SCIM, OData and Microsoft Graph. */
    private static final Set<String> BATCHES = Set.of("atomic:operations", "operations", "requests", "batch");

    /** FHIR bundles that nobody executes, though they may tell of deletes. */
    private static final Set<String> INERT_BUNDLES = Set.of(
            "history", "document", "message", "searchset", "collection", "batch-response", "transaction-response");

    /** Words for a method that are words for other things as well. */
    private static final Set<String> VERBS = Set.of("verb", "action", "op", "operation");

    private static final Set<String> WRITES = Set.of("post", "put", "patch");
    private static final String DELETE = "delete";

    private BatchBody() {}

    /** Fails with a 422 where it cannot be told what the body carries. */
    public static List<CarriedDelete> deletes(HttpHeaders headers, byte[] body) {
        if (body.length == 0) {
            return List.of();
        }
        requireReadableCharset(headers);
        if (JsonBodies.isJson(headers)) {
            return inJson(body);
        }
        if (BatchEndpoints.isForm(headers)) {
            requireNoDeleteInForm(body);
        }
        var found = new ArrayList<>(inText(body));
        if (startsLikeJson(body)) {
            found.addAll(inJson(body));
        }
        return found;
    }

    /** The same of a body that is a batch by its endpoint's name, though no standard's; what is not well-formed may be none. */
    public static List<CarriedDelete> deletesOfBulk(HttpHeaders headers, byte[] body) {
        if (body.length > 0 && !startsLikeJson(body)) {
            return deletes(headers, body);
        }
        return deletesIf(headers, body, root -> true);
    }

    /** The same of a body that may be no batch at all; what is none carries nothing. */
    public static List<CarriedDelete> deletesIfBatch(HttpHeaders headers, byte[] body) {
        return deletesIf(headers, body, BatchBody::isBatch);
    }

    private static List<CarriedDelete> deletesIf(HttpHeaders headers, byte[] body, Predicate<JsonNode> batch) {
        if (body.length == 0) {
            return List.of();
        }
        requireReadableCharset(headers);
        if (!startsLikeJson(body)) {
            return inXml(body, new String(body, StandardCharsets.UTF_8));
        }
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException e) {
            if (mayNameADelete(body)) {
                throw notWellFormed();
            }
            return List.of();
        }
        return batch.test(root) ? carried(root) : List.of();
    }

    private static List<CarriedDelete> inJson(byte[] body) {
        try {
            return carried(JSON.readTree(body));
        } catch (JacksonException e) {
            throw notWellFormed();
        }
    }

    private static Failure notWellFormed() {
        return unreadable("its JSON is not well-formed, or has a member twice");
    }

    private static List<CarriedDelete> carried(JsonNode root) {
        var found = new ArrayList<CarriedDelete>();
        collect(root, "", false, found);
        return found;
    }

    /** By the members that its standard gives it. */
    private static boolean isBatch(JsonNode root) {
        if (root.isArray()) {
            return true;
        }
        boolean bundle = text(root, "resourceType").equalsIgnoreCase("Bundle")
                && !INERT_BUNDLES.contains(text(root, "type").toLowerCase(Locale.ROOT));
        return bundle
                || root.properties().stream()
                        .anyMatch(member -> BATCHES.contains(member.getKey().toLowerCase(Locale.ROOT)));
    }

    private static boolean isBundleInXml(byte[] body) {
        return BUNDLE.matcher(letters(body)).find();
    }

    /** Jackson knows UTF-8, UTF-16 and UTF-32 by themselves (RFC 4627 §3). What else there is may spell anything. */
    private static void requireReadableCharset(HttpHeaders headers) {
        String type = String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
        Matcher charset = CHARSET.matcher(type);
        if (charset.find() && !CHARSETS.matcher(charset.group(1)).matches()) {
            throw unreadable("its charset is " + charset.group(1));
        }
    }

    private static boolean startsLikeJson(byte[] body) {
        for (byte one : body) {
            boolean before = (one <= ' ' && one >= 0) || BYTE_ORDER_MARK.indexOf(one & 0xFF) >= 0;
            if (!before) {
                return one == '{' || one == '[';
            }
        }
        return false;
    }

    /** As letters, or behind an escape. */
    private static boolean mayNameADelete(byte[] body) {
        String text = letters(body).toLowerCase(Locale.ROOT);
        return text.contains(DELETE) || text.contains("remove") || text.indexOf('\\') >= 0;
    }

    /** The same in UTF-8, UTF-16 and UTF-32, as far as it is ASCII. */
    private static String letters(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).replace("\0", "");
    }

    /** @param part whether the object stands where the parts of a batch do */
    private static void collect(JsonNode node, String at, boolean part, List<CarriedDelete> found) {
        if (node.isObject()) {
            requireNoBatch(node);
            found.addAll(deletes(node, at, part));
        }
        for (Map.Entry<String, JsonNode> member :
                node.isObject() ? node.properties() : List.<Map.Entry<String, JsonNode>>of()) {
            boolean ofThePart = part && member.getKey().equalsIgnoreCase("headers");
            if (!ofThePart) {
                collect(member.getValue(), at + "/" + member.getKey(), false, found);
            }
        }
        if (node.isString()) {
            found.addAll(inString(node.asString(), at));
        }
        int index = 0;
        for (JsonNode element : node.isArray() ? node : JSON.createArrayNode()) {
            collect(element, at + "/" + index++, true, found);
        }
    }

    /** OData 4.01 §11.7 and Microsoft Graph know no batch in a batch; what its body says is not for us to guess. */
    private static void requireNoBatch(JsonNode object) {
        if (writes(object) && urls(object).stream().anyMatch(url -> new PartUrl(url).isBatch())) {
            throw unreadable("a part of it is a batch itself");
        }
    }

    private static boolean writes(JsonNode object) {
        return object.properties().stream()
                .anyMatch(member -> (isMethod(member.getKey()) || isVerb(member.getKey()))
                        && WRITES.contains(
                                member.getValue().asString("").strip().toLowerCase(Locale.ROOT)));
    }

    private static List<CarriedDelete> inString(String text, String at) {
        Matcher request = REQUEST.matcher(text);
        if (!request.matches()) {
            return List.of();
        }
        String url = request.group(2);
        boolean deletes = request.group(1).equalsIgnoreCase(DELETE) || PartOverride.in(url);
        return List.of(new CarriedDelete(place(at), url, deletes ? Certainty.WHERE_GOVERNED : Certainty.WHERE_OF_MANY));
    }

    private static String place(String at) {
        return at.isEmpty() ? "the body" : at;
    }

    private static List<CarriedDelete> deletes(JsonNode object, String at, boolean part) {
        String place = place(at);
        List<String> urls = urls(object);
        if (namesDelete(object) || overrides(member(object, "headers"))) {
            if (urls.isEmpty() && part && member(object, "jsonrpc") == null) {
                throw unreadable("a DELETE in it has no URL");
            }
            return urls.stream().map(url -> delete(place, url)).toList();
        }
        if (!text(object, "op").strip().equalsIgnoreCase("remove")) {
            return inOtherWords(object, place, urls);
        }
        JsonNode ref = member(object, "ref");
        if (!urls.isEmpty() || ref == null || member(ref, "relationship") != null) {
            return urls.stream().map(url -> delete(place, url)).toList();
        }
        return List.of(new CarriedDelete(place, text(ref, "type") + "/" + text(ref, "id")));
    }

    private static List<CarriedDelete> inOtherWords(JsonNode object, String place, List<String> urls) {
        if (urls.isEmpty()) {
            return List.of();
        }
        boolean deletes = PartOverride.in(object)
                || object.properties().stream()
                        .anyMatch(member -> isVerb(member.getKey()) && isDelete(member.getValue()));
        if (!deletes && !writes(object)) {
            return List.of();
        }
        Certainty certainty = deletes ? Certainty.WHERE_GOVERNED : Certainty.WHERE_OF_MANY;
        return urls.stream()
                .map(url -> new CarriedDelete(place, url, certainty))
                .toList();
    }

    private static boolean isVerb(String name) {
        return VERBS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static CarriedDelete delete(String part, String url) {
        if (new PartUrl(url).isReference()) {
            throw unreadable("a DELETE in it refers to another part");
        }
        return new CarriedDelete(part, url);
    }

    /** Whichever of them a server reads. */
    private static List<String> urls(JsonNode object) {
        return object.properties().stream()
                .filter(member -> URLS.contains(member.getKey().toLowerCase(Locale.ROOT)))
                .filter(member -> member.getValue().isString())
                .map(member -> member.getValue().asString())
                .toList();
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

    private static String text(JsonNode object, String name) {
        JsonNode value = member(object, name);
        return value == null ? "" : value.asString("");
    }

    /** Some servers do not mind the case of names. */
    private static @Nullable JsonNode member(JsonNode object, String name) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return null;
    }

    private static List<CarriedDelete> inText(byte[] bytes) {
        String body = new String(bytes, StandardCharsets.UTF_8);
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
        boolean all = overridden || METHOD_IN_TEXT.matcher(body).find();
        var found = new ArrayList<CarriedDelete>();
        LINE.matcher(body).results().forEach(line -> {
            String method = line.group(1).toLowerCase(Locale.ROOT);
            if (WRITES.contains(method) && new PartUrl(line.group(2)).isBatch()) {
                throw unreadable("a part of it is a batch itself");
            }
            String part = line.group().strip();
            if (method.equals(DELETE) || (all && method.equals("post"))) {
                found.add(delete(part, line.group(2)));
            } else if (PartOverride.in(line.group(2))) {
                found.add(new CarriedDelete(part, line.group(2), Certainty.WHERE_GOVERNED));
            } else if (WRITES.contains(method)) {
                found.add(new CarriedDelete(part, line.group(2), Certainty.WHERE_OF_MANY));
            }
        });
        found.addAll(inXml(bytes, body));
        return found;
    }

    private static List<CarriedDelete> inXml(byte[] bytes, String body) {
        if (!isBundleInXml(bytes)) {
            return List.of();
        }
        if (UNREADABLE_XML.matcher(body).find() || !BUNDLE.matcher(body).find()) {
            throw unreadable("its XML is in another encoding than UTF-8, or says things in other words");
        }
        boolean overridden = FHIR_URL.matcher(body).results().anyMatch(url -> PartOverride.in(url.group(1)));
        return overridden || FHIR_METHOD.matcher(body).find()
                ? FHIR_URL.matcher(body)
                        .results()
                        .map((MatchResult url) -> new CarriedDelete(url.group(), url.group(1)))
                        .toList()
                : List.of();
    }

    /** A form's fields hold whatever its server takes for a batch. */
    private static void requireNoDeleteInForm(byte[] body) {
        String form = letters(body);
        String decoded;
        try {
            decoded = URLDecoder.decode(form, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            decoded = form;
        }
        if (DELETE_IN_FORM.matcher(decoded).find()) {
            throw unreadable("it is a form, and names a delete");
        }
    }

    private static Failure unreadable(String why) {
        return new Failure(Problem.of(
                422, "batch-unreadable", "It cannot be told whether this batch deletes governed items: " + why + "."));
    }
}
