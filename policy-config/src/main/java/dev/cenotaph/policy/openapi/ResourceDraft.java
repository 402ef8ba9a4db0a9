package dev.cenotaph.policy.openapi;

import java.util.ArrayList;
import java.util.List;

/**
 * One resource of a draft.
 *
 * @param name its key
 * @param comments what the reader should know, above it
 * @param lines its keys, with comments of their own, not indented
 * @param obstacles what must be decided before it can be a policy; none means that it is one
 */
record ResourceDraft(String name, List<String> comments, List<String> lines, List<String> obstacles) {
    private static final int WIDTH = 120;

    ResourceDraft {
        comments = List.copyOf(comments);
        lines = List.copyOf(lines);
        obstacles = List.copyOf(obstacles);
    }

    boolean isSound() {
        return obstacles.isEmpty();
    }

    ResourceDraft refused(String why) {
        var more = new ArrayList<>(obstacles);
        more.add(why);
        return new ResourceDraft(name, comments, lines, more);
    }

    /** Commented out where anything must be decided first. */
    List<String> text() {
        String off = isSound() ? "" : "# ";
        var text = new ArrayList<String>();
        comments.forEach(comment -> text.addAll(wrapped("  # ", comment)));
        obstacles.forEach(obstacle -> text.addAll(wrapped("  # ", "DECIDE: " + obstacle)));
        text.add("  " + off + name + ":");
        for (String line : lines) {
            boolean isComment = line.startsWith("# ");
            text.addAll(
                    isComment ? wrapped("  " + off + "  # ", line.substring(2)) : List.of("  " + off + "  " + line));
        }
        text.add("");
        return text;
    }

    private static List<String> wrapped(String start, String comment) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(start);
        for (String word : comment.split(" ")) {
            if (line.length() > start.length() && line.length() + word.length() >= WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(start);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
