package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, the compiler answers with problems or with policies. */
class MangledFilesTest {
    private static final int ROUNDS = 4_000;
    private static final String PIECES = "\n :{}[]'\"&*!|>#-?,%@`~/\\\t\u0000\uD83D\u00E9";

    @Test
    void mangledFilesAreToldOrTaken() {
        var texts = SoundFiles.all().toList();
        var random = new Random(20261122);
        int told = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = mangled(texts, random);
            told += Yaml.problems(text).isEmpty() ? 0 : 1;
        }
        assertThat(told).isBetween(ROUNDS / 4, ROUNDS);
    }

    @Test
    void whatTheSchemaRefusesTheCompilerRefuses() {
        var texts = SoundFiles.all().toList();
        var random = new Random(4711);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mangled(texts, random);
            if (Yaml.problems(text).isEmpty()) {
                assertThat(PolicySchema.errors(text)).as(text).isEmpty();
            }
        }
    }

    private static String mangled(List<String> texts, Random random) {
        var text = new StringBuilder(texts.get(random.nextInt(texts.size())));
        for (int change = random.nextInt(3); change >= 0; change--) {
            mangle(text, texts, random);
        }
        return text.toString();
    }

    private static void mangle(StringBuilder text, List<String> texts, Random random) {
        int at = Yaml.HEAD.length() + random.nextInt(Math.max(1, text.length() - Yaml.HEAD.length()));
        int end = Math.min(text.length(), at + 1 + random.nextInt(6));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(Math.min(at, end), end);
            case 1 -> text.insert(Math.min(at, text.length()), PIECES.charAt(random.nextInt(PIECES.length())));
            case 2 -> text.insert(Math.min(at, text.length()), text.substring(Math.min(at, end), end));
            case 3 -> text.setCharAt(Math.min(at, text.length() - 1), PIECES.charAt(random.nextInt(PIECES.length())));
            default -> {
                String other = texts.get(random.nextInt(texts.size()));
                text.append(other, other.lastIndexOf('\n', other.length() - 2) + 1, other.length());
            }
        }
    }
}
