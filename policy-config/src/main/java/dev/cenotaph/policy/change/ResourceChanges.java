package dev.cenotaph.policy.change;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.CollectionDelete;
import dev.cenotaph.policy.Create;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.MethodOverride;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.Revisions;
import dev.cenotaph.policy.Write.Exists;
import dev.cenotaph.policy.Write.Verify;
import dev.cenotaph.policy.change.Change.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What differs between two policies of one name. */
final class ResourceChanges {
    private final ResourcePolicy old;
    private final ResourcePolicy now;
    private final Reach reach;
    private final Consequences consequences;

    ResourceChanges(ResourcePolicy old, ResourcePolicy now, Reach reach) {
        this.old = old;
        this.now = now;
        this.reach = reach;
        this.consequences = new Consequences(now.name());
    }

    List<Change> all() {
        mode();
        if (now.mode().acts()) {
            paths();
            answers();
        }
        tombstones();
        if (now.mode().acts()) {
            writes();
            new ListChanges(old, now, consequences).tell();
            new TrashChanges(old, now, consequences).tell();
        }
        retention();
        children();
        revisions();
        others();
        return consequences.all();
    }

    private void mode() {
        if (old.mode() == now.mode()) {
            return;
        }
        boolean stops = old.mode().acts() && !now.mode().acts();
        Kind kind = stops ? Kind.UNPROTECTED : now.mode().acts() && !old.mode().acts() ? Kind.SAFER : Kind.OTHERWISE;
        add(kind, mode(now.mode()), "mode");
    }

    private static String mode(Mode mode) {
        return switch (mode) {
            case ENFORCE -> "It is enforced: a DELETE is a soft delete.";
            case DRAIN -> "It drains: a DELETE of a live item is 503, and what is trashed stays so.";
            case SHADOW -> "It only counts: every DELETE of its items deletes for good, and its trash shows.";
            case OFF -> "It is off: every DELETE of its items deletes for good, and its trash shows.";
        };
    }

    private void paths() {
        Stream.concat(Stream.of(old.path(), old.item()), old.aliases().stream())
                .filter(template -> !isKept(template))
                .forEach(this::moved);
        Stream.concat(Stream.of(now.path(), now.item()), now.aliases().stream())
                .filter(template -> Stream.concat(Stream.of(old.path(), old.item()), old.aliases().stream())
                        .noneMatch(template::equals))
                .forEach(template ->
                        add(Kind.SAFER, "It governs `" + template + "`, which it did not.", keyOf(template)));
        if (!old.item().variables().equals(now.item().variables())
                && old.item().variables().size() != now.item().variables().size()) {
            add(Kind.ORPHANED, "Its items have other parents now, which are part of every tombstone's key.", "item");
        }
        if (!text(old.idPattern()).equals(text(now.idPattern()))) {
            add(
                    Kind.ORPHANED,
                    "Other ids are items now: what `" + text(now.idPattern())
                            + "` does not match is none, and shows if it is trashed.",
                    "id-pattern");
        }
        now.unlink().stream()
                .filter(template -> !old.unlink().contains(template))
                .forEach(template ->
                        add(Kind.UNPROTECTED, "A DELETE of `" + template + "` passes, which was 405.", "unlink"));
        old.unlink().stream()
                .filter(template -> !now.unlink().contains(template))
                .forEach(template -> add(Kind.SAFER, "A DELETE of `" + template + "` is 405, which passed.", "unlink"));
    }

    private String keyOf(PathTemplate template) {
        return template.equals(now.path()) ? "path" : now.aliases().contains(template) ? "aliases" : "item";
    }

    private boolean isKept(PathTemplate template) {
        return template.equals(now.path())
                || template.equals(now.item())
                || now.aliases().contains(template);
    }

    private void moved(PathTemplate template) {
        Optional<String> governs = reach.governs(template);
        if (governs.isEmpty()) {
            add(
                    Kind.UNPROTECTED,
                    "`" + template + "` is governed by no policy any more: a DELETE there passes.",
                    "path");
        } else if (!governs.get().equals(now.name())) {
            add(
                    Kind.ORPHANED,
                    "`" + template + "` belongs to `" + governs.get() + "` now, which does not know this trash.",
                    "path");
        } else if (template.equals(old.path())) {
            add(Kind.RISKIER, "`" + template + "` is no list any more: what is trashed shows in it.", "path");
        } else if (!reach.isItem(template)) {
            add(
                    Kind.ORPHANED,
                    "`" + template + "` names no item any more: a DELETE there is 405, and what is trashed shows.",
                    "path");
        }
    }

