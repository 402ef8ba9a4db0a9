package dev.cenotaph.gateway.upstream;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A call of our own. */
public record UpstreamRequest(String method, URI url, Map<String, String> headers, Optional<byte[]> body) {
    public UpstreamRequest {
        headers = Map.copyOf(headers);
    }

    public static UpstreamRequest get(URI url) {
        return new UpstreamRequest(
                "GET", url, Map.of("Accept", "application/json, application/*+json, */*;q=0.5"), Optional.empty());
    }

    public static UpstreamRequest delete(URI url) {
        return new UpstreamRequest("DELETE", url, Map.of(), Optional.empty());
    }

    public static UpstreamRequest write(String method, URI url, String mediaType, byte[] body) {
        return new UpstreamRequest(
                method,
                url,
                Map.of("Content-Type", mediaType, "Accept", "application/json, application/*+json, */*;q=0.5"),
                Optional.of(body));
    }

    public UpstreamRequest with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new UpstreamRequest(method, url, more, body);
    }
}
