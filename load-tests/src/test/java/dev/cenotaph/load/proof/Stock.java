package dev.cenotaph.load.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The items that there are: each client's own, those that clients share, and those whose operations are cut off. */
final class Stock {
    private static final int CLIENTS = 4;
    private static final int OWN_OF_EACH_SHAPE = 6;
    private static final int SHARED_OF_EACH_SHAPE = 4;

    private final HeldUpstream upstream;
    private final Map<String, Item> everything = new LinkedHashMap<>();
    private final List<List<Item>> own = new ArrayList<>();
    private final List<Item> shared = new ArrayList<>();
    private final Map<Shape, List<Item>> spare = new EnumMap<>(Shape.class);
    private int last;

    Stock(HeldUpstream upstream) {
        this.upstream = upstream;
        for (int client = 0; client < CLIENTS; client++) {
            own.add(new ArrayList<>(ofEachShape(OWN_OF_EACH_SHAPE)));
        }
        shared.addAll(ofEachShape(SHARED_OF_EACH_SHAPE));
        for (Shape shape : Shape.values()) {
            spare.put(shape, new ArrayList<>());
        }
    }

    List<List<Item>> own() {
        return own;
    }

    List<Item> shared() {
        return shared;
    }

    /** An item that nobody uses, to be {@linkplain #giveBack given back}. */
    Item take(Shape shape) {
        List<Item> items = spare.getOrDefault(shape, List.of());
        return items.isEmpty() ? create(shape) : items.removeLast();
    }

    void giveBack(Collection<Item> items) {
        items.stream()
                .filter(item -> !item.surely(Condition.ABSENT))
                .forEach(item ->
                        spare.getOrDefault(item.shape(), new ArrayList<>()).add(item));
    }

    /** All that are in use, apart from those that were taken. */
    List<Item> all() {
        return Stream.of(
                        own.stream().flatMap(List::stream),
                        shared.stream(),
                        spare.values().stream().flatMap(List::stream))
                .flatMap(items -> items)
                .toList();
    }

    /** Puts new items in the place of those that are deleted for good. */
    void replaceErased() {
        own.forEach(this::replaceErased);
        replaceErased(shared);
    }

    private void replaceErased(List<Item> items) {
        items.replaceAll(item -> item.surely(Condition.ABSENT) ? create(item.shape()) : item);
    }

    /** A DELETE of an item that nobody wanted erased, and for which no retention has ended, is one too many. */
    void requireNoHardDelete(Findings findings) {
        upstream.erased().stream()
                .map(everything::get)
                .filter(item -> item == null || item.neverToBeErased())
                .forEach(item -> findings.add(Findings.Kind.HARD_DELETE, "of " + item));
    }

    private List<Item> ofEachShape(int number) {
        var items = new ArrayList<Item>();
        for (Shape shape : Shape.values()) {
            for (int i = 0; i < number; i++) {
                items.add(create(shape));
            }
        }
        return items;
    }

    private Item create(Shape shape) {
        var item = new Item(shape, "i" + ++last, last);
        everything.put(item.path(), item);
        upstream.create(item);
        return item;
    }
}
