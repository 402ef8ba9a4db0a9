package dev.cenotaph.load.speed.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every scenario at every target, one after the other: target after target within a scenario, round after round. Targets
 * are named by the system properties {@code speed.target.NAME}, a base URL each.
 */
public final class GatewaySimulation extends Simulation {
    static final String TARGET = "speed.target.";
    static final String SCENARIOS = "speed.scenarios";
    static final String SECONDS = "speed.seconds";
    static final String ROUNDS = "speed.rounds";
    private static final int DEFAULT_SECONDS = 5;

    public GatewaySimulation() {
        List<Chains> targets = targets();
        var steps = new ArrayList<PopulationBuilder>();
        targets.forEach(target -> steps.add(target.warmUp().injectOpen(arrivals(Scenario.MIX))));
        for (int round = 1; round <= Integer.getInteger(ROUNDS, 1); round++) {
            for (Scenario scenario : scenarios()) {
                for (Chains target : targets) {
                    steps.add(target.of(scenario, round).injectOpen(arrivals(scenario)));
                }
            }
        }
        setUp(oneAfterTheOther(steps))
                .protocols(http.shareConnections().disableCaching().disableFollowRedirect());
    }

    /** Requests a second: such that the slowest target keeps up, and Gatling beside it. */
    static int rate(Scenario scenario) {
        return switch (scenario) {
            case UNGOVERNED, LIVE, GONE -> 500;
            case LIST_20, MIX -> 300;
            case LIST_100 -> 150;
            case LIST_1000 -> 20;
            case DELETE, RESTORE -> 50;
        };
    }

    private static OpenInjectionStep arrivals(Scenario scenario) {
        int seconds = Integer.getInteger(SECONDS, DEFAULT_SECONDS);
        return constantUsersPerSec(rate(scenario)).during(Duration.ofSeconds(seconds));
    }

    private static List<Chains> targets() {
        return Arrays.stream(Target.values())
                .filter(target -> System.getProperty(TARGET + target.option()) != null)
                .map(target -> new Chains(target, System.getProperty(TARGET + target.option(), "")))
                .toList();
    }

    private static List<Scenario> scenarios() {
        String chosen = System.getProperty(SCENARIOS, "");
        return chosen.isEmpty()
                ? List.of(Scenario.values())
                : Arrays.stream(chosen.split(",")).map(Scenario::of).toList();
    }

    private static PopulationBuilder oneAfterTheOther(List<PopulationBuilder> steps) {
        PopulationBuilder all = steps.getLast();
        for (int i = steps.size() - 2; i >= 0; i--) {
            all = steps.get(i).andThen(all);
        }
        return all;
    }
}
