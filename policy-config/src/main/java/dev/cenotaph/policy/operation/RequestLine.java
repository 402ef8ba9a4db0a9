package dev.cenotaph.policy.operation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a request says outside its path and body.
 *
 * @param query the raw query
 * @param headerNames every header name that came
 * @param header all values of one header, in order; looked up ignoring case
 */
public record RequestLine(
        String method, Optional<String> query, Iterable<String> headerNames, Function<String, List<String>> header) {}
