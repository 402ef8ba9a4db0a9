package dev.cenotaph.gateway.upstream;

import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** What the upstream answered to a call of our own. */
public record UpstreamAnswer(int status, HttpHeaders headers, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The item is not there: 404 or 410. */
    public boolean isMissing() {
        return status == 404 || status == 410;
    }

    /** The entity tag that a write may be made conditional on: a strong one (RFC 9110 §13.1.1). */
    public Optional<String> strongEntityTag() {
        return Optional.ofNullable(headers.getETag()).filter(tag -> !tag.startsWith("W/"));
    }
}
