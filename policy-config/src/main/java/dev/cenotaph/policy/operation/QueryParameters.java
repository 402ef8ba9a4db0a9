package dev.cenotaph.policy.operation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A raw query, taken apart without touching the bytes of what stays. */
final class QueryParameters {
    static final int DEFAULT_PAGE_SIZE = 100;
    static final int MAX_PAGE_SIZE = 1000;

    private record Parameter(String raw, String rawName, String name, Optional<String> rawValue) {

        static Parameter of(String raw) {
            int equals = raw.indexOf('=');
            String rawName = equals < 0 ? raw : raw.substring(0, equals);
            return new Parameter(
                    raw,
                    rawName,
                    decoded(rawName),
                    equals < 0 ? Optional.empty() : Optional.of(raw.substring(equals + 1)));
        }
    }

    private final List<Parameter> parameters = new ArrayList<>();
    // What an upstream sees as parameters that takes a semicolon for a separator, as HTML 4 proposed.
    private final List<Parameter> behindSemicolons = new ArrayList<>();

    QueryParameters(Optional<String> query) {
        query.filter(text -> !text.isEmpty()).ifPresent(text -> {
            for (String raw : text.split("&", -1)) {
                parameters.add(Parameter.of(raw));
                String[] pieces = raw.split(";", -1);
                for (int i = 1; i < pieces.length; i++) {
                    behindSemicolons.add(Parameter.of(pieces[i]));
                }
            }
        });
    }

    /**
     * The raw values of the parameter that overrides the method.
     *
     * @throws InvalidParameterException if it is spelt so that only some servers know it
     */
    List<String> methods() {
        if (parameters.isEmpty()) {
            return List.of();
        }
        boolean disguised = behindSemicolons.stream().anyMatch(QueryParameters::isMethod)
                || parameters.stream()
                        .anyMatch(parameter ->
                                isMethod(parameter) && !parameter.name().equalsIgnoreCase(MethodOverrides.PARAMETER));
        if (disguised) {
            throw new InvalidParameterException("Some servers would take a parameter in the query for "
                    + MethodOverrides.PARAMETER + "; send the method itself.");
        }
        return valuesIgnoringCase(MethodOverrides.PARAMETER);
    }

    private static boolean isMethod(Parameter parameter) {
        return MethodOverrides.isParameter(parameter.rawName());
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
        if (parameters.isEmpty()) {
            return false;
        }
        List<Parameter> found = named(parameters, names);
        List<Parameter> hidden = named(behindSemicolons, names);
        if (!hidden.isEmpty()) {
            throw new InvalidParameterException(
                    "The parameter " + hidden.getFirst().name() + " stands behind a semicolon; use an ampersand.");
        }
        if (found.isEmpty()) {
            return false;
        }
        Parameter parameter = found.getFirst();
        if (found.size() > 1) {
            throw new InvalidParameterException("The parameter " + parameter.name() + " is there more than once.");
        }
        if (!names.contains(parameter.rawName())) {
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

    /**
     * Whether one of these parameters is there with the value that is named beside it.
     *
     * @throws InvalidParameterException if it is there once more
     */
    boolean holdsOneOf(Map<String, String> values) {
        return !parameters.isEmpty()
                && values.entrySet().stream().anyMatch(wanted -> holds(wanted.getKey(), wanted.getValue()));
    }

    private boolean holds(String name, String value) {
        List<Parameter> found = parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .toList();
        boolean holds = found.stream()
                .anyMatch(parameter -> parameter
                        .rawValue()
                        .map(QueryParameters::decoded)
                        .orElse("")
                        .equals(value));
        if (holds && found.size() > 1) {
            throw new InvalidParameterException(
                    "The parameter " + name + " asks for trash, and is there more than once.");
        }
        return holds;
    }

    /**
     * The texts of a parameter that holds many, and may be there more than once.
     *
     * @throws InvalidParameterException if one is spelt so that only some servers know it, or cannot be decoded
     */
    List<String> list(Collection<String> names, String separator) {
        var texts = new ArrayList<String>();
        for (Parameter parameter : named(parameters, names)) {
            if (!names.contains(parameter.rawName())) {
                throw new InvalidParameterException(
                        "The parameter " + parameter.name() + " is spelt otherwise: " + String.join(", ", names) + ".");
            }
            texts.addAll(
                    List.of(strictlyDecoded(parameter.rawValue().orElse("")).split(Pattern.quote(separator), -1)));
        }
        return texts;
    }

    private static String strictlyDecoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidParameterException("A parameter's percent-encoding is broken.");
        }
    }

    /** The raw query without the parameters of these names, whatever their case. */
    Optional<String> without(Collection<String> names) {
        if (parameters.isEmpty()) {
            return Optional.empty();
        }
        String kept = parameters.stream()
                .filter(parameter -> names.stream().noneMatch(parameter.name()::equalsIgnoreCase))
                .map(Parameter::raw)
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
    }

    private static List<Parameter> named(List<Parameter> parameters, Collection<String> names) {
        return parameters.stream()
                .filter(parameter -> names.stream().anyMatch(parameter.name()::equalsIgnoreCase))
                .toList();
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }
}
