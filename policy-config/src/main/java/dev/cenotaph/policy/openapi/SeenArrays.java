package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds every array in an answer, the nearest first. Each schema is entered once, since references run in circles, and
 * none far down: what nests that deep in a schema hardly does so in an answer.
 */
final class SeenArrays {
    private static final int DEEPEST = 6;
    private static final int MOST = 20_000;

    private final Schemas schemas;
    private final Kinds kinds;
    private final Deque<Step> steps = new ArrayDeque<>();
    // What is composed in a circle has one map of properties, and is entered once, too.
    private final Set<Map<String, Schema<?>>> entered = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<SeenArray> seen = new ArrayList<>();

    private record Step(Schema<?> schema, List<String> at, boolean pointed) {

        Step to(Schema<?> inner, String token, boolean stillPointed) {
            var place = new ArrayList<>(at);
            place.add(token);
            return new Step(inner, List.copyOf(place), pointed && stillPointed);
        }
    }

    private SeenArrays(Schemas schemas, Kinds kinds) {
        this.schemas = schemas;
        this.kinds = kinds;
    }

    static List<SeenArray> in(Schema<?> answer, Schemas schemas, Kinds kinds) {
        var arrays = new SeenArrays(schemas, kinds);
        arrays.steps.add(new Step(answer, List.of(), true));
        arrays.walk();
        return List.copyOf(arrays.seen);
    }

    private void walk() {
        while (!steps.isEmpty() && entered.size() < MOST) {
            Step step = steps.remove();
            schemas.elements(step.schema()).ifPresent(element -> look(step, element));
            schemas.values(step.schema()).ifPresent(value -> look(step, value));
            enter(step);
        }
    }

    private void look(Step step, Schema<?> element) {
        boolean isArray = schemas.elements(step.schema()).isPresent();
        seen.add(new SeenArray(step.at(), step.pointed() && isArray, kinds.all(element), kinds.rows(element)));
        if (step.at().size() < DEEPEST) {
            steps.add(step.to(element, "*", false));
        }
    }

    private void enter(Step step) {
        Map<String, Schema<?>> properties = schemas.properties(step.schema());
        if (step.at().size() >= DEEPEST || !entered.add(properties)) {
            return;
        }
        properties.forEach((name, schema) -> steps.add(step.to(schema, name, true)));
    }
}
