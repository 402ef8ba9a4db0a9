package dev.cenotaph.gateway.upstream;

import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** What the upstream answered to a call of our own. */
public record UpstreamAnswer(int status, HttpHeaders headers, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * Whether somebody on the way had no answer from the upstream itself: 502 or 504 (RFC 9110 §15.6.3, §15.6.5). What was
     * sent may have taken effect, or may yet.
     */
    public boolean isAnothersDoubt() {
        return status == 502 || status == 504;
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
