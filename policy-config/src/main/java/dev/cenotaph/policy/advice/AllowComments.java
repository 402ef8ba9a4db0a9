package dev.cenotaph.policy.advice;

import dev.cenotaph.policy.yaml.PolicySource;
import dev.cenotaph.policy.yaml.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The comments {@code # cenotaph: allow CODE, CODE} of policy files. Each speaks of its own
 * line, and of the next where it has a line to itself.
 */
final class AllowComments {
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#\\s*cenotaph:\\s*allow\\s+([a-z, -]+?)\\s*$");
    private static final Pattern BETWEEN_CODES = Pattern.compile("[, ]+");

    private static final Set<String> KNOWN =
            Arrays.stream(AdviceCode.values()).map(AdviceCode::text).collect(Collectors.toUnmodifiableSet());

    private final Map<String, List<String>> lines = new HashMap<>();

    AllowComments(List<PolicySource> sources) {
        sources.forEach(source -> lines.put(source.file(), source.text().lines().toList()));
    }

    boolean allow(Advice advice) {
        int line = advice.at().line();
        var file = lines.getOrDefault(advice.at().file(), List.of());
        String code = advice.code().text();
        return codes(file, line).contains(code)
                || (isAlone(file, line - 1) && codes(file, line - 1).contains(code));
    }

    /** The codes that are allowed and that no warning has. */
    Stream<Advice> unknown() {
        return lines.entrySet().stream()
                .flatMap(file -> IntStream.rangeClosed(1, file.getValue().size())
                        .boxed()
                        .flatMap(line -> unknown(file.getKey(), file.getValue(), line)));
    }

    private static Stream<Advice> unknown(String name, List<String> file, int line) {
        String text = file.get(line - 1);
        return codes(file, line).stream()
                .filter(code -> !KNOWN.contains(code))
                .map(code -> new Advice(
                        new Position(name, line, text.codePointCount(0, text.lastIndexOf(code)) + 1),
                        AdviceCode.UNKNOWN_ALLOWANCE,
                        "No warning has the code `" + code + "`, so nothing is allowed.",
                        "`cenotaph check` says the codes of the warnings that it gives."));
    }

    private static boolean isAlone(List<String> file, int number) {
        return number >= 1 && file.get(number - 1).strip().startsWith("#");
    }

    /** @param number from 1 */
    private static Set<String> codes(List<String> file, int number) {
        if (number < 1 || number > file.size()) {
            return Set.of();
        }
        var comment = COMMENT.matcher(file.get(number - 1));
        return comment.find() ? Set.of(BETWEEN_CODES.split(comment.group(1))) : Set.of();
    }
}
