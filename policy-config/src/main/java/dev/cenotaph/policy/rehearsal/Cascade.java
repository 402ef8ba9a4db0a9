package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Listing.Next;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.marker.IdReader;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.ResourceMatch.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes along what lies below an item. What fails is tried once here, where the gateway tries again; of a list its first
 * page is walked.
 */
final class Cascade {
    private final Scene scene;
    private final Known top;
    private final List<Known> followed = new ArrayList<>();
    private final Set<ItemKey> kept = new HashSet<>();
    private Optional<String> obstacle = Optional.empty();

    /** @param top the item that leads; its deletion is theirs */
    Cascade(Scene scene, Known top) {
        this.scene = scene;
        this.top = top;
    }

    /** One collection below an item in the trash. */
    private record Walk(String resource, List<String> parents) {}

    /** Those that followed, and the item that led them before all. */
    List<Known> items() {
        return Stream.concat(Stream.of(top), followed.stream())
                .sorted(Comparator.comparingInt(known -> known.key().parents().size()))
                .toList();
    }

    /** What stands in the way of the rest; empty where nothing does. */
    Optional<String> obstacle() {
        return obstacle;
    }

    Cascade trash() {
        List<Walk> open = below(scene.policy(), top.key());
        while (!open.isEmpty()) {
            var further = new ArrayList<Walk>();
            open.stream()
                    .sorted(Comparator.comparing((Walk walk) -> walk.parents().size())
                            .thenComparing(Walk::resource)
                            .thenComparing(walk -> String.join("/", walk.parents())))
                    .forEach(walk -> further.addAll(trash(walk)));
            open = further;
        }
        return this;
    }

    private List<Walk> trash(Walk walk) {
        Optional<ResourcePolicy> policy = acting(walk.resource());
        String below = walk.resource() + " below " + String.join("/", walk.parents());
        if (policy.isEmpty()) {
            obstructed(below + ": no policy in force names the resource");
            return List.of();
        }
        List<String> parents = walk.parents();
        List<String> variables = policy.get().path().variables();
        String path = policy.get().path().expand(name -> parents.get(variables.indexOf(name)));
        Reply list = scene.elsewhere(policy.get(), new Target.Collection(parents), path)
                .get(path);
        if (list.isMissing()) {
            return List.of();
        }
        Optional<List<ItemKey>> rows = rows(policy.get(), parents, list);
        if (rows.isEmpty()) {
            obstructed(below + ": its list cannot be read" + (list.status() == 200 ? "" : ": " + answered(list)));
            return List.of();
        }
        rows.get().forEach(key -> trash(policy.get(), key));
        if (hasNext(policy.get(), list)) {
            obstructed(below + ": its list has further pages, which are not played");
        }
        return rows.get().stream()
                .filter(key -> !kept.contains(key))
                .flatMap(key -> below(policy.get(), key).stream())
                .toList();
    }

    private void trash(ResourcePolicy policy, ItemKey key) {
        Scene item = item(policy, key);
        Marking marking = Marking.of(item, policy, key, item.request().rawPath());
        switch (marking.read()) {
            case Reading.Missing missing -> kept.add(key);
            case Reading.Unreadable unreadable -> obstructed(key, answered(unreadable.answer()) + " to a read of it");
            case Reading.Found found -> {
                if (found.isTrashed() || scene.isTrashed(key)) {
                    kept.add(key);
                } else {
                    trash(policy, key, marking, found);
                }
            }
        }
    }

    private void trash(ResourcePolicy policy, ItemKey key, Marking marking, Reading.Found found) {
        try {
            Reply answer = marking.trash(Optional.of(found), top.deleteTime());
            Write.Verify verify = policy.write().verify();
            boolean shown = answer.isSuccess()
                    && verify != Write.Verify.READ
                    && (verify == Write.Verify.NONE || marking.readAnswer(answer) instanceof MarkerReading.Trashed);
            boolean asks = answer.isSuccess() || answer.status() >= 500;
            if (shown || (asks && marking.read() instanceof Reading.Found now && now.isTrashed())) {
                followed.add(new Known(key, top.deleteTime(), top.purgeTime(), top.deletionId(), found.former()));
            } else {
                obstructed(key, answered(answer) + " to the write of its marker");
            }
        } catch (UnwritableMarkerException e) {
            obstructed(key, "marker-unwritable");
        }
    }

    /** Brings back what is in the trash under the same deletion. */
    Cascade restore() {
        for (Known known : others()) {
            Optional<ResourcePolicy> policy = acting(known.key().resource());
            if (policy.isEmpty()) {
                obstructed(known.key(), "no policy in force names the resource");
            } else {
                restore(policy.get(), known);
            }
        }
        return this;
    }

    private void restore(ResourcePolicy policy, Known known) {
        Scene item = item(policy, known.key());
        Marking marking = Marking.of(item, policy, known.key(), item.request().rawPath());
        switch (marking.read()) {
            case Reading.Missing missing -> {}
            case Reading.Unreadable unreadable -> left(known, answered(unreadable.answer()) + " to a read of it");
            case Reading.Found found -> {
                if (found.isTrashed()) {
                    marking.restore(found, known.former())
                            .ifPresentOrElse(
                                    answer -> restored(known, marking, answer),
                                    () -> left(known, "nobody knows the value that it had before"));
                }
            }
        }
    }

