package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.Place;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Drafts the policy of one resource, with the reason of each guess. */
final class ResourceDrafting {
    private static final int MOST_TOLD = 3;

    private final Drafting drafting;
    private final Candidate candidate;
    private final Api api;
    private final ItemReading reading;
    private final Optional<Writable> write;
    private final MarkerGuesses markers;
    private final List<String> comments = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    ResourceDrafting(Drafting drafting, Candidate candidate) {
        this.drafting = drafting;
        this.candidate = candidate;
        api = drafting.api();
        reading = drafting.reading(candidate);
        write = Writable.of(candidate, reading.wrap(), api);
        markers = reading.item()
                .map(item -> MarkerGuesses.in(item, write, drafting.things(), api.schemas()))
                .orElseGet(() -> MarkerGuesses.none(api.schemas()));
    }

    ResourceDraft draft(String name) {
        comments.add(Words.inLine(title()));
        paths();
        idLines();
        wrapLines();
        listLines();
        markerLines();
        writeLines();
        answerLines();
        trashLines();
        viewLines();
        unlinkLines();
        return new ResourceDraft(name, comments, lines, obstacles);
    }

    private String title() {
        String id = candidate.delete().operation().getOperationId();
        return candidate.delete() + (id == null ? "" : " (" + id + ")");
    }

    private void paths() {
        if (candidate.collectionPath().isEmpty()) {
            comment("The document has no collection at this path; it is guessed from the item's.");
        }
        line("path: " + Yaml.template(candidate.collection().text()));
        line("item: " + Yaml.template(candidate.item().text()));
        if (candidate.itemPath().operation(HttpMethod.GET).isEmpty()) {
            obstacles.add("The document has no GET of the item, and the gateway reads an item before it marks it.");
        }
    }

    private void idLines() {
        Optional<IdGuess> guess = reading.item().flatMap(item -> IdGuess.of(candidate, item, api.schemas()));
        if (guess.isEmpty()) {
            comment(
                    "No member of the item looks like its id. Name it: lists are filtered by it where the marker is hidden.");
        } else if (guess.get().isLink()) {
            comment("The id: " + guess.get().why() + ".");
            line("id: { href: " + Yaml.place(guess.get().place()) + " }");
        } else if (!guess.get().place().tokens().equals(List.of("id"))) {
            comment("The id: " + guess.get().why() + ".");
            line("id: " + Yaml.place(guess.get().place()));
        }
        IdPattern.yaml(candidate, api).ifPresent(pattern -> {
            comment("What the schema of `" + candidate.id().name() + "` allows; anything else is no item.");
            line("id-pattern: " + pattern);
        });
    }

    private void wrapLines() {
        if (!reading.wrap().isRoot()) {
            comment("The answer to the item's GET holds the item there.");
            line("wrap: " + Yaml.pointer(reading.wrap()));
        }
        write.filter(its -> !reading.wrap().isRoot() && !its.mediaType().endsWith("json-patch+json"))
                .filter(its -> api.schemas().namesProperties(its.body()))
                .filter(its -> ItemReading.inside(its.body(), reading.wrap(), api.schemas())
                        .isEmpty())
                .ifPresent(its -> comment("But " + its.operation().name()
                        + " does not seem to take it wrapped like that: the gateway wraps both alike. Try it."));
    }

    private void listLines() {
        if (reading.list().isEmpty()) {
            boolean any = candidate
                    .collectionPath()
                    .flatMap(path -> path.operation(HttpMethod.GET))
                    .isPresent();
            comment(
                    any
                            ? "The document does not say where the list holds its items; taken for a bare array."
                            : "The document has no GET of the collection.");
            return;
        }
        ListReading list = reading.list().get();
        var keys = new ArrayList<String>();
        if (!list.items().isRoot()) {
            keys.add("items: " + Yaml.pointer(list.items()));
        }
        if (!list.row().isRoot()) {
            keys.add("row: " + Yaml.pointer(list.row()));
        }
        if (!list.next().isEmpty()) {
            keys.add("next: " + joined(list.next()));
        }
        if (!list.others().isEmpty()) {
            comment("Other arrays in the list's answer: " + joined(list.others()) + ".");
        }
        if (!list.total().isEmpty()) {
            comment("Counts trashed items too; to have that corrected, name it under list: total: "
                    + joined(list.total()));
        }
        if (!keys.isEmpty()) {
            line("list: { " + String.join(", ", keys) + " }");
        }
    }

    private static String joined(List<Place> places) {
        return places.stream().map(Yaml::pointer).collect(Collectors.joining(", ", "[", "]"));
    }

    private void markerLines() {
        if (!markers.rejected().isEmpty()) {
            comment("No markers: " + String.join("; ", markers.rejected()) + ".");
        }
        List<MarkerGuess> guesses = allMarkers();
        if (guesses.isEmpty()) {
            obstacles.add("No member of the item can mark it as trashed. Name one that the upstream stores and shows,"
                    + " or leave the resource out.");
            line("marker: { timestamp: deleted_at }");
            return;
        }
        comment("The marker: " + guesses.getFirst().why() + ".");
        guesses.stream().skip(1).limit(4).forEach(other -> comment("Or " + other.yaml() + ": " + other.why() + "."));
        line("marker: " + guesses.getFirst().yaml());
    }

