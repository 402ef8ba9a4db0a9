package dev.cenotaph.policy.match;

import static dev.cenotaph.policy.match.Policies.matcher;
import static dev.cenotaph.policy.match.Policies.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.match.PathReading.Ambiguous;
import dev.cenotaph.policy.match.PathReading.Governed;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisguisedPathTest {
    private static final String ITEM = "/api/orders/7";
    private static final List<String> TOKENS = List.of(
            "/",
            "api",
            "orders",
            "7",
            "x",
            ".",
            "..",
            "/../",
            "/./",
            "//",
            ";",
            ";a",
            "\\",
            "%2f",
            "%2e",
            "%5c",
            "%25",
            "%3b",
            "%00",
            "%c0%af",
            "%u002e",
            "\t",
            " ",
            "/api/orders/7",
            "API",
            "%61",
            "/api",
            "/orders",
            "/7");

    private final PolicyMatcher matcher = matcher(resource("orders", "/api/orders"), resource("users", "/users"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void disguisedItemIsNeitherFreeNorAnotherItem(long seed) {
        var disguise = new Disguise(new Random(seed));

        for (int round = 0; round < 4_000; round++) {
            String path = disguise.of(ITEM, 1 + round % 4);
            assertThat(isRefusedOrItem(path)).as(path).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void whatACarelessServerTakesForTheItemIsRefusedOrTheItem(long seed) {
        var random = new Random(seed);
        var disguise = new Disguise(random);
        List<CarelessServer> servers =
                Stream.generate(() -> CarelessServer.random(random)).limit(60).toList();
        int hits = 0;

        for (int round = 0; round < 3_000; round++) {
            String path = round % 3 == 0 ? nonsense(random) : disguise.of(ITEM, 1 + round % 6);
            List<CarelessServer> fooled = fooled(servers, path);
            hits += fooled.isEmpty() ? 0 : 1;
            assertThat(fooled.isEmpty() || isRefusedOrItem(path))
                    .as("%s by %s", path, fooled)
                    .isTrue();
        }

        assertThat(hits).isGreaterThan(500);
    }

    private static List<CarelessServer> fooled(List<CarelessServer> servers, String path) {
        List<CarelessServer> fooled = new ArrayList<>();
        for (CarelessServer server : servers) {
            if (server.read(path).equals(ITEM)) {
                fooled.add(server);
            }
        }
        return fooled;
    }

    private static String nonsense(Random random) {
        var path = new StringBuilder(random.nextInt(8) == 0 ? "" : "/api");
        for (int i = random.nextInt(8); i > 0; i--) {
            path.append(TOKENS.get(random.nextInt(TOKENS.size())));
        }
        return path.append(random.nextBoolean() ? "/orders/7" : "").toString();
    }

    private boolean isRefusedOrItem(String path) {
        return switch (matcher.read(path)) {
            case Ambiguous ambiguous -> true;
            case Governed governed ->
                governed.match().target() instanceof Target.Item item
                        && item.key().equals(new ItemKey("orders", List.of(), "7"));
            case PathReading.Ungoverned ungoverned -> false;
        };
    }
}
