package dev.cenotaph.policy.json;

import dev.cenotaph.policy.Place;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes members out of documents, every other byte staying as it came. A member goes wherever its name stands, also where
 * it stands twice; in an array, the token {@code *} means every element, and an element that is named itself becomes
 * {@code null}, so that the others keep their places.
 */
public final class Redaction {
    private static final byte[] NOTHING = {};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final List<Place> places;

    public Redaction(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /** Whether nothing is ever taken out. */
    public boolean isEmpty() {
        return places.isEmpty();
    }

    /**
     * The document without what is not to be kept.
     *
     * @throws MalformedJsonException if it is none, and there is something to take out
     */
    public byte[] of(byte[] document) {
        byte[] left = document;
        for (Place place : places) {
            var cuts = new ArrayList<Cut>();
            collect(JsonSpan.of(left), place.tokens(), cuts);
            left = without(left, cuts);
        }
        return left;
    }

    private record Cut(int start, int end, byte[] instead) {}

    private static void collect(JsonSpan value, List<String> tokens, List<Cut> cuts) {
        switch (value.kind()) {
            case OBJECT -> inObject(value, tokens, cuts);
            case ARRAY -> inArray(value, tokens, cuts);
            case STRING, NUMBER, TRUE, FALSE, NULL -> {}
        }
    }

    private static void inObject(JsonSpan object, List<String> tokens, List<Cut> cuts) {
        List<JsonSpan.Member> members = object.members();
        if (tokens.size() == 1) {
            cut(members, tokens.getFirst(), cuts);
            return;
        }
        members.stream()
                .filter(member -> isNamed(member, tokens.getFirst()))
                .forEach(member -> collect(member.value(), tokens.subList(1, tokens.size()), cuts));
    }

    private static void inArray(JsonSpan array, List<String> tokens, List<Cut> cuts) {
        List<JsonSpan> elements = array.elements();
        for (int at = 0; at < elements.size(); at++) {
            JsonSpan element = elements.get(at);
            if (!tokens.getFirst().equals("*") && !tokens.getFirst().equals(Integer.toString(at))) {
                continue;
            }
            if (tokens.size() == 1) {
                cuts.add(new Cut(element.start(), element.end(), NULL));
            } else {
                collect(element, tokens.subList(1, tokens.size()), cuts);
            }
        }
    }

    /** A member goes with the comma before it, or with the one after it where none is left before it. */
    private static void cut(List<JsonSpan.Member> members, String name, List<Cut> cuts) {
        boolean anyLeftBefore = false;
        for (int at = 0; at < members.size(); at++) {
            JsonSpan.Member member = members.get(at);
            if (!isNamed(member, name)) {
                anyLeftBefore = true;
            } else if (anyLeftBefore) {
                cuts.add(new Cut(
                        members.get(at - 1).value().end(), member.value().end(), NOTHING));
            } else {
                int end = at + 1 < members.size()
                        ? members.get(at + 1).name().start()
                        : member.value().end();
                cuts.add(new Cut(member.name().start(), end, NOTHING));
            }
        }
    }

    private static boolean isNamed(JsonSpan.Member member, String name) {
        return member.name().text().equals(name);
    }

    private static byte[] without(byte[] document, List<Cut> cuts) {
        if (cuts.isEmpty()) {
            return document;
        }
        cuts.sort(Comparator.comparingInt(Cut::start));
        var left = new ByteArrayOutputStream(document.length);
        int from = 0;
        for (Cut cut : cuts) {
            left.write(document, from, cut.start() - from);
            left.writeBytes(cut.instead());
            from = cut.end();
        }
        left.write(document, from, document.length - from);
        return left.toByteArray();
    }
}