    private List<MarkerGuess> allMarkers() {
        var all = new ArrayList<>(markers.guesses());
        drafting.subResourceMarker(candidate).ifPresent(all::add);
        return all;
    }

    private void writeLines() {
        boolean besideItem =
                !allMarkers().isEmpty() && allMarkers().getFirst().yaml().contains("resource:");
        if (besideItem) {
            return;
        }
        if (write.isEmpty()) {
            obstacles.add("The item has no PATCH, PUT or POST that takes JSON: nothing can write a marker.");
            return;
        }
        write.get().yaml().ifPresent(yaml -> {
            comment(write.get().why());
            line("write: " + yaml);
        });
    }

    private void answerLines() {
        api.successStatus(candidate.delete())
                .filter(status -> status.equals("202") || (status.equals("200") && answersItem()))
                .ifPresent(status -> {
                    comment("As the upstream's own DELETE answers.");
                    line("answers: { delete: " + status + " }");
                });
    }

    private boolean answersItem() {
        var kinds = api.kinds();
        Optional<String> item = reading.item().flatMap(kinds::of);
        return item.isPresent()
                && api.answer(candidate.delete())
                        .flatMap(answer -> ItemReading.inside(answer, reading.wrap(), api.schemas()))
                        .flatMap(kinds::of)
                        .equals(item);
    }

    /** What this API already calls as we would call something of ours. */
    private void trashLines() {
        var keys = new ArrayList<String>();
        var item = Candidates.stem(candidate.item());
        if (drafting.has(Candidates.with(item, new Literal("restore")))) {
            comment("This API has a path `restore` below the item itself: it stays the upstream's.");
            keys.add("restore: [\":undelete\"]");
        }
        var collection = Candidates.stem(candidate.collection());
        if (drafting.has(Candidates.with(collection, new Literal("trashed")))) {
            comment("This API has a path `trashed` below the collection itself: it stays the upstream's.");
            keys.add("collection: cenotaph-trashed");
        }
        if (!keys.isEmpty()) {
            line("trash: { " + String.join(", ", keys) + " }");
        }
    }

    private void viewLines() {
        Set<String> kinds = reading.item().flatMap(api.kinds()::of).map(Set::of).orElse(Set.of());
        var views = new ArrayList<String>();
        var unfiltered = new ArrayList<Sightings.Sighting>();
        for (Sightings.Sighting sighting : drafting.sightings().of(kinds)) {
            SeenArray array = sighting.arrays().getFirst();
            Place row = array.rowOf(kinds).orElse(Place.ROOT);
            if (!isOwn(sighting.get().path())) {
                view(sighting.get(), array, row).ifPresentOrElse(views::add, () -> unfiltered.add(sighting));
            }
        }
        unfiltered.stream()
                .limit(MOST_TOLD)
                .forEach(shown -> comment("Shows such items too, where no view reaches: " + shown.get() + " in "
                        + shown.arrays().getFirst().words() + "."));
        if (unfiltered.size() > MOST_TOLD) {
            comment("And " + (unfiltered.size() - MOST_TOLD) + " more; `audit` names them.");
        }
        if (!views.isEmpty()) {
            comment("Other paths that show these items.");
            line("views:");
            views.forEach(view -> line("  - " + view));
        }
    }

    private boolean isOwn(ApiPath path) {
        return path.equals(candidate.itemPath())
                || candidate.collectionPath().filter(path::equals).isPresent();
    }

    private Optional<String> view(ApiOperation get, SeenArray array, Place row) {
        return get.path()
                .template()
                .filter(template -> array.pointed() && !drafting.isTaken(get.path()))
                .filter(template -> candidate.collection().variables().containsAll(template.variables()))
                .map(template -> "{ path: " + Yaml.quoted(template.text())
                        + (array.at().isEmpty() ? "" : ", items: " + Yaml.pointer(array.place()))
                        + (row.isRoot() ? "" : ", row: " + Yaml.pointer(row)) + " }");
    }

    private void unlinkLines() {
        var unlinks = new ArrayList<String>();
        for (ApiOperation below : drafting.below(candidate)) {
            if (drafting.onlyUnlinks(below) && candidate.id().suffix().isEmpty()) {
                unlinks.add(Yaml.quoted(renamed(below.path().template().orElseThrow())));
            } else {
                comment("Will be 405, unless `unlink` can name it: " + below + ".");
            }
        }
        if (!unlinks.isEmpty()) {
            comment("PUT and DELETE without bodies: they link and unlink, and no item is deleted.");
            line("unlink: [" + String.join(", ", unlinks) + "]");
        }
    }

    /** What lies below an item begins as the item does, its variables' names included. */
    private String renamed(PathTemplate below) {
        List<Segment> stem = Candidates.stem(candidate.item());
        var segments = new ArrayList<>(stem);
        segments.addAll(below.segments().subList(stem.size(), below.segments().size()));
        return TemplateText.of(segments).text();
    }

    private void line(String text) {
        lines.add(text);
    }

    private void comment(String text) {
        lines.add("# " + Words.inLine(text));
    }
}
