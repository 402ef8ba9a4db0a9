package dev.cenotaph.policy.match;

import static dev.cenotaph.policy.match.Policies.resource;
import static dev.cenotaph.policy.match.Policies.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingCostTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/r0",
                "/api/r0/7",
                "/api/r0/7/lines/x",
                "/api/r0/7/parts/8",
                "/api/r0/trashed/7",
                "/api/r0/7:undelete",
                "/api/unknown/7",
                "/health"
            })
    void numberOfNodesLookedAtDoesNotGrowWithTheNumberOfResources(String path) {
        assertThat(visits(1000, path)).isEqualTo(visits(1, path)).isLessThan(10);
    }

    private static int visits(int resources, String path) {
        var trie = new Trie(set(IntStream.range(0, resources)
                .boxed()
                .flatMap(i -> IntStream.of(0, 1)
                        .mapToObj(j -> j == 0
                                ? resource("r" + i, "/api/r" + i)
                                : resource("p" + i, "/api/r" + i + "/{parent}/parts")))
                .toArray(Policies[]::new)));
        var walk = new Walk(path, Strictness.LENIENT, true);
        walk.landing(trie.root());
        return walk.visits();
    }
}
