package dev.cenotaph.policy.match;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model of an upstream that does some careless things to a path, in some order. Shares no code with the matcher. */
record CarelessServer(List<Habit> habits) {
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Pattern SLOPPY_ESCAPE =
            Pattern.compile("%c0%af|%u00[0-9a-f]{2}|%[0-9a-f]{2}", Pattern.CASE_INSENSITIVE);

    enum Habit {
        DECODE {
            @Override
            String apply(String path) {
                return decode(path, false);
            }
        },
        DECODE_OTHERS_THAN_SLASHES {
            @Override
            String apply(String path) {
                return decode(path.replaceAll("(?i)%2f", "%252F"), false);
            }
        },
        DECODE_OVERLONG {
            @Override
            String apply(String path) {
                return decode(path, true);
            }
        },
        STRIP_PARAMETERS {
            @Override
            String apply(String path) {
                return path.replaceAll(";[^/]*", "");
            }
        },
        BACKSLASHES {
            @Override
            String apply(String path) {
                return String.join("/", path.split("\\\\", -1));
            }
        },
        COLLAPSE {
            @Override
            String apply(String path) {
                return path.replaceAll("/{2,}", "/");
            }
        },
        RESOLVE {
            @Override
            String apply(String path) {
                List<String> out = new ArrayList<>();
                for (String segment : path.split("/", -1)) {
                    if (segment.equals("..")) {
                        if (out.size() > 1) {
                            out.removeLast();
                        }
                    } else if (!segment.equals(".")) {
                        out.add(segment);
                    }
                }
                return String.join("/", out);
            }
        },
        LAST_SLASH {
            @Override
            String apply(String path) {
                return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            }
        },
        LOWER_CASE {
            @Override
            String apply(String path) {
                return path.toLowerCase(Locale.ROOT);
            }
        },
        C_STRING {
            @Override
            String apply(String path) {
                return path.split("\0", 2)[0];
            }
        },
        TRIM {
            @Override
            String apply(String path) {
                return path.replaceAll("[ .]+$", "");
            }
        },
        URL_PARSER {
            @Override
            String apply(String path) {
                return path.replaceAll("[\t\r\n]", "").replaceAll("^https?://[^/]*", "");
            }
        };

        abstract String apply(String path);
    }

    static CarelessServer random(Random random) {
        var habits = new ArrayList<Habit>();
        for (Habit habit : Habit.values()) {
            if (random.nextInt(3) > 0) {
                habits.add(habit);
            }
        }
        if (random.nextInt(4) == 0) {
            habits.add(Habit.DECODE);
        }
        Collections.shuffle(habits, random);
        return new CarelessServer(habits);
    }

    String read(String path) {
        String read = path;
        for (Habit habit : habits) {
            read = habit.apply(read);
        }
        return read;
    }

    private static String decode(String path, boolean overlong) {
        var bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < path.length()) {
            String escape = escape(path, at, overlong);
            byte[] plain = path.substring(at, at + 1).getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(escape.isEmpty() ? plain : new byte[] {value(escape)});
            at += Math.max(1, escape.length());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String escape(String path, int at, boolean overlong) {
        Matcher escape = (overlong ? SLOPPY_ESCAPE : ESCAPE).matcher(path).region(at, path.length());
        return escape.lookingAt() ? escape.group() : "";
    }

    private static byte value(String escape) {
        boolean slash = escape.equalsIgnoreCase("%c0%af");
        return slash ? (byte) '/' : (byte) Integer.parseInt(escape.substring(escape.length() - 2), 16);
    }
}
