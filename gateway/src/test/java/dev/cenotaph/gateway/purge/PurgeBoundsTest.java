package dev.cenotaph.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.purge.PurgeReport.Obstacle;
import dev.cenotaph.gateway.purge.PurgeReport.OfResource;
import dev.cenotaph.gateway.purge.PurgeReport.Outcome;
import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps a purge from doing too much, or anything at all. */
class PurgeBoundsTest {
    private static final String POLICIES = "orders: { path: /orders, marker: { flag: trashed }, retention: PT1S }";

    private final ItemUpstream upstream = new ItemUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void runEndsAtItsCapAndTheNextGoesOn() {
        try (TestGateway gateway =
                gateway("cenotaph.purge.max-per-run=3", "cenotaph.purge.stop-above-share=1", credentials())) {
            due(gateway, 5);
            OfResource first = run(gateway);
            assertThat(first.backlog().due()).isEqualTo(5);
            assertThat(first.next()).hasSize(3);
            assertThat(first.count(Outcome.PURGED)).isEqualTo(3);
            assertThat(run(gateway).count(Outcome.PURGED)).isEqualTo(2);
            assertThat(run(gateway).counts()).isEmpty();
        }
    }

    @Test
    void withoutCredentialsNothingIsDoneAndThatIsSaid() {
        try (TestGateway gateway = gateway()) {
            List<String> items = due(gateway, 1);
            OfResource report = run(gateway);
            assertThat(report.obstacle()).containsInstanceOf(Obstacle.NoCredentials.class);
            assertThat(report.backlog().due()).isEqualTo(1);
            assertThat(report.next()).isEmpty();
            assertThat(report.counts()).isEmpty();
            assertThat(upstream.methods(items.getFirst())).doesNotContain("DELETE");
            assertThat(gateway.get(items.getFirst()).statusCode()).isEqualTo(410);
        }
    }

    @Test
    void dryRunTellsWhatItWouldDoAndTouchesNothing() {
        try (TestGateway gateway = gateway("cenotaph.purge.dry-run=true", credentials())) {
            List<String> items = due(gateway, 2);
            int before = upstream.received(items.getFirst()).size();
            OfResource report = run(gateway);
            assertThat(report.next()).containsExactlyElementsOf(items);
            assertThat(report.counts()).isEmpty();
            assertThat(upstream.received(items.getFirst())).hasSize(before);
            assertThat(gateway.get(items.getFirst()).statusCode()).isEqualTo(410);
        }
    }

    @Test
    void moreThanCanBeBelievedIsNotTouchedUntilItIsConfirmed() {
        try (TestGateway gateway =
                gateway("cenotaph.purge.max-per-run=2", "cenotaph.purge.stop-above=3", credentials())) {
            Purge purge = gateway.bean(Purge.class);
            List<String> items = due(gateway, 5);
            OfResource stopped = run(gateway);
            assertThat(stopped.obstacle()).containsInstanceOf(Obstacle.Implausible.class);
            assertThat(stopped.next()).isEmpty();
            assertThat(items)
                    .allSatisfy(item -> assertThat(upstream.methods(item)).doesNotContain("DELETE"));
            assertThat(purge.counts().stopped()).isEqualTo(1);

            assertThat(purge.confirm("orders", 4)).isTrue();
            assertThat(run(gateway).obstacle())
                    .as("fewer were confirmed than are due")
                    .isPresent();
            assertThat(purge.confirm("orders", 5)).isTrue();
            assertThat(run(gateway).count(Outcome.PURGED)).isEqualTo(2);
            assertThat(run(gateway).count(Outcome.PURGED)).isEqualTo(2);
            assertThat(run(gateway).count(Outcome.PURGED)).isEqualTo(1);
            due(gateway, 5);
            assertThat(run(gateway).obstacle())
                    .as("the word was for the former backlog")
                    .isPresent();
            assertThat(purge.confirm("unknown", 1)).isFalse();
        }
    }

    @Test
    void largeShareOfAllTrashIsDoubtedToo() {
        try (TestGateway gateway =
                gateway("cenotaph.purge.max-per-run=2", "cenotaph.purge.stop-above-share=0.9", credentials())) {
            due(gateway, 3);
            assertThat(run(gateway).obstacle()).containsInstanceOf(Obstacle.Implausible.class);
        }
    }

    @Test
    void whereTheGatewayIsOffNothingIsPurged() {
        try (TestGateway gateway = gateway("cenotaph.mode=off", credentials())) {
            assertThat(gateway.bean(Purge.class).look().resources()).isEmpty();
        }
    }

    @Test
    void scheduleRunsByItself() {
        try (TestGateway gateway = TestGateway.with(
                TestGateway.policy(upstream.port(), POLICIES), "cenotaph.purge.interval=100ms", credentials())) {
            List<String> items = due(gateway, 1);
            Awaitility.await().until(() -> upstream.item(items.getFirst()).isEmpty());
            Awaitility.await().until(() -> gateway.get(items.getFirst()).statusCode() == 404);
        }
    }

    private String credentials() {
        return "cenotaph.credentials[0].upstream=http://localhost:" + upstream.port();
    }

    private TestGateway gateway(String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("cenotaph.purge.interval=1h");
        return TestGateway.with(TestGateway.policy(upstream.port(), POLICIES), all.toArray(String[]::new));
    }

    private static OfResource run(TestGateway gateway) {
        return gateway.bean(Purge.class).run().orElseThrow().resources().getFirst();
    }

    private List<String> due(TestGateway gateway, int count) {
        var items = new ArrayList<String>();
        Instant last = Instant.now();
        for (int i = 0; i < count; i++) {
            String item = upstream.create("/orders", "{\"trashed\":false}");
            HttpResponse<String> deleted = gateway.delete(item);
            assertThat(deleted.statusCode()).isEqualTo(204);
            last = Instant.parse(
                    deleted.headers().firstValue("Cenotaph-Purge-At").orElseThrow());
            items.add(item);
        }
        Instant purge = last;
        Awaitility.await().until(() -> !Instant.now().isBefore(purge));
        return items;
    }
}