    private void restored(Known known, Marking marking, Reply answer) {
        boolean asks = answer.isSuccess() || answer.status() >= 500;
        if (!asks || !(marking.read() instanceof Reading.Found now) || now.isTrashed()) {
            left(known, answered(answer) + " to the write of its marker");
        }
    }

    private void left(Known known, String why) {
        followed.add(known);
        obstructed(known.key(), why);
    }

    /**
     * Deletes for good what is in the trash under the same deletion, the deepest first.
     *
     * @return what the client is told instead of the item's own deletion; empty where nothing is left below
     */
    Optional<Reply> delete() {
        List<Known> others = others().reversed();
        for (Known known : others) {
            boolean allowed = scene.stage().policies().resource(known.key().resource()).stream()
                    .anyMatch(policy -> policy.permanent().allow() != Permanent.Allow.NEVER);
            if (!allowed) {
                return Optional.of(Problems.of(
                        403,
                        "permanent-delete-forbidden",
                        "An item that went with this one cannot be deleted for good. Nothing was deleted."));
            }
        }
        for (Known known : others) {
            delete(scene.stage().policies().resource(known.key().resource()).orElseThrow(), known.key());
            if (obstacle.isPresent()) {
                return obstacle.map(why -> Problems.of(
                                502,
                                "cascade-incomplete",
                                "An item that went with this one could not be deleted, so this one was not: " + why
                                        + ". Repeat the request to go on.")
                        .with(Headers.of("Retry-After", "5")));
            }
        }
        return Optional.empty();
    }

    private void delete(ResourcePolicy policy, ItemKey key) {
        Scene item = item(policy, key);
        String path = item.request().rawPath();
        Reading reading = Marking.of(item, policy, key, path).read();
        switch (reading) {
            case Reading.Missing missing -> {}
            case Reading.Unreadable unreadable -> obstructed(key, answered(unreadable.answer()) + " to a read of it");
            case Reading.Found found -> {
                if (found.isTrashed()) {
                    Headers condition = found.answer()
                            .strongEntityTag()
                            .map(tag -> Headers.of("If-Match", tag))
                            .orElse(Headers.NONE);
                    Reply answer = item.send("DELETE", path, condition, Body.NONE);
                    if (!answer.isSuccess() && !answer.isMissing()) {
                        obstructed(key, answered(answer));
                    }
                }
            }
        }
    }

    private List<Known> others() {
        return scene.under(top).stream()
                .filter(known -> !known.key().equals(top.key()))
                .toList();
    }

    private static List<Walk> below(ResourcePolicy policy, ItemKey key) {
        var parents = new ArrayList<>(key.parents());
        parents.add(key.id());
        return policy.children().stream()
                .map(child -> new Walk(child, List.copyOf(parents)))
                .toList();
    }

    /** Empty where it cannot be told which items there are. */
    private static Optional<List<ItemKey>> rows(ResourcePolicy policy, List<String> parents, Reply list) {
        if (list.status() != 200) {
            return Optional.empty();
        }
        var ids = IdReader.of(policy);
        try {
            Optional<JsonSpan> array = JsonSpan.of(list.body())
                    .find(policy.list().items())
                    .filter(span -> span.kind() == JsonSpan.Kind.ARRAY);
            List<JsonSpan> elements = array.map(JsonSpan::elements).orElse(List.of());
            List<ItemKey> keys = elements.stream()
                    .flatMap(element -> element.find(policy.list().row()).stream())
                    .flatMap(row -> ids.read(row).stream())
                    .map(id -> new ItemKey(policy.name(), parents, id))
                    .toList();
            return array.filter(some -> keys.size() == elements.size()).map(all -> keys);
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static boolean hasNext(ResourcePolicy policy, Reply list) {
        return list.headers()
                        .first("Link")
                        .filter(link -> link.contains("next"))
                        .isPresent()
                || policy.list().next().stream().anyMatch(next -> switch (next) {
                    case Next.Header header ->
                        !header.name().equalsIgnoreCase("Link")
                                && list.headers()
                                        .first(header.name())
                                        .filter(value -> !value.isBlank())
                                        .isPresent();
                    case Next.Body inside ->
                        JsonSpan.of(list.body())
                                .find(inside.place())
                                .filter(value -> value.kind() == JsonSpan.Kind.STRING)
                                .filter(value -> !value.text().isBlank())
                                .isPresent();
                });
    }

    private Optional<ResourcePolicy> acting(String resource) {
        return scene.stage()
                .policies()
                .resource(resource)
                .filter(policy -> policy.mode().acts());
    }

    private Scene item(ResourcePolicy policy, ItemKey key) {
        return scene.elsewhere(policy, new Target.Item(key), TrashFacts.path(policy, key));
    }

    private void obstructed(ItemKey key, String why) {
        kept.add(key);
        obstructed(key.resource() + " below " + String.join("/", key.parents()) + ", item " + key.id() + ": " + why);
    }

    private void obstructed(String why) {
        obstacle = obstacle.or(() -> Optional.of(why));
    }

    private static String answered(Reply reply) {
        return "the upstream answered " + reply.status();
    }
}
