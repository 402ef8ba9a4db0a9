package dev.cenotaph.load.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What every start of the gateway shares: its class path, all in jars and with {@link Instrumentation} before it, and,
 * where the JVM can, a cache of what it loads and links, so that most of a round is not a start.
 */
final class ClassPath {
    private static final int CACHED_SINCE = 25;

    private final Path cache;
    private final String jars;

    /** @param directory for what is made here */
    ClassPath(Path directory) throws IOException {
        Files.createDirectories(directory);
        cache = directory.resolve("gateway.aot");
        Files.deleteIfExists(cache);
        var entries = new ArrayList<String>();
        entries.add(Instrumentation.jar(directory.resolve("instrumented.jar")).toString());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                Path jar = directory.resolve("classes-" + entries.size() + ".jar");
                entries.add(
                        Files.isDirectory(Path.of(entry))
                                ? jar(Path.of(entry), jar).toString()
                                : entry);
            }
        }
        jars = String.join(File.pathSeparator, entries);
    }

    String jars() {
        return jars;
    }

    /** Whether a start would be worth its while that does nothing but {@linkplain #making make} the cache. */
    boolean lacksCache() {
        return Runtime.version().feature() >= CACHED_SINCE && !Files.exists(cache);
    }

    /** The JVM's option with which it makes the cache at its end. */
    String making() {
        return "-XX:AOTCacheOutput=" + cache;
    }

    /** The JVM's option with which it uses what is cached. */
    String using() {
        return Files.exists(cache) ? "-XX:AOTCache=" + cache : "-Xshare:auto";
    }

    /** A cache is made of jars alone. */
    private static Path jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
