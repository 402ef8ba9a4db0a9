package dev.cenotaph.load.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.load.legacy.Json.Members;
import dev.cenotaph.load.legacy.Json.Scalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** A kind of thing that the service keeps: where it is found, how it is shown, how it is written. */
final class Resource {
    /** Ids are numbers that the service hands out, or words that the client chooses. */
    enum Ids {
        NUMBER,
        WORD
    }

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final String name;
    private final Template collection;
    private final Template item;
    private final Ids ids;
    private final boolean linked;
    private final String parent;
    private final String parentMember;
    private final String wrap;
    private final boolean wrapsRequests;
    private final ListShape list;
    private final boolean paged;
    private final String mediaType;
    private final SequencedMap<String, Json> columns;
    private final SequencedMap<String, Write> writes;
    private final List<String> unique;
    private final boolean etags;
    private final boolean silent;
    private final List<String> filters;

    private Resource(Builder builder) {
        this.name = builder.name;
        this.collection = builder.collection;
        this.item = builder.item;
        this.ids = builder.ids;
        this.linked = builder.linked;
        this.parent = builder.parent;
        this.parentMember = builder.parentMember;
        this.wrap = builder.wrap;
        this.wrapsRequests = builder.wrapsRequests;
        this.list = builder.list;
        this.paged = builder.paged;
        this.mediaType = builder.mediaType;
        this.columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(builder.columns));
        this.writes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(builder.writes));
        this.unique = builder.unique;
        this.etags = builder.etags;
        this.silent = builder.silent;
        this.filters = builder.filters;
    }

    static Builder named(String name, String collection, String item) {
        return new Builder(name, collection, item);
    }

    /** Also the name of the table. */
    String name() {
        return name;
    }

    Template collection() {
        return collection;
    }

    Template item() {
        return item;
    }

    Ids ids() {
        return ids;
    }

    /** The name of the resource whose rows these rows belong to. */
    Optional<String> parent() {
        return parent.isEmpty() ? Optional.empty() : Optional.of(parent);
    }

    /** The column that holds the parent's id. */
    String parentMember() {
        return parentMember;
    }

    ListShape list() {
        return list;
    }

    boolean paged() {
        return paged;
    }

    String mediaType() {
        return mediaType;
    }

    /** Members that every row has, with what a row has in them when nothing is given. */
    SequencedMap<String, Json> columns() {
        return columns;
    }

    SequencedMap<String, Write> writes() {
        return writes;
    }

    /** Members that no two rows of one parent have all alike. */
    List<String> unique() {
        return unique;
    }

    /** Whether answers have an ETag and preconditions are honoured; otherwise both are unheard of. */
    boolean etags() {
        return etags;
    }

    /** Whether an update answers 204 without a body. */
    boolean silent() {
        return silent;
    }

    /** Members that a list can be filtered by, with a query parameter of the same name. */
    List<String> filters() {
        return filters;
    }

    boolean couldBeId(String id) {
        return !id.isEmpty() && (ids == Ids.WORD || NUMBER.matcher(id).matches());
    }

    Json unwrapped(Json body) {
        if (!wrapsRequests) {
            return body;
        }
        return JsonReader.object(body)
                .get(wrap)
                .orElseThrow(() -> Refusal.malformed("the body must be wrapped in " + wrap));
    }

    byte[] shown(byte[] row) {
        return wrap.isEmpty() ? row : ("{\"" + wrap + "\":" + new String(row, UTF_8) + "}").getBytes(UTF_8);
    }

    /** The id that a client chose for a new item. */
    Optional<String> chosenId(Members given) {
        if (linked || given.get("id").orElse(Json.NULL).equals(Json.NULL)) {
            return Optional.empty();
        }
        boolean fits = given.get("id").orElseThrow() instanceof Scalar id
                && (ids == Ids.WORD ? id.isString() : id.isWholeNumber())
                && couldBeId(id.value());
        if (!fits) {
            throw Refusal.malformed("the id must be a " + (ids == Ids.WORD ? "string" : "whole number"));
        }
        return given.get("id").map(id -> ((Scalar) id).value());
    }

    /** A row complete with its id and its columns. */
    Members completed(Members given, Key key) {
        Members row = linked
                ? given.with("_links", linkedToSelf(given, key))
                : given.withLeading("id", ids == Ids.WORD ? Json.string(key.id()) : new Scalar(key.id()));
        for (var column : columns.entrySet()) {
            row = row.has(column.getKey()) ? row : row.with(column.getKey(), column.getValue());
        }
        return row;
    }

    private Members linkedToSelf(Members given, Key key) {
        Members links = given.get("_links").orElse(Members.NONE) instanceof Members members ? members : Members.NONE;
        return links.with("self", Members.NONE.with("href", Json.string(item.fill(key.values()))));
    }

    /** Names the habits of a resource one by one. Without any: a bare array of bare items with numbers for ids. */
    static final class Builder {
        private final String name;
        private final Template collection;
        private final Template item;
        private final SequencedMap<String, Json> columns = new LinkedHashMap<>();
        private final SequencedMap<String, Write> writes = new LinkedHashMap<>();
        private Ids ids = Ids.NUMBER;
        private boolean linked;
        private String parent = "";
        private String parentMember = "";
        private String wrap = "";
        private boolean wrapsRequests;
        private ListShape list = ListShape.array();
        private boolean paged;
        private String mediaType = "application/json";
        private List<String> unique = List.of();
        private boolean etags;
        private boolean silent;
        private List<String> filters = List.of();

        private Builder(String name, String collection, String item) {
            this.name = name;
            this.collection = Template.of(collection);
            this.item = Template.of(item);
        }

        Builder column(String member, String otherwise) {
            columns.put(member, new Scalar(otherwise));
            return this;
        }

        Builder write(String method, Change change) {
            writes.put(method, new Write(change, false));
            return this;
        }

        Builder upsert(String method, Change change) {
            writes.put(method, new Write(change, true));
            return this;
        }

        Builder wordsForIds() {
            ids = Ids.WORD;
            return this;
        }

        Builder below(String resource, String member) {
            parent = resource;
            parentMember = member;
            return this;
        }

        /** Requests and answers about one item hold it in this member. */
        Builder wrapped(String member) {
            wrapsRequests = true;
            return answersWrapped(member);
        }

        Builder answersWrapped(String member) {
            wrap = member;
            return this;
        }

        Builder list(ListShape shape) {
            list = shape;
            return this;
        }

        Builder paged() {
            paged = true;
            return list(ListShape.envelope("data"));
        }

        /** Ids are seen in links alone. */
        Builder hal() {
            linked = true;
            mediaType = "application/hal+json";
            return list(ListShape.hal(name, collection.fill(List.of())));
        }

        Builder unique(String... members) {
            unique = List.of(members);
            return this;
        }

        Builder etags() {
            etags = true;
            return this;
        }

        Builder silent() {
            silent = true;
            return this;
        }

        Builder filteredBy(String... members) {
            filters = List.of(members);
            return this;
        }

        Resource build() {
            return new Resource(this);
        }
    }
}