    private void answers() {
        if (old.answers().delete() != now.answers().delete()) {
            if (now.answers().delete() == Answers.Delete.PASS) {
                add(Kind.UNPROTECTED, "Every DELETE of an item stays a real one.", "answers", "delete");
            } else if (old.answers().delete() == Answers.Delete.PASS) {
                add(Kind.SAFER, "A DELETE of an item is a soft delete, which was a real one.", "answers", "delete");
            } else {
                add(
                        Kind.OTHERWISE,
                        "A soft delete answers "
                                + Consequences.word(now.answers().delete()) + ".",
                        "answers",
                        "delete");
            }
        }
        if (old.collectionDelete() != now.collectionDelete()) {
            if (now.collectionDelete() == CollectionDelete.PASS) {
                add(Kind.UNPROTECTED, "A DELETE of `" + now.path() + "` reaches the upstream.", "collection-delete");
            } else if (now.collectionDelete() == CollectionDelete.EXPAND) {
                boolean passed = old.collectionDelete() == CollectionDelete.PASS;
                add(
                        passed ? Kind.SAFER : Kind.OTHERWISE,
                        "A DELETE of `" + now.path() + "` is a soft delete of each item that it names.",
                        "collection-delete");
            } else {
                add(Kind.SAFER, "A DELETE of `" + now.path() + "` is 405.", "collection-delete");
            }
        }
        if (old.batch() != now.batch()) {
            boolean passes = now.batch() == Batch.PASS;
            add(
                    passes ? Kind.UNPROTECTED : Kind.SAFER,
                    passes
                            ? "A batch that carries a DELETE for an item reaches the upstream."
                            : "A batch that carries a DELETE for an item is 422.",
                    "batch");
        }
        if (old.reveal() != now.reveal()) {
            boolean toAnybody = now.reveal() == Reveal.ALWAYS;
            add(
                    toAnybody ? Kind.RISKIER : Kind.OTHERWISE,
                    switch (now.reveal()) {
                        case ALWAYS -> "Whoever asks is told of what is in the trash.";
                        case KNOWN_CALLER ->
                            "Who has not read the item or its collection lately is told of the trash as the upstream"
                                    + " allows.";
                        case VERIFIED -> "The upstream is asked whether a caller may be told of the trash.";
                    },
                    "reveal");
        }
        if (old.answers().gone() != now.answers().gone()) {
            add(
                    Kind.OTHERWISE,
                    "A trashed item answers " + now.answers().gone() + ", not "
                            + old.answers().gone() + ".",
                    "answers",
                    "gone");
        }
        if (old.answers().repeat() != now.answers().repeat()) {
            add(
                    Kind.OTHERWISE,
                    "A second DELETE answers " + Consequences.word(now.answers().repeat()) + ".",
                    "answers",
                    "repeat");
        }
        contract();
        if (old.override() != now.override()) {
            boolean applies = now.override() == MethodOverride.APPLY;
            add(
                    applies ? (someDeletePasses() ? Kind.UNPROTECTED : Kind.RISKIER) : Kind.SAFER,
                    applies
                            ? "A POST that names DELETE is a DELETE now"
                                    + (someDeletePasses() ? ", also where that deletes for good." : ".")
                            : "A POST that names DELETE is 400 now.",
                    "override");
        }
    }

    private boolean someDeletePasses() {
        return now.permanent().allow() != Permanent.Allow.NEVER
                || now.answers().delete() == Answers.Delete.PASS
                || now.collectionDelete() == CollectionDelete.PASS
                || !now.unlink().isEmpty();
    }

    private void contract() {
        if (!old.answers().deleteBody().equals(now.answers().deleteBody())) {
            add(Kind.OTHERWISE, "A soft delete comes with another body.", "answers", "delete-body");
        }
        if (!old.answers().repeatCode().equals(now.answers().repeatCode())) {
            add(Kind.OTHERWISE, "A second DELETE has another `code`.", "answers", "repeat-code");
        }
        if (old.answers().read() != now.answers().read()) {
            boolean shows = now.answers().read() == Answers.Read.ITEM;
            add(
                    shows ? Kind.RISKIER : Kind.SAFER,
                    shows
                            ? "A GET of a trashed item shows it to whoever has its URL."
                            : "A GET of a trashed item is gone to whoever did not ask for trash.",
                    "answers",
                    "read");
        }
        if (!old.answers().allowMissing().equals(now.answers().allowMissing())) {
            add(Kind.OTHERWISE, "Other parameters let a DELETE of nothing succeed.", "answers", "allow-missing");
        }
    }

    private void tombstones() {
        if (old.marker() instanceof Marker.Snapshot) {
            snapshots();
        } else if (!now.marker().reads(old.marker())) {
            add(
                    Kind.ORPHANED,
                    "Items in the trash carry the old marker, which nobody reads any more: they show as live, and no restore clears it.",
                    "marker");
        } else if (!old.marker().equals(now.marker())) {
            add(Kind.OTHERWISE, "A restore writes something else; what is trashed stays so.", "marker");
        }
        if (!old.wrap().equals(now.wrap())) {
            add(Kind.ORPHANED, "The marker is looked for elsewhere in the item's document.", "wrap");
        }
        if (!old.upstream().equals(now.upstream())) {
            add(
                    Kind.ORPHANED,
                    "Its upstream is " + now.upstream() + " now; what is trashed was trashed at " + old.upstream()
                            + ".",
                    "upstream");
        }
    }

