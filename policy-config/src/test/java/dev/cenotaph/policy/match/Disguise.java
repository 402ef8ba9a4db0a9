package dev.cenotaph.policy.match;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Spells a path in another way that some upstream reads as the same. */
final class Disguise {
    private static final List<String> SLASHES = List.of(
            "//", "/./", "/x/../", "\\", "%2F", "%2f", "%5C", "%c0%af", "%u002f", "%252F", "/%2e/", "/x;y/..;z/");
    private static final List<String> ENDINGS =
            List.of("/", "//", "/.", ";", ";x=1", "%00", "%00.css", "%20", ".", "\t", "/x/..", "%2F", "\\");

    private final Random random;

    Disguise(Random random) {
        this.random = random;
    }

    String of(String path, int times) {
        String disguised = path;
        for (int i = 0; i < times; i++) {
            disguised = once(disguised);
        }
        return disguised;
    }

    private String once(String path) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> encodeOne(path);
            case 2, 3 -> replaceOneSlash(path);
            case 4 -> path + ENDINGS.get(random.nextInt(ENDINGS.size()));
            case 5 -> upperCaseOne(path);
            case 6 -> insert(path, random.nextInt(path.length() + 1), "\t");
            default -> parameter(path);
        };
    }

    private String encodeOne(String path) {
        int at = random.nextInt(path.length());
        char letter = path.charAt(at);
        return letter > 0x7F ? path : path.substring(0, at) + "%%%02x".formatted((int) letter) + path.substring(at + 1);
    }

    private String replaceOneSlash(String path) {
        int at = slash(path);
        String spelling = SLASHES.get(random.nextInt(SLASHES.size()));
        return at < 0 ? path : path.substring(0, at) + spelling + path.substring(at + 1);
    }

    private String parameter(String path) {
        int at = slash(path);
        return at <= 0 ? path : insert(path, at, ";v=1");
    }

    private int slash(String path) {
        int from = random.nextInt(path.length());
        return path.indexOf('/', from);
    }

    private String upperCaseOne(String path) {
        int at = random.nextInt(path.length());
        return path.substring(0, at) + path.substring(at, at + 1).toUpperCase(Locale.ROOT) + path.substring(at + 1);
    }

    private static String insert(String path, int at, String text) {
        return path.substring(0, at) + text + path.substring(at);
    }
}
