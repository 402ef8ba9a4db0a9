package dev.cenotaph.gateway.admin;

import dev.cenotaph.gateway.exchange.Problem;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Answers to operators. */
final class AdminAnswer {
    private static final MimeType PROBLEM = new MimeType("application", "problem+json");

    private AdminAnswer() {}

    static WebEndpointResponse<Map<String, Object>> of(int status, Map<String, Object> document) {
        return new WebEndpointResponse<>(document, status, MimeTypeUtils.APPLICATION_JSON);
    }

    static WebEndpointResponse<Map<String, Object>> problem(int status, String code, String detail) {
        return new WebEndpointResponse<>(Problem.of(status, code, detail).document(), status, PROBLEM);
    }
}
