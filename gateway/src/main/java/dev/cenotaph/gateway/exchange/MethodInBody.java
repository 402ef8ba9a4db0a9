package dev.cenotaph.gateway.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the {@code _method} that a body may hold: as a form field (Rails, Laravel, Symfony), or as a JSON member (Laravel).
 * A multipart body is looked at as it flows, and cut off where it holds one. What cannot be looked into does not pass.
 */
public final class MethodInBody {
    // Rack takes a POST without a type for a form.
    private static final Set<String> MAY_LACK_A_TYPE = Set.of("POST", "PUT", "PATCH");
    private static final Pattern JSON_TYPE = Pattern.compile("(?:/|\\+|x-)json");
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*[\"']?([^\"';,\\s]+)");

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
        String types = String.join(",", request.getHeaders().getOrEmpty(HttpHeaders.CONTENT_TYPE))
                .toLowerCase(Locale.ROOT);
        boolean typeless =
                types.isBlank() && MAY_LACK_A_TYPE.contains(request.getMethod().name());
        boolean form = typeless || types.contains("form-urlencoded");
        boolean json = JSON_TYPE.matcher(types).find();
        boolean multipart = types.contains("multipart/");
        if (multipart && !form && !json && ContentCoding.isIdentity(request.getHeaders())) {
            return Mono.just(
                    new Looked(RequestBody.withBody(exchange, request, watched(request.getBody())), List.of()));
        }
        if (!form && !json && !multipart) {
            return Mono.just(new Looked(exchange, List.of()));
        }
        return RequestBody.read(request, limit).map(body -> {
            var methods = new ArrayList<String>();
            if (body.length > 0) {
                byte[] plain = plain(request.getHeaders(), body);
                methods.addAll(form ? inForm(plain, types) : List.of());
                methods.addAll(json ? MethodInJson.methods(plain) : List.of());
                refusePart(multipart && new MethodInMultipart().sees(latin(plain)));
            }
            return new Looked(RequestBody.replay(exchange, body), methods);
        });
    }

    // RFC 9110 §15.5.16: a coding that we do not know is 415.
    private byte[] plain(HttpHeaders headers, byte[] body) {
        return ContentCoding.decoded(headers, body, limit)
                .orElseThrow(() -> new Failure(Problem.of(
                        415,
                        "body-unreadable",
                        "The body has to be looked at before it may pass, and its Content-Encoding is none that we"
                                + " know. Send it as it is, or as gzip.")));
    }

    private static List<String> inForm(byte[] body, String types) {
        if (CHARSET.matcher(types).results().anyMatch(charset -> !writesLikeAscii(charset.group(1)))) {
            throw new Failure(Problem.of(
                    415, "body-unreadable", "The form's charset is none that we can look into. Send it in UTF-8."));
        }
        return MethodInForm.methods(latin(body));
    }

    private static boolean writesLikeAscii(String charset) {
        String letters = "_method%5F=DELETE&;";
        try {
            return Arrays.equals(
                    letters.getBytes(Charset.forName(charset)), letters.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }

    private static Flux<DataBuffer> watched(Flux<DataBuffer> body) {
        return Flux.defer(() -> {
            var multipart = new MethodInMultipart();
            return body.doOnNext(buffer -> {
                byte[] bytes = new byte[buffer.readableByteCount()];
                buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(bytes), 0, bytes.length);
                if (multipart.sees(latin(bytes))) {
                    DataBufferUtils.release(buffer);
                    refusePart(true);
                }
            });
        });
    }

    private static void refusePart(boolean found) {
        if (found) {
            throw new Failure(
                    Problem.of(400, "method-override", "This resource takes no method override in a multipart body."));
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
