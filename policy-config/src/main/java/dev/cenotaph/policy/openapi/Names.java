package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names resources after their paths. */
final class Names {
    private static final int LONGEST = 64;

    private Names() {}

    /** The last word of the collection's path: {@code orders}. */
    static String last(Candidate candidate) {
        return words(candidate).getLast();
    }

    static String singular(Candidate candidate) {
        return Words.singular(Words.alike(last(candidate)));
    }

    /** As short as the path allows, and none that is taken: {@code orders}, {@code users-orders}, {@code orders-2}. */
    static String unique(Candidate candidate, Set<String> taken) {
        List<String> words = words(candidate);
        String name = "";
        for (int from = words.size() - 1; from >= 0; from--) {
            name = cut(String.join("-", words.subList(from, words.size())));
            if (taken.add(name)) {
                return name;
            }
        }
        for (int i = 2; ; i++) {
            String numbered = cut(name.substring(0, Math.min(name.length(), LONGEST - 4))) + "-" + i;
            if (taken.add(numbered)) {
                return numbered;
            }
        }
    }

    private static String cut(String name) {
        String start = name.matches("[A-Za-z].*") ? name : "r" + name;
        return start.length() > LONGEST ? start.substring(0, LONGEST) : start;
    }

    private static List<String> words(Candidate candidate) {
        var words = new ArrayList<String>();
        String suffix = candidate.id().suffix();
        for (Segment segment : Candidates.stem(candidate.collection())) {
            if (segment instanceof Literal literal) {
                String text = literal.text();
                String bare = !suffix.isEmpty() && text.endsWith(suffix)
                        ? text.substring(0, text.length() - suffix.length())
                        : text;
                words.add(bare.replaceAll("%..", "_").replaceAll("[^A-Za-z0-9_-]", "_"));
            }
        }
        return words.isEmpty() ? List.of("items") : words;
    }
}
