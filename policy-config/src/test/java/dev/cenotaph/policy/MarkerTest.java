package dev.cenotaph.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Marker.ExtensionList;
import dev.cenotaph.policy.Marker.ExtensionResource;
import dev.cenotaph.policy.Marker.ExtensionValue;
import dev.cenotaph.policy.Marker.Flag;
import dev.cenotaph.policy.Marker.Status;
import dev.cenotaph.policy.Marker.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkerTest {
    private static final JsonScalar DELETED = new JsonScalar("\"deleted\"");
    private static final Optional<JsonScalar> OPEN = Optional.of(new JsonScalar("\"open\""));

    @Test
    void readsWhatItWroteItselfAndNothingOfAnotherPlaceValueOrKind() {
        List<Marker> markers = List.of(
                new Flag(place("gone")),
                new Flag(place("trashed")),
                new Timestamp(place("gone")),
                new Status(place("gone"), DELETED, OPEN),
                new Status(place("state"), DELETED, OPEN),
                new Status(place("gone"), new JsonScalar("\"void\""), OPEN),
                new ExtensionList(place("tags"), "gone", fixed("true"), "key", "value"),
                new ExtensionList(place("tags"), "gone", fixed("1"), "key", "value"),
                new ExtensionList(place("tags"), "gone", new ExtensionValue.DeleteTime(), "key", "value"),
                new ExtensionList(place("tags"), "trashed", fixed("true"), "key", "value"),
                entry(Optional.of("ours"), "gone"),
                entry(Optional.of("theirs"), "gone"),
                entry(Optional.of("ours"), "trashed"));

        IntStream.range(0, markers.size())
                .forEach(now -> IntStream.range(0, markers.size())
                        .forEach(old -> assertThat(markers.get(now).reads(markers.get(old)))
                                .as("%s reads %s", markers.get(now), markers.get(old))
                                .isEqualTo(now == old)));
    }

    @Test
    void whatARestoreWritesDoesNotMatterToWhatIsTrashed() {
        var open = new Status(place("state"), DELETED, OPEN);
        var previous = new Status(place("state"), DELETED, Optional.empty());

        assertThat(previous.reads(open)).isTrue();
        assertThat(open.reads(previous)).isTrue();
    }

    @Test
    void anEntryIsKnownWithoutItsNamespaceAndNotByOneThatItLacks() {
        assertThat(entry(Optional.empty(), "gone").reads(entry(Optional.of("ours"), "gone")))
                .isTrue();
        assertThat(entry(Optional.of("ours"), "gone").reads(entry(Optional.empty(), "gone")))
                .isFalse();
    }

    private static Marker entry(Optional<String> namespace, String key) {
        var template = new PathTemplate(
                "/orders/{id}/meta",
                List.of(
                        new PathTemplate.Literal("orders"),
                        new PathTemplate.Variable("id", ""),
                        new PathTemplate.Literal("meta")));
        return new ExtensionResource(template, namespace, key, fixed("true"), "key", "value");
    }

    private static ExtensionValue fixed(String json) {
        return new ExtensionValue.Fixed(new JsonScalar(json));
    }

    private static Place place(String name) {
        return new Place(List.of(name));
    }
}
