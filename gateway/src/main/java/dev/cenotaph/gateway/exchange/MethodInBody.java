package dev.cenotaph.gateway.exchange;

import dev.cenotaph.gateway.operation.MethodOverrides;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds the {@code _method} that a POST's body may hold: as a form field (Rails, Laravel, Symfony), or as a JSON member
 * (Laravel). A multipart body is looked at as it flows, and cut off where it holds one.
 */
public final class MethodInBody {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern PART = Pattern.compile(
            "(?i)[;\\s]name\\s*\\*?\\s*=\\s*(\"\\s*|[^;\\s\"]*'[^']*')?" + MethodOverrides.PARAMETER + "(?![\\w.\\-])");
    // Longer than any plausible spelling of the parameter in a part's header.
    private static final int OVERLAP = 256;

    private final int limit;

    public MethodInBody(int limit) {
        this.limit = limit;
    }

    /**
     * What a look found.
     *
     * @param exchange to go on with, its body as it was
     * @param methods every method that the body names
     */
    public record Looked(ServerWebExchange exchange, List<String> methods) {}

    public Mono<Looked> look(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (!request.getMethod().equals(HttpMethod.POST)) {
            return Mono.just(new Looked(exchange, List.of()));
        }
        String type = JsonBodies.mediaType(request.getHeaders()).orElse("");
        if (type.equals("application/x-www-form-urlencoded")) {
            return RequestBody.read(request, limit)
                    .map(body -> new Looked(RequestBody.replay(exchange, body), inForm(body)));
        }
        if (type.startsWith("multipart/")) {
            Flux<DataBuffer> watched = watched(request.getBody());
            return Mono.just(new Looked(RequestBody.withBody(exchange, request, watched), List.of()));
        }
        if (type.equals("application/json") || type.endsWith("+json")) {
            return RequestBody.read(request, limit)
                    .map(body -> new Looked(RequestBody.replay(exchange, body), inJson(body)));
        }
        return Mono.just(new Looked(exchange, List.of()));
    }

    private static List<String> inForm(byte[] body) {
        var methods = new ArrayList<String>();
        for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("[&;]")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals)).strip();
            if (name.equalsIgnoreCase(MethodOverrides.PARAMETER)) {
                methods.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return methods;
    }

    private static List<String> inJson(byte[] body) {
        var methods = new ArrayList<String>();
        try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return methods;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (MethodOverrides.PARAMETER.equalsIgnoreCase(name)) {
                    methods.add(parser.getString());
                }
                parser.skipChildren();
            }
        } catch (JacksonException e) {
            // A body that is no JSON up to here names no method that a JSON parser would see.
            return methods;
        }
        return methods;
    }

    private static Flux<DataBuffer> watched(Flux<DataBuffer> body) {
        return Flux.defer(() -> {
            var tail = new StringBuilder();
            return body.doOnNext(buffer -> {
                byte[] bytes = new byte[buffer.readableByteCount()];
                buffer.toByteBuffer(buffer.readPosition(), java.nio.ByteBuffer.wrap(bytes), 0, bytes.length);
                tail.append(new String(bytes, StandardCharsets.ISO_8859_1));
                if (PART.matcher(tail).find()) {
                    DataBufferUtils.release(buffer);
                    throw new Failure(Problem.of(
                            400, "method-override", "This resource takes no method override in a multipart body."));
                }
                tail.delete(0, Math.max(0, tail.length() - OVERLAP));
            });
        });
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
