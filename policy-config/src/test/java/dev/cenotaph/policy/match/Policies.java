package dev.cenotaph.policy.match;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Batch;
import dev.cenotaph.policy.CollectionDelete;
import dev.cenotaph.policy.Create;
import dev.cenotaph.policy.Embedded;
import dev.cenotaph.policy.EncodedSlash;
import dev.cenotaph.policy.Expansion;
import dev.cenotaph.policy.ItemId;
import dev.cenotaph.policy.Listing;
import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.MarkerWrites;
import dev.cenotaph.policy.MethodOverride;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.Permanent;
import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.PolicyFile;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Reveal;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.Unique;
import dev.cenotaph.policy.View;
import dev.cenotaph.policy.Write;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Builds the policies that the matcher's tests need: paths matter, all else is a default. */
final class Policies {
    static final URI UPSTREAM = URI.create("http://legacy.test");

    private final String name;
    private final String path;
    private String item;
    private URI upstream = UPSTREAM;
    private Optional<Pattern> idPattern = Optional.empty();
    private EncodedSlash encodedSlash = EncodedSlash.REFUSE;
    private Mode mode = Mode.ENFORCE;
    private final List<PathTemplate> aliases = new ArrayList<>();
    private final List<PathTemplate> unlink = new ArrayList<>();
    private final List<View> views = new ArrayList<>();

    private final List<Embedded> embedded = new ArrayList<>();

    private Policies(String name, String path) {
        this.name = name;
        this.path = path;
        item = path.endsWith("/") ? path + "{id}/" : path + "/{id}";
    }

    static Policies resource(String name, String path) {
        return new Policies(name, path);
    }

    static PolicyMatcher matcher(Policies... resources) {
        return new PolicyMatcher(set(resources));
    }

    static PolicySet set(Policies... resources) {
        List<PolicyFile> files = new ArrayList<>();
        for (Policies resource : resources) {
            files.add(new PolicyFile(resource.name, resource.upstream, List.of(resource.build())));
        }
        return new PolicySet(files, "test");
    }

    Policies item(String template) {
        item = template;
        return this;
    }

    Policies upstream(String uri) {
        upstream = URI.create(uri);
        return this;
    }

    Policies idPattern(String pattern) {
        idPattern = Optional.of(Pattern.compile(pattern));
        return this;
    }

    Policies slashesBelong() {
        encodedSlash = EncodedSlash.ID;
        return this;
    }

    Policies off() {
        mode = Mode.OFF;
        return this;
    }

    Policies alias(String template) {
        aliases.add(template(template));
        return this;
    }

    Policies unlink(String template) {
        unlink.add(template(template));
        return this;
    }

    Policies view(String template) {
        views.add(new View(template(template), Place.ROOT, Place.ROOT));
        return this;
    }

    Policies embedded(String template) {
        var at = new Embedded.Where.At(List.of(new Place(List.of("item"))), Place.ROOT, Optional.empty());
        embedded.add(new Embedded(template(template), at, Embedded.Trashed.STRIP));
        return this;
    }

    static PathTemplate template(String text) {
        List<Segment> segments = new ArrayList<>();
        for (String segment : text.substring(1).split("/", -1)) {
            int end = segment.indexOf('}');
            segments.add(
                    end < 0
                            ? new PathTemplate.Literal(segment)
                            : new PathTemplate.Variable(segment.substring(1, end), segment.substring(end + 1)));
        }
        return new PathTemplate(text, segments);
    }

    ResourcePolicy build() {
        return new ResourcePolicy(
                name,
                upstream,
                template(path),
                template(item),
                new ItemId.Member(new Place(List.of("id"))),
                idPattern,
                Place.ROOT,
                encodedSlash,
                aliases,
                new Marker.Timestamp(new Place(List.of("deleted_at"))),
                new Write(
                        Write.Method.PATCH,
                        Write.Format.MERGE_PATCH,
                        false,
                        Optional.empty(),
                        Write.Exists.CHECK,
                        Write.Verify.RESPONSE),
                new Listing(
                        Place.ROOT, Place.ROOT, List.of("application/json"), List.of(), Listing.OnUnfilterable.FAIL),
                views,
                unlink,
                embedded,
                Answers.plain(Answers.Delete.NO_CONTENT, Answers.Repeat.GONE, 410),
                new Trash(
                        List.of("with_trashed"),
                        List.of("only_trashed"),
                        Map.of(),
                        "trashed",
                        List.of(":undelete", "/restore"),
                        Trash.Writes.GONE,
                        Trash.Delete.REFUSE,
                        false),
                new Permanent("permanent", Permanent.Allow.ALWAYS),
                Optional.empty(),
                List.of(),
                Create.RESERVE,
                Unique.NONE,
                CollectionDelete.REFUSE,
                Expansion.USUAL,
                Batch.REFUSE,
                Reveal.ALWAYS,
                MarkerWrites.LEARN,
                Optional.empty(),
                MethodOverride.REFUSE,
                mode);
    }
}
