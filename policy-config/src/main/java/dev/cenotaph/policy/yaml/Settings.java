package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.CollectionDelete;
import dev.cenotaph.policy.Create;
import dev.cenotaph.policy.EncodedSlash;
import dev.cenotaph.policy.Expansion;
import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.MethodOverride;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.Revisions;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.Unique;
import dev.cenotaph.policy.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a resource may have from its file's defaults: all of it but its paths. */
record Settings(
        ItemId id,
        Optional<Pattern> idPattern,
        Place wrap,
        EncodedSlash encodedSlash,
        Optional<Marker> marker,
        Write write,
        Listing list,
        Answers answers,
        Trash trash,
        Permanent permanent,
        Optional<Duration> retention,
        Create create,
        Unique unique,
        CollectionDelete collectionDelete,
        Expansion expansion,
        Batch batch,
        Reveal reveal,
        MarkerWrites markerWrites,
        Optional<Revisions> revisions,
        MethodOverride override,
        Optional<Mode> mode) {

    private static final Choices<EncodedSlash> ENCODED_SLASH =
            Choices.of("refuse", EncodedSlash.REFUSE).or("id", EncodedSlash.ID);
    private static final Choices<Create> CREATE = Choices.of("reserve", Create.RESERVE)
            .or("overwrite", Create.OVERWRITE)
            .or("revive", Create.REVIVE)
            .or("pass", Create.PASS);
    private static final Choices<CollectionDelete> COLLECTION_DELETE = Choices.of("refuse", CollectionDelete.REFUSE)
            .or("expand", CollectionDelete.EXPAND)
            .or("pass", CollectionDelete.PASS);
    private static final Choices<Batch> BATCH =
            Choices.of("refuse", Batch.REFUSE).or("pass", Batch.PASS);
    private static final Choices<Reveal> REVEAL = Choices.of("always", Reveal.ALWAYS)
            .or("known-caller", Reveal.KNOWN_CALLER)
            .or("verified", Reveal.VERIFIED);
    private static final Choices<MarkerWrites> MARKER_WRITES =
            Choices.of("learn", MarkerWrites.LEARN).or("refuse", MarkerWrites.REFUSE);
    private static final Choices<MethodOverride> OVERRIDE =
            Choices.of("refuse", MethodOverride.REFUSE).or("apply", MethodOverride.APPLY);
    private static final Choices<Mode> MODES = Choices.of("enforce", Mode.ENFORCE)
            .or("drain", Mode.DRAIN)
            .or("shadow", Mode.SHADOW)
            .or("off", Mode.OFF);

    static Settings read(MappingReader resource) {
        return new Settings(
                IdReader.id(resource),
                IdReader.pattern(resource),
                ListingReader.place(resource, "wrap"),
                resource.choice("encoded-slash", ENCODED_SLASH, EncodedSlash.REFUSE),
                MarkerReader.read(resource),
                WriteReader.read(resource),
                ListingReader.read(resource),
                AnswersReader.read(resource),
                TrashReader.trash(resource),
                TrashReader.permanent(resource),
                RetentionReader.read(resource),
                resource.choice("create", CREATE, Create.RESERVE),
                UniqueReader.read(resource),
                resource.choice("collection-delete", COLLECTION_DELETE, CollectionDelete.REFUSE),
                ExpansionReader.read(resource),
                resource.choice("batch", BATCH, Batch.REFUSE),
                resource.choice("reveal", REVEAL, Reveal.ALWAYS),
                resource.choice("marker-writes", MARKER_WRITES, MarkerWrites.LEARN),
                RevisionsReader.read(resource),
                resource.choice("override", OVERRIDE, MethodOverride.REFUSE),
                mode(resource));
    }

    static Optional<Mode> mode(MappingReader reader) {
        return reader.scalar("mode").flatMap(scalar -> MODES.read("mode", scalar, reader.problems()));
    }
}