    private void snapshots() {
        if (!now.marker().reads(old.marker())) {
            add(
                    Kind.ORPHANED,
                    "Items in the trash lie in our store alone, and no restore creates them anew any more.",
                    "marker");
        } else if (!old.marker().equals(now.marker())) {
            add(Kind.OTHERWISE, "Snapshots are kept, or items created anew, in another way.", "marker");
        }
    }

    private void writes() {
        var was = old.write();
        var is = now.write();
        if (was.verify() != is.verify()) {
            boolean none = is.verify() == Verify.NONE;
            boolean wasNone = was.verify() == Verify.NONE;
            add(
                    none ? Kind.RISKIER : wasNone ? Kind.SAFER : Kind.OTHERWISE,
                    none
                            ? "Nobody looks any more whether the marker was taken."
                            : "The marker is verified by " + Consequences.word(is.verify()) + ".",
                    "write",
                    "verify");
        }
        if (was.exists() != is.exists()) {
            boolean trusts = is.exists() == Exists.TRUST;
            add(
                    trusts ? Kind.RISKIER : Kind.OTHERWISE,
                    trusts
                            ? "A DELETE of an unknown id may create it: nobody looks first."
                            : "Whether the item is there is told by " + Consequences.word(is.exists()) + ".",
                    "write",
                    "exists");
        }
        if (was.method() != is.method()
                || was.format() != is.format()
                || was.replace() != is.replace()
                || !was.at().equals(is.at())) {
            add(
                    Kind.OTHERWISE,
                    "The marker is written by " + is.method() + " as " + Consequences.word(is.format())
                            + (is.replace() ? ", the whole item" : "")
                            + is.at().map(at -> ", at " + at).orElse("") + ".",
                    "write");
        }
    }

    private void retention() {
        if (old.retention().equals(now.retention())) {
            return;
        }
        Optional<Duration> was = old.retention();
        Optional<Duration> is = now.retention();
        boolean sooner = is.isPresent()
                && was.map(before -> is.get().compareTo(before) < 0).orElse(true);
        String consequence = is.map(time -> "What is trashed from now on is deleted for good after " + inWords(time)
                        + was.map(before -> ", not " + inWords(before)).orElse("") + ".")
                .orElse("What is trashed from now on is kept for ever.");
        add(sooner ? Kind.RISKIER : Kind.SAFER, consequence, "retention");
    }

    private void children() {
        old.children().stream()
                .filter(child -> !now.children().contains(child))
                .forEach(child -> add(
                        Kind.RISKIER,
                        "Items of `" + child + "` no longer follow it: they keep their own state.",
                        "children"));
        now.children().stream()
                .filter(child -> !old.children().contains(child))
                .forEach(child -> add(
                        Kind.OTHERWISE,
                        "Items of `" + child
                                + "` follow it from now on: trashed, restored and deleted for good with it.",
                        "children"));
    }

    private void revisions() {
        if (old.revisions().equals(now.revisions())) {
            return;
        }
        int was = old.revisions().map(Revisions::keep).orElse(0);
        int is = now.revisions().map(Revisions::keep).orElse(0);
        String consequence = is == 0
                ? "No body is kept any more before a write."
                : "The body before a write is kept in another way, " + is + " of each item.";
        add(is < was ? Kind.RISKIER : Kind.OTHERWISE, consequence, "revisions");
    }

    private void others() {
        if (!old.expansion().equals(now.expansion())) {
            add(Kind.OTHERWISE, "A DELETE of many names them, or is answered, in another way.", "expand");
        }
        if (old.create() != now.create()) {
            add(
                    now.create() == Create.OVERWRITE ? Kind.RISKIER : Kind.OTHERWISE,
                    "A create that hits a trashed id does otherwise: " + Consequences.word(now.create()) + ".",
                    "create");
        }
        consequences.differ(
                old.unique().keys(),
                now.unique().keys(),
                "Other values are unique: those of what is in the trash already are not known.",
                "unique");
        consequences.differ(
                List.of(old.unique().statuses(), old.unique().explain()),
                List.of(now.unique().statuses(), now.unique().explain()),
                "Other answers of the upstream are explained by what is in the trash, or in another way.",
                "duplicates");
        if (old.markerWrites() != now.markerWrites()) {
            add(
                    Kind.OTHERWISE,
                    "A client's own write of the marker does otherwise: " + Consequences.word(now.markerWrites()) + ".",
                    "marker-writes");
        }
        if (old.encodedSlash() != now.encodedSlash()) {
            add(
                    Kind.OTHERWISE,
                    "`%2F` in an id means something else: " + Consequences.word(now.encodedSlash()) + ".",
                    "encoded-slash");
        }
    }

    private void add(Kind kind, String consequence, String... key) {
        consequences.add(kind, consequence, key);
    }

    /** In days where they are whole. */
    private static String inWords(Duration time) {
        return time.equals(Duration.ofDays(time.toDays())) ? time.toDays() + " days" : time.toString();
    }

    private static String text(Optional<?> value) {
        return value.map(Objects::toString).orElse("none");
    }
}
