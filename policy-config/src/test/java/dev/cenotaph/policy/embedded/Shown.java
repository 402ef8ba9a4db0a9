package dev.cenotaph.policy.embedded;

import dev.cenotaph.policy.match.EmbeddedMatcher;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers of {@code /page} that hold customers, of which 9 and 99 are in the trash. */
final class Shown {
    private static final Set<String> TRASHED = Set.of("9", "99");

    private Shown() {}

    private static boolean isTrashed(ItemKey key) {
        return key.resource().equals("customers") && TRASHED.contains(key.id());
    }

    /** A document as a client sees it. */
    static String with(String rule, String document) {
        return with("/customers", rule, "", document);
    }

    static String with(String path, String rule, String more, String document) {
        var policies = PolicyCompiler.compile(
                List.of(new PolicySource("a.yaml", """
                        version: 1
                        upstream: http://localhost:9090
                        resources:
                          customers:
                            path: %s
                            marker: { flag: gone }
                            embedded: [%s]
                        """.formatted(path, rule) + more.indent(4))),
                Map.<String, String>of()::get);
        var matches = new EmbeddedMatcher(policies).read("/page").items();
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return EmbeddedItems.hidden(bytes, matches, Shown::isTrashed)
                .map(hidden -> new String(hidden, StandardCharsets.UTF_8))
                .orElse(document);
    }
}
