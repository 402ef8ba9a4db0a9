package dev.cenotaph.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.testing.ItemUpstream;
import dev.cenotaph.gateway.testing.TestGateway;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A store that fails between the write at the upstream and its own: the answer does not claim that nothing happened. */
class StoreFailureTest {
    private final ItemUpstream upstream = new ItemUpstream();
    private final TestGateway gateway = TestGateway.with(
            TestGateway.policy(upstream.port(), "orders: { path: /orders, marker: { flag: trashed } }"));
    private final String order = upstream.create("/orders", "{\"trashed\":false}");

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void markerIsSetAndTheItemGone() {
        failAt("PATCH");
        assertUnrecorded(gateway.delete(order), "marked at the upstream");
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    @Test
    void markerIsClearedAndTheTombstoneStays() {
        gateway.delete(order);
        failAt("PATCH");
        assertUnrecorded(gateway.post(order + ":undelete"), "live at the upstream");
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
        assertThat(gateway.get(order + "?with_trashed=true").statusCode()).isEqualTo(200);
    }

    @Test
    void itemIsDeletedAndTheTombstoneStays() {
        gateway.delete(order);
        failAt("DELETE");
        assertUnrecorded(gateway.delete(order + "?permanent=true"), "deleted at the upstream");
        assertThat(upstream.item(order)).isEmpty();
        assertThat(gateway.get(order).statusCode()).isEqualTo(410);
    }

    private void failAt(String method) {
        upstream.on(
                method,
                order,
                (request, well) -> Mono.fromRunnable(
                                () -> gateway.bean(StoredTombstones.class).close())
                        .subscribeOn(Schedulers.boundedElastic())
                        .then(Mono.fromSupplier(well)));
    }

    private static void assertUnrecorded(HttpResponse<String> answer, String happened) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("store-unavailable", happened);
    }
}
