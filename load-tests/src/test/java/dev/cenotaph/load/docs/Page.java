package dev.cenotaph.load.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The fenced blocks of a page. */
record Page(Path file, List<Block> blocks) {
    /** The repository, as Maven and editors run the tests. */
    static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();

    private static final String FENCE = "```";

    /**
     * What stands between two fences.
     *
     * @param line of the opening fence, from 1
     */
    record Block(Path file, int line, String language, List<String> lines) {
        String text() {
            return String.join("\n", lines) + "\n";
        }

        boolean isPolicy() {
            return language.equals("yaml") && lines.stream().anyMatch(line -> line.startsWith("version:"));
        }

        boolean isConsole() {
            return language.equals("console") || language.equals("bash") || language.equals("sh");
        }

        @Override
        public String toString() {
            return ROOT.relativize(file) + ":" + line;
        }
    }

    /** The README, and everything in docs. */
    static List<Page> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream<Path> pages =
                    docs.filter(file -> file.toString().endsWith(".md")).sorted();
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page read(Path file) {
        try {
            return new Page(file, blocks(file, Files.readAllLines(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Block> blocks(Path file, List<String> lines) {
        var blocks = new ArrayList<Block>();
        int open = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            if (open >= 0) {
                String language = lines.get(open).substring(FENCE.length()).strip();
                blocks.add(new Block(file, open + 1, language, List.copyOf(lines.subList(open + 1, i))));
            }
            open = open < 0 ? i : -1;
        }
        if (open >= 0) {
            throw new AssertionError(file + ":" + (open + 1) + ": this block never ends");
        }
        return blocks;
    }
}
