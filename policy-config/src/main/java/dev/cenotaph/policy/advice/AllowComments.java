package dev.cenotaph.policy.advice;

import dev.cenotaph.policy.yaml.PolicySource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The comments {@code # cenotaph: allow CODE, CODE} of policy files. Each speaks of its own line and the next. */
final class AllowComments {
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#\\s*cenotaph:\\s*allow\\s+([a-z, -]+?)\\s*$");
    private static final Pattern BETWEEN_CODES = Pattern.compile("[, ]+");

    private final Map<String, List<String>> lines = new HashMap<>();

    AllowComments(List<PolicySource> sources) {
        sources.forEach(source -> lines.put(source.file(), source.text().lines().toList()));
    }

    boolean allow(Advice advice) {
        int line = advice.at().line();
        var file = lines.getOrDefault(advice.at().file(), List.of());
        String code = advice.code().text();
        return codes(file, line).contains(code) || codes(file, line - 1).contains(code);
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
