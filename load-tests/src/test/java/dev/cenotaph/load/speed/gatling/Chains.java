package dev.cenotaph.load.speed.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyLength;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.upstream.Orders;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What one user does in each scenario at one target, and what has to be the answer. */
final class Chains {
    private static final int DIFFERENT_ITEMS = 1_000;
    private static final int ITEM_LENGTH = Orders.order(Orders.LIVE, null).length;
    private static final String ID = "id";

    /** Far from the orders that the other generators walk through; no two runs delete the same one. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(60_000_000 + (int) (System.currentTimeMillis() / 1_000 % 30_000) * 1_000);

    private final Target target;
    private final String orders;
    private final String status;

    Chains(Target target, String url) {
        this.target = target;
        orders = url + Orders.PATH;
        status = url + "/status";
    }

    /** The mix, under a name that nothing is reported of. */
    ScenarioBuilder warmUp() {
        return scenario("warm-up " + target.option()).exec(mix("warm-up (" + target.option() + ")"));
    }

    /** Its requests have the same name in every round, so that they are reported together. */
    ScenarioBuilder of(Scenario scenario, int round) {
        String name = scenario.option() + " " + target.option();
        return scenario(name + " " + round).exec(chain(scenario, name));
    }

    private ChainBuilder chain(Scenario scenario, String name) {
        return switch (scenario) {
            case UNGOVERNED -> exec(answered(http(name).get(status), 200, Orders.status().length));
            case LIVE -> exec(live(name));
            case GONE -> exec(gone(name));
            case LIST_20 -> exec(list(name, 20));
            case LIST_100 -> exec(list(name, 100));
            case LIST_1000 -> exec(list(name, 1_000));
            case DELETE -> newId().exec(delete(name));
            case RESTORE -> newId().exec(restore(name));
            case MIX -> mix(name);
        };
    }

    private ChainBuilder mix(String name) {
        return exec(randomSwitch()
                .on(
                        percent(40).then(chain(Scenario.UNGOVERNED, name)),
                        percent(37).then(chain(Scenario.LIVE, name)),
                        percent(10).then(chain(Scenario.GONE, name)),
                        percent(9).then(chain(Scenario.LIST_20, name)),
                        percent(3).then(chain(Scenario.LIST_100, name)),
                        percent(1).then(chain(Scenario.DELETE, name))));
    }

    private HttpRequestActionBuilder live(String name) {
        return answered(http(name).get(session -> orders + "/" + any(Orders.LIVE)), 200, ITEM_LENGTH);
    }

    private HttpRequestActionBuilder gone(String name) {
        return target.trashes()
                ? http(name).get(session -> orders + "/" + any(Orders.TRASHED)).check(status().is(410))
                : live(name);
    }

    private HttpRequestActionBuilder list(String name, int rows) {
        byte[] body = target.filters() ? Orders.filteredList(rows) : Orders.list(rows);
        return answered(http(name).get(orders + "?limit=" + rows), 200, body.length);
    }

    private HttpRequestActionBuilder delete(String name) {
        return http(name).delete(orders + "/#{" + ID + "}").check(status().is(204));
    }

    private ChainBuilder restore(String name) {
        String item = orders + "/#{" + ID + "}";
        return target.trashes()
                ? exec(delete(name + " (its DELETE)"))
                        .exec(answered(http(name).post(item + ":undelete"), 200, ITEM_LENGTH))
                : exec(answered(
                        http(name)
                                .patch(item)
                                .header("Content-Type", "application/merge-patch+json")
                                .body(StringBody("{\"deleted_at\":null}")),
                        200,
                        ITEM_LENGTH));
    }

    private static ChainBuilder newId() {
        return exec(session -> session.set(ID, NEXT.getAndIncrement()));
    }

    private static HttpRequestActionBuilder answered(HttpRequestActionBuilder request, int code, int length) {
        return request.check(status().is(code), bodyLength().is(length));
    }

    private static int any(int first) {
        return first + ThreadLocalRandom.current().nextInt(DIFFERENT_ITEMS);
    }
}
