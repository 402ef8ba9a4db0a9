package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write.Exists;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerCodecs;
import dev.cenotaph.policy.marker.MarkerReading;
import dev.cenotaph.policy.marker.MarkerWrite;
import dev.cenotaph.policy.marker.UnwritableMarkerException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A marker inside the item: one read, one write. */
final class MarkingInside implements Marking {
    private final Scene scene;
    private final ResourcePolicy policy;
    private final String path;
    private final MarkerCodec codec;

    MarkingInside(Scene scene, ResourcePolicy policy, String path) {
        this.scene = scene;
        this.policy = policy;
        this.path = path;
        this.codec = MarkerCodecs.of(policy);
    }

    @Override
    public boolean readsFirst() {
        boolean keepsFormer =
                policy.marker() instanceof Marker.Status status && status.live().isEmpty();
        return policy.write().replace() || codec.needsDocument() || keepsFormer;
    }

    @Override
    public Reading read() {
        Reply answer = scene.get(path);
        if (answer.isMissing()) {
            return new Reading.Missing(answer);
        }
        byte[] document = Body.bytes(answer.body());
        if (answer.status() != 200) {
            return new Reading.Unreadable(answer);
        }
        if (codec.read(document) instanceof MarkerReading.Trashed trashed) {
            return new Reading.Found(trashed, answer, Optional.empty());
        }
        try {
            return new Reading.Found(new MarkerReading.Live(), answer, Optional.of(codec.former(document)));
        } catch (UnwritableMarkerException notAnItem) {
            return new Reading.Unreadable(answer);
        }
    }

    @Override
    public Reply trash(Optional<Reading.Found> found, Instant deleteTime) {
        return send(found, codec.trash(found.map(MarkingInside::document), deleteTime));
    }

    @Override
    public Optional<Reply> restore(Reading.Found found, Optional<String> former) {
        return codec.restore(Optional.of(document(found)), former).map(write -> send(Optional.of(found), write));
    }

    @Override
    public MarkerReading readAnswer(Reply answer) {
        return codec.read(Body.bytes(answer.body()));
    }

    @Override
    public boolean isInside() {
        return true;
    }

    private static byte[] document(Reading.Found found) {
        return Body.bytes(found.answer().body());
    }

    private Reply send(Optional<Reading.Found> found, MarkerWrite write) {
        Headers condition =
                condition(found).map(tag -> Headers.of("If-Match", tag)).orElse(Headers.NONE);
        return scene.write(policy.write().method().name(), path, write.mediaType(), Body.text(write.body()), condition);
    }

    private Optional<String> condition(Optional<Reading.Found> found) {
        Optional<String> asked = scene.request().headers().first("If-Match");
        Optional<String> exists = policy.write().exists() == Exists.IF_MATCH ? Optional.of("*") : Optional.empty();
        return found.flatMap(reading -> reading.answer().strongEntityTag())
                .filter(tag -> asked.map(field -> satisfies(tag, field)).orElse(true))
                .or(() -> asked)
                .or(() -> exists);
    }

    static boolean satisfies(String tag, String field) {
        return field.strip().equals("*")
                || List.of(field.strip().split("\\s*,\\s*")).contains(tag);
    }
}
