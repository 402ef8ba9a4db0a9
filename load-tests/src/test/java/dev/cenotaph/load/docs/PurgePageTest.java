package dev.cenotaph.load.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.purge.Purge;
import dev.cenotaph.gateway.rebuild.Rebuild;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.RebuildProgress.State;
import dev.cenotaph.load.docs.Page.Block;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/** Every file and every command of {@code docs/purge.md}, against a gateway with a shorter retention. */
class PurgePageTest {
    static final Path PAGE = Page.ROOT.resolve("docs/purge.md");

    @Test
    void everyCommandPrintsWhatThePageShows() {
        List<Block> blocks = Page.read(PAGE).blocks();
        String policy = text(blocks, "version:");
        String settings = text(blocks, "cenotaph:");
        try (var upstream = new ItemUpstream()) {
            upstream.create("/orders", "{\"trashed\":false}");
            upstream.create("/orders", "{\"trashed\":false}");
            String here = "http://localhost:" + upstream.port();
            try (TestGateway gateway = TestGateway.with(
                    policy.replace("http://localhost:9090", here).replace("P30D", "PT1S"),
                    properties(settings.replace("http://localhost:9090", here).replace("1m", "1h")))) {
                run(blocks, gateway, upstream);
            }
            assertThat(upstream.item("/orders/1")).isEmpty();
            assertThat(upstream.received("/orders/1").getLast().header("Authorization"))
                    .contains("Bearer none");
        }
    }

    private static void run(List<Block> blocks, TestGateway gateway, ItemUpstream upstream) {
        var curl = new Curl(Map.of(
                "localhost:8080", "localhost:" + gateway.port(),
                "localhost:8081", "localhost:" + gateway.managementPort()));
        for (Block block : blocks) {
            for (Command command : Command.of(block)) {
                if (command.program().equals("curl")) {
                    prepare(command, gateway, upstream);
                    curl.run(command);
                }
            }
        }
    }

    /** What the page takes for granted: that thirty days have passed, and that a rebuild takes its time. */
    private static void prepare(Command command, TestGateway gateway, ItemUpstream upstream) {
        Purge purge = gateway.bean(Purge.class);
        String url = command.words().getLast();
        if (url.endsWith("/actuator/purge")) {
            Awaitility.await()
                    .until(() -> purge.look().resources().getFirst().backlog().due() == 1);
        } else if (url.endsWith("/actuator/rebuild")) {
            upstream.create("/orders", "{\"trashed\":true}");
        } else if (url.contains("/actuator/rebuild?")) {
            Awaitility.await()
                    .until(() -> gateway.bean(Rebuild.class).all().getFirst().state() == State.DONE);
        }
    }

    private static String text(List<Block> blocks, String start) {
        return blocks.stream()
                .map(Block::text)
                .filter(text -> text.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static String[] properties(String yaml) {
        var factory = new YamlPropertiesFactoryBean();
        factory.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        Properties properties = Objects.requireNonNull(factory.getObject());
        return properties.stringPropertyNames().stream()
                .map(name -> name + "=" + properties.getProperty(name))
                .toArray(String[]::new);
    }
}
