package dev.cenotaph.load.proof;

import static net.bytebuddy.matcher.ElementMatchers.isPrivate;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;

import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.tombstone.Tombstones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import reactor.core.publisher.Mono;

/**
 * The gateway's own {@link StoredTombstones}, of which every step passes {@link CrashPoints}. Whoever uses them in the
 * gateway, and by whatever door: a client's request, recovery and purge are stopped alike.
 */
final class Instrumentation {
    private Instrumentation() {}

    /** A jar that goes before the gateway's own. */
    static Path jar(Path jar) throws IOException {
        byte[] passing = new ByteBuddy()
                .redefine(StoredTombstones.class)
                .visit(Advice.to(Step.class).on(returns(Mono.class).and(not(isPrivate()))))
                .make()
                .getBytes();
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(StoredTombstones.class.getName().replace('.', '/') + ".class"));
            out.write(passing);
            out.closeEntry();
        }
        return jar;
    }

    /** What is put at the end of each step; the name of the annotated parameter's value is Byte Buddy's. */
    static final class Step {
        private Step() {}

        @Advice.OnMethodExit
        static void passes(
                @Advice.This Tombstones tombstones,
                @Advice.Origin("#m") String step,
                @Advice.AllArguments Object[] arguments,
                @Advice.Return(readOnly = false) Mono<?> done) {
            done = CrashPoints.pass(tombstones, step, arguments, done);
        }
    }
}
