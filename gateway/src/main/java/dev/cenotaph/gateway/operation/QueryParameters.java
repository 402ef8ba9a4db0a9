package dev.cenotaph.gateway.operation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A raw query, taken apart without touching the bytes of what stays. */
final class QueryParameters {
    static final int DEFAULT_PAGE_SIZE = 100;
    static final int MAX_PAGE_SIZE = 1000;

    private record Parameter(String raw, String name, Optional<String> rawValue) {}

    private final List<Parameter> parameters = new ArrayList<>();

    QueryParameters(Optional<String> query) {
        query.filter(text -> !text.isEmpty()).ifPresent(text -> {
            for (String raw : text.split("&", -1)) {
                int equals = raw.indexOf('=');
                parameters.add(new Parameter(
                        raw,
                        decoded(equals < 0 ? raw : raw.substring(0, equals)),
                        equals < 0 ? Optional.empty() : Optional.of(raw.substring(equals + 1))));
            }
        });
    }

    /** The raw values of all parameters of this name, ignoring case; a parameter without {@code =} gives the empty text. */
    List<String> valuesIgnoringCase(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(name))
                .map(parameter -> parameter.rawValue().orElse(""))
                .toList();
    }

    /**
     * A parameter that is at most once there, and is exactly {@code true} or {@code false}.
     *
     * @throws InvalidParameterException if it is anything else
     */
    boolean strictFlag(Collection<String> names) {
        List<Parameter> found = parameters.stream()
                .filter(parameter -> names.stream().anyMatch(parameter.name()::equalsIgnoreCase))
                .toList();
        if (found.isEmpty()) {
            return false;
        }
        Parameter parameter = found.getFirst();
        if (found.size() > 1) {
            throw new InvalidParameterException("The parameter " + parameter.name() + " is there more than once.");
        }
        if (!names.contains(parameter.name())) {
            throw new InvalidParameterException(
                    "The parameter " + parameter.name() + " is spelt otherwise: " + String.join(", ", names) + ".");
        }
        return switch (parameter.rawValue().orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidParameterException("The parameter " + parameter.name() + " is exactly true or false.");
        };
    }

    /** The raw query without the parameters of these names, whatever their case. */
    Optional<String> without(Collection<String> names) {
        String kept = parameters.stream()
                .filter(parameter -> names.stream().noneMatch(parameter.name()::equalsIgnoreCase))
                .map(Parameter::raw)
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }
}
