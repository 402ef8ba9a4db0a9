package dev.cenotaph.load.docs;

import dev.cenotaph.load.docs.Page.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * A command of a page, and what the page says it prints.
 *
 * @param where file and line
 * @param words as a shell would split them
 */
record Command(String where, List<String> words, List<String> shown) {
    private static final String PROMPT = "$ ";

    /** The commands of a block: lines behind a prompt, or all lines of a block without any. */
    static List<Command> of(Block block) {
        boolean prompts = block.lines().stream().anyMatch(line -> line.startsWith(PROMPT));
        var commands = new ArrayList<Command>();
        for (int i = 0; i < block.lines().size(); i++) {
            String line = block.lines().get(i);
            if (line.startsWith(PROMPT) || (!prompts && !line.isBlank())) {
                String where = block.file().getFileName() + ":" + (block.line() + i + 1);
                commands.add(new Command(where, words(prompts ? line.substring(2) : line), new ArrayList<>()));
            } else if (!commands.isEmpty()) {
                commands.getLast().shown().add(line);
            }
        }
        return commands.stream().filter(command -> !command.words().isEmpty()).toList();
    }

    String program() {
        return words.getFirst();
    }

    /** Splits at blanks outside of quotes; a {@code #} before a word starts a comment. */
    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == ' ') {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else if (c == '#' && !inWord) {
                return words;
            } else if ("\\|&;<>$`*?".indexOf(c) >= 0) {
                throw new AssertionError("this test is no shell, and " + line + " needs one");
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
