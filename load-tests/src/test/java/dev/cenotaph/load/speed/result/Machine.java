package dev.cenotaph.load.speed.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and when the figures come from.
 *
 * @param load how many threads wanted a core, on average of the minute before the run; a busy machine spoils figures
 * @param commit of the repository, with a plus sign where files differ from it
 */
public record Machine(
        String processor,
        int cores,
        String memory,
        String system,
        String java,
        String load,
        String commit,
        Instant date) {
    private static final Path PROC = Path.of("/proc");
    private static final double KIB_IN_GIB = 1024.0 * 1024.0;
    private static final long GIT_SECONDS = 10;

    /** This one, now. */
    public static Machine here() {
        return new Machine(
                found("cpuinfo", "model name\\s*: (.+)"),
                Runtime.getRuntime().availableProcessors(),
                memory(found("meminfo", "MemTotal:\\s*(\\d+) kB")),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                found("loadavg", "(\\S+)"),
                revision(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String memory(String kib) {
        return kib.matches("\\d+") ? String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kib) / KIB_IN_GIB) : kib;
    }

    private static String found(String file, String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(PROC.resolve(file)));
            return matcher.find() ? matcher.group(1) : "unknown";
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    private static String revision() {
        String head = git("rev-parse", "--short", "HEAD");
        return git("status", "--porcelain").isEmpty() ? head : head + "+";
    }

    private static String git(String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = "git";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
            return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
